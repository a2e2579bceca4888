// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/latest_source.h"

namespace facetrack::http {

bool LatestSource::offer(Bytes head, Bytes body)
{
    // Swapped out and destroyed after the lock: it may be the last owner of a picture.
    std::optional<Part> part(Part{std::move(head), std::move(body)});
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_abandoned || m_finished)
            return false;
        m_pending.swap(part);
        if (part)
            ++m_skipped;
        wake = !m_awake;
        m_awake = true;
    }
    if (wake)
        m_wake();
    return true;
}

void LatestSource::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_abandoned || m_finished)
            return;
        m_finished = true;
        m_pending.reset();
        m_awake = true;
    }
    m_wake();
}

std::optional<StreamSource::Part> LatestSource::take()
{
    const std::lock_guard lock(m_mutex);
    m_awake = m_pending.has_value();
    return std::exchange(m_pending, std::nullopt);
}

void LatestSource::abandon()
{
    std::optional<Part> released;
    const std::lock_guard lock(m_mutex);
    m_abandoned = true;
    m_pending.swap(released);
}

} // namespace facetrack::http
