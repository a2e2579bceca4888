#include "agentd/stop_signal.h"

#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace facetrack {

StopSignal::StopSignal()
{
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    // A viewer that closes its socket, or a closed pipe on standard output, is an error to handle.
    std::signal(SIGPIPE, SIG_IGN);
    m_signals = ::signalfd(-1, &wanted, SFD_CLOEXEC);
    m_thread = std::jthread([this](std::stop_token ending) {
        while (!ending.stop_requested()) {
            pollfd waiting{m_signals, POLLIN, 0};
            if (::poll(&waiting, 1, 100) <= 0)
                continue;
            signalfd_siginfo info;
            if (::read(m_signals, &info, sizeof info) != sizeof info)
                continue;
            if (!m_source.request_stop())
                std::_Exit(128 + static_cast<int>(info.ssi_signo)); // asked twice: now
        }
    });
}

StopSignal::~StopSignal()
{
    m_thread.request_stop();
    m_thread.join();
    ::close(m_signals);
}

void StopSignal::wait() const
{
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    changed.wait(lock, m_source.get_token(), [] { return false; });
}

} // namespace facetrack
