// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/stream_source.h"

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>

namespace facetrack::http {

/// So many parts waiting at most, in order and none left out: a viewer that falls further behind
/// is cut off. Thread-safe.
class QueueSource final : public StreamSource
{
public:
    /// `wake` makes the connection call take(), from any thread.
    QueueSource(std::size_t most, std::function<void()> wake)
        : m_most(most), m_wake(std::move(wake))
    {
    }

    bool offer(Bytes head, Bytes body) override;
    void finish() override;
    bool abandoned() const override { return m_abandoned || m_overrun; }
    std::uint64_t skipped() const override { return 0; }

    std::optional<Part> take() override;
    bool finished() const override;
    void abandon() override;
    bool overrun() const override { return m_overrun; }

private:
    const std::size_t m_most;
    const std::function<void()> m_wake;
    mutable std::mutex m_mutex;
    std::deque<Part> m_waiting;
    /// The connection is sure to call take() without being woken (again).
    bool m_awake = true;
    bool m_finished = false; ///< after what waits
    std::atomic<bool> m_overrun{false};
    std::atomic<bool> m_abandoned{false};
};

} // namespace facetrack::http
