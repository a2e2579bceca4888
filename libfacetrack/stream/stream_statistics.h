#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/rate_meter.h"
#include "libfacetrack/stream/viewer_options.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace facetrack {

/// Figures of the stream since the start, but for those that say "recent".
struct StreamStatistics
{
    std::size_t viewers = 0;      ///< places taken now
    std::uint64_t encodes = 0;    ///< JPEG pictures made, snapshots included
    std::uint64_t pictures = 0;   ///< handed to viewers, one for each viewer
    std::uint64_t skipped = 0;    ///< of those, replaced by a newer one before they were sent
    std::uint64_t bytes = 0;      ///< handed to viewers
    std::uint64_t missed = 0;     ///< camera frames that came faster than the stream could take
    std::uint64_t failures = 0;   ///< pictures that could not be encoded
    std::chrono::nanoseconds calibrationLeft{0}; ///< owners may see faces for so long
    double encodeMs = 0;          ///< to scale, draw and encode one picture; recent mean
    double fps = 0;               ///< different pictures a second, over 2 s; 0 without viewers
    double latencyMs = 0;         ///< from capture to hand-over to the viewers; recent median
};

/// Collects them on the stream's thread, for any thread to read. Thread-safe.
class FACETRACK_EXPORT StreamMeter
{
public:
    void encoded(std::chrono::nanoseconds took);
    void failed();
    /// A new frame is on its way to viewers, `latency` after its capture.
    void sent(Boxes kind, MonotonicTime now, std::chrono::nanoseconds latency);
    /// One viewer took one picture.
    void handedOver(std::uint64_t bytes);
    void skipped(std::uint64_t count);

    /// Without `viewers` and `missed`, which others know.
    StreamStatistics read(MonotonicTime now) const;

private:
    mutable std::mutex m_mutex;
    StreamStatistics m_sums;
    RateMeter m_live;
    RateMeter m_exact;
    std::vector<double> m_latencies; ///< ring of the newest, milliseconds
    std::size_t m_nextLatency = 0;
};

} // namespace facetrack
