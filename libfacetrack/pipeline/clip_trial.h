#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/pipeline/clip.h"
#include "libfacetrack/pipeline/evaluation.h"

#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace facetrack {

/// One set of settings to try on a clip.
struct ClipSet
{
    std::string name;
    Tuning tuning;
};

/// A frame in which a set differs from the first one.
struct ClipDifference
{
    std::size_t frame = 0; ///< index in the clip
    double agreement = 0;
    FaceBoxes first; ///< what the first set found
    FaceBoxes boxes; ///< what this set found
};

/// What one set did on the clip.
struct ClipFigures
{
    std::string name;
    double facesPerFrame = 0;
    double flicker = 0;
    double cpuMilliseconds = 0; ///< a frame, summed over threads
    double agreement = 0;       ///< with the first set; 1 for itself
    bool front = false;         ///< no other set is at least as good in CPU, flicker and faces
    std::vector<ClipDifference> differences; ///< most first
};

/// How far a trial is.
struct ClipTrialState
{
    enum class Phase { None, Running, Done, Failed };
    Phase phase = Phase::None;
    std::size_t framesDone = 0;
    std::size_t frames = 0;
    std::vector<ClipFigures> sets; ///< in the order asked; only when done
    std::string error;             ///< why it failed; else empty
};

/// Tries several sets of settings on the same frames, on a thread that gives way to all others:
/// the running camera is not slowed. One trial at a time. Thread-safe.
class FACETRACK_EXPORT ClipTrial
{
public:
    static constexpr std::size_t mostSets = 8;
    static constexpr std::size_t mostDifferences = 6; ///< for each set

    ~ClipTrial(); ///< cancel()

    /// False while one is running.
    bool start(ClipPtr clip, std::vector<ClipSet> sets);
    /// Ends the one under way, after the frame it is at, and forgets the last result.
    void cancel();
    ClipTrialState state() const;

private:
    void run(std::stop_token stop, const Clip &clip, const std::vector<ClipSet> &sets);
    Result<void> lookAtAll(std::stop_token stop, const Clip &clip,
                           std::vector<std::unique_ptr<SetEvaluation>> &evaluations);

    mutable std::mutex m_mutex; // guards the state
    ClipTrialState m_state;
    std::mutex m_starting;      // one start or cancel at a time; guards the thread
    std::jthread m_thread;
};

} // namespace facetrack
