#include "console/cli/conversation.h"
#include "console/cli/fleet.h"
#include "console/cli/outcome.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/client/agent_events.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSocketNotifier>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <map>
#include <memory>
#include <sys/signalfd.h>
#include <unistd.h>

namespace facetrack::cli {

namespace {

std::string statusLine(const nlohmann::json &data)
{
    const AgentReport report = reportFrom(data);
    char text[160];
    std::snprintf(text, sizeof text, "%.1f fps, %.1f looks/s, faces now %lld, visits %lld", report.fps,
                  report.looksPerSecond, static_cast<long long>(report.facesNow),
                  static_cast<long long>(report.visits));
    std::string line = text;
    if (!report.uploadState.empty())
        line += ", waiting " + std::to_string(report.undelivered);
    return line;
}

std::string textOf(const nlohmann::json &data, const char *key)
{
    const auto found = data.find(key);
    if (found == data.end())
        return {};
    return found->is_string() ? found->get<std::string>() : jsonText(*found);
}

std::string tuningLine(const nlohmann::json &data)
{
    if (textOf(data, "cause") == "now")
        return "tuning: revision " + textOf(data, "revision");
    return "tuning: revision " + textOf(data, "revision") + " by " + textOf(data, "who") + " ("
           + textOf(data, "cause") + "): " + textOf(data, "values");
}

/// For people; empty: nothing worth a line.
std::string lineOf(const AgentEvent &event)
{
    const nlohmann::json &data = event.data;
    if (!data.is_object())
        return {};
    if (event.name == "status")
        return statusLine(data);
    if (event.name == "tuning")
        return tuningLine(data);
    if (event.name == "in_effect")
        return "revision " + textOf(data, "revision") + " is in effect";
    if (event.name == "persisted" && !textOf(data, "error").empty())
        return "cannot be kept over a restart: " + textOf(data, "error");
    if (event.name == "persisted")
        return "revision " + textOf(data, "revision") + " is kept";
    if (event.name == "source")
        return "source: " + textOf(data, "state")
               + (textOf(data, "reason").empty() ? "" : ", " + textOf(data, "reason"));
    if (event.name == "upload")
        return "upload: " + textOf(data, "state")
               + (textOf(data, "error").empty() ? "" : ", " + textOf(data, "error"));
    if (event.name == "warning")
        return textOf(data, "warning").empty() ? "all is well" : "warning: " + textOf(data, "warning");
    if (event.name == "calibration")
        return textOf(data, "open") == "true" ? "calibration is open: owners may see faces"
                                              : "calibration is closed";
    if (event.name == "agent")
        return "is now \"" + textOf(data, "name") + "\"";
    return event.name + ": " + jsonText(data);
}

/// Of the state that an agent tells at first, what is not as it should be.
bool isNews(const AgentEvent &event)
{
    if (!event.data.is_object())
        return false;
    if (event.name == "source")
        return textOf(event.data, "state") != "running";
    if (event.name == "upload" || event.name == "persisted")
        return !textOf(event.data, "error").empty();
    if (event.name == "warning")
        return !textOf(event.data, "warning").empty();
    if (event.name == "tuning")
        return textOf(event.data, "cause") != "now";
    if (event.name == "calibration")
        return textOf(event.data, "open") == "true";
    return event.name == "status";
}

/// SIGINT and SIGTERM as an event, so that no line is cut in two.
class Interrupt
{
public:
    Interrupt()
    {
        sigset_t wanted;
        sigemptyset(&wanted);
        sigaddset(&wanted, SIGINT);
        sigaddset(&wanted, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
        m_signals = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
        m_notifier = std::make_unique<QSocketNotifier>(m_signals, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                         [] { QCoreApplication::exit(ExitInterrupted); });
    }
    ~Interrupt()
    {
        m_notifier.reset();
        ::close(m_signals);
    }

private:
    int m_signals = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

class Watch
{
public:
    Watch(const CommonOptions &common, const std::vector<std::string> &events,
          const std::vector<Outcome> &agents, std::vector<Target> targets)
        : m_common(common), m_events(events)
    {
        for (std::size_t i = 0; i < targets.size(); ++i) {
            m_width = std::max(m_width, targets[i].label.size());
            if (agents[i].failure && agents[i].failure->trouble != AgentTrouble::Unreachable)
                gone(targets[i].label, *agents[i].failure);
            else
                listen(targets[i]);
        }
    }

    bool anyLeft() const { return m_left > 0; }
    int status() const { return m_status; }

private:
    void listen(const Target &target)
    {
        ++m_left;
        const std::chrono::milliseconds limit(static_cast<std::int64_t>(m_common.timeout * 1000));
        m_listeners.push_back(std::make_unique<AgentEvents>(
            target.access,
            AgentEvents::Handlers{
                [this, name = target.label](const AgentEvent &event) { show(name, event); },
                [this, name = target.label] { connected(name); },
                [this, name = target.label](const AgentFailure &why, std::chrono::milliseconds) {
                    lost(name, why);
                },
                [this, name = target.label](const AgentFailure &why) {
                    gone(name, why);
                    if (--m_left == 0)
                        QCoreApplication::exit(m_status);
                }},
            AgentLimits{limit, limit}));
        m_listeners.back()->start();
    }

    void show(const std::string &name, const AgentEvent &event)
    {
        if (!m_events.empty() && std::find(m_events.begin(), m_events.end(), event.name) == m_events.end())
            return;
        if (m_common.json)
            return put(jsonText(Json{{"agent", name}, {"event", event.name}, {"data", event.data}}));
        int &statuses = m_statuses[name];
        if (event.name == "status")
            ++statuses;
        // The first status comes with the state of everything; the second says that this is over.
        const bool atFirst = statuses < 2;
        if (atFirst && m_events.empty() && !isNews(event))
            return;
        if (const std::string line = lineOf(event); !line.empty())
            put(people(name, line));
    }

    void connected(const std::string &name)
    {
        m_statuses[name] = 0;
        showState(name, "connected", {});
        const bool again = std::erase(m_lost, name) > 0;
        if (again && !m_common.json)
            put(people(name, "contact again"));
    }

    void showState(const std::string &name, const char *event, const Json &data)
    {
        if (m_common.json)
            put(jsonText(Json{{"agent", name}, {"event", event}, {"data", data.is_null() ? Json::object() : data}}));
    }

    void lost(const std::string &name, const AgentFailure &why)
    {
        if (std::find(m_lost.begin(), m_lost.end(), name) != m_lost.end())
            return; // said once
        m_lost.push_back(name);
        showState(name, "lost", errorJson(why));
        if (!m_common.json)
            put(people(name, "no contact: " + why.message + "; trying again"));
    }

    void gone(const std::string &name, const AgentFailure &why)
    {
        m_status = std::max(m_status, why.trouble == AgentTrouble::Fingerprint ? ExitDistrusted : ExitRefused);
        showState(name, "refused", errorJson(why));
        for (const std::string &line : errorLines(why))
            std::fprintf(stderr, "%s: %s\n", name.c_str(), line.c_str());
    }

    std::string people(const std::string &name, const std::string &line) const
    {
        const std::string padding(m_width - std::min(m_width, name.size()), ' ');
        return QTime::currentTime().toString(QStringLiteral("HH:mm:ss")).toStdString() + "  " + name
               + padding + "  " + line;
    }

    void put(const std::string &line)
    {
        // Nobody reads any more: `facetrack watch | head`.
        if (std::puts(line.c_str()) == EOF || std::fflush(stdout) != 0)
            QCoreApplication::exit(0);
    }

    const CommonOptions &m_common;
    const std::vector<std::string> &m_events;
    std::vector<std::unique_ptr<AgentEvents>> m_listeners;
    std::vector<std::string> m_lost;
    std::map<std::string, int> m_statuses; ///< since the connection was made
    std::size_t m_width = 0;
    int m_left = 0;
    int m_status = 0;
};

Target metTarget(const Target &target, const Outcome &outcome, const KnownAgents &known)
{
    if (outcome.failure)
        return target;
    const KnownAgent *const agent = known.find(outcome.id);
    const bool same = agent && agent->address == outcome.address;
    return {outcome.agent, outcome.id, same ? agent->access() : AgentAccess{outcome.address, {}, {}},
            false};
}

} // namespace

int watchCommand(const CommonOptions &common, const std::vector<std::string> &events)
{
    const auto known = KnownAgents::load(common.known);
    if (!known)
        return refuse(known.error(), ExitRefused);
    auto targets = targetsFor(common.agents, *known, WithoutAgents::All);
    if (!targets)
        return refuse(targets.error());
    const Interrupt interrupt;
    // Met first, so that addresses have names and certificates are known.
    const auto agents = askAll(*targets, common, [](Conversation &conversation, Outcome &) {
        return conversation.open();
    });
    const auto now = KnownAgents::load(common.known);
    for (std::size_t i = 0; i < targets->size(); ++i)
        (*targets)[i] = metTarget((*targets)[i], agents[i], now ? *now : *known);
    const Watch watch(common, events, agents, std::move(*targets));
    return watch.anyLeft() ? QCoreApplication::exec() : watch.status();
}

} // namespace facetrack::cli
