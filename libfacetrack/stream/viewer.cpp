#include "libfacetrack/stream/viewer.h"

#include <chrono>
#include <utility>

namespace facetrack {

Viewer::Viewer(ViewerOptions options, std::shared_ptr<http::LatestChannel> channel,
               ViewerPlaces::Place place)
    : m_options(options), m_channel(std::move(channel)), m_place(std::move(place))
{}

bool Viewer::due(MonotonicTime captured, double limit)
{
    if (limit <= 0)
        return true;
    const auto period = std::chrono::duration_cast<MonotonicTime>(
        std::chrono::duration<double>(1 / limit));
    // A camera's frames come a little early and late: a quarter of a period early is in time.
    const bool early = captured + period / 4 < m_due;
    // A schedule further ahead than it can be was made for a clock or a limit that has changed.
    const bool stale = m_due - captured > period + period / 2;
    if (early && !stale)
        return false;
    // Keep to the schedule so that the mean rate is right; start a new one after a pause.
    const bool paused = captured - m_due > period;
    m_due = (stale || paused ? captured : m_due) + period;
    return true;
}

bool Viewer::offer(const Part &part)
{
    m_isNew = false;
    return m_channel->offer(part.head, part.body);
}

std::uint64_t Viewer::newlySkipped()
{
    const std::uint64_t skipped = m_channel->skipped();
    return skipped - std::exchange(m_skipped, skipped);
}

} // namespace facetrack
