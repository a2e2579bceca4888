#include "libfacetrack/store/file_lock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace facetrack {

FileLock::FileLock(FileLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<FileLock> FileLock::take(const std::filesystem::path &file)
{
    FileLock lock;
    lock.m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock.m_descriptor < 0) {
        const int error = errno;
        const bool denied = error == EACCES || error == EPERM || error == EROFS;
        return fail(denied ? ErrorCode::Denied : error == ENOSPC ? ErrorCode::Full : ErrorCode::Io,
                    file.string(), std::string("it cannot be made: ") + std::strerror(error),
                    "check that " + file.parent_path().string()
                        + " can be written, or choose another state directory");
    }
    if (::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno != EWOULDBLOCK)
        return fail(ErrorCode::Io, file.string(),
                    std::string("it cannot be locked: ") + std::strerror(errno));
    return fail(ErrorCode::Unavailable, file.string(), "another facetrack has this journal open",
                "stop the other one, or give this one a state directory of its own");
}

} // namespace facetrack
