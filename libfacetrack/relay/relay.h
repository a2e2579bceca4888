#pragma once
#include "libfacetrack/agent/watchdog.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/http/message.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// The file of token secrets that a relay with these settings uses.
FACETRACK_EXPORT Result<std::filesystem::path> relaySecretsFile(const AgentConfig &config);

/// The "Eden-Server" role: no camera; takes the records of agents over HTTP, keeps them in a
/// Journal of its own, answers only once they are committed, and uploads from there. Holds nothing
/// else, so that any number of relays may stand behind one address.
class FACETRACK_EXPORT Relay
{
public:
    /// Opens the Journal and the port. Besides what these say: NotFound or Denied for the secrets.
    static Result<std::unique_ptr<Relay>> start(AgentConfig config,
                                                const Clock &clock = SystemClock::instance());
    /// Answers what it has begun and commits it.
    ~Relay();

    std::string url() const; ///< "http://127.0.0.1:6200/"
    /// SHA-256 of the certificate, "AB:CD:…"; empty in plain HTTP.
    std::string fingerprint() const;
    /// What has to get on for it to relay, for a Watchdog. Thread-safe.
    std::vector<WorkPart> progress();
    /// How it is, on one line. Thread-safe; waits for no disk.
    std::string summary() const;

private:
    class Impl;
    explicit Relay(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack
