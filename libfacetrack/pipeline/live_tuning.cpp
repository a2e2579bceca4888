#include "libfacetrack/pipeline/live_tuning.h"

#include <utility>

namespace facetrack {

LiveTuning::LiveTuning(Tuning first)
    : m_current(std::make_shared<const TuningSnapshot>(TuningSnapshot{std::move(first), 1}))
{
}

std::shared_ptr<const TuningSnapshot> LiveTuning::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_current;
}

void LiveTuning::start(Tuning first)
{
    const std::lock_guard lock(m_mutex);
    m_current = std::make_shared<const TuningSnapshot>(TuningSnapshot{std::move(first), 1});
}

std::uint32_t LiveTuning::change(Tuning tuning)
{
    const std::lock_guard lock(m_mutex);
    const std::uint32_t revision = m_current->revision + 1;
    m_current = std::make_shared<const TuningSnapshot>(TuningSnapshot{std::move(tuning), revision});
    return revision;
}

} // namespace facetrack
