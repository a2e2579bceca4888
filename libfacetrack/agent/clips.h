#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/pipeline/clip_ring.h"
#include "libfacetrack/pipeline/clip_trial.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>

namespace facetrack {

/// The one clip that an agent may have frozen, and the trial of settings on it. In memory only, and
/// gone after a while without use. Thread-safe; only the destructor waits for a look that a trial
/// is at.
class FACETRACK_EXPORT Clips
{
public:
    explicit Clips(std::size_t maxBytes,
                   std::chrono::nanoseconds keptFor = std::chrono::minutes(5));
    ~Clips(); ///< stop()

    void start() { m_ring.start(); }
    void stop();
    /// On the capture thread; never waits.
    void offer(const FramePtr &frame) { m_ring.offer(frame); }

    /// Freezes the newest `span` in place of the clip before, whose trial it ends.
    Result<ClipPtr> freeze(std::chrono::nanoseconds span);
    /// The frozen clip, or null. Asking for it is use.
    ClipPtr current();
    /// False while a trial is running, or without a clip.
    bool evaluate(std::vector<ClipSet> sets);
    ClipTrialState trial() const { return m_trial.state(); }
    void drop();

    std::chrono::nanoseconds keptFor() const { return m_keptFor; }

private:
    using Moment = std::chrono::steady_clock::time_point;
    void dropWhenUnused(std::stop_token stop);

    const std::chrono::nanoseconds m_keptFor;
    ClipRing m_ring;
    ClipTrial m_trial;

    std::mutex m_changing; ///< one freeze, drop or stop at a time
    std::mutex m_mutex;    ///< guards the two below
    ClipPtr m_clip;
    Moment m_used;

    std::condition_variable_any m_never;
    std::jthread m_expiry; ///< runs while there is a clip
};

} // namespace facetrack
