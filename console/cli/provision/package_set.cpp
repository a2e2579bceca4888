#include "console/cli/provision/package_set.h"

#include "libfacetrack/base/file_text.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>
#include <algorithm>
#include <map>
#include <numeric>

namespace facetrack::cli {

namespace {

constexpr const char *option = "--packages";

using Names = std::vector<std::string>;

bool isWanted(const std::string &name, const Names &more)
{
    return name == "facetrack-agentd" || name == "facetrack-tools"
        || (name.starts_with("libfacetrack") && !name.ends_with("-dev") && !name.ends_with("-dbgsym"))
        || std::find(more.begin(), more.end(), name) != more.end();
}

std::optional<DebFile> debFile(const std::filesystem::directory_entry &entry)
{
    // apt takes any file; names with other signs than these would be a shell's to take apart.
    static const QRegularExpression form(
        QStringLiteral("^([a-z0-9][a-z0-9+.-]+)_([A-Za-z0-9.+~%-]+)_([a-z0-9-]+)\\.deb$"));
    const auto match = form.match(QString::fromStdString(entry.path().filename().string()));
    if (!match.hasMatch() || !entry.is_regular_file())
        return {};
    return DebFile{entry.path(), match.captured(1).toStdString(), match.captured(2).toStdString(),
                   match.captured(3).toStdString(), entry.file_size()};
}

Result<void> checkFiles(const std::vector<DebFile> &files, const std::string &folder, Names needed)
{
    std::map<std::string, std::string> seen;
    needed.insert(needed.begin(), "facetrack-agentd");
    for (const DebFile &deb : files) {
        std::erase(needed, deb.name);
        const auto [other, fresh] = seen.emplace(deb.name + " for " + deb.architecture, deb.version);
        if (!fresh)
            return fail(ErrorCode::InvalidArgument, folder,
                        "has " + other->first + " twice: " + other->second + " and " + deb.version,
                        "leave one of them there");
    }
    if (!needed.empty())
        return fail(ErrorCode::NotFound, folder, "has no package " + needed.front(),
                    "name the folder with " + needed.front() + "_VERSION_arm64.deb");
    return {};
}

Result<PackageSet> fromFolder(const std::string &folder, const Names &more)
{
    PackageSet set;
    std::error_code failed;
    for (const auto &entry : std::filesystem::directory_iterator(folder, failed)) {
        const auto deb = debFile(entry);
        if (deb && isWanted(deb->name, more))
            set.files.push_back(*deb);
    }
    if (failed)
        return fail(ErrorCode::NotFound, option, folder + " is no folder that can be read: " + failed.message(),
                    "a folder of .debs, or https://… of an apt source");
    std::sort(set.files.begin(), set.files.end(),
              [](const DebFile &a, const DebFile &b) { return a.file < b.file; });
    if (auto good = checkFiles(set.files, folder, more); !good)
        return tl::unexpected(good.error());
    return set;
}

Result<PackageSet> fromSource(const QStringList &words, const std::string &key, bool unsignedSource)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9._~:/?#@!$&'()*+,;=%\\[\\]-]+$"));
    for (const QString &word : words) {
        if (!plain.match(word).hasMatch() || (words.size() == 2))
            return fail(ErrorCode::InvalidArgument, option, "is no apt source",
                        "URL alone, or \"URL SUITE COMPONENT\", such as \"https://apt.example/debian trixie main\"");
    }
    const QUrl url(words.first());
    if (!url.userInfo().isEmpty())
        return fail(ErrorCode::InvalidArgument, option, "has a password in it, which all on the Pi could read");
    PackageSet set;
    set.source = "# Made by facetrack provision.\nTypes: deb\nURIs: " + words.first().toStdString() + "\nSuites: "
        + (words.size() > 1 ? words.at(1).toStdString() : "./") + "\n";
    if (words.size() > 2)
        set.source += "Components: " + words.mid(2).join(u' ').toStdString() + "\n";
    if (key.empty() != unsignedSource)
        return fail(ErrorCode::InvalidArgument, "--packages-key",
                    key.empty() ? "is missing: which key signs this source?" : "contradicts --packages-unsigned",
                    "the ASCII-armoured public key, or --packages-unsigned to trust the network");
    if (key.empty()) {
        set.source += "Trusted: yes\n";
        return set;
    }
    const auto text = readText(key, 1024 * 1024);
    if (!text)
        return tl::unexpected(text.error());
    if (text->find("BEGIN PGP PUBLIC KEY BLOCK") == std::string::npos)
        return fail(ErrorCode::InvalidArgument, key, "is no ASCII-armoured public key", "gpg --export --armor");
    set.sourceKey = *text;
    set.source += "Signed-By: /etc/apt/keyrings/facetrack.asc\n";
    return set;
}

} // namespace

Result<PackageSet> packageSet(const std::string &from, const std::string &key, bool unsignedSource,
                              const Names &more)
{
    static const QRegularExpression name(QStringLiteral("^[a-z0-9][a-z0-9+.-]+$"));
    for (const std::string &wanted : more) {
        if (!name.match(QString::fromStdString(wanted)).hasMatch())
            return fail(ErrorCode::InvalidArgument, "--with-package", "'" + wanted + "' is no package");
    }
    if (from.empty())
        return PackageSet{};
    const QString text = QString::fromStdString(from).simplified();
    if (text.startsWith(QStringLiteral("http://")) || text.startsWith(QStringLiteral("https://")))
        return fromSource(text.split(u' '), key, unsignedSource).map([&](PackageSet set) {
            set.more = more;
            return set;
        });
    return fromFolder(from, more);
}

std::vector<DebFile> fitting(const std::vector<DebFile> &files, const std::string &architecture)
{
    std::vector<DebFile> found;
    std::copy_if(files.begin(), files.end(), std::back_inserter(found), [&](const DebFile &deb) {
        return deb.architecture == "all" || deb.architecture == architecture;
    });
    return found;
}

std::uintmax_t bytesOf(const std::vector<DebFile> &files)
{
    return std::accumulate(files.begin(), files.end(), std::uintmax_t{0},
                           [](std::uintmax_t sum, const DebFile &deb) { return sum + deb.bytes; });
}

std::string sizeText(std::uintmax_t bytes)
{
    const double megabytes = static_cast<double>(bytes) / 1e6;
    const QString text = megabytes >= 1 ? QString::number(megabytes, 'f', 1) + QStringLiteral(" MB")
                                        : QString::number((bytes + 999) / 1000) + QStringLiteral(" kB");
    return text.toStdString();
}

} // namespace facetrack::cli
