#include "libfacetrack/discovery/agent_browser.h"

#include "libfacetrack/discovery/candidate.h"
#include "libfacetrack/discovery/heartbeat_list.h"
#include "libfacetrack/discovery/probe.h"
#include "libfacetrack/discovery/service_browser.h"

#include <QTimer>
#include <algorithm>
#include <utility>

namespace facetrack {

namespace {

using namespace std::chrono_literals;

constexpr auto Tick = 250ms;
constexpr auto DatabaseAsked = 15s;
constexpr std::size_t MostCandidates = 2000; ///< whoever floods the network costs no more

std::string withoutSlash(std::string url)
{
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

std::string urlOf(const SeenService &seen)
{
    const bool six = seen.address.find(':') != std::string::npos;
    return (seen.agent.tls ? "https://" : "http://") + (six ? "[" + seen.address + "]" : seen.address)
           + ":" + std::to_string(seen.agent.port);
}

} // namespace

class AgentBrowser::Impl
{
public:
    Impl(BrowserSources sources, std::function<void()> changed, const Clock &clock)
        : m_sources(std::move(sources)), m_changed(std::move(changed)), m_clock(clock)
    {
        QObject::connect(&m_ticker, &QTimer::timeout, &m_ticker, [this] { tick(); });
        m_ticker.start(Tick);
        setSaved(m_sources.saved);
        openDatabase();
        if (m_sources.dnsSd)
            m_services = std::make_unique<ServiceBrowser>(
                [this](const SeenService &seen) { see(seen); },
                [this](const QString &service) { goAway(service.toStdString()); },
                [this](bool works, const std::string &trouble) {
                    m_state.dnsSd = works;
                    m_state.dnsSdTrouble = trouble;
                    tellLater();
                });
        tick();
    }

    std::vector<FoundAgent> agents() const { return merged(m_candidates); }
    BrowserState state() const { return m_state; }

    void setSaved(const std::vector<std::string> &addresses)
    {
        for (auto &[url, candidate] : m_candidates)
            candidate.by.saved = false;
        for (const std::string &address : addresses)
            if (Candidate *const candidate = at(withoutSlash(address)))
                candidate->by.saved = true;
        std::erase_if(m_candidates, [](const auto &one) { return one.second.by == FoundBy{}; });
        tellLater();
    }

private:
    /// The candidate of that address, made where there is none; null when there are too many.
    Candidate *at(const std::string &url)
    {
        const auto found = m_candidates.find(url);
        if (found != m_candidates.end())
            return &found->second;
        if (m_candidates.size() >= MostCandidates)
            return nullptr;
        Candidate &made = m_candidates[url];
        made.url = url;
        return &made;
    }

    void see(const SeenService &seen)
    {
        const std::string url = urlOf(seen);
        if (seen.again && m_candidates.contains(url))
            return; // it has not moved
        Candidate *const candidate = at(url);
        if (!candidate)
            return;
        candidate->service = seen.service.toStdString();
        candidate->id = seen.agent.id;
        candidate->name = seen.agent.name;
        candidate->role = seen.agent.role;
        candidate->version = seen.agent.version;
        candidate->by.dnsSd = true;
        askSoon(*candidate);
        tellLater();
    }

    /// It stays listed; whether it still answers is asked at once.
    void goAway(const std::string &service)
    {
        for (auto &[url, candidate] : m_candidates)
            if (candidate.service == service)
                askSoon(candidate);
    }

    void askSoon(Candidate &candidate)
    {
        candidate.askAt = m_clock.monotonic();
        candidate.failures = 0;
        candidate.pause = {};
        QTimer::singleShot(0, &m_ticker, [this] { tick(); });
    }

    void openDatabase()
    {
        if (!m_sources.database)
            return;
        auto list = HeartbeatList::make(*m_sources.database, m_sources.schema);
        if (list)
            m_heartbeats = std::move(*list);
        else
            m_state.databaseTrouble = describe(list.error());
    }

    void askDatabase(MonotonicTime now)
    {
        m_databaseAt = now + DatabaseAsked;
        m_heartbeats->ask([this](Result<std::vector<HeartbeatRow>> rows) {
            m_state.database = rows.has_value();
            m_state.databaseTrouble = rows ? std::string() : describe(rows.error());
            if (rows)
                for (const HeartbeatRow &row : *rows)
                    take(row);
            tellLater();
        });
    }

    void take(const HeartbeatRow &row)
    {
        const std::string url = withoutSlash(row.address);
        if (!url.starts_with("http://") && !url.starts_with("https://"))
            return;
        Candidate *const candidate = at(url);
        if (!candidate)
            return;
        candidate->by.database = true;
        candidate->lastSeen = std::max(candidate->lastSeen, std::optional(row.at));
        if (candidate->answers == true)
            return; // it knows better
        candidate->id = row.id;
        candidate->name = row.name;
        candidate->role = row.role;
        candidate->version = row.version;
    }

    void tick()
    {
        const MonotonicTime now = m_clock.monotonic();
        for (auto &[url, candidate] : m_candidates) {
            if (candidate.asking || now < candidate.askAt)
                continue;
            candidate.asking = true;
            m_probe.ask(url, [this, url = url](const ProbeAnswer &answer) {
                const auto found = m_candidates.find(url);
                if (found == m_candidates.end())
                    return;
                note(found->second, answer, m_clock.monotonic(), m_clock.utc());
                // It may have come back elsewhere: another lease, another port.
                if (!answer.answered && m_services && !found->second.service.empty())
                    m_services->lookAgain(found->second.service);
                tellLater();
            });
        }
        if (m_heartbeats && now >= m_databaseAt)
            askDatabase(now);
    }

    /// Once for all that happens in one turn of the event loop, and only what a person would see.
    void tellLater()
    {
        if (std::exchange(m_telling, true))
            return;
        QTimer::singleShot(0, &m_ticker, [this] {
            m_telling = false;
            m_changed();
        });
    }

    const BrowserSources m_sources;
    const std::function<void()> m_changed;
    const Clock &m_clock;
    Candidates m_candidates;
    BrowserState m_state;
    bool m_telling = false;
    MonotonicTime m_databaseAt{0};
    QTimer m_ticker;
    std::unique_ptr<HeartbeatList> m_heartbeats;
    std::unique_ptr<ServiceBrowser> m_services;
    Probe m_probe; // last: its answers use the rest
};

AgentBrowser::AgentBrowser(BrowserSources sources, std::function<void()> changed, const Clock &clock)
    : m_impl(std::make_unique<Impl>(std::move(sources), std::move(changed), clock))
{
}

AgentBrowser::~AgentBrowser() = default;

std::vector<FoundAgent> AgentBrowser::agents() const
{
    return m_impl->agents();
}

BrowserState AgentBrowser::state() const
{
    return m_impl->state();
}

void AgentBrowser::setSaved(const std::vector<std::string> &addresses)
{
    m_impl->setSaved(addresses);
}

} // namespace facetrack
