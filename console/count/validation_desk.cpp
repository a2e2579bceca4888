#include "console/count/validation_desk.h"

namespace facetrack::console {

namespace {

constexpr const char *Route = "/api/v1/validation";
constexpr qsizetype LongestNote = 500; // bytes, as the agent takes it

std::string noteOf(const KeptCount &count)
{
    QString note = count.note;
    while (note.toUtf8().size() > LongestNote)
        note.chop(1);
    return note.toStdString();
}

bool isSame(const StoredCount &stored, const KeptCount &count)
{
    return stored.from.toMSecsSinceEpoch() == count.from && stored.to.toMSecsSinceEpoch() == count.to
           && stored.count == count.count;
}

} // namespace

ValidationDesk::ValidationDesk(Workspace &workspace, KeptCounts &kept) : m_workspace(workspace), m_kept(kept) {}

void ValidationDesk::ask(AgentSession *session)
{
    if (!session)
        return;
    session->call<nlohmann::json>(
        this, [](AgentClient &client, QObject *there, auto done) { client.get(Route, {}, there, done); },
        [this, session = QPointer<AgentSession>(session)](const AgentResult<nlohmann::json> &answer) {
            if (answer && session)
                Q_EMIT listed(session, storedCounts(*answer));
        });
}

void ValidationDesk::sendAll()
{
    const QList<KeptCount> waiting = m_kept.all();
    for (const KeptCount &count : waiting) {
        AgentSession *const session = m_workspace.agents.find(count.agent);
        if (session && session->isOnline() && !m_onTheWay.contains(count))
            send(session, count);
    }
}

void ValidationDesk::send(AgentSession *session, const KeptCount &count)
{
    m_onTheWay << count;
    session->call<nlohmann::json>(
        this, [](AgentClient &client, QObject *there, auto done) { client.get(Route, {}, there, done); },
        [this, count, session = QPointer<AgentSession>(session)](const AgentResult<nlohmann::json> &answer) {
            if (!answer)
                return failedWith(count, answer.error());
            const QList<StoredCount> there = storedCounts(*answer);
            for (const StoredCount &one : there)
                if (isSame(one, count))
                    return done(count, one);
            if (session)
                post(session, count);
        });
}

void ValidationDesk::post(AgentSession *session, const KeptCount &count)
{
    const nlohmann::json body{{"from_ms", static_cast<std::uint64_t>(count.from)},
                              {"to_ms", static_cast<std::uint64_t>(count.to)},
                              {"count", static_cast<std::uint64_t>(count.count)},
                              {"note", noteOf(count)}};
    session->call<nlohmann::json>(
        this,
        [body](AgentClient &client, QObject *there, auto done) { client.send("POST", Route, body, there, done); },
        [this, count](const AgentResult<nlohmann::json> &answer) {
            if (answer)
                done(count, storedCount(*answer));
            else
                failedWith(count, answer.error());
        });
}

void ValidationDesk::done(const KeptCount &count, const StoredCount &answer)
{
    m_onTheWay.removeOne(count);
    m_kept.remove(count);
    Q_EMIT stored(count, answer);
}

void ValidationDesk::failedWith(const KeptCount &count, const AgentFailure &why)
{
    m_onTheWay.removeOne(count);
    Q_EMIT failed(count, QString::fromStdString(describe(why)));
}

} // namespace facetrack::console
