#pragma once
#include "libfacetrack/model/frame.h"

#include <vector>

namespace facetrack::bench {

/// CPU of one thread for a JPEG of the same pictures, by JpegEncoder from YUV and by OpenCV's
/// imencode() from BGR, in turns; prints a Markdown table. Beside `pictures`, photographs from
/// the folder that FACETRACK_TEST_DATA names.
void compareEncoders(const std::vector<FramePtr> &pictures);

} // namespace facetrack::bench
