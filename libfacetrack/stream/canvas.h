#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/frame.h"

#include <cstdint>
#include <span>
#include <string>

namespace facetrack {

/// A colour as it stands in the planes: full range BT.601.
struct YuvColour
{
    std::uint8_t y = 0;
    std::uint8_t u = 128;
    std::uint8_t v = 128;
};

struct PixelPoint
{
    int x = 0;
    int y = 0;
};

/// Pixels, right and bottom exclusive.
struct PixelRect
{
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
};

/// A writable, possibly smaller copy of a frame that can be drawn on without leaving YUV. Grey
/// frames take the brightness of a colour; BGR ones become I420. Thread-bound.
/// All drawing is clipped to the picture.
class FACETRACK_EXPORT Canvas
{
public:
    Canvas(const Frame &frame, Size size);

    Size size() const { return {m_luma.width, m_luma.height}; }

    void fill(const PixelRect &rect, YuvColour colour);
    /// Takes the colour away and leaves a quarter of the brightness: a ground for text.
    void darken(const PixelRect &rect);
    /// One colour instead of many: their mean, so that what was there cannot be had back.
    void average(const PixelRect &rect);
    void line(PixelPoint from, PixelPoint to, YuvColour colour, int thickness);
    /// Dark diagonal stripes, each as wide as the gaps between them, inside a polygon.
    void hatch(std::span<const PixelPoint> polygon, int stripe);
    /// ASCII text with its base line starting at (x, y), anti-aliased, on the luma plane only.
    void text(int x, int y, const std::string &ascii, double scale, int thickness,
              std::uint8_t brightness);

    /// The picture with what was drawn; the canvas is empty afterwards.
    FramePtr finish();

private:
    PixelRect clipped(const PixelRect &rect) const;
    void fillChroma(const PixelRect &clippedRect, YuvColour colour);

    FrameBuilder m_builder;
    MutablePlane m_luma;
    // U and V samples: apart in I420, side by side in NV12, none in grey.
    std::uint8_t *m_u = nullptr;
    std::uint8_t *m_v = nullptr;
    int m_chromaStep = 1;
    int m_chromaStride = 0;
};

} // namespace facetrack
