#pragma once
#include "console/core/console_settings.h"

#include <QList>
#include <QObject>
#include <QString>

namespace facetrack::console {

/// A person's count of the visitors of one agent, for a span by the agent's clock.
struct KeptCount
{
    QString agent; ///< id
    QString name;  ///< of the agent, for people
    qint64 from = 0, to = 0; ///< ms since 1970
    int count = 0;
    int awaySeconds = 0; ///< without contact to the agent, of the span
    QString note;

    bool operator==(const KeptCount &) const = default;
};

/// Counts that their agents do not have yet, kept in the settings: neither an agent that is away nor
/// the end of the console loses one. Thread-bound (GUI).
class KeptCounts : public QObject
{
    Q_OBJECT

public:
    explicit KeptCounts(ConsoleSettings &settings);

    const QList<KeptCount> &all() const { return m_all; } ///< oldest first
    void keep(const KeptCount &count);
    void remove(const KeptCount &count);

Q_SIGNALS:
    void changed();

private:
    void save();

    ConsoleSettings &m_settings;
    QList<KeptCount> m_all;
};

} // namespace facetrack::console
