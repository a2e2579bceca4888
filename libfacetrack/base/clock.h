#pragma once
#include "libfacetrack/base/export.h"

#include <atomic>
#include <chrono>

namespace facetrack {

/// Nanoseconds of CLOCK_MONOTONIC: for rates, ages and deadlines. Never jumps.
using MonotonicTime = std::chrono::nanoseconds;
/// Milliseconds since 1970-01-01T00:00:00Z: for records that people read. May jump.
using UtcTime = std::chrono::milliseconds;

/// Where time comes from; replaced in tests. Thread-safe.
class FACETRACK_EXPORT Clock
{
public:
    virtual ~Clock();
    virtual MonotonicTime monotonic() const = 0;
    virtual UtcTime utc() const = 0;
    /// Time since the machine was started, CLOCK_BOOTTIME: as monotonic(), and goes on while the
    /// machine sleeps, so that UTC minus it changes only where someone sets the clock.
    virtual MonotonicTime sinceBoot() const = 0;
};

/// The machine's own clocks.
class FACETRACK_EXPORT SystemClock final : public Clock
{
public:
    MonotonicTime monotonic() const override;
    UtcTime utc() const override;
    MonotonicTime sinceBoot() const override;
    /// One for all; it has no state.
    static const SystemClock &instance();
};

/// Time that stands still until a test moves it.
class FACETRACK_EXPORT ManualClock final : public Clock
{
public:
    MonotonicTime monotonic() const override { return MonotonicTime(m_monotonic.load()); }
    UtcTime utc() const override { return UtcTime(m_utc.load()); }
    MonotonicTime sinceBoot() const override { return monotonic() + MonotonicTime(m_slept.load()); }
    void advance(std::chrono::nanoseconds by);
    void setUtc(UtcTime utc) { m_utc = utc.count(); }
    void sleep(std::chrono::nanoseconds duration); ///< as a suspended machine

private:
    std::atomic<std::int64_t> m_monotonic{0};
    std::atomic<std::int64_t> m_slept{0};
    std::atomic<std::int64_t> m_utc{1'500'000'000'000};
};

} // namespace facetrack
