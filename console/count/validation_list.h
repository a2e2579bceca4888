#pragma once
#include "console/core/agent_session.h"

#include <QTreeWidget>
#include <optional>

namespace facetrack::console {

/// A count as the agent keeps it, with what it counted itself in that span.
struct StoredCount
{
    QDateTime from, to; ///< UTC
    qint64 count = 0, visits = 0;
    double recall = 1, precision = 1; ///< 0 to 1
    QString note;
};
/// From GET or POST /api/v1/validation; what is not there is left as it is.
StoredCount storedCount(const nlohmann::json &one);
/// From the answer of GET, oldest first.
QList<StoredCount> storedCounts(const nlohmann::json &answer);
/// What recall and precision of it mean, for who never heard these words.
QString accuracyWords(const StoredCount &one);

/// The counts that an agent keeps, newest first.
class ValidationList : public QTreeWidget
{
    Q_OBJECT

public:
    enum Column { When, Length, ByHand, ByAgent, Recall, Precision, Note };

    ValidationList();
    void show(const QList<StoredCount> &counts);
};

} // namespace facetrack::console
