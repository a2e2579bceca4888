#pragma once
#include "tests/simulation/event_fixture.h"
#include "tests/support/agent_process.h"

/// A real agent whose past is a simulated event.
class EventAgent
{
public:
    explicit EventAgent(const facetrack::SimulatedEvent &event = fixture::hardEvent())
    {
        m_journal.fill(event);
        m_journal.close(); // it is the agent's from here on
        m_agent = runAgent(QStringLiteral("synthetic:booth?size=160x120&frames=1"), m_journal.folder(),
                           {QStringLiteral("--set"), QStringLiteral("journal.max_days=3650")});
    }
    bool waitReady() { return m_agent->waitReady(); }
    QUrl url() const { return m_agent->url(); }

private:
    fixture::EventJournal m_journal;
    std::unique_ptr<AgentProcess> m_agent; // ends before its folder goes
};
