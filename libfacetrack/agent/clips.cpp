#include "libfacetrack/agent/clips.h"

#include <utility>

namespace facetrack {

Clips::Clips(std::size_t maxBytes, std::chrono::nanoseconds keptFor)
    : m_keptFor(keptFor), m_ring(maxBytes)
{
}

Clips::~Clips()
{
    stop();
}

void Clips::stop()
{
    drop();
    m_ring.stop();
}

Result<ClipPtr> Clips::freeze(std::chrono::nanoseconds span)
{
    const std::lock_guard changing(m_changing);
    auto clip = m_ring.last(span);
    if (!clip)
        return clip;
    m_expiry = {};
    m_trial.cancel();
    {
        const std::lock_guard lock(m_mutex);
        m_clip = *clip;
        m_used = std::chrono::steady_clock::now();
    }
    m_expiry = std::jthread([this](std::stop_token stop) { dropWhenUnused(stop); });
    return clip;
}

ClipPtr Clips::current()
{
    const std::lock_guard lock(m_mutex);
    m_used = std::chrono::steady_clock::now();
    return m_clip;
}

bool Clips::evaluate(std::vector<ClipSet> sets)
{
    ClipPtr clip = current();
    return clip && m_trial.start(std::move(clip), std::move(sets));
}

void Clips::drop()
{
    const std::lock_guard changing(m_changing);
    m_expiry = {};
    m_trial.cancel();
    const std::lock_guard lock(m_mutex);
    m_clip.reset();
}

void Clips::dropWhenUnused(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        const bool busy = m_trial.state().phase == ClipTrialState::Phase::Running;
        const Moment now = std::chrono::steady_clock::now();
        if (!busy && now >= m_used + m_keptFor) {
            m_clip.reset();
            lock.unlock();
            m_trial.cancel(); // its boxes belong to the clip
            return;
        }
        // A trial that ran for long is looked at once it is over.
        const auto wait = busy ? std::chrono::nanoseconds(std::chrono::seconds(1))
                               : std::chrono::nanoseconds(m_used + m_keptFor - now);
        m_never.wait_for(lock, stop, wait, [] { return false; });
    }
}

} // namespace facetrack
