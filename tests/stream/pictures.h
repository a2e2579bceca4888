#pragma once
#include "libfacetrack/model/frame.h"
#include "libfacetrack/stream/canvas.h"

#include <cstddef>

namespace facetrack::test {

inline std::uint8_t &at(const MutablePlane &plane, int x, int y, int step = 1, int offset = 0)
{
    return plane.data[std::ptrdiff_t(y) * plane.stride + std::ptrdiff_t(x) * step + offset];
}

inline int at(const Plane &plane, int x, int y, int step = 1, int offset = 0)
{
    return plane.data[std::ptrdiff_t(y) * plane.stride + std::ptrdiff_t(x) * step + offset];
}

/// A smooth picture with colour in it: what (x, y), as fractions of the picture, looks like.
inline YuvColour smooth(double x, double y)
{
    return {static_cast<std::uint8_t>(80 + 100 * x), static_cast<std::uint8_t>(108 + 40 * y),
            static_cast<std::uint8_t>(150 - 40 * x)};
}

template<typename Colour>
FrameBuilder painted(PixelFormat format, Size size, Colour colour)
{
    FrameBuilder builder(format, size);
    const MutablePlane luma = builder.plane(0);
    for (int y = 0; y < luma.height; ++y)
        for (int x = 0; x < luma.width; ++x)
            at(luma, x, y) = colour(double(x) / size.width, double(y) / size.height).y;
    if (format == PixelFormat::Grey)
        return builder;
    const bool apart = format == PixelFormat::I420;
    const MutablePlane u = builder.plane(1);
    const MutablePlane v = apart ? builder.plane(2) : u;
    for (int y = 0; y < u.height; ++y) {
        for (int x = 0; x < u.width; ++x) {
            const YuvColour c = colour(double(2 * x) / size.width, double(2 * y) / size.height);
            at(u, x, y, apart ? 1 : 2) = c.u;
            at(v, x, y, apart ? 1 : 2, apart ? 0 : 1) = c.v;
        }
    }
    return builder;
}

inline FramePtr smoothPicture(PixelFormat format, Size size)
{
    return painted(format, size, smooth).build();
}

inline FramePtr plainPicture(PixelFormat format, Size size, YuvColour colour)
{
    return painted(format, size, [colour](double, double) { return colour; }).build();
}

} // namespace facetrack::test
