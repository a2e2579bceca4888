#include "console/tune/tuning_desk.h"

#include <algorithm>

namespace facetrack::console {

TuningDesk::TuningDesk(AgentSession *session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(session, &AgentSession::tuningChanged, this, &TuningDesk::changed);
}

void TuningDesk::set(const std::string &key, const nlohmann::json &value)
{
    setAll({{key, value}});
}

void TuningDesk::setAll(const nlohmann::json &values)
{
    m_redo.clear();
    m_wanted.update(values);
    send();
    Q_EMIT changed();
}

void TuningDesk::send()
{
    if (!m_sent.empty() || m_wanted.empty() || !m_session)
        return;
    m_sent = std::exchange(m_wanted, nlohmann::json::object());
    m_session->call<AgentTuning>(
        this,
        [patch = m_sent](AgentClient &client, QObject *there, auto done) {
            client.patchTuning(patch, there, done);
        },
        [this](const AgentResult<AgentTuning> &answer) { answered(answer); });
}

void TuningDesk::answered(const AgentResult<AgentTuning> &answer)
{
    const nlohmann::json sent = std::exchange(m_sent, nlohmann::json::object());
    if (answer) {
        for (const auto &item : sent.items())
            m_accepted[QString::fromStdString(item.key())] = answer->revision;
    } else if (answer.error().problems.empty()) {
        Q_EMIT failed(QString::fromStdString(describe(answer.error())));
    } else {
        for (const Problem &problem : answer.error().problems)
            Q_EMIT refused(QString::fromStdString(problem.key),
                           QString::fromStdString(problem.message + ": " + problem.limits));
    }
    send();
    Q_EMIT changed();
}

bool TuningDesk::isAsked(const std::string &key) const
{
    return m_wanted.contains(key) || m_sent.contains(key);
}

ValueState TuningDesk::state(const std::string &key) const
{
    if (isAsked(key))
        return ValueState::Asked;
    const std::uint32_t revision = m_accepted.value(QString::fromStdString(key), 0);
    return m_session && revision > m_session->tuning().inEffect ? ValueState::Accepted
                                                                : ValueState::InEffect;
}

void TuningDesk::undo()
{
    if (!m_session)
        return;
    constexpr int enough = 200;
    m_session->call<std::vector<AgentTuningStep>>(
        this,
        [](AgentClient &client, QObject *there, auto done) { client.history(enough, there, done); },
        [this](const AgentResult<std::vector<AgentTuningStep>> &steps) {
            if (steps)
                takeBack(*steps);
            else
                Q_EMIT failed(QString::fromStdString(describe(steps.error())));
        });
}

void TuningDesk::takeBack(const std::vector<AgentTuningStep> &steps)
{
    const auto newest = std::find_if(steps.begin(), steps.end(), [](const AgentTuningStep &step) {
        return !step.undone && step.cause != "undo";
    });
    nlohmann::json after = nlohmann::json::object();
    if (newest != steps.end())
        for (const AgentTuningStep::Change &change : newest->changes)
            after[change.key] = change.after;
    m_session->call<AgentTuning>(
        this, [](AgentClient &client, QObject *there, auto done) { client.undo(there, done); },
        [this, after](const AgentResult<AgentTuning> &answer) {
            if (!answer)
                return Q_EMIT failed(QString::fromStdString(describe(answer.error())));
            if (!after.empty())
                m_redo << after;
            Q_EMIT changed();
        });
}

void TuningDesk::redo()
{
    if (m_redo.isEmpty())
        return;
    const nlohmann::json values = m_redo.takeLast();
    const QList<nlohmann::json> others = m_redo;
    setAll(values);
    m_redo = others;
    Q_EMIT changed();
}

} // namespace facetrack::console
