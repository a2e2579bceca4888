#pragma once
#include "console/cli/outcome.h"
#include "console/cli/provision/pi_settings.h"
#include "console/cli/provision/remote_state.h"

#include <functional>

namespace facetrack::cli {

/// Brings one running Pi to what was asked for, by three connections at most.
class PiUpdate
{
public:
    /// Says what is being done, from the thread that runs this.
    using Progress = std::function<void(const std::string &)>;

    PiUpdate(const SshHost &host, const AgentSettings &wanted, Progress progress)
        : m_host(host), m_wanted(wanted), m_progress(std::move(progress))
    {
    }

    /// Looks what it has and what it lacks; changes nothing.
    AgentResult<void> look();
    bool isDone() const { return m_missing.empty() && !m_tomlChanged && !m_tokenChanged && !m_caChanged && !m_sourceChanged && m_state.active; }
    /// What there is to do, in words: for --dry-run.
    std::string todo() const;
    /// Copies, installs, restarts.
    AgentResult<void> carryOut();

    const RemoteState &state() const { return m_state; }
    const std::string &toml() const { return m_toml; } ///< that it has afterwards
    const std::vector<DebFile> &missing() const { return m_missing; }

private:
    AgentResult<void> checkRoom() const;
    Result<QByteArray> archive() const;
    AgentResult<void> copy();
    AgentResult<void> install();

    const SshHost &m_host;
    const AgentSettings &m_wanted;
    const Progress m_progress;
    RemoteState m_state;
    std::string m_toml;
    std::vector<DebFile> m_missing;
    bool m_tomlChanged = false, m_tokenChanged = false, m_caChanged = false, m_sourceChanged = false;
};

} // namespace facetrack::cli
