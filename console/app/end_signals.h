#pragma once
#include <QSocketNotifier>
#include <memory>

namespace facetrack::console {

/// Ctrl-C, SIGTERM and the end of the terminal or session close the window as a person does, so that its
/// state is kept and nothing stays behind. Made once, on the GUI's thread, with the application there.
/// (No signal is blocked for it: programs that are started from here would inherit that.)
class EndSignals
{
public:
    EndSignals();
    ~EndSignals();
    EndSignals(const EndSignals &) = delete;
    EndSignals &operator=(const EndSignals &) = delete;

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace facetrack::console
