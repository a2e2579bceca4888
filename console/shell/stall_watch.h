#pragma once
#include <QObject>
#include <QTimer>
#include <atomic>
#include <chrono>
#include <thread>

namespace facetrack::console {

/// Says when the GUI's thread has not come back to its event loop for longer than `longest`, and
/// where it was then (names of functions as far as the binary has them). For debug builds; made on
/// the GUI's thread, one at a time.
class StallWatch : public QObject
{
    Q_OBJECT

public:
    explicit StallWatch(std::chrono::milliseconds longest = std::chrono::milliseconds(16));
    ~StallWatch() override;

    int stalls() const { return m_stalls; }

private:
    void watch(const std::stop_token &stop);

    const std::chrono::milliseconds m_longest;
    const pthread_t m_gui;
    QTimer m_beat;
    std::atomic<std::int64_t> m_last; ///< ns, monotonic: the newest beat
    std::atomic<int> m_stalls{0};
    std::jthread m_thread;
};

} // namespace facetrack::console
