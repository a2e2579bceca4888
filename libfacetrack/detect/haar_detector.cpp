#include "libfacetrack/detect/haar_detector.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/detect/cascade_file.h"
#include "libfacetrack/detect/cascade_looks.h"

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>
#include <optional>

namespace facetrack {

namespace {

cv::Mat viewOf(const Plane &plane)
{
    // OpenCV has no read-only Mat; the detector never writes to it.
    return {plane.height, plane.width, CV_8UC1, const_cast<std::uint8_t *>(plane.data),
            static_cast<std::size_t>(plane.stride)};
}

cv::Rect pixels(const Box &box, const cv::Size &size)
{
    const int left = static_cast<int>(std::lround(box.x * static_cast<float>(size.width)));
    const int top = static_cast<int>(std::lround(box.y * static_cast<float>(size.height)));
    const int right = static_cast<int>(std::lround((box.x + box.w) * static_cast<float>(size.width)));
    const int bottom
        = static_cast<int>(std::lround((box.y + box.h) * static_cast<float>(size.height)));
    return cv::Rect(left, top, right - left, bottom - top) & cv::Rect({}, size);
}

Detection detectionFrom(const cv::Rect &face, const cv::Rect &region, const cv::Size &size)
{
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    return {{static_cast<float>(face.x + region.x) / width,
             static_cast<float>(face.y + region.y) / height,
             static_cast<float>(face.width) / width, static_cast<float>(face.height) / height},
            1};
}

class HaarDetector final : public Detector
{
public:
    Result<void> prepare(const DetectTuning &tuning, Size) override { return load(tuning.cascade); }
    Result<std::vector<Detection>> detect(const Frame &frame, const DetectTuning &tuning) override;
    Result<Findings> look(const Frame &frame, const DetectTuning &tuning,
                          std::span<const Look> looks) override;
    SweepShape sweepShape(const DetectTuning &tuning) const override;
    double helpersCpuSeconds(double own) const override;
    double effort(const Look &look, Size frame, const DetectTuning &tuning) const override;

private:
    Result<void> load(const std::string &name);
    Result<void> getReady(const Frame &frame, const DetectTuning &tuning);
    /// The part of the picture in which faces are looked for, light equalised when asked for.
    cv::Mat viewOfRegion(const cv::Mat &luma, const cv::Rect &region, bool equalize);

    cv::CascadeClassifier m_cascade;
    std::unique_ptr<CascadeLooks> m_looks; // null for a file in an old form
    std::optional<double> m_helpers;       // what they spent in the last look(), when known
    std::string m_loaded;        // the setting that m_cascade was made from
    std::optional<Error> m_broken; // why m_loaded could not be used: not read again each frame
    cv::Mat m_equalized;
};

Result<void> HaarDetector::load(const std::string &name)
{
    if (name == m_loaded)
        return m_broken ? Result<void>(tl::unexpected(*m_broken)) : Result<void>();
    m_loaded = name;
    m_broken.reset();
    const auto file = findCascade(name);
    if (!file) {
        m_broken = file.error();
        return tl::unexpected(file.error());
    }
    bool readable = false;
    try {
        readable = m_cascade.load(file->string());
    } catch (const cv::Exception &) {
        // OpenCV's XML reader throws on broken files; its text does not help a person.
    }
    if (readable) {
        auto model = readCascadeModel(*file);
        m_looks = model ? std::make_unique<CascadeLooks>(std::move(*model)) : nullptr;
        return {};
    }
    m_broken = Error{ErrorCode::Corrupt, "detect.cascade",
                     file->string() + " is not a cascade that OpenCV can read",
                     "install the package opencv-data again, or name another file"};
    return tl::unexpected(*m_broken);
}

Result<void> HaarDetector::getReady(const Frame &frame, const DetectTuning &tuning)
{
    if (const auto loaded = load(tuning.cascade); !loaded)
        return loaded;
    if (frame.luma().data)
        return {};
    return fail(ErrorCode::Unsupported, "haar",
                std::string("frames in ") + pixelFormatName(frame.format())
                    + " have no luma plane to look at");
}

cv::Mat HaarDetector::viewOfRegion(const cv::Mat &luma, const cv::Rect &region, bool equalize)
{
    if (!equalize)
        return luma(region);
    cv::equalizeHist(luma(region), m_equalized);
    return m_equalized;
}

Result<std::vector<Detection>> HaarDetector::detect(const Frame &frame, const DetectTuning &tuning)
{
    if (const auto ready = getReady(frame, tuning); !ready)
        return tl::unexpected(ready.error());
    m_helpers.reset();
    const cv::Mat luma = viewOf(frame.luma());
    const cv::Rect region = pixels(tuning.region, luma.size());
    std::vector<Detection> found;
    if (region.empty())
        return found;
    std::vector<cv::Rect> faces;
    try {
        m_cascade.detectMultiScale(viewOfRegion(luma, region, tuning.equalize), faces,
                                   tuning.scaleFactor, tuning.minNeighbors, 0,
                                   {tuning.minSize.width, tuning.minSize.height},
                                   {tuning.maxSize.width, tuning.maxSize.height});
    } catch (const cv::Exception &failure) {
        return fail(ErrorCode::Internal, "haar", failure.what());
    }
    found.reserve(faces.size());
    for (const cv::Rect &face : faces)
        found.push_back(detectionFrom(face, region, luma.size()));
    return found;
}

Result<Findings> HaarDetector::look(const Frame &frame, const DetectTuning &tuning,
                                    std::span<const Look> looks)
{
    if (const auto ready = getReady(frame, tuning); !ready)
        return tl::unexpected(ready.error());
    if (!m_looks)
        return Detector::look(frame, tuning, looks);
    const cv::Mat luma = viewOf(frame.luma());
    const cv::Rect region = pixels(tuning.region, luma.size());
    if (region.empty() || looks.empty())
        return Findings{};
    try {
        const double before = m_looks->helpersCpuSeconds();
        auto findings = m_looks->find(viewOfRegion(luma, region, tuning.equalize), region.tl(),
                                      luma.size(), tuning, looks);
        m_helpers = m_looks->helpersCpuSeconds() - before;
        return findings;
    } catch (const cv::Exception &failure) {
        return fail(ErrorCode::Internal, "haar", failure.what());
    }
}

SweepShape HaarDetector::sweepShape(const DetectTuning &) const
{
    // Two sizes in one look; larger tiles have less margin, smaller ones follow a change closer.
    return {1.21F, 3};
}

double HaarDetector::helpersCpuSeconds(double own) const
{
    return m_helpers ? *m_helpers : Detector::helpersCpuSeconds(own);
}

double HaarDetector::effort(const Look &look, Size frame, const DetectTuning &tuning) const
{
    const cv::Size window = m_looks ? m_looks->window() : cv::Size(24, 24);
    const double area = static_cast<double>(look.middles.area()) * frame.width * frame.height;
    double sum = 0;
    for (const PyramidLevel &level :
         pyramidLevels({frame.width, frame.height}, window, tuning)) {
        const auto width = static_cast<float>(level.window.width);
        const auto between = static_cast<double>(level.scale) * level.step;
        if (width >= look.least && (look.most <= 0 || width < look.most))
            sum += area / (between * between);
    }
    return sum;
}

} // namespace

std::unique_ptr<Detector> makeHaarDetector()
{
    return std::make_unique<HaarDetector>();
}

} // namespace facetrack
