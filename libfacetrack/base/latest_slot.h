#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace facetrack {

/// Holds the newest value only: a put never waits, and overwrites what nobody took in time.
/// The place where a fast producer (camera) meets a slow consumer (detector). Thread-safe.
template<typename T>
class LatestSlot
{
public:
    /// Stores `value`; a value still waiting is dropped and counted.
    void put(T value)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_value)
                ++m_dropped;
            m_value = std::move(value);
        }
        m_changed.notify_one();
    }

    /// Waits for a value; empty when `stop` was requested first.
    std::optional<T> take(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, stop, [this] { return m_value.has_value(); });
        return std::exchange(m_value, std::nullopt);
    }

    /// Like take(), giving up after `limit`.
    template<typename Rep, typename Period>
    std::optional<T> takeFor(std::stop_token stop, std::chrono::duration<Rep, Period> limit)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, stop, limit, [this] { return m_value.has_value(); });
        return std::exchange(m_value, std::nullopt);
    }

    /// Takes what is there now, without waiting.
    std::optional<T> tryTake()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

    /// How many values were overwritten before anyone took them.
    std::uint64_t dropped() const
    {
        const std::lock_guard lock(m_mutex);
        return m_dropped;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<T> m_value;
    std::uint64_t m_dropped = 0;
};

} // namespace facetrack
