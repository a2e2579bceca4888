#include "console/cli/provision/boot_place.h"
#include "libfacetrack/base/file_text.h"

#include <filesystem>

namespace facetrack::cli {

namespace {

constexpr std::size_t most = 512 * 1024 * 1024; ///< of one file; such a partition has no more

class FolderPlace final : public BootPlace
{
public:
    explicit FolderPlace(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    Result<std::vector<std::string>> list(const std::string &folder) override
    {
        std::vector<std::string> names;
        std::error_code failed;
        for (const auto &entry : std::filesystem::directory_iterator(m_folder / folder, failed))
            names.push_back(entry.path().filename().string() + (entry.is_directory() ? "/" : ""));
        if (failed && failed != std::errc::no_such_file_or_directory)
            return fail(ErrorCode::Io, (m_folder / folder).string(), failed.message());
        return names;
    }

    Result<std::optional<std::string>> read(const std::string &path) override
    {
        std::error_code failed;
        const auto size = std::filesystem::file_size(m_folder / path, failed);
        if (failed)
            return std::optional<std::string>();
        // Asked for no more than there is: readText() takes the memory at once.
        auto text = readText(m_folder / path, std::min<std::size_t>(size, most));
        if (!text)
            return tl::unexpected(text.error());
        return std::optional(std::move(*text));
    }

    Result<void> write(const std::string &path, const std::string &bytes) override
    {
        std::error_code failed;
        std::filesystem::create_directories((m_folder / path).parent_path(), failed);
        return replaceText(m_folder / path, bytes);
    }

    Result<void> remove(const std::string &path) override
    {
        std::error_code failed;
        std::filesystem::remove(m_folder / path, failed);
        if (failed)
            return fail(ErrorCode::Io, (m_folder / path).string(), "cannot be removed: " + failed.message());
        return {};
    }

    Result<std::uintmax_t> freeBytes() override
    {
        std::error_code failed;
        const auto space = std::filesystem::space(m_folder, failed);
        if (failed)
            return fail(ErrorCode::Io, m_folder.string(), failed.message());
        return space.available;
    }

private:
    const std::filesystem::path m_folder;
};

} // namespace

Result<std::unique_ptr<BootPlace>> openFolder(const std::string &folder)
{
    return std::make_unique<FolderPlace>(folder);
}

} // namespace facetrack::cli
