#pragma once
#include <chrono>
#include <condition_variable>
#include <algorithm>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <vector>

namespace facetrack {

/// First in, first out, with a limit: a push to a full queue is refused at once instead of waiting,
/// so that the producer can count what was lost. Thread-safe, any number of producers and consumers.
template<typename T>
class BoundedQueue
{
public:
    explicit BoundedQueue(std::size_t capacity) : m_capacity(capacity) {}

    /// False when the queue is full; `value` is then untouched.
    bool tryPush(T &&value)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_values.size() >= m_capacity)
                return false;
            m_values.push_back(std::move(value));
        }
        m_changed.notify_one();
        return true;
    }

    /// Waits up to `limit` for a value, then takes all that are there (at most `most`).
    /// Empty after `limit` or a stop request with nothing queued.
    template<typename Rep, typename Period>
    std::vector<T> takeAll(std::stop_token stop, std::chrono::duration<Rep, Period> limit,
                           std::size_t most)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, stop, limit, [this] { return !m_values.empty(); });
        std::vector<T> taken;
        taken.reserve(std::min(most, m_values.size()));
        while (!m_values.empty() && taken.size() < most) {
            taken.push_back(std::move(m_values.front()));
            m_values.pop_front();
        }
        return taken;
    }

    std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_values.size();
    }

private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<T> m_values;
};

} // namespace facetrack
