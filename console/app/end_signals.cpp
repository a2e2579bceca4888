#include "console/app/end_signals.h"

#include <QCoreApplication>
#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace facetrack::console {

EndSignals::EndSignals()
{
    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&wanted, signal);
    ::pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    m_signals = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

EndSignals::~EndSignals()
{
    if (m_signals >= 0)
        ::close(m_signals);
}

void EndSignals::follow()
{
    if (m_signals < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_signals, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, QCoreApplication::instance(), [this] {
        signalfd_siginfo info;
        if (::read(m_signals, &info, sizeof info) == sizeof info)
            QCoreApplication::quit();
    });
}

} // namespace facetrack::console
