#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace facetrack {

/// Threads that help their caller with the pieces of one job after another. They give way to all
/// other threads of the process, so that capture and streaming come first. Thread-bound.
class WorkCrew
{
public:
    /// `piece` counts the pieces of a job from 0; `worker` tells those who work at the same time
    /// apart, from 0 (the caller) to size() - 1.
    using Work = std::function<void(std::size_t piece, std::size_t worker)>;

    explicit WorkCrew(std::size_t helpers);
    ~WorkCrew();

    std::size_t size() const { return m_helpers.size() + 1; }
    /// Has all pieces done and returns; an exception of one of them is thrown again here.
    void share(std::size_t pieces, const Work &work);
    /// CPU time of the helpers so far, seconds.
    double cpuSeconds() const { return static_cast<double>(m_nanoseconds.load()) * 1e-9; }

private:
    void help(std::stop_token stop, std::size_t worker);
    void doPieces(const Work &work, std::size_t pieces, std::size_t worker);

    std::mutex m_mutex; // guards those below
    std::condition_variable_any m_changed;
    const Work *m_work = nullptr;
    std::size_t m_pieces = 0;
    std::size_t m_job = 0;  ///< counts jobs
    std::size_t m_busy = 0; ///< helpers at work
    std::exception_ptr m_failure;

    std::atomic<std::size_t> m_next{0};
    std::atomic<long long> m_nanoseconds{0};
    std::vector<std::jthread> m_helpers;
};

} // namespace facetrack
