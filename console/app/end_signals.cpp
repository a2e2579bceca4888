#include "console/app/end_signals.h"

#include <QCoreApplication>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace facetrack::console {

namespace {

constexpr std::array Ends{SIGINT, SIGTERM, SIGHUP};
std::atomic<int> wake{-1}; // eventfd, written by the handler on whatever thread

void noteEnd(int)
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake, &one, sizeof one);
}

} // namespace

EndSignals::EndSignals()
{
    wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(wake, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, QCoreApplication::instance(), [] {
        std::uint64_t count = 0;
        if (::read(wake, &count, sizeof count) == sizeof count)
            QCoreApplication::quit();
    });
    struct sigaction action = {};
    action.sa_handler = noteEnd;
    action.sa_flags = SA_RESTART;
    for (const int signal : Ends)
        ::sigaction(signal, &action, nullptr);
}

EndSignals::~EndSignals()
{
    for (const int signal : Ends)
        std::signal(signal, SIG_DFL);
    m_notifier.reset();
    if (const int open = wake.exchange(-1); open >= 0)
        ::close(open);
}

} // namespace facetrack::console
