#include "console/cli/provision/boot_place.h"
#include "console/cli/provision/partition_table.h"
#include "console/cli/provision/run_program.h"

#include <QFile>
#include <QRegularExpression>
#include <filesystem>
#include <fstream>

namespace facetrack::cli {

namespace {

/// By mtools, without mounting: needs no rights but those to the image.
class ImagePlace final : public BootPlace
{
public:
    ImagePlace(std::string image, const Partition &partition)
        : m_image(std::move(image)),
          m_at(QStringLiteral("%1@@%2").arg(QString::fromStdString(m_image)).arg(partition.begin))
    {
    }

    Result<std::vector<std::string>> list(const std::string &folder) override
    {
        const auto end = tool("mdir", {QStringLiteral("-b"), remote(folder.empty() ? "" : folder + "/")});
        if (!end)
            return tl::unexpected(end.error());
        std::vector<std::string> names;
        for (const QByteArray &line : end->out.split('\n')) {
            QByteArray name = line.trimmed();
            const bool isFolder = name.endsWith('/');
            name.chop(isFolder ? 1 : 0);
            name = name.mid(name.lastIndexOf('/') + 1);
            if (!name.isEmpty())
                names.push_back(name.toStdString() + (isFolder ? "/" : ""));
        }
        return names;
    }

    Result<std::optional<std::string>> read(const std::string &path) override
    {
        auto end = tool("mtype", {remote(path)});
        if (!end)
            return tl::unexpected(end.error());
        if (end->status != 0)
            return std::optional<std::string>();
        return std::optional(end->out.toStdString());
    }

    Result<void> write(const std::string &path, const std::string &bytes) override
    {
        if (const std::size_t slash = path.rfind('/'); slash != std::string::npos) {
            for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1)) {
                // -D s: it may be there.
                const auto made = tool("mmd", {QStringLiteral("-D"), QStringLiteral("s"), remote(path.substr(0, at))});
                if (!made)
                    return tl::unexpected(made.error());
            }
        }
        const auto end = tool("mcopy", {QStringLiteral("-o"), QStringLiteral("-"), remote(path)}, QByteArray::fromStdString(bytes));
        if (!end)
            return tl::unexpected(end.error());
        return judged(*end, path, "written");
    }

    Result<void> remove(const std::string &path) override
    {
        const auto end = tool("mdel", {remote(path)});
        if (!end)
            return tl::unexpected(end.error());
        return judged(*end, path, "removed");
    }

    Result<std::uintmax_t> freeBytes() override
    {
        const auto end = tool("mdir", {remote("")});
        if (!end)
            return tl::unexpected(end.error());
        // "    33 466 368 bytes free"
        static const QRegularExpression form(QStringLiteral("([0-9 ]+) bytes free"));
        const auto match = form.match(QString::fromUtf8(end->out));
        if (!match.hasMatch())
            return fail(ErrorCode::Corrupt, m_image, "the boot partition cannot be read: " + end->errors.trimmed().toStdString());
        return match.captured(1).remove(u' ').toULongLong();
    }

private:
    static QString remote(const std::string &path) { return QString::fromStdString("::/" + path); }

    Result<ProgramEnd> tool(const char *name, const QStringList &arguments, const QByteArray &input = {}) const
    {
        auto end = runProgram({QString::fromLatin1(name), QStringList{QStringLiteral("-i"), m_at} + arguments, input});
        if (!end && end.error().code == ErrorCode::NotFound)
            return fail(ErrorCode::NotFound, name, "is not installed here: images are written by mtools",
                        "apt install mtools, or mount the card and name its folder");
        return end;
    }

    Result<void> judged(const ProgramEnd &end, const std::string &path, const char *doing) const
    {
        if (end.status == 0)
            return {};
        const bool full = end.errors.contains("Disk full") || end.errors.contains("No free cluster");
        return fail(full ? ErrorCode::Full : ErrorCode::Io, m_image + ":" + path,
                    full ? "the boot partition is full" : std::string("cannot be ") + doing + ": " + end.errors.trimmed().toStdString());
    }

    const std::string m_image;
    const QString m_at;
};

/// Where it is mounted, itself or a partition of it; empty: nowhere.
std::string mountOf(const std::string &path)
{
    std::error_code failed;
    const std::string real = std::filesystem::canonical(path, failed).string();
    std::ifstream mounts("/proc/self/mounts");
    for (std::string device, folder, rest; mounts >> device >> folder && std::getline(mounts, rest);) {
        if (device.starts_with(real) && real.size() > 1)
            return folder;
        // An image as a loop device: /dev/loop0p1 is of loop0.
        if (!device.starts_with("/dev/loop"))
            continue;
        std::ifstream loop("/sys/block/" + device.substr(5, device.find_first_not_of("0123456789", 9) - 5) + "/loop/backing_file");
        if (std::string backing; std::getline(loop, backing) && backing == real)
            return folder;
    }
    return {};
}

} // namespace

Result<std::unique_ptr<BootPlace>> openImage(const std::string &image)
{
    if (const std::string mounted = mountOf(image); !mounted.empty())
        return fail(ErrorCode::InvalidArgument, image, "is mounted at " + mounted, "name that folder, or unmount it first");
    QFile file(QString::fromStdString(image));
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return fail(ErrorCode::Denied, image, "cannot be opened for writing: " + file.errorString().toStdString());
    const QByteArray sector = file.read(512);
    auto partition = bootPartition({sector.constData(), static_cast<std::size_t>(sector.size())});
    if (!partition) {
        partition.error().where = image;
        return tl::unexpected(partition.error());
    }
    // mtools would refuse sizes that do not fit its idea of tracks and heads.
    ::setenv("MTOOLS_SKIP_CHECK", "1", 1);
    return std::make_unique<ImagePlace>(image, *partition);
}

} // namespace facetrack::cli
