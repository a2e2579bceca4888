#include "libfacetrack/net/secret_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace facetrack::net {

namespace {

constexpr std::size_t longestSecret = 16 * 1024;

/// Closes the descriptor at the end.
struct Descriptor
{
    explicit Descriptor(int value) : number(value) {}
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor() { if (number >= 0) ::close(number); }
    const int number;
};

std::string reason()
{
    return std::strerror(errno);
}

} // namespace

Result<std::string> readSecret(const std::string &file)
{
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (opened.number < 0)
        return fail(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Denied, file,
                    "the secret cannot be read: " + reason(),
                    "put it into that file, with mode 0600");
    struct stat status = {};
    if (::fstat(opened.number, &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorCode::InvalidArgument, file, "is not a regular file");
    // Asked of the open file, so that nobody can exchange it in between.
    if ((status.st_mode & 077) != 0)
        return fail(ErrorCode::Denied, file, "others may read or write this secret",
                    "chmod 600 " + file);
    std::array<char, longestSecret> bytes{};
    const ssize_t length = ::read(opened.number, bytes.data(), bytes.size());
    if (length < 0)
        return fail(ErrorCode::Io, file, "the secret cannot be read: " + reason());
    std::string secret(bytes.data(), static_cast<std::size_t>(length));
    secret.resize(std::min(secret.size(), secret.find_first_of("\r\n")));
    if (secret.empty())
        return fail(ErrorCode::InvalidArgument, file, "holds no secret on its first line");
    return secret;
}

} // namespace facetrack::net
