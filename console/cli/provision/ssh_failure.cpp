#include "console/cli/provision/ssh_host.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace facetrack::cli {

namespace {

struct Meaning
{
    const char *words; ///< of ssh or sudo
    ErrorCode code;
    AgentTrouble trouble;
    const char *message, *advice;
};

// The first that fits.
constexpr std::array meanings{
    Meaning{"REMOTE HOST IDENTIFICATION HAS CHANGED", ErrorCode::Denied, AgentTrouble::Fingerprint,
            "shows another host key than before, and nothing was sent",
            "somebody may be in between, or the card was written anew: only if you know that it was, "
            "ssh-keygen -R HOST, and again"},
    Meaning{"host key is known", ErrorCode::Denied, AgentTrouble::Refused, "its host key is not known here",
            "look at it on the Pi: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"},
    Meaning{"Host key verification failed", ErrorCode::Denied, AgentTrouble::Refused,
            "its host key is not known here", "ssh HOST, once, by hand"},
    Meaning{"Permission denied", ErrorCode::Denied, AgentTrouble::Refused, "takes none of your SSH keys",
            "ssh-copy-id HOST; or is it another user: pi@HOST?"},
    Meaning{"Too many authentication failures", ErrorCode::Denied, AgentTrouble::Refused,
            "was offered too many keys before the right one",
            "name the right one in ~/.ssh/config: IdentityFile, and IdentitiesOnly yes"},
    Meaning{"Could not resolve hostname", ErrorCode::NotFound, AgentTrouble::Unreachable,
            "nobody knows this name", "try HOST.local, or its address (facetrack list)"},
    Meaning{"No route to host", ErrorCode::Unavailable, AgentTrouble::Unreachable, "there is no way to it",
            "is it switched on, and in the same network?"},
    Meaning{"Network is unreachable", ErrorCode::Unavailable, AgentTrouble::Unreachable, "there is no way to it",
            "is this computer in the same network?"},
    Meaning{"timed out", ErrorCode::Unavailable, AgentTrouble::Unreachable, "does not answer",
            "is it switched on, and in the same network?"},
    Meaning{"Connection refused", ErrorCode::Unavailable, AgentTrouble::Unreachable, "is there, but takes no SSH",
            "on the Pi: sudo systemctl enable --now ssh"},
    Meaning{"a password is required", ErrorCode::Denied, AgentTrouble::Refused,
            "sudo asks for a password there, which nobody could type",
            "on the Pi, by `sudo visudo -f /etc/sudoers.d/facetrack`: USER ALL=(ALL) NOPASSWD: ALL"},
    Meaning{"not in the sudoers", ErrorCode::Denied, AgentTrouble::Refused, "this user may not use sudo there",
            "log in as one who may: USER@HOST"},
    Meaning{"may not run sudo", ErrorCode::Denied, AgentTrouble::Refused, "this user may not use sudo there",
            "log in as one who may: USER@HOST"},
    Meaning{"sudo: not found", ErrorCode::NotFound, AgentTrouble::Refused, "there is no sudo there",
            "apt install sudo there, or root@HOST"},
    Meaning{"sudo: command not found", ErrorCode::NotFound, AgentTrouble::Refused, "there is no sudo there",
            "apt install sudo there, or root@HOST"},
};

/// The last line that says something, without control characters.
std::string lastLine(const std::string &words)
{
    std::istringstream lines(words);
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
        if (line.find_first_not_of(' ') != std::string::npos)
            last = line;
    }
    return last;
}

std::string withHost(std::string text, const std::string &host)
{
    if (const std::size_t at = text.find("HOST"); at != std::string::npos)
        text.replace(at, 4, host);
    return text;
}

} // namespace

AgentFailure sshFailure(const std::string &host, const std::string &words)
{
    const auto found = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning &meaning) {
        return words.find(meaning.words) != std::string::npos;
    });
    if (found == meanings.end())
        return failureOf({ErrorCode::Io, host, "ssh failed: " + lastLine(words), "ssh " + host + ", by hand, tells more"},
                         AgentTrouble::Unreachable);
    // Users with a name before the host are no part of what is looked up.
    const std::string bare = host.substr(host.find('@') == std::string::npos ? 0 : host.find('@') + 1);
    const bool asUser = std::string(found->advice).starts_with("ssh") && !std::string(found->advice).starts_with("ssh-keygen");
    return failureOf({found->code, host, found->message, withHost(found->advice, asUser ? host : bare)}, found->trouble);
}

} // namespace facetrack::cli
