#include "libfacetrack/stream/canvas.h"

#include "libfacetrack/stream/scale.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace facetrack {

namespace {

cv::Mat matrix(const MutablePlane &plane)
{
    return {plane.height, plane.width, CV_8UC1, plane.data,
            static_cast<std::size_t>(plane.stride)};
}

/// OpenCV's own BGR to I420 is limited range; by way of YCrCb it stays full range.
FrameBuilder i420FromBgr(const Frame &frame, Size size)
{
    FrameBuilder whole = scaledCopy(frame, size);
    const MutablePlane bgr = whole.plane(0);
    const cv::Mat pixels(bgr.height, bgr.width, CV_8UC3, bgr.data,
                         static_cast<std::size_t>(bgr.stride));
    cv::Mat ycrcb;
    cv::cvtColor(pixels, ycrcb, cv::COLOR_BGR2YCrCb);
    std::array<cv::Mat, 3> parts;
    cv::split(ycrcb, parts.data());

    FrameBuilder builder(PixelFormat::I420, size);
    cv::Mat y = matrix(builder.plane(0));
    cv::Mat u = matrix(builder.plane(1));
    cv::Mat v = matrix(builder.plane(2));
    parts[0].copyTo(y);
    cv::resize(parts[2], u, u.size(), 0, 0, cv::INTER_AREA);
    cv::resize(parts[1], v, v.size(), 0, 0, cv::INTER_AREA);
    builder.sequence(frame.sequence()).captured(frame.captured(), frame.capturedUtc());
    return builder;
}

} // namespace

Canvas::Canvas(const Frame &frame, Size size)
    : m_builder(frame.format() == PixelFormat::BGR ? i420FromBgr(frame, size)
                                                   : scaledCopy(frame, size)),
      m_luma(m_builder.plane(0))
{
    if (frame.format() == PixelFormat::Grey)
        return;
    const MutablePlane chroma = m_builder.plane(1);
    m_u = chroma.data;
    m_chromaStride = chroma.stride;
    if (frame.format() == PixelFormat::NV12) {
        m_v = chroma.data + 1;
        m_chromaStep = 2;
    } else {
        m_v = m_builder.plane(2).data;
    }
}

PixelRect Canvas::clipped(const PixelRect &rect) const
{
    return {std::clamp(rect.left, 0, m_luma.width), std::clamp(rect.top, 0, m_luma.height),
            std::clamp(rect.right, 0, m_luma.width), std::clamp(rect.bottom, 0, m_luma.height)};
}

void Canvas::fill(const PixelRect &rect, YuvColour colour)
{
    const PixelRect at = clipped(rect);
    if (at.right <= at.left || at.bottom <= at.top)
        return;
    for (int y = at.top; y < at.bottom; ++y)
        std::memset(m_luma.data + std::ptrdiff_t(y) * m_luma.stride + at.left, colour.y,
                    static_cast<std::size_t>(at.right - at.left));
    fillChroma(at, colour);
}

void Canvas::fillChroma(const PixelRect &clippedRect, YuvColour colour)
{
    if (!m_u)
        return;
    for (int y = clippedRect.top / 2; y < (clippedRect.bottom + 1) / 2; ++y) {
        std::uint8_t *u = m_u + std::ptrdiff_t(y) * m_chromaStride;
        std::uint8_t *v = m_v + std::ptrdiff_t(y) * m_chromaStride;
        for (int x = clippedRect.left / 2; x < (clippedRect.right + 1) / 2; ++x) {
            u[x * m_chromaStep] = colour.u;
            v[x * m_chromaStep] = colour.v;
        }
    }
}

void Canvas::darken(const PixelRect &rect)
{
    const PixelRect at = clipped(rect);
    if (at.right <= at.left || at.bottom <= at.top)
        return;
    for (int y = at.top; y < at.bottom; ++y) {
        std::uint8_t *row = m_luma.data + std::ptrdiff_t(y) * m_luma.stride;
        for (int x = at.left; x < at.right; ++x)
            row[x] = static_cast<std::uint8_t>(row[x] / 4);
    }
    fillChroma(at, {});
}

void Canvas::average(const PixelRect &rect)
{
    const PixelRect at = clipped(rect);
    if (at.right <= at.left || at.bottom <= at.top)
        return;
    const auto mean = [](const std::uint8_t *data, int stride, int step, const PixelRect &in) {
        std::uint64_t sum = 0;
        for (int y = in.top; y < in.bottom; ++y) {
            const std::uint8_t *row = data + std::ptrdiff_t(y) * stride;
            std::uint32_t line = 0;
            for (int x = in.left; x < in.right; ++x)
                line += row[x * step];
            sum += line;
        }
        const auto count = static_cast<std::uint64_t>((in.right - in.left) * (in.bottom - in.top));
        return static_cast<std::uint8_t>((sum + count / 2) / count);
    };
    YuvColour colour{mean(m_luma.data, m_luma.stride, 1, at)};
    if (m_u) {
        const PixelRect half{at.left / 2, at.top / 2, (at.right + 1) / 2, (at.bottom + 1) / 2};
        colour.u = mean(m_u, m_chromaStride, m_chromaStep, half);
        colour.v = mean(m_v, m_chromaStride, m_chromaStep, half);
    }
    fill(at, colour);
}

void Canvas::line(PixelPoint from, PixelPoint to, YuvColour colour, int thickness)
{
    cv::Mat luma = matrix(m_luma);
    cv::line(luma, {from.x, from.y}, {to.x, to.y}, cv::Scalar(colour.y), thickness);
    if (!m_u)
        return;
    const cv::Point a(from.x / 2, from.y / 2);
    const cv::Point b(to.x / 2, to.y / 2);
    const int half = std::max(1, (thickness + 1) / 2);
    const int width = (m_luma.width + 1) / 2;
    const int height = (m_luma.height + 1) / 2;
    const auto stride = static_cast<std::size_t>(m_chromaStride);
    if (m_chromaStep == 2) {
        cv::Mat both(height, width, CV_8UC2, m_u, stride);
        cv::line(both, a, b, cv::Scalar(colour.u, colour.v), half);
        return;
    }
    cv::Mat u(height, width, CV_8UC1, m_u, stride);
    cv::Mat v(height, width, CV_8UC1, m_v, stride);
    cv::line(u, a, b, cv::Scalar(colour.u), half);
    cv::line(v, a, b, cv::Scalar(colour.v), half);
}

void Canvas::hatch(std::span<const PixelPoint> polygon, int stripe)
{
    std::vector<cv::Point> points;
    for (const PixelPoint &point : polygon)
        points.emplace_back(point.x, point.y);
    const cv::Rect at = cv::boundingRect(points) & cv::Rect(0, 0, m_luma.width, m_luma.height);
    if (at.empty())
        return;
    cv::Mat inside = cv::Mat::zeros(at.size(), CV_8UC1);
    cv::fillPoly(inside, std::vector<std::vector<cv::Point>>{points}, cv::Scalar(1), cv::LINE_8, 0,
                 -at.tl());
    for (int y = 0; y < at.height; ++y) {
        const std::uint8_t *marked = inside.ptr(y);
        std::uint8_t *row = m_luma.data + std::ptrdiff_t(at.y + y) * m_luma.stride + at.x;
        for (int x = 0; x < at.width; ++x)
            if (marked[x] && (at.x + x + at.y + y) / stripe % 2 == 0)
                row[x] = static_cast<std::uint8_t>(row[x] / 4);
    }
}

void Canvas::text(int x, int y, const std::string &ascii, double scale, int thickness,
                  std::uint8_t brightness)
{
    cv::Mat luma = matrix(m_luma);
    cv::putText(luma, ascii, {x, y}, cv::FONT_HERSHEY_SIMPLEX, scale, cv::Scalar(brightness),
                thickness, cv::LINE_AA);
}

FramePtr Canvas::finish()
{
    return m_builder.build();
}

} // namespace facetrack
