#include "console/charts/history_desk.h"

#include "libfacetrack/analytics/crate_history.h"

namespace facetrack::console {

HistoryDesk::HistoryDesk(NetworkThread &thread, QObject *parent)
    : QObject(parent), m_thread(thread), m_mailbox(std::make_shared<Mailbox>(this))
{}

HistoryDesk::~HistoryDesk()
{
    giveUp();
    m_mailbox->close();
}

void HistoryDesk::setSource(Maker maker)
{
    giveUp();
    m_maker = std::move(maker);
}

void HistoryDesk::giveUp()
{
    if (!m_room)
        return;
    m_thread.post([room = std::move(m_room)] {
        room->context.reset();
        room->history.reset();
    });
    m_room.reset();
}

HistoryDesk::Maker pastOf(const net::EndpointSettings &database, const std::string &schema)
{
    return [database, schema] { return CrateHistory::open(database, schema); };
}

HistoryDesk::Maker pastOf(const std::vector<AgentsHistory::Agent> &agents, const AgentLimits &limits)
{
    if (agents.empty())
        return {};
    return [agents, limits]() -> Result<std::unique_ptr<History>> {
        return std::make_unique<AgentsHistory>(agents, limits);
    };
}

} // namespace facetrack::console
