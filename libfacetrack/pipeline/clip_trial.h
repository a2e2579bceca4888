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
    std::string file;      ///< its file name, of `images:` only
    double agreement = 0;
    FaceBoxes first; ///< what the first set found
    FaceBoxes boxes; ///< what this set found
};

/// What one set did on the clip.
struct ClipFigures
{
    std::string name;
    std::string error; ///< why it could not be tried: the figures are 0 then; else empty
    double facesPerFrame = 0;
    double flicker = 0;
    double cpuMilliseconds = 0; ///< a frame, summed over threads
    double agreement = 0;       ///< with the first set that could be tried; 1 for itself
    bool front = false;         ///< no other set is at least as good in CPU, flicker and faces
    std::vector<ClipDifference> differences; ///< most first
};

/// How far a trial is.
struct ClipTrialState
{
    enum class Phase { None, Running, Done, Failed };
    Phase phase = Phase::None;
    std::size_t framesDone = 0; ///< of all sets together
    std::size_t frames = 0;     ///< to look at, of all sets together
    std::vector<ClipFigures> sets; ///< in the order asked; only when done or failed
    std::string error;             ///< why none of the sets could be tried; else empty
};

/// Tries several sets of settings on the same frames, one set after the other so that the memory of
/// one detector is enough, on a thread that gives way to all others: the running camera is not
/// slowed. One trial at a time. Thread-safe.
class FACETRACK_EXPORT ClipTrial
{
public:
    static constexpr std::size_t mostSets = 8;
    static constexpr std::size_t mostDifferences = 6; ///< for each set

    ~ClipTrial(); ///< cancel(), and waits for the look that it is at

    /// False while one is running. Never waits: where a cancelled one is still at its last look,
    /// the new one begins after it.
    bool start(ClipPtr clip, std::vector<ClipSet> sets);
    /// Ends the one under way, and forgets the last result. Never waits; the thread, which gives
    /// way to all others, ends after the look that it is at.
    void cancel();
    ClipTrialState state() const;

private:
    struct Tried;
    void run(std::stop_token stop, const Clip &clip, const std::vector<ClipSet> &sets);
    Tried tryOne(std::stop_token stop, const Clip &clip, const ClipSet &set);

    mutable std::mutex m_mutex; // guards all
    ClipTrialState m_state;
    std::jthread m_thread;
};

} // namespace facetrack
