#include "libfacetrack/stream/scale.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace facetrack {

namespace {

int channels(PixelFormat format, int plane)
{
    if (format == PixelFormat::BGR)
        return 3;
    return format == PixelFormat::NV12 && plane == 1 ? 2 : 1;
}

} // namespace

Size scaledSize(Size size, int width)
{
    if (width <= 0 || width >= size.width || size.empty())
        return size;
    const int even = std::max(2, width / 2 * 2);
    const double half = 0.5 * size.height * even / size.width;
    return {even, std::max(2, 2 * static_cast<int>(std::lround(half)))};
}

FrameBuilder scaledCopy(const Frame &frame, Size size)
{
    if (size == frame.size())
        return FrameBuilder::copyOf(frame);
    FrameBuilder builder(frame.format(), size);
    for (int i = 0; i < frame.planeCount(); ++i) {
        const Plane &from = frame.plane(i);
        const MutablePlane to = builder.plane(i);
        const int type = CV_8UC(channels(frame.format(), i));
        // OpenCV has no read-only matrix; resize() does not write to its source.
        const cv::Mat source(from.height, from.width, type, const_cast<std::uint8_t *>(from.data),
                             static_cast<std::size_t>(from.stride));
        cv::Mat target(to.height, to.width, type, to.data, static_cast<std::size_t>(to.stride));
        const bool shrinks = to.width <= from.width && to.height <= from.height;
        cv::resize(source, target, target.size(), 0, 0,
                   shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    }
    builder.sequence(frame.sequence()).captured(frame.captured(), frame.capturedUtc());
    return builder;
}

FramePtr scaled(const FramePtr &frame, int width)
{
    const Size size = scaledSize(frame->size(), width);
    return size == frame->size() ? frame : scaledCopy(*frame, size).build();
}

} // namespace facetrack
