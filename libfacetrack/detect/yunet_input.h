#pragma once
#include "libfacetrack/model/frame.h"

#include <opencv2/core/mat.hpp>

namespace facetrack {

/// A part of a frame, scaled and converted for YuNet. Keeps its memory from look to look.
/// Thread-bound.
class YuNetInput
{
public:
    /// Scales `part` of `frame` (pixels, not empty, inside it) by `scale`, then converts only that
    /// small picture to the B, G and R that the network wants: luma and chroma are never converted
    /// at full size. Right and below, up to `input`, it is black. Grey frames give grey.
    void fill(const Frame &frame, const cv::Rect &part, double scale, const cv::Size &input);

    /// 1 × 3 × rows × columns, floats 0..255.
    const cv::Mat &blob() const { return m_blob; }
    cv::Size size() const { return {m_blob.size[3], m_blob.size[2]}; }
    /// Pixels of the frame for one of the input, in x and in y.
    double unscaleX() const { return m_unscaleX; }
    double unscaleY() const { return m_unscaleY; }

private:
    void shrinkChroma(const Frame &frame, const cv::Rect &part, const cv::Size &small);

    cv::Mat m_blob;
    cv::Mat m_y, m_u, m_v, m_uv;
    double m_unscaleX = 1;
    double m_unscaleY = 1;
};

} // namespace facetrack
