#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/detection.h"

#include <span>
#include <vector>

namespace facetrack {

/// What YuNet says at one stride: a grid of cells, row by row, each `stride` pixels wide.
/// W. Wu, H. Peng, S. Yu, "YuNet: A Tiny Millisecond-level Face Detector", 2023; the models with
/// twelve outputs of libfacedetection.train.
struct YuNetGrid
{
    int stride = 0;
    int columns = 0;
    std::span<const float> cls; ///< one a cell: that it is a face
    std::span<const float> obj; ///< one a cell: that the box is good
    std::span<const float> box; ///< four a cell: dx, dy in cells; log of width and height in cells
};

/// Adds the faces of a grid whose score, √(cls·obj), is at least `least`. Boxes are in pixels of
/// the network's input (x, y of the top left corner). Cells that say nonsense (not finite) are
/// left out.
FACETRACK_EXPORT void decodeYuNet(const YuNetGrid &grid, float least,
                                  std::vector<Detection> &found);

/// Non-maximum suppression: of boxes that overlap by more than `most` (IoU) only the best one
/// stays. Best first; equal scores keep their order.
FACETRACK_EXPORT std::vector<Detection> suppressOverlaps(std::vector<Detection> found, float most);

/// Faces seen in places that overlap: `whole`, and `cut` off at the edge of a place, where the network
/// may be as sure of what is left. A face that one place shows whole is not taken from another.
FACETRACK_EXPORT std::vector<Detection> joinViews(std::vector<Detection> whole,
                                                  std::vector<Detection> cut, float most);

} // namespace facetrack
