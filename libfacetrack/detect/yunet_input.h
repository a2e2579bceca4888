#pragma once
#include "libfacetrack/detect/yunet_places.h"
#include "libfacetrack/model/frame.h"

#include <opencv2/core/mat.hpp>

namespace facetrack {

/// Parts of a frame, scaled and converted for YuNet. Keeps its memory from look to look.
/// Thread-bound.
class YuNetInput
{
public:
    /// Scales each place's `part` of `frame` (not empty, inside it), then converts only that small
    /// picture to the B, G and R that the network wants: luma and chroma are never converted at
    /// full size. Where nothing is shown it is black. Grey frames give grey. Of a frame that has a
    /// reduced() one with enough pixels for a place, that one is read.
    void fill(const Frame &frame, const YuNetSheet &sheet);

    /// 1 × 3 × rows × columns, floats 0..255.
    const cv::Mat &blob() const { return m_blob; }

private:
    void show(const Frame &whole, const YuNetPlace &place);
    void shrinkChroma(const Frame &frame, const cv::Rect &part, const cv::Size &small);

    cv::Mat m_blob;
    cv::Mat m_y, m_u, m_v, m_uv;
};

} // namespace facetrack
