#include "console/tune/tuning_desk.h"

#include <algorithm>

namespace facetrack::console {

TuningDesk::TuningDesk(AgentSession *session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(session, &AgentSession::tuningChanged, this, &TuningDesk::changed);
    connect(session, &AgentSession::contactChanged, this, [this] {
        if (!m_session->isOnline())
            m_accepted.clear(); // an agent that starts again counts from the beginning
    });
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
        [patch = m_sent, again = std::exchange(m_again, false)](AgentClient &client, QObject *there, auto done) {
            again ? client.redo(patch, there, done) : client.patchTuning(patch, there, done);
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
            tellRefused(problem, sent);
    }
    send();
    Q_EMIT changed();
}

/// A rule between two settings may name the one that was left alone: it is told where the change was
/// made, with the other's name.
void TuningDesk::tellRefused(const Problem &problem, const nlohmann::json &sent)
{
    const QString why = QString::fromStdString(problem.message + ": " + problem.limits);
    if (sent.contains(problem.key))
        return Q_EMIT refused(QString::fromStdString(problem.key), why);
    for (const auto &item : sent.items())
        Q_EMIT refused(QString::fromStdString(item.key()), QString::fromStdString(problem.key) + QLatin1Char(' ') + why);
}

bool TuningDesk::isAsked(const std::string &key) const
{
    return m_wanted.contains(key) || m_sent.contains(key);
}

bool TuningDesk::isShown(const std::string &key) const
{
    // The answer and the event that brings the value come on ways of their own.
    return !isAsked(key) && m_session
           && m_accepted.value(QString::fromStdString(key), 0) <= m_session->tuning().revision;
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
    m_again = m_sent.empty();
    setAll(values);
    m_redo = others;
    Q_EMIT changed();
}

} // namespace facetrack::console
