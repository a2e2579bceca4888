#include "console/cli/provision/pi_update.h"

#include "console/cli/provision/agent_toml.h"
#include "console/cli/provision/boot_files.h"
#include "libfacetrack/base/file_text.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <algorithm>
#include <filesystem>

namespace facetrack::cli {

namespace {

/// Where the archive is unpacked; only root may look into it.
constexpr const char *incoming = "$FACETRACK_ROOT/var/lib/facetrack-incoming";
/// Packages unpacked, their download of others, and the archive itself.
constexpr std::uintmax_t roomFactor = 5;
constexpr int installPatience = 1200; ///< s without a word: a Pi Zero unpacks OpenCV for minutes

std::string sha256(const std::string &text)
{
    return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex().toStdString();
}

/// What the script said when it gave up: "failed: …" and what apt or the agent had to say.
std::string lastWords(const QByteArray &errors)
{
    QList<QByteArray> lines = errors.trimmed().split('\n');
    const auto failed = std::find_if(lines.begin(), lines.end(),
                                     [](const QByteArray &line) { return line.startsWith("failed: "); });
    if (failed == lines.end())
        return lines.last().toStdString();
    std::string words = failed->mid(8).trimmed().toStdString();
    for (auto line = failed + 1; line != lines.end(); ++line)
        words += "\n  " + line->trimmed().toStdString();
    return words;
}

AgentFailure scriptFailure(const std::string &host, const ProgramEnd &end)
{
    const char *advice = "";
    ErrorCode code = ErrorCode::Io;
    if (end.status == 20 || end.errors.contains("No space left on device")) {
        code = ErrorCode::Full;
        advice = "make room: sudo apt clean, sudo journalctl --vacuum-size=50M";
    } else if (end.status == 21) {
        advice = "has it a network? sudo apt update, on the Pi, tells";
    } else if (end.status == 22) {
        advice = "sudo journalctl --namespace facetrack -u facetrack-agentd, on the Pi, tells";
    }
    return failureOf({code, host, lastWords(end.errors), advice}, AgentTrouble::Refused);
}

} // namespace

AgentResult<void> PiUpdate::look()
{
    auto state = askState(m_host);
    if (!state)
        return tl::unexpected(state.error());
    m_state = std::move(*state);
    m_toml = m_state.toml;
    // Without any wish, a new agent keeps the settings that its package brings.
    if (!m_wanted.sets.empty()) {
        const auto toml = agentToml(m_state.toml, m_wanted.sets);
        if (!toml)
            return tl::unexpected(failureOf({toml.error().code, m_host.name(), describe(toml.error()), {}}, AgentTrouble::Refused));
        m_toml = *toml;
    }
    m_tomlChanged = m_toml != m_state.toml;
    m_tokenChanged = !m_wanted.token.empty() && sha256(m_wanted.token + "\n") != m_state.tokenHash;
    m_caChanged = !m_wanted.ca.empty() && sha256(m_wanted.ca) != m_state.caHash;
    const std::string id = idOf(m_toml).empty() ? m_state.name : idOf(m_toml);
    if (auto good = checkToken(m_wanted.token, id); !good)
        return tl::unexpected(failureOf({good.error().code, m_host.name(), describe(good.error()), {}}, AgentTrouble::Refused));
    m_missing = m_state.missing(m_wanted.packages.files);
    m_sourceChanged = !m_wanted.packages.source.empty();
    const bool agentThere = m_state.versions.contains("facetrack-agentd " + m_state.architecture);
    const auto fits = fitting(m_wanted.packages.files, m_state.architecture);
    const bool agentComes = m_sourceChanged || std::any_of(fits.begin(), fits.end(), [](const DebFile &deb) {
                                return deb.name == "facetrack-agentd";
                            });
    if (!agentThere && !agentComes)
        return tl::unexpected(failureOf({ErrorCode::NotFound, m_host.name(),
                                         "has no facetrack-agentd, and there is no package of it for " + m_state.architecture,
                                         "--packages FOLDER, or an apt source"},
                                        AgentTrouble::Refused));
    return checkRoom();
}

std::string PiUpdate::todo() const
{
    std::string text;
    const auto add = [&text](const std::string &what) { text += (text.empty() ? "" : ", ") + what; };
    for (const DebFile &deb : m_missing)
        add(deb.name + " " + deb.version);
    if (m_sourceChanged)
        add("what the apt source has");
    if (m_tomlChanged)
        add(m_state.toml.empty() ? "new settings" : "changed settings");
    if (m_tokenChanged)
        add("the relay's token");
    if (m_caChanged)
        add("who vouches for the relay");
    if (text.empty() && !m_state.active)
        add("only a start of the agent");
    return text.empty() ? "nothing to do" : text;
}

AgentResult<void> PiUpdate::checkRoom() const
{
    const std::uintmax_t needed = roomFactor * bytesOf(m_missing) + 10'000'000;
    if (m_missing.empty() || m_state.freeBytes >= needed)
        return {};
    return tl::unexpected(failureOf({ErrorCode::Full, m_host.name(), "its disk is full: " + sizeText(m_state.freeBytes)
                                         + " free, and " + sizeText(needed) + " needed; nothing was copied",
                                     "make room: sudo apt clean, sudo journalctl --vacuum-size=50M"},
                                    AgentTrouble::Refused));
}

Result<QByteArray> PiUpdate::archive() const
{
    const QTemporaryDir folder; // of the mode 0700
    const std::filesystem::path path = folder.path().toStdString();
    std::vector<BootFile> files{{"first-boot", firstBootScript(), {}, false}};
    if (m_tomlChanged)
        files.push_back({"agentd.toml", m_toml, {}, false});
    if (m_tokenChanged)
        files.push_back({"relay-token", m_wanted.token + "\n", {}, true});
    if (m_caChanged)
        files.push_back({"relay-ca.pem", m_wanted.ca, {}, false});
    if (!m_wanted.packages.more.empty())
        files.push_back({"packages.txt", packageNames(m_wanted.packages), {}, false});
    if (m_sourceChanged)
        files.push_back({"facetrack.sources", m_wanted.packages.source, {}, false});
    if (!m_wanted.packages.sourceKey.empty())
        files.push_back({"facetrack.asc", m_wanted.packages.sourceKey, {}, false});
    for (const BootFile &file : files) {
        if (auto done = replaceText(path / file.path, file.bytes, FileAccess::OwnerOnly); !done)
            return tl::unexpected(done.error());
    }
    std::error_code failed;
    std::filesystem::create_directory(path / "packages", failed);
    // All or none: apt shall see the new ones together.
    for (const DebFile &deb : m_missing.empty() ? m_missing : fitting(m_wanted.packages.files, m_state.architecture))
        std::filesystem::create_symlink(std::filesystem::absolute(deb.file), path / "packages" / deb.file.filename(), failed);
    auto end = runProgram({QStringLiteral("tar"), {QStringLiteral("-C"), folder.path(), QStringLiteral("--dereference"),
                           QStringLiteral("-cf"), QStringLiteral("-"), QStringLiteral(".")}});
    if (!end || end->status != 0)
        return fail(ErrorCode::Io, "tar", end ? end->errors.trimmed().toStdString() : describe(end.error()));
    return std::move(end->out);
}

AgentResult<void> PiUpdate::copy()
{
    auto bytes = archive();
    if (!bytes)
        return tl::unexpected(failureOf(bytes.error(), AgentTrouble::Refused));
    m_progress("copies " + sizeText(static_cast<std::uintmax_t>(bytes->size())));
    ProgramRun run;
    run.input = std::move(*bytes);
    run.sent = [this, before = qint64{0}](qint64 sent, qint64 all) mutable {
        const qint64 quarter = all > 2'000'000 ? 4 * sent / all : 0;
        if (quarter > before && quarter < 4)
            m_progress("copies: " + std::to_string(25 * quarter) + " %");
        before = quarter;
    };
    const std::string folder = incoming;
    const auto end = m_host.runAsRoot("set -e; umask 077; d=" + folder + "; rm -rf \"$d\"; mkdir -p \"$d\"; "
                                      "trap 'rm -rf \"$d\"' EXIT; tar -xf - -C \"$d\"; sh \"$d/first-boot\" take",
                                      std::move(run));
    if (!end)
        return tl::unexpected(end.error());
    if (end->status != 0)
        return tl::unexpected(scriptFailure(m_host.name(), *end));
    return {};
}

AgentResult<void> PiUpdate::install()
{
    ProgramRun run;
    run.seconds = installPatience;
    run.line = [this](const QByteArray &line) {
        if (line.startsWith("step: ") && line != "step: done")
            m_progress(line.mid(6).trimmed().toStdString());
    };
    const auto end = m_host.runAsRoot("sh \"$FACETRACK_ROOT/var/lib/facetrack-setup/first-boot\" install", std::move(run));
    if (!end)
        return tl::unexpected(end.error());
    if (end->status != 0)
        return tl::unexpected(scriptFailure(m_host.name(), *end));
    return {};
}

AgentResult<void> PiUpdate::carryOut()
{
    if (auto copied = copy(); !copied)
        return copied;
    return install();
}

} // namespace facetrack::cli
