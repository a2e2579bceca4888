// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/http/message.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace facetrack::http {

/// A thread for answers that take long (disk, sums over days), so that the server's own thread
/// goes on. One after the other, and only so many may wait. Thread-safe.
class FACETRACK_EXPORT Worker
{
public:
    using Task = std::function<void(std::stop_token)>;

    explicit Worker(std::size_t mostWaiting = 16);
    ~Worker(); ///< stop()

    /// False when too many wait already, or after stop().
    bool post(Task task);
    /// Asks the task under way to end, drops those that wait, and joins the thread.
    void stop();

private:
    void run(std::stop_token stop);

    const std::size_t m_mostWaiting;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Task> m_tasks;
    bool m_stopped = false;
    std::jthread m_thread;
};

/// Wraps a function that may take its time: it runs on `worker`, which outlives the server. Too
/// many at once are answered 503. The function should look at the stop token now and then.
FACETRACK_EXPORT Handler
answerOn(Worker &worker, std::function<Response(const Request &, std::stop_token)> function);

} // namespace facetrack::http
