#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/net/endpoint_settings.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facetrack {

/// The ways by which an agent was found.
struct FoundBy
{
    bool dnsSd = false;    ///< it says on the network that it is there
    bool saved = false;    ///< its address is on the list that was given
    bool database = false; ///< CrateDB has heartbeats of it

    bool operator==(const FoundBy &) const = default;
};

/// One agent, however it was found.
struct FoundAgent
{
    std::string id; ///< empty: a saved address that has not answered yet
    std::string name, role, version;
    std::string address;                ///< the best one, "https://192.168.1.7:7420"
    std::vector<std::string> addresses; ///< all
    FoundBy by;
    std::string fingerprint;         ///< of the certificate that it showed, "AB:CD:…"; not yet trusted
    std::optional<bool> answers;     ///< not asked yet: none
    std::optional<UtcTime> lastSeen; ///< when it answered last, or its newest heartbeat
    std::string trouble;             ///< why it does not answer; else empty

    bool operator==(const FoundAgent &) const = default;
};

/// What an AgentBrowser looks at.
struct BrowserSources
{
    bool dnsSd = true;
    std::vector<std::string> saved;              ///< "https://192.168.1.7:7420"
    std::optional<net::EndpointSettings> database; ///< none: not asked
    std::string schema = "facetrack";            ///< in the database
};

/// Which of the ways work.
struct BrowserState
{
    bool dnsSd = false;
    std::string dnsSdTrouble;    ///< why not; else empty
    bool database = false;
    std::string databaseTrouble; ///< likewise
};

/// Finds agents by DNS-SD, by saved addresses and by the database, as one list keyed by id, and asks
/// each now and then whether it answers (GET /api/v1/agent, which needs no token; any certificate is
/// taken for that, and its fingerprint noted). An agent that is lost stays listed. A way that does not
/// work leaves the others alone, and is tried again. Thread-bound; needs an event loop.
class FACETRACK_EXPORT AgentBrowser
{
public:
    /// `changed` is called from the event loop after the list, or whether a way works, has changed.
    AgentBrowser(BrowserSources sources, std::function<void()> changed,
                 const Clock &clock = SystemClock::instance());
    ~AgentBrowser();

    /// By name, those without a name last.
    std::vector<FoundAgent> agents() const;
    BrowserState state() const;
    /// Other saved addresses.
    void setSaved(const std::vector<std::string> &addresses);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack
