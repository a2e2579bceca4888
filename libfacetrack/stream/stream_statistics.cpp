#include "libfacetrack/stream/stream_statistics.h"

#include <algorithm>

namespace facetrack {

namespace {

constexpr std::size_t MostLatencies = 64;
constexpr double NewestWeight = 0.05;

double milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

} // namespace

void StreamMeter::encoded(std::chrono::nanoseconds took)
{
    const std::lock_guard lock(m_mutex);
    const double ms = milliseconds(took);
    m_sums.encodeMs += (m_sums.encodes == 0 ? 1 : NewestWeight) * (ms - m_sums.encodeMs);
    ++m_sums.encodes;
}

void StreamMeter::failed()
{
    const std::lock_guard lock(m_mutex);
    ++m_sums.failures;
}

void StreamMeter::sent(Boxes kind, MonotonicTime now, std::chrono::nanoseconds latency)
{
    (kind == Boxes::Live ? m_live : m_exact).tick(now);
    const std::lock_guard lock(m_mutex);
    if (m_latencies.size() < MostLatencies)
        m_latencies.push_back(0);
    m_latencies[m_nextLatency] = milliseconds(latency);
    m_nextLatency = (m_nextLatency + 1) % MostLatencies;
}

void StreamMeter::handedOver(std::uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    ++m_sums.pictures;
    m_sums.bytes += bytes;
}

void StreamMeter::skipped(std::uint64_t count)
{
    const std::lock_guard lock(m_mutex);
    m_sums.skipped += count;
}

StreamStatistics StreamMeter::read(MonotonicTime now) const
{
    std::unique_lock lock(m_mutex);
    StreamStatistics result = m_sums;
    std::vector<double> latencies = m_latencies;
    lock.unlock();
    result.fps = std::max(m_live.rate(now), m_exact.rate(now));
    if (!latencies.empty()) {
        const auto middle = latencies.begin() + static_cast<std::ptrdiff_t>(latencies.size() / 2);
        std::nth_element(latencies.begin(), middle, latencies.end());
        result.latencyMs = *middle;
    }
    return result;
}

} // namespace facetrack
