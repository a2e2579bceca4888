#pragma once
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/detect/look.h"

#include <opencv2/core/types.hpp>
#include <span>
#include <vector>

namespace facetrack {

/// A part of the frame that the network is run on at once.
struct YuNetPlace
{
    cv::Rect part;    ///< pixels of the frame
    double scale = 1; ///< pixels of the network's input for one of the frame
    cv::Size input;   ///< of the network; each side a multiple of 32
};

/// What one run costs, in pixels of input: those that there are, and what its many small layers
/// cost besides.
double costOf(const YuNetPlace &place);

/// All of `region` (pixels of the frame, not empty) at the working scale.
YuNetPlace wholePlace(const cv::Rect &region, const DetectTuning &tuning);

/// Where the network must be run to see the faces that `looks` ask for: with what is around them,
/// large faces at a smaller scale, and looks that share most of their pixels in one run. The
/// inputs have few different sizes, since a network is set up for each. All inside `region`.
std::vector<YuNetPlace> placesFor(std::span<const Look> looks, const Size &frame,
                                  const cv::Rect &region, const DetectTuning &tuning);

} // namespace facetrack
