#include "console/cli/provision/remote_state.h"

#include <QUrl>

namespace facetrack::cli {

namespace {

// A word and its value on each line. Paths start with the root of tests, which is none elsewhere.
constexpr const char *questions = R"sh(root=${FACETRACK_ROOT:-}
echo "architecture $(dpkg --print-architecture)"
echo "free $(df -Pk "$root/var/lib" | tail -n 1 | { read -r _ _ _ free _; echo "$free"; })"
dpkg-query -W -f 'package ${Package} ${Architecture} ${Version} ${db:Status-Status}\n' 'facetrack*' 'libfacetrack*' 2>/dev/null
[ ! -e "$root/etc/facetrack/agentd.toml" ] || echo "toml $(base64 -w 0 < "$root/etc/facetrack/agentd.toml")"
[ ! -e "$root/etc/facetrack/relay-token" ] || echo "token $(sha256sum < "$root/etc/facetrack/relay-token")"
[ ! -e "$root/etc/facetrack/relay-ca.pem" ] || echo "ca $(sha256sum < "$root/etc/facetrack/relay-ca.pem")"
echo "name $(uname -n)"
! systemctl -q is-active facetrack-agentd.service || echo active
echo end)sh";

void takeLine(RemoteState &state, const QList<QByteArray> &words)
{
    const auto word = [&](qsizetype i) { return i < words.size() ? words.at(i).toStdString() : std::string(); };
    const std::string what = word(0);
    if (what == "architecture")
        state.architecture = word(1);
    else if (what == "free")
        state.freeBytes = words.value(1).toULongLong() * 1024;
    else if (what == "package" && word(4) == "installed")
        state.versions[word(1) + " " + word(2)] = word(3);
    else if (what == "toml")
        state.toml = QByteArray::fromBase64(words.value(1)).toStdString();
    else if (what == "token")
        state.tokenHash = word(1);
    else if (what == "ca")
        state.caHash = word(1);
    else if (what == "name")
        state.name = word(1);
    else if (what == "active")
        state.active = true;
}

} // namespace

std::vector<DebFile> RemoteState::missing(const std::vector<DebFile> &files) const
{
    std::vector<DebFile> found;
    for (const DebFile &deb : fitting(files, architecture)) {
        const auto installed = versions.find(deb.name + " " + deb.architecture);
        // An epoch is left out of a file's name, or its colon is written %3a.
        const std::string version = QUrl::fromPercentEncoding(QByteArray::fromStdString(deb.version)).toStdString();
        const bool same = installed != versions.end()
            && (installed->second == version || installed->second.ends_with(":" + version));
        if (!same)
            found.push_back(deb);
    }
    return found;
}

AgentResult<RemoteState> askState(const SshHost &host)
{
    const auto end = host.runAsRoot(questions);
    if (!end)
        return tl::unexpected(end.error());
    RemoteState state;
    const QList<QByteArray> lines = end->out.trimmed().split('\n');
    for (const QByteArray &line : lines)
        takeLine(state, line.trimmed().split(' '));
    if (lines.last() != "end" || state.architecture.empty())
        return tl::unexpected(failureOf({ErrorCode::Unsupported, host.name(), "is no Debian or Raspberry Pi OS: "
                                             + end->errors.trimmed().left(200).toStdString(), {}},
                                        AgentTrouble::Refused));
    return state;
}

} // namespace facetrack::cli
