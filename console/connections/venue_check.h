#pragma once
#include "console/core/finding.h"
#include "console/core/network_thread.h"
#include "console/core/venue_profiles.h"

#include <QObject>
#include <memory>

namespace facetrack::console {

/// Looks at the database and the relay of a profile on the network's thread, and tells line by line
/// how they are. Thread-bound (GUI).
class VenueCheck : public QObject
{
    Q_OBJECT

public:
    explicit VenueCheck(NetworkThread &network, QObject *parent = nullptr);
    ~VenueCheck() override;

    /// Ends what is under way, and begins anew.
    void start(const VenueProfile &profile, const QString &password);
    /// Nothing more is told. What was found so far stays.
    void cancel();
    bool isRunning() const { return m_run != nullptr; }
    const QList<Finding> &findings() const { return m_findings; }

Q_SIGNALS:
    void changed(); ///< findings()
    void finished();

private:
    struct Run;

    NetworkThread &m_network;
    std::shared_ptr<Run> m_run; ///< null: none
    QList<Finding> m_findings;
};

} // namespace facetrack::console
