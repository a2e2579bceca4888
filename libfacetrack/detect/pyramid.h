#pragma once
#include "libfacetrack/config/tuning.h"

#include <opencv2/core/mat.hpp>
#include <vector>

namespace facetrack {

/// One size of the picture in which windows of the cascade's own size are tried, just as OpenCV's
/// detectMultiScale makes it: a hit at `at` there is a face at at * scale here.
struct PyramidLevel
{
    float scale = 1;
    cv::Size size;   ///< of the shrunk picture
    int step = 1;    ///< from window to window, both ways
    cv::Size window; ///< of a face in the picture, pixels
    cv::Size places; ///< window positions, before `step`
};

/// The levels that detectMultiScale goes through for a picture of this size, smallest face first.
std::vector<PyramidLevel> pyramidLevels(cv::Size picture, cv::Size window,
                                                         const DetectTuning &tuning);

/// The part `area` of what cv::resize(picture, …, level.size, INTER_LINEAR_EXACT) gives, bit for
/// bit, at the cost of that part only.
void shrinkPart(const cv::Mat &picture, cv::Size size, const cv::Rect &area,
                                 cv::Mat &part);

} // namespace facetrack
