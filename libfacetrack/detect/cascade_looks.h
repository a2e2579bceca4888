#pragma once
#include "libfacetrack/detect/look.h"
#include "libfacetrack/detect/window_scan.h"
#include "libfacetrack/detect/work_crew.h"

#include <span>
#include <vector>

namespace facetrack {

/// Looks at parts of a picture with a cascade. Wherever a window hits, all windows around it that
/// OpenCV would group with it are tried too, whether asked for or not: a face has just as many
/// neighbours as in a whole-frame look, so that min_neighbors means the same, and its box is the
/// same to a pixel. Large jobs are shared with helpers. Thread-bound.
class CascadeLooks
{
public:
    explicit CascadeLooks(CascadeModel model);

    /// `picture` is the part of the frame in which faces may be; it starts at `corner`, and
    /// `frame` is the whole's size.
    Findings find(const cv::Mat &picture, cv::Point corner, cv::Size frame,
                  const DetectTuning &tuning, std::span<const Look> looks);

    cv::Size window() const { return m_scan.window(); }
    /// CPU time that helpers have used so far, seconds.
    double helpersCpuSeconds() const { return m_crew.cpuSeconds(); }

private:
    struct Hit
    {
        std::size_t level = 0;
        cv::Rect face; ///< in `picture`
    };

    void ask(const Look &look, cv::Point corner, cv::Size frame);
    void askAround(std::span<const Hit> hits);
    /// Puts aside what of `places` has not been tried yet.
    void put(std::size_t level, const cv::Rect &places);
    /// Tries what was put aside; the hits are appended to m_hits.
    void tryAll(const cv::Mat &picture);

    WindowScan m_scan;
    WorkCrew m_crew;
    struct Desk ///< what each worker has for itself
    {
        WindowScan::Scratch scratch;
        std::vector<cv::Point> found;
        std::vector<Hit> hits;
    };
    std::vector<Desk> m_desks;
    // For the frame at hand:
    std::vector<PyramidLevel> m_levels;
    std::vector<std::vector<cv::Rect>> m_tried; ///< by level, no two overlap
    std::vector<std::pair<std::size_t, cv::Rect>> m_waiting;
    std::vector<Hit> m_hits;
};

} // namespace facetrack
