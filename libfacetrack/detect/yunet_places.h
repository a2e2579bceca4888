#pragma once
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/detect/look.h"

#include <opencv2/core/types.hpp>
#include <span>
#include <vector>

namespace facetrack {

/// A part of the frame, and where it is shown in the network's input.
struct YuNetPlace
{
    cv::Rect part;    ///< pixels of the frame
    double scale = 1; ///< pixels of the input for one of the frame
    cv::Rect shown;   ///< pixels of the input; its size is that of `part`, scaled and rounded
};

/// All that the network sees in one run: places side by side, none on another.
struct YuNetSheet
{
    std::vector<YuNetPlace> places; ///< none: there is nothing to look at
    cv::Size input;                 ///< of the network; each side a multiple of 32
};

/// What one run costs, in pixels of input: those that there are, and what its many small layers
/// cost besides. 0 without a place.
double costOf(const YuNetSheet &sheet);

/// All of `region` (pixels of the frame, not empty) at the working scale.
YuNetSheet wholeSheet(const cv::Rect &region, const DetectTuning &tuning);

/// What the network must see to find the faces that `looks` ask for: each with what is around it,
/// large faces at a smaller scale, looks that share most of their pixels in one place. The inputs
/// have few different sizes, since a network is set up for each. All inside `region`. Never dearer
/// than wholeSheet().
YuNetSheet sheetFor(std::span<const Look> looks, const Size &frame, const cv::Rect &region,
                    const DetectTuning &tuning);

} // namespace facetrack
