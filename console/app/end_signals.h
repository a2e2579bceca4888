#pragma once
#include <QSocketNotifier>
#include <memory>

namespace facetrack::console {

/// Ctrl-C, SIGTERM and the end of the terminal or session close the window as a person does, so that its
/// state is kept and nothing stays behind. Make one in main() before any thread starts, so that they all
/// leave these signals alone, and follow() with the application there.
class EndSignals
{
public:
    EndSignals();
    ~EndSignals();
    EndSignals(const EndSignals &) = delete;
    EndSignals &operator=(const EndSignals &) = delete;

    void follow();

private:
    int m_signals = -1; // signalfd
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace facetrack::console
