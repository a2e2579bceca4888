#include "libfacetrack/capture/camera_link.h"

namespace facetrack {

void CameraLink::tune(const CameraTuning &tuning)
{
    const std::lock_guard lock(m_mutex);
    if (m_wish.number > 0 && m_wish.tuning == tuning)
        return;
    m_wish.tuning = tuning;
    ++m_wish.number;
}

void CameraLink::limitRate(double fps)
{
    const std::lock_guard lock(m_mutex);
    if (m_wish.rateLimit == fps)
        return;
    m_wish.rateLimit = fps;
    ++m_wish.number;
}

void CameraLink::wantReduced(bool wanted)
{
    const std::lock_guard lock(m_mutex);
    if (m_wish.reduced == wanted)
        return;
    m_wish.reduced = wanted;
    ++m_wish.number;
}

CameraLink::Wish CameraLink::wish() const
{
    const std::lock_guard lock(m_mutex);
    return m_wish;
}

void CameraLink::report(CameraReport report)
{
    const std::lock_guard lock(m_mutex);
    m_report = std::move(report);
}

std::optional<CameraReport> CameraLink::report() const
{
    const std::lock_guard lock(m_mutex);
    return m_report;
}

} // namespace facetrack
