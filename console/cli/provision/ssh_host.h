#pragma once
#include "console/cli/provision/provision.h"
#include "console/cli/provision/run_program.h"
#include "libfacetrack/client/agent_failure.h"

#include <functional>
#include <string>

namespace facetrack::cli {

/// A machine that the program ssh reaches, as its user's ~/.ssh/config says. Never asks anything, takes no
/// host's key by itself, and hands no agent on. May be used on any thread.
class SshHost
{
public:
    /// `config`: of ssh, instead of the user's; empty: the user's. `timeout`: s, to connect.
    SshHost(std::string host, const std::string &config, double timeout);

    const std::string &name() const { return m_name; }

    /// Runs a shell command there, as it is or as root by sudo, with `run.input` as its input; `run.seconds`,
    /// `run.line` and `run.sent` hold too. A command that fails is a ProgramEnd with its status; a failure is
    /// what kept it from being run at all.
    AgentResult<ProgramEnd> run(const std::string &command, ProgramRun run = {}) const;
    AgentResult<ProgramEnd> runAsRoot(const std::string &command, ProgramRun run = {}) const;

    /// What ssh makes of the name: the real host's name or address.
    Result<std::string> address() const;

    /// The key that a host shows, when it is not known yet.
    struct NewKey
    {
        std::string fingerprint; ///< "SHA256:… (ED25519)"; empty: the key is known already
        std::string line;        ///< of a known_hosts file
    };
    AgentResult<NewKey> newKey() const;
    /// From now on it is known, in the file that ssh looks into.
    Result<void> trust(const NewKey &key) const;

private:
    QStringList arguments(const QStringList &more) const;
    Result<std::string> setting(const std::string &name) const;

    const std::string m_name;
    const QString m_config;
    const int m_timeout;
};

/// What ssh's own words mean for a person.
AgentFailure sshFailure(const std::string &host, const std::string &words);

} // namespace facetrack::cli
