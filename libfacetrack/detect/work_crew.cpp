#include "libfacetrack/detect/work_crew.h"

#include "libfacetrack/base/thread_share.h"

#include <utility>

namespace facetrack {

namespace {
constexpr int HelperNiceness = 10;
}

WorkCrew::WorkCrew(std::size_t helpers)
{
    for (std::size_t i = 1; i <= helpers; ++i)
        m_helpers.emplace_back([this, i](std::stop_token stop) { help(stop, i); });
}

WorkCrew::~WorkCrew()
{
    for (std::jthread &helper : m_helpers)
        helper.request_stop();
}

void WorkCrew::doPieces(const Work &work, std::size_t pieces, std::size_t worker)
{
    try {
        for (std::size_t piece; (piece = m_next++) < pieces;)
            work(piece, worker);
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        m_failure = std::current_exception();
    }
}

void WorkCrew::help(std::stop_token stop, std::size_t worker)
{
    giveWay(HelperNiceness);
    std::size_t done = 0;
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [&] { return m_job != done && m_work; })) {
        done = m_job;
        ++m_busy;
        // share() takes m_work away while a piece of it is still under way, but waits for that.
        const Work &work = *m_work;
        const std::size_t pieces = m_pieces;
        lock.unlock();
        const double begun = threadCpuSeconds();
        doPieces(work, pieces, worker);
        m_nanoseconds += static_cast<long long>((threadCpuSeconds() - begun) * 1e9);
        lock.lock();
        --m_busy;
        m_changed.notify_all();
    }
}

void WorkCrew::share(std::size_t pieces, const Work &work)
{
    if (m_helpers.empty() || pieces < 2) {
        for (std::size_t piece = 0; piece < pieces; ++piece)
            work(piece, 0);
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_work = &work;
        m_pieces = pieces;
        m_next = 0;
        m_failure = nullptr;
        ++m_job;
    }
    m_changed.notify_all();
    doPieces(work, pieces, 0);
    std::unique_lock lock(m_mutex);
    m_work = nullptr; // whoever comes now comes too late
    m_changed.wait(lock, [this] { return m_busy == 0; });
    if (m_failure)
        std::rethrow_exception(std::exchange(m_failure, nullptr));
}

} // namespace facetrack
