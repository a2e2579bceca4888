#include "console/connections/venue_check.h"

#include "console/connections/database_check.h"
#include "console/connections/relay_check.h"

namespace facetrack::console {

/// What is shared with the network's thread: only that one touches the checks.
struct VenueCheck::Run
{
    explicit Run(QObject *owner) : mailbox(std::make_shared<Mailbox>(owner)) {}

    const std::shared_ptr<Mailbox> mailbox;
    std::unique_ptr<DatabaseCheck> database;
    std::unique_ptr<RelayCheck> relay;
};

VenueCheck::VenueCheck(NetworkThread &network, QObject *parent) : QObject(parent), m_network(network) {}

VenueCheck::~VenueCheck()
{
    cancel();
}

void VenueCheck::cancel()
{
    if (!m_run)
        return;
    m_run->mailbox->close();
    m_network.post([run = std::move(m_run)] {
        run->database.reset();
        run->relay.reset();
    });
    m_run = nullptr;
}

void VenueCheck::start(const VenueProfile &profile, const QString &password)
{
    cancel();
    m_findings.clear();
    m_run = std::make_shared<Run>(this);
    // What was posted before a cancel() still arrives.
    const auto current = [this](const std::shared_ptr<Mailbox> &mailbox) {
        return m_run && m_run->mailbox == mailbox;
    };
    const auto tell = [this, current, mailbox = m_run->mailbox](const Finding &finding) {
        mailbox->post([this, current, mailbox, finding] {
            if (!current(mailbox))
                return;
            m_findings << finding;
            Q_EMIT changed();
        });
    };
    const auto end = [this, current, mailbox = m_run->mailbox] {
        mailbox->post([this, current, mailbox] {
            if (!current(mailbox))
                return;
            cancel();
            Q_EMIT finished();
        });
    };
    // The pointer is used on the network's thread only while the run holds what uses it.
    m_network.post([run = m_run, at = m_run.get(), profile, password, tell, end] {
        const auto relay = [at, address = profile.relay, tell, end] {
            if (address.isEmpty())
                return end();
            at->relay = std::make_unique<RelayCheck>(address, tell, end);
            at->relay->start();
        };
        if (!profile.hasDatabase())
            return relay();
        run->database = std::make_unique<DatabaseCheck>(profile, password, tell, relay);
        run->database->start();
    });
    Q_EMIT changed();
}

} // namespace facetrack::console
