#include "libfacetrack/capture/local_path.h"

#include <filesystem>
#include <unistd.h>

namespace facetrack {

namespace fs = std::filesystem;

namespace {

std::string kindOf(fs::file_type type)
{
    switch (type) {
    case fs::file_type::directory:
        return "a directory";
    case fs::file_type::fifo:
        return "a FIFO (named pipe)";
    case fs::file_type::character:
        return "a character device";
    case fs::file_type::block:
        return "a block device";
    case fs::file_type::socket:
        return "a socket";
    case fs::file_type::regular:
        return "a file";
    default:
        return "something unknown";
    }
}

Result<fs::file_type> typeOf(const std::string &path)
{
    if (path.empty())
        return fail(ErrorCode::InvalidArgument, {}, "the path is empty");
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::not_found) {
        const bool address = path.find("://") != std::string::npos;
        return fail(ErrorCode::NotFound, path, "there is no such file or directory",
                    address ? "only files of this machine are read, no network addresses" : "");
    }
    if (failure)
        return fail(failure == std::errc::permission_denied ? ErrorCode::Denied : ErrorCode::Io,
                    path, "cannot be looked at: " + failure.message());
    return status.type();
}

} // namespace

Result<void> requireRegularFile(const std::string &path)
{
    const auto type = typeOf(path);
    if (!type)
        return tl::unexpected(type.error());
    if (*type == fs::file_type::directory)
        return fail(ErrorCode::InvalidArgument, path, "this is a directory, not a video file",
                    "for a directory of pictures use images:" + path);
    if (*type != fs::file_type::regular)
        return fail(ErrorCode::InvalidArgument, path,
                    "this is " + kindOf(*type) + ", not a video file",
                    "only regular files are read");
    if (::access(path.c_str(), R_OK) != 0)
        return fail(ErrorCode::Denied, path, "there is no permission to read this file");
    std::error_code ignored;
    if (fs::file_size(path, ignored) == 0)
        return fail(ErrorCode::Corrupt, path, "the file is empty");
    return {};
}

Result<void> requireDirectory(const std::string &path)
{
    const auto type = typeOf(path);
    if (!type)
        return tl::unexpected(type.error());
    if (*type != fs::file_type::directory)
        return fail(ErrorCode::InvalidArgument, path,
                    "this is " + kindOf(*type) + ", not a directory",
                    *type == fs::file_type::regular ? "for a video use file:" + path : "");
    if (::access(path.c_str(), R_OK | X_OK) != 0)
        return fail(ErrorCode::Denied, path, "there is no permission to read this directory");
    return {};
}

} // namespace facetrack
