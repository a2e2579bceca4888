// How bench_detect and bench_booth score boxes and time what finds them.
#pragma once
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/frame.h"

#include <algorithm>
#include <ctime>
#include <opencv2/objdetect.hpp>
#include <vector>

namespace facetrack {

using Boxes = std::vector<Box>;

inline double cpuSeconds()
{
    timespec time = {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Greedy matching of boxes to truth at IoU 0.3.
struct Score
{
    std::size_t truth = 0;
    std::size_t boxes = 0;
    std::size_t matched = 0;
    double cpu = 0;
    std::size_t frames = 0;

    void add(const Boxes &found, const Boxes &wanted)
    {
        truth += wanted.size();
        boxes += found.size();
        ++frames;
        std::vector<bool> taken(found.size(), false);
        for (const Box &face : wanted) {
            std::size_t best = found.size();
            float most = 0.3F;
            for (std::size_t i = 0; i < found.size(); ++i)
                if (!taken[i] && overlap(found[i], face) >= most) {
                    most = overlap(found[i], face);
                    best = i;
                }
            if (best < found.size()) {
                taken[best] = true;
                ++matched;
            }
        }
    }
    double recall() const { return double(matched) / double(std::max<std::size_t>(truth, 1)); }
    double precision() const { return double(matched) / double(std::max<std::size_t>(boxes, 1)); }
    double milliseconds() const { return 1000 * cpu / double(std::max<std::size_t>(frames, 1)); }
};

/// OpenCV's own look at the whole of a frame.
inline Boxes bare(cv::CascadeClassifier &cascade, const Frame &frame)
{
    const Plane y = frame.luma();
    const cv::Mat luma(y.height, y.width, CV_8UC1, const_cast<std::uint8_t *>(y.data),
                       std::size_t(y.stride));
    std::vector<cv::Rect> faces;
    cascade.detectMultiScale(luma, faces, 1.1, 3, 0, {30, 30});
    Boxes boxes;
    for (const cv::Rect &f : faces)
        boxes.push_back({float(f.x) / float(y.width), float(f.y) / float(y.height),
                         float(f.width) / float(y.width), float(f.height) / float(y.height)});
    return boxes;
}

} // namespace facetrack
