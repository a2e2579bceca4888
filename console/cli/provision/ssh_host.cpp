#include "console/cli/provision/ssh_host.h"

#include "libfacetrack/base/file_text.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <filesystem>

namespace facetrack::cli {

namespace {

constexpr int sshsOwnFailure = 255;

/// For a POSIX shell, and the others that people log in with.
std::string quoted(const std::string &text)
{
    std::string safe = "'";
    for (const char c : text)
        safe += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return safe + "'";
}

AgentFailure notHere(const Error &error)
{
    return failureOf(error, error.code == ErrorCode::Unavailable ? AgentTrouble::Unreachable : AgentTrouble::Refused);
}

} // namespace

SshHost::SshHost(std::string host, const std::string &config, double timeout)
    : m_name(std::move(host)), m_config(QString::fromStdString(config)),
      m_timeout(std::max(1, static_cast<int>(std::ceil(timeout))))
{
}

QStringList SshHost::arguments(const QStringList &more) const
{
    QStringList list;
    if (!m_config.isEmpty())
        list << QStringLiteral("-F") << m_config;
    for (const char *option : {"BatchMode=yes", "ForwardAgent=no", "ClearAllForwardings=yes", "ServerAliveInterval=5",
                               "ServerAliveCountMax=3", "PermitLocalCommand=no"})
        list << QStringLiteral("-o") << QString::fromLatin1(option);
    list << QStringLiteral("-o") << QStringLiteral("ConnectTimeout=%1").arg(m_timeout);
    // A name cannot be taken for an option.
    return list + more + QStringList{QStringLiteral("--"), QString::fromStdString(m_name)};
}

AgentResult<ProgramEnd> SshHost::run(const std::string &command, ProgramRun run) const
{
    run.program = QStringLiteral("ssh");
    run.arguments = arguments({QStringLiteral("-T"), QStringLiteral("-o"), QStringLiteral("StrictHostKeyChecking=yes")})
        << QString::fromStdString("sh -c " + quoted(command));
    auto end = runProgram(run);
    if (!end)
        return tl::unexpected(notHere({end.error().code, m_name, end.error().message, end.error().advice}));
    if (end->status == sshsOwnFailure)
        return tl::unexpected(sshFailure(m_name, end->errors.toStdString()));
    return *end;
}

AgentResult<ProgramEnd> SshHost::runAsRoot(const std::string &command, ProgramRun run) const
{
    const std::string inner = quoted(command);
    auto end = this->run("if [ \"$(id -u)\" = 0 ]; then exec sh -c " + inner + "; else exec sudo -n sh -c " + inner + "; fi",
                         std::move(run));
    // sudo's own words come before anything of the command's.
    if (end && end->status != 0 && end->errors.contains("sudo:"))
        return tl::unexpected(sshFailure(m_name, end->errors.toStdString()));
    return end;
}

Result<std::string> SshHost::setting(const std::string &name) const
{
    const auto end = runProgram({QStringLiteral("ssh"), arguments({QStringLiteral("-G")})});
    if (!end)
        return tl::unexpected(end.error());
    for (const QByteArray &line : end->out.split('\n')) {
        if (line.startsWith(QByteArray::fromStdString(name + " ")))
            return line.mid(static_cast<qsizetype>(name.size()) + 1).trimmed().toStdString();
    }
    return fail(ErrorCode::InvalidArgument, m_name, "ssh cannot make anything of this name: "
                                                        + end->errors.trimmed().toStdString());
}

Result<std::string> SshHost::address() const
{
    return setting("hostname");
}

AgentResult<SshHost::NewKey> SshHost::newKey() const
{
    // To the point where the host has shown its key, and no further: nobody logs in.
    const auto tryOut = [this](const QString &checking, const QStringList &more) {
        const QStringList noLogin{QStringLiteral("-T"), QStringLiteral("-o"), QStringLiteral("PreferredAuthentications=none"),
                                  QStringLiteral("-o"), QStringLiteral("StrictHostKeyChecking=") + checking};
        return runProgram({QStringLiteral("ssh"), arguments(noLogin + more) << QStringLiteral("true")});
    };
    const auto known = tryOut(QStringLiteral("yes"), {});
    if (!known)
        return tl::unexpected(notHere(known.error()));
    const AgentFailure failure = sshFailure(m_name, known->errors.toStdString());
    if (known->errors.contains("Permission denied") || known->status == 0)
        return NewKey{};
    if (!known->errors.contains("host key is known"))
        return tl::unexpected(failure);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("known"));
    const auto shown = tryOut(QStringLiteral("accept-new"),
                              {QStringLiteral("-o"), QStringLiteral("UserKnownHostsFile=") + file, QStringLiteral("-o"),
                               QStringLiteral("GlobalKnownHostsFile=/dev/null")});
    const auto line = readText(file.toStdString(), 64 * 1024);
    const auto print = runProgram({QStringLiteral("ssh-keygen"), {QStringLiteral("-lf"), file}});
    if (!shown || !line || !print || print->status != 0)
        return tl::unexpected(failure);
    const QList<QByteArray> words = print->out.trimmed().split(' ');
    return NewKey{words.size() < 3 ? std::string() : (words.at(1) + ' ' + words.last()).toStdString(), *line};
}

Result<void> SshHost::trust(const NewKey &key) const
{
    const auto files = setting("userknownhostsfile");
    if (!files)
        return tl::unexpected(files.error());
    QString file = QString::fromStdString(*files).section(u' ', 0, 0);
    if (file.startsWith(QStringLiteral("~/")))
        file = QDir::homePath() + file.mid(1);
    std::error_code failed;
    const std::filesystem::path folder = std::filesystem::path(file.toStdString()).parent_path();
    if (std::filesystem::create_directories(folder, failed))
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    QFile known(file);
    const bool open = known.open(QIODevice::ReadWrite);
    const qint64 size = known.size();
    const bool cut = open && size > 0 && known.seek(size - 1) && known.read(1) != "\n";
    if (!open || !known.seek(size) || known.write(((cut ? "\n" : "") + key.line).c_str()) < 0 || !known.flush())
        return fail(ErrorCode::Io, file.toStdString(), "cannot be written: " + known.errorString().toStdString());
    return {};
}

} // namespace facetrack::cli
