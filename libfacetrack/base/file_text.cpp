#include "libfacetrack/base/file_text.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace facetrack {

namespace {

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    int get() const { return m_fd; }
    bool close() { return ::close(std::exchange(m_fd, -1)) == 0; }

private:
    int m_fd;
};

tl::unexpected<Error> systemFailure(const std::filesystem::path &path, const char *doing,
                                    const char *advice = "")
{
    const int number = errno;
    ErrorCode code = ErrorCode::Io;
    if (number == ENOENT || number == ENOTDIR)
        code = ErrorCode::NotFound;
    else if (number == EACCES || number == EPERM || number == EROFS)
        code = ErrorCode::Denied;
    else if (number == ENOSPC || number == EDQUOT)
        code = ErrorCode::Full;
    return fail(code, path.string(), std::string("cannot ") + doing + ": " + std::strerror(number),
                advice);
}

bool writeAll(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

Result<void> writeDurably(const std::filesystem::path &path, std::string_view text,
                          FileAccess access)
{
    const auto mode = static_cast<mode_t>(access);
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (file.get() < 0)
        return systemFailure(path, "be created");
    // One left behind by a power cut keeps the mode that it had.
    if (access == FileAccess::OwnerOnly && ::fchmod(file.get(), mode) != 0)
        return systemFailure(path, "be kept from others");
    if (!writeAll(file.get(), text) || ::fsync(file.get()) != 0 || !file.close())
        return systemFailure(path, "be written");
    return {};
}

/// Opened once, judged and read through the same descriptor: nobody can swap it in between.
Result<std::string> readFile(const std::filesystem::path &path, std::size_t most,
                             Result<void> (*judge)(const std::filesystem::path &,
                                                   const struct stat &))
{
    // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status = {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0)
        return systemFailure(path, "be read");
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::InvalidArgument, path.string(), "is not a regular file");
    if (auto judged = judge(path, status); !judged)
        return tl::unexpected(judged.error());
    std::string text(most + 1, '\0'); // one more, to notice a file that is larger
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t got = ::read(file.get(), text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemFailure(path, "be read");
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    if (size > most)
        return fail(ErrorCode::Full, path.string(),
                    "is larger than " + std::to_string(most / 1024) + " KiB",
                    "a small file is expected here; is this the right one?");
    text.resize(size);
    return text;
}

Result<void> anyOwner(const std::filesystem::path &, const struct stat &)
{
    return {};
}

Result<void> onlyOurs(const std::filesystem::path &path, const struct stat &status)
{
    if ((status.st_mode & 077) != 0)
        return fail(ErrorCode::Denied, path.string(), "others may read or write this secret",
                    "chmod 600 " + path.string());
    if (status.st_uid != ::geteuid() && status.st_uid != 0)
        return fail(ErrorCode::Denied, path.string(), "this secret belongs to another user",
                    "give it to the user that runs this program");
    return {};
}

} // namespace

Result<std::string> readText(const std::filesystem::path &path, std::size_t most)
{
    return readFile(path, most, anyOwner);
}

Result<std::string> readSecretText(const std::filesystem::path &path)
{
    return readFile(path, 64 * 1024, onlyOurs);
}

Result<void> replaceText(const std::filesystem::path &path, std::string_view text,
                         FileAccess access)
{
    const std::filesystem::path temporary = path.string() + ".new";
    if (const auto written = writeDurably(temporary, text, access); !written) {
        ::unlink(temporary.c_str());
        return written;
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        auto failure = systemFailure(path, "be replaced");
        ::unlink(temporary.c_str());
        return failure;
    }
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0 || ::fsync(directory.get()) != 0)
        return systemFailure(folder, "be synchronised");
    return {};
}

} // namespace facetrack
