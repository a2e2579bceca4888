#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/analysed_frame.h"
#include "libfacetrack/model/frame.h"

#include <vector>

namespace facetrack {

/// Places to be made coarse, fractions of the picture. They are blocks of a fixed grid, each to be
/// given one colour, and smaller or larger ones where faces were found.
using VeiledPlaces = std::vector<Box>;

/// Says where a picture has to be coarse so that no face is seen on it: around faces that were
/// found, where one was found and nothing changed since, and at every place that changed and was
/// not yet looked at for faces, or that was never looked at. It errs towards coarse: before the
/// first look, while the detector fails, and after a jump of the light, much or all of it is.
/// Thread-bound. See docs/privacy.md for what this promises.
class FACETRACK_EXPORT Veil
{
public:
    /// Each camera frame, in their order; none may be shown before.
    void see(const Frame &frame);
    /// Each analysis; its frame need not be the newest.
    void looked(const AnalysedFrame &analysis);

    /// What has to be coarse in the newest frame, and in that of the newest analysis.
    VeiledPlaces places() const;

private:
    struct Remembered
    {
        Box box;
        MonotonicTime found{0};
    };

    void startOver(Size frame);
    void measure(const Plane &luma);
    void compare(MonotonicTime now);
    bool isAmongMany(const std::vector<char> &differs, int column, int row) const;
    void forgetTheGone(MonotonicTime now);
    float changedShare(const Box &place, MonotonicTime since) const;
    bool isOpen(int column, int row) const;
    void coverFaces(std::vector<char> &blocks, int rows, VeiledPlaces &places) const;

    Size m_size;
    int m_columns = 0;
    int m_rows = 0;
    std::vector<float> m_now;       ///< brightness of each cell in the newest frame
    std::vector<float> m_before;    ///< and in the one before
    std::vector<float> m_reference; ///< when the cell was last said to have changed
    std::vector<MonotonicTime> m_changedAt;
    std::vector<MonotonicTime> m_lookedAt; ///< as LookReport's
    float m_noise = 0;
    MonotonicTime m_captured{0}; ///< of the newest frame
    MonotonicTime m_analysed{0}; ///< frame of the newest analysis
    std::vector<Remembered> m_faces;
};

} // namespace facetrack
