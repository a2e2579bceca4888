#pragma once
#include "libfacetrack/detect/cascade_model.h"
#include "libfacetrack/detect/pyramid.h"

#include <array>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace facetrack {

/// Tries a cascade in chosen window positions of one pyramid level, and hits just where OpenCV's
/// detectMultiScale does. What OpenCV's own evaluator cannot do is to try some of the positions
/// only. Immutable after construction: many threads may scan, each with its own Scratch.
class WindowScan
{
public:
    /// Memory to work in, kept from call to call.
    struct Scratch
    {
        cv::Mat part;
        cv::Mat raw[3];
        std::array<std::vector<int>, 3> planes; ///< integrals: of values, squares, tilted values
        std::uint64_t pixels = 0;               ///< read so far
    };

    explicit WindowScan(CascadeModel model);

    cv::Size window() const { return m_model.window; }
    /// The most positions that one scan() takes, each way.
    cv::Size most() const { return {Stride - 1 - m_model.window.width, 96}; }

    /// Positions in `places` (of `level`, at most most()) where the cascade says yes are appended
    /// to `hits`.
    void scan(const cv::Mat &picture, const PyramidLevel &level, const cv::Rect &places,
              Scratch &scratch, std::vector<cv::Point> &hits) const;

private:
    static constexpr int Stride = 192; // of the integrals: small enough to stay in the cache
    static constexpr int Lanes = 8;    // windows tried side by side

    using Corners = std::array<int, 4>; // offsets from the window's own place in the integrals
    struct Block
    {
        Corners at{};
        float weight = 0;
    };
    struct Stump
    {
        std::array<Block, 3> blocks;
        float threshold = 0;
        float left = 0;
        float right = 0;
    };
    struct Feature
    {
        std::array<Block, 3> blocks;
        std::array<int, 16> grid{}; ///< of an LBP feature: corners of its nine blocks
        bool tilted = false;
    };
    /// Everything that depends on how pixels lie in the integrals: for step 2, even columns first
    /// and odd ones behind, so that windows side by side are neighbours in memory in both cases.
    struct Layout
    {
        int step = 1;
        Corners whole{}; ///< what the light is measured in
        std::vector<Feature> features;
        std::vector<Stump> stumps; ///< when the cascade has nothing else
    };
    struct Row
    {
        std::array<const int *, 3> at; ///< the row's first window, in each plane
        int count = 0;                 ///< windows in the row
    };

    Layout layoutFor(int step) const;
    static int offset(int x, int y, int step);
    static Corners corners(const cv::Rect &rect, int step);
    static Corners tiltedCorners(const cv::Rect &rect, int step);
    static std::array<int, 16> grid(const cv::Rect &rect, int step);

    void integrate(const cv::Rect &area, int step, Scratch &scratch) const;
    void scanSideBySide(const Layout &layout, const Row &row, std::vector<int> &found) const;
    void scanOneByOne(const Layout &layout, const Row &row, std::vector<int> &found) const;
    /// Of the windows side by side, those that may be hits as bits, to rounding, after the stages
    /// before `stage`; the last one that stands is not followed any further.
    struct Promise
    {
        unsigned bits = 0;
        unsigned certain = 0; ///< those for which rounding made no difference
        int stage = 0;
    };
    Promise promising(const Layout &layout, const Row &row, int at) const;
    bool triedByOpenCv(const Layout &layout, const Row &row, int at, bool fromEdge) const;

    /// 1 over the spread of light in the window; 0 when it is too flat to be a face.
    float norm(const Layout &layout, const Row &row, int at) const;
    /// -1 for yes, else the stage that said no.
    int rejectedBy(const Layout &layout, const Row &row, int at, float norm, int firstStage = 0) const;
    bool passes(const Layout &layout, const CascadeModel::Stage &stage, const Row &row, int at,
                float norm) const;
    static double votesOfStumps(const Layout &layout, const CascadeModel::Stage &stage,
                                const int *sums, float norm);
    float leafOf(const Layout &layout, const CascadeModel::Tree &tree, const Row &row, int at,
                 float norm) const;

    CascadeModel m_model;
    bool m_sideBySide;
    std::array<Layout, 2> m_layouts; ///< for step 1 and 2
};

} // namespace facetrack
