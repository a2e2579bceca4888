#include "console/tune/clip_trial.h"

namespace facetrack::console {

namespace {

constexpr char route[] = "/api/v1/clip";

} // namespace

ClipTrial::ClipTrial(AgentSession *session, QObject *parent) : QObject(parent), m_session(session)
{
    m_poll.setSingleShot(true);
    m_poll.setInterval(300);
    connect(&m_poll, &QTimer::timeout, this, &ClipTrial::look);
}

ClipTrial::~ClipTrial()
{
    if (m_session && m_frozen)
        m_session->call<nlohmann::json>(
            m_session,
            [](AgentClient &client, QObject *there, auto done) {
                client.send("DELETE", route, {}, there, done);
            },
            [](const AgentResult<nlohmann::json> &) {}); // it forgets by itself if this fails
}

void ClipTrial::send(const std::string &method, const std::string &path, const nlohmann::json &body,
                     std::function<void(const nlohmann::json &)> done)
{
    if (!m_session)
        return Q_EMIT failed(tr("The agent was forgotten."));
    m_session->call<nlohmann::json>(
        this,
        [=](AgentClient &client, QObject *there, auto answer) {
            if (method == "GET")
                client.get(path, {}, there, answer);
            else
                client.send(method, path, body, there, answer);
        },
        [this, done](const AgentResult<nlohmann::json> &answer) {
            if (answer)
                done(*answer);
            else
                Q_EMIT failed(QString::fromStdString(describe(answer.error())));
        });
}

void ClipTrial::freeze(int seconds)
{
    send("POST", route, {{"seconds", seconds}}, [this](const nlohmann::json &answer) {
        const nlohmann::json clip = answer.value("clip", answer);
        m_frozen = true;
        const std::string shorter = clip.value("shorter", nlohmann::json::object()).is_object()
                                        ? clip.value("shorter", nlohmann::json::object()).value("message", std::string())
                                        : std::string();
        Q_EMIT frozen(tr("%1 frames of the last %2 s are frozen in the agent's memory.")
                          .arg(clip.value("frames", 0))
                          .arg(QLocale().toString(clip.value("seconds", 0.0), 'f', 1))
                      + QLatin1Char(' ') + QString::fromStdString(shorter));
    });
}

void ClipTrial::run(const QList<TrialSet> &sets)
{
    nlohmann::json list = nlohmann::json::array();
    for (const TrialSet &set : sets)
        list.push_back({{"name", set.name.toStdString()}, {"tuning", set.tuning}});
    send("POST", std::string(route) + "/evaluate", {{"sets", list}},
         [this](const nlohmann::json &answer) { took(answer); });
}

void ClipTrial::look()
{
    send("GET", route, {}, [this](const nlohmann::json &answer) { took(answer); });
}

void ClipTrial::took(const nlohmann::json &answer)
{
    const nlohmann::json trial = answer.value("evaluation", nlohmann::json::object());
    const std::string state = trial.value("state", std::string());
    if (state == "done")
        return Q_EMIT finished(trial.value("sets", nlohmann::json::array()));
    if (state == "failed")
        return Q_EMIT failed(QString::fromStdString(trial.value("error", std::string())));
    Q_EMIT progressed(trial.value("frames_done", 0), trial.value("frames", 0));
    m_poll.start();
}

void ClipTrial::fetchFrame(int number, std::function<void(const QByteArray &)> done)
{
    if (!m_session)
        return;
    m_session->call<AgentSnapshot>(
        this,
        [number](AgentClient &client, QObject *there, auto answer) {
            client.picture(std::string(route) + "/frames/" + std::to_string(number), {}, there, answer);
        },
        [this, done](const AgentResult<AgentSnapshot> &answer) {
            if (answer)
                done(answer->jpeg);
            else
                Q_EMIT failed(QString::fromStdString(describe(answer.error())));
        });
}

} // namespace facetrack::console
