#include "console/shell/stall_watch.h"

#include "console/core/log.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <execinfo.h>
#include <pthread.h>

namespace facetrack::console {

namespace {

// Filled by the signal's handler on the GUI's thread, read by the watching one afterwards.
std::array<void *, 48> frames;
std::atomic<int> depth{0};

std::int64_t now()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

void noteFrames(int)
{
    depth = ::backtrace(frames.data(), static_cast<int>(frames.size()));
}

QString whereItWas()
{
    const int count = depth.exchange(0);
    QString words;
    char **const names = ::backtrace_symbols(frames.data(), count);
    for (int i = 2; names && i < count; ++i) // the first two are the handler's
        words += QStringLiteral("\n    ") + QString::fromLocal8Bit(names[i]);
    std::free(names);
    return words;
}

} // namespace

StallWatch::StallWatch(std::chrono::milliseconds longest)
    : m_longest(longest), m_gui(::pthread_self()), m_last(now())
{
    std::array<void *, 2> first;
    ::backtrace(first.data(), 2); // loads what it needs now, not inside the handler
    struct sigaction action = {};
    action.sa_handler = noteFrames;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGUSR2, &action, nullptr);
    connect(&m_beat, &QTimer::timeout, this, [this] { m_last = now(); });
    m_beat.start(4);
    m_thread = std::jthread([this](const std::stop_token &stop) { watch(stop); });
}

StallWatch::~StallWatch()
{
    m_thread.request_stop();
    m_thread.join();
    ::signal(SIGUSR2, SIG_IGN);
}

void StallWatch::watch(const std::stop_token &stop)
{
    using namespace std::chrono_literals;
    std::int64_t told = 0;
    while (!stop.stop_requested()) {
        std::this_thread::sleep_for(2ms);
        const std::int64_t last = m_last;
        if (now() - last < std::chrono::nanoseconds(m_longest).count() || last == told)
            continue;
        told = last; // once for each stall
        ++m_stalls;
        ::pthread_kill(m_gui, SIGUSR2);
        for (int i = 0; i < 20 && depth == 0; ++i)
            std::this_thread::sleep_for(1ms);
        qCWarning(lcConsole, "the GUI's thread is busy for longer than %lld ms, in:%s",
                  static_cast<long long>(m_longest.count()), qPrintable(whereItWas()));
    }
}

} // namespace facetrack::console
