#include "libfacetrack/detect/yunet_input.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace facetrack {

namespace {

cv::Mat viewOf(const Plane &plane, int type = CV_8UC1)
{
    // OpenCV has no read-only Mat; nothing here writes to it.
    return {plane.height, plane.width, type, const_cast<std::uint8_t *>(plane.data),
            static_cast<std::size_t>(plane.stride)};
}

/// Where `part` of the frame lies in a plane of half its size.
cv::Rect halved(const cv::Rect &part, const cv::Size &plane)
{
    const int left = part.x / 2;
    const int top = part.y / 2;
    return cv::Rect(left, top, std::max(1, (part.x + part.width + 1) / 2 - left),
                    std::max(1, (part.y + part.height + 1) / 2 - top))
           & cv::Rect({}, plane);
}

/// Halves as long as that leaves more than twice the pixels wanted, since a linear step alone would
/// pass over most of them; each halving costs next to nothing.
void shrink(cv::Mat from, const cv::Size &size, cv::Mat &to)
{
    while (from.cols >= 3 * size.width && from.rows >= 3 * size.height) {
        const cv::Mat even = from(cv::Rect(0, 0, from.cols / 2 * 2, from.rows / 2 * 2));
        cv::Mat half;
        cv::resize(even, half, {}, 0.5, 0.5, cv::INTER_AREA);
        from = half;
    }
    cv::resize(from, to, size, 0, 0, cv::INTER_LINEAR);
}

/// Whether the camera's smaller picture has at least as many pixels as are shown.
bool isEnough(const FramePtr &small, const Frame &whole, const YuNetPlace &place)
{
    return small && small->luma().data
           && std::int64_t(place.part.width) * small->width() >= std::int64_t(place.shown.width) * whole.width()
           && std::int64_t(place.part.height) * small->height()
                  >= std::int64_t(place.shown.height) * whole.height();
}

/// `part` of the whole frame, in the smaller one's pixels.
cv::Rect partOf(const Frame &small, const Frame &whole, const cv::Rect &part)
{
    const double x = static_cast<double>(small.width()) / whole.width();
    const double y = static_cast<double>(small.height()) / whole.height();
    const cv::Point from(cvRound(part.x * x), cvRound(part.y * y));
    const cv::Point to(cvRound((part.x + part.width) * x), cvRound((part.y + part.height) * y));
    return cv::Rect(from, cv::Point(std::max(to.x, from.x + 1), std::max(to.y, from.y + 1)))
           & cv::Rect(0, 0, small.width(), small.height());
}

// BT.601, full range: what every Frame has.
void convertRow(const std::uint8_t *y, const std::uint8_t *u, const std::uint8_t *v, int width,
                float *blue, float *green, float *red)
{
    for (int i = 0; i < width; ++i) {
        const float luma = y[i];
        const float cb = static_cast<float>(u[i]) - 128;
        const float cr = static_cast<float>(v[i]) - 128;
        blue[i] = std::clamp(luma + 1.772F * cb, 0.0F, 255.0F);
        green[i] = std::clamp(luma - 0.344136F * cb - 0.714136F * cr, 0.0F, 255.0F);
        red[i] = std::clamp(luma + 1.402F * cr, 0.0F, 255.0F);
    }
}

} // namespace

void YuNetInput::shrinkChroma(const Frame &frame, const cv::Rect &part, const cv::Size &small)
{
    const auto shrinkPart = [&](const cv::Mat &plane, cv::Mat &to) {
        shrink(plane(halved(part, plane.size())), small, to);
    };
    if (frame.format() == PixelFormat::I420) {
        shrinkPart(viewOf(frame.plane(1)), m_u);
        shrinkPart(viewOf(frame.plane(2)), m_v);
    } else if (frame.format() == PixelFormat::NV12) {
        shrinkPart(viewOf(frame.plane(1), CV_8UC2), m_uv);
        cv::extractChannel(m_uv, m_u, 0);
        cv::extractChannel(m_uv, m_v, 1);
    } else {
        for (cv::Mat *plane : {&m_u, &m_v}) {
            plane->create(small, CV_8UC1);
            plane->setTo(128);
        }
    }
}

void YuNetInput::show(const Frame &whole, const YuNetPlace &place)
{
    const cv::Rect &shown = place.shown;
    const bool small = isEnough(whole.reduced(), whole, place);
    const Frame &frame = small ? *whole.reduced() : whole;
    const cv::Rect part = small ? partOf(frame, whole, place.part) : place.part;
    shrink(viewOf(frame.luma())(part), shown.size(), m_y);
    shrinkChroma(frame, part, shown.size());
    for (int row = 0; row < shown.height; ++row) {
        const auto to = [&](int channel) {
            return m_blob.ptr<float>(0, channel, shown.y + row) + shown.x;
        };
        convertRow(m_y.ptr(row), m_u.ptr(row), m_v.ptr(row), shown.width, to(0), to(1), to(2));
    }
}

void YuNetInput::fill(const Frame &frame, const YuNetSheet &sheet)
{
    const int sizes[] = {1, 3, sheet.input.height, sheet.input.width};
    m_blob.create(4, sizes, CV_32F);
    m_blob.setTo(0);
    for (const YuNetPlace &place : sheet.places)
        show(frame, place);
}

} // namespace facetrack
