// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/stream_source.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace facetrack::http {

/// One part waiting at most: a newer one replaces it. Thread-safe.
class LatestSource final : public StreamSource
{
public:
    /// `wake` makes the connection call take(), from any thread.
    explicit LatestSource(std::function<void()> wake) : m_wake(std::move(wake)) {}

    bool offer(Bytes head, Bytes body) override;
    void finish() override;
    bool abandoned() const override { return m_abandoned; }
    std::uint64_t skipped() const override { return m_skipped; }
    std::optional<Part> take() override;
    bool finished() const override { return m_finished; }
    void abandon() override;

private:
    const std::function<void()> m_wake;
    std::mutex m_mutex;
    std::optional<Part> m_pending;
    /// The connection is sure to call take() without being woken (again).
    bool m_awake = true;
    std::atomic<bool> m_finished{false};
    std::atomic<bool> m_abandoned{false};
    std::atomic<std::uint64_t> m_skipped{0};
};

} // namespace facetrack::http
