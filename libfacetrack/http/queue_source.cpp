// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/queue_source.h"

namespace facetrack::http {

bool QueueSource::offer(Bytes head, Bytes body)
{
    bool wake = false;
    bool taken = true;
    {
        const std::lock_guard lock(m_mutex);
        if (m_abandoned || m_finished || m_overrun)
            return false;
        if (m_waiting.size() >= m_most) {
            m_overrun = true;
            m_waiting.clear();
            taken = false;
            wake = true; // also while a write is stuck: the connection is to end now
        } else {
            m_waiting.push_back({std::move(head), std::move(body)});
            wake = !m_awake;
        }
        m_awake = true;
    }
    if (wake)
        m_wake();
    return taken;
}

void QueueSource::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_abandoned || m_finished)
            return;
        m_finished = true;
        m_awake = true;
    }
    m_wake();
}

std::optional<StreamSource::Part> QueueSource::take()
{
    const std::lock_guard lock(m_mutex);
    m_awake = !m_waiting.empty();
    if (m_waiting.empty())
        return std::nullopt;
    Part part = std::move(m_waiting.front());
    m_waiting.pop_front();
    return part;
}

bool QueueSource::finished() const
{
    const std::lock_guard lock(m_mutex);
    return m_finished && m_waiting.empty();
}

void QueueSource::abandon()
{
    const std::lock_guard lock(m_mutex);
    m_abandoned = true;
    m_waiting.clear();
}

} // namespace facetrack::http
