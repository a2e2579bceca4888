#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/latest_slot.h"
#include "libfacetrack/pipeline/clip.h"
#include "libfacetrack/stream/jpeg_encoder.h"

#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>

namespace facetrack {

/// Remembers the last seconds, ten frames each, so that they can be frozen after something was
/// seen. Frames are kept as JPEGs: raw ones would need ten times the memory. The encoding is done
/// by a thread that gives way to all others.
class FACETRACK_EXPORT ClipRing
{
public:
    static constexpr std::chrono::seconds longest{60};
    static constexpr std::chrono::milliseconds spacing{100};

    /// Keeps `maxBytes` of JPEGs at most; 0 keeps nothing and costs nothing.
    explicit ClipRing(std::size_t maxBytes);
    ~ClipRing(); ///< stop()

    void start();
    void stop();
    /// On the capture thread; never waits.
    void offer(const FramePtr &frame);
    /// The newest `span`, or as much of it as there is, with the reason. Unavailable while there are no frames,
    /// Unsupported when none are kept. Thread-safe.
    Result<ClipPtr> last(std::chrono::nanoseconds span) const;

private:
    void run(std::stop_token stop);
    void keep(ClipFrame frame);

    const std::size_t m_maxBytes;
    LatestSlot<FramePtr> m_slot;
    MonotonicTime m_offered{0}; ///< the capture thread's own
    bool m_any = false;         ///< likewise

    mutable std::mutex m_mutex; // guards the three below
    std::deque<ClipFrame> m_frames;
    std::size_t m_bytes = 0;
    ClipReach m_reach = ClipReach::Beginning; ///< why there are no older frames; AsAsked: `longest`

    std::jthread m_thread;
};

} // namespace facetrack
