// For LD_PRELOAD: the wall clock of a process goes wrong by as many milliseconds as the file named
// by SHIFTED_CLOCK_FILE says (an int64, read anew each time); all other clocks stay right.
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

const volatile std::int64_t *mapFile()
{
    static const std::int64_t none = 0;
    const char *path = std::getenv("SHIFTED_CLOCK_FILE");
    const int file = path ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return &none;
    void *map = ::mmap(nullptr, sizeof none, PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    return map == MAP_FAILED ? &none : static_cast<const std::int64_t *>(map);
}

std::int64_t shift()
{
    static const volatile std::int64_t *const milliseconds = mapFile();
    return *milliseconds;
}

using ClockGettime = int (*)(clockid_t, timespec *);

int realClock(clockid_t clock, timespec *time)
{
    static const auto real = reinterpret_cast<ClockGettime>(::dlsym(RTLD_NEXT, "clock_gettime"));
    return real(clock, time);
}

timespec shiftedTime()
{
    timespec now{};
    realClock(CLOCK_REALTIME, &now);
    const std::int64_t by = shift();
    std::int64_t nanoseconds = now.tv_nsec + by % 1000 * 1'000'000;
    now.tv_sec += by / 1000 + (nanoseconds < 0 ? -1 : nanoseconds / 1'000'000'000);
    now.tv_nsec = (nanoseconds + 1'000'000'000) % 1'000'000'000;
    return now;
}

} // namespace

extern "C" __attribute__((visibility("default"))) int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    if (clock != CLOCK_REALTIME)
        return realClock(clock, time);
    *time = shiftedTime();
    return 0;
}

extern "C" __attribute__((visibility("default"))) int gettimeofday(timeval *time, void *) noexcept
{
    const timespec now = shiftedTime();
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

extern "C" __attribute__((visibility("default"))) std::time_t time(std::time_t *out) noexcept
{
    const std::time_t now = shiftedTime().tv_sec;
    if (out)
        *out = now;
    return now;
}
