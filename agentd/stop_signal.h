#pragma once
#include <functional>
#include <stop_token>
#include <thread>

namespace facetrack {

/// Turns SIGINT and SIGTERM into a stop request. Make one in main() before any thread starts, so
/// that all threads inherit the blocked signals. A second signal ends the process at once.
class StopSignal
{
public:
    StopSignal();
    ~StopSignal();

    std::stop_token token() const { return m_source.get_token(); }
    /// As if the signal had come. Any thread.
    void request() const { m_source.request_stop(); }
    /// Waits for the signal.
    void wait() const;

private:
    mutable std::stop_source m_source;
    int m_signals = -1; // signalfd
    std::jthread m_thread;
};

} // namespace facetrack
