#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/pipeline/face_finder.h"

#include <cstdint>
#include <vector>

namespace facetrack {

using FaceBoxes = std::vector<Box>;

/// How many boxes of one list have a partner in the other, each used once, best first: IoU ≥ 0.3.
FACETRACK_EXPORT std::size_t partners(const FaceBoxes &a, const FaceBoxes &b);

/// 1: the same faces; 0: none in common. Twice the partners over all boxes; 1 when both are empty.
FACETRACK_EXPORT double agreement(const FaceBoxes &a, const FaceBoxes &b);
/// The mean over frames; lists of one length.
FACETRACK_EXPORT double agreement(const std::vector<FaceBoxes> &a, const std::vector<FaceBoxes> &b);

/// 0: every face stays from frame to frame; 1: none does. The mean of 1 - agreement of each frame
/// with the one before. People who come and go, or move far between frames, count too: compare
/// sets on one source only.
FACETRACK_EXPORT double flicker(const std::vector<FaceBoxes> &frames);

/// Indices of the frames in which two sets differ most, most first, equal frames left out.
FACETRACK_EXPORT std::vector<std::size_t> differingFrames(const std::vector<FaceBoxes> &a,
                                                          const std::vector<FaceBoxes> &b,
                                                          std::size_t most);

/// FaceBoxes held against the truth.
struct Accuracy
{
    std::size_t truth = 0;
    std::size_t boxes = 0;
    std::size_t matched = 0;

    void add(const FaceBoxes &found, const FaceBoxes &wanted)
    {
        truth += wanted.size();
        boxes += found.size();
        matched += partners(found, wanted);
    }
    /// 1 where there was nothing to find, or nothing was found.
    double recall() const { return truth == 0 ? 1 : double(matched) / double(truth); }
    double precision() const { return boxes == 0 ? 1 : double(matched) / double(boxes); }
};

/// One set of settings, on frame after frame of one source. Thread-bound.
class FACETRACK_EXPORT SetEvaluation
{
public:
    explicit SetEvaluation(Tuning tuning);

    Result<void> look(const Frame &frame);

    const std::vector<FaceBoxes> &frames() const { return m_frames; }
    double facesPerFrame() const;
    /// Milliseconds a frame, summed over threads. The first frame, in which files are loaded, is not counted where
    /// there are others.
    double cpuPerFrame() const;

private:
    const Tuning m_tuning;
    FaceFinder m_finder;
    std::vector<FaceBoxes> m_frames;
    double m_firstCpu = 0; // seconds
    double m_cpu = 0;      // of all others
};

/// What sets are compared by; of the last two one is better when larger.
struct SetFigures
{
    double cpu = 0;     ///< milliseconds a frame
    double error = 0;   ///< 1 - recall with a truth, else flicker
    double quality = 0; ///< precision with a truth, else faces a frame
};

/// For each set whether no other is at least as good in all three and better in one.
FACETRACK_EXPORT std::vector<bool> paretoFront(const std::vector<SetFigures> &sets);

} // namespace facetrack
