#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/client/agent_access.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

/// An agent that was met before.
struct KnownAgent
{
    std::string id, name;
    std::string address;     ///< "https://192.168.1.7:7420"
    std::string fingerprint; ///< "AB:CD:…"; empty: it speaks plain http
    std::string token;       ///< empty: never paired

    AgentAccess access() const { return {address, fingerprint, token}; }
};

/// The agents that this user has met, in a file that only they may read (0600). A value: several
/// programs may use the file, each change is made by change() under a lock. A fingerprint is
/// trusted when it is first seen, and another one is refused from then on.
class FACETRACK_EXPORT KnownAgents
{
public:
    /// known-agents.json in facetrack/ of the XDG configuration folder.
    static std::filesystem::path defaultFile();
    /// Empty when there is no such file. Denied when others may read it, Corrupt when it is damaged.
    static Result<KnownAgents> load(const std::filesystem::path &file = defaultFile());
    /// Reads the file, lets `edit` change what is in it, and replaces it, while other programs wait.
    static Result<KnownAgents> change(const std::filesystem::path &file,
                                      const std::function<Result<void>(KnownAgents &)> &edit);

    const std::vector<KnownAgent> &all() const { return m_agents; }
    /// By id, name or address, in this order; null: none. A name that several have is none.
    const KnownAgent *find(std::string_view name) const;

    /// Adds it, or brings what is known up to date: an empty token or name takes nothing away.
    /// Denied when its fingerprint is another one than the one known, or plain http where there was
    /// one; the words say what to do.
    Result<void> remember(const KnownAgent &agent);
    /// NotFound when there is none of that id, name or address.
    Result<void> forget(std::string_view name);

private:
    std::vector<KnownAgent> m_agents;
};

/// The loud refusal: an agent that shows another certificate than before.
FACETRACK_EXPORT Error changedFingerprint(const std::string &agent, const std::string &known,
                                          const std::string &shown);

} // namespace facetrack
