#include "libfacetrack/detect/yunet_detector.h"

#include "libfacetrack/detect/yunet_decode.h"
#include "libfacetrack/detect/yunet_input.h"
#include "libfacetrack/detect/yunet_nets.h"
#include "libfacetrack/detect/yunet_places.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace facetrack {

namespace {

cv::Rect pixels(const Box &box, const Size &size)
{
    const auto at = [](float fraction, int side) {
        return static_cast<int>(std::lround(fraction * static_cast<float>(side)));
    };
    const int left = at(box.x, size.width);
    const int top = at(box.y, size.height);
    const cv::Rect all(0, 0, size.width, size.height);
    return cv::Rect(left, top, at(box.x + box.w, size.width) - left,
                    at(box.y + box.h, size.height) - top)
           & all;
}

std::span<const float> valuesOf(const cv::Mat &output)
{
    return {output.ptr<float>(), output.total()};
}

/// Whether a face of so many pixels of the frame is wanted. Cascades draw squares, YuNet boxes that
/// are as high but narrower: the longer side is what compares.
bool isWanted(float width, float height, const DetectTuning &tuning)
{
    const float side = std::max(width, height);
    const auto longer = [](const Size &size) {
        return static_cast<float>(std::max(size.width, size.height));
    };
    return side >= longer(tuning.minSize)
           && (tuning.maxSize.empty() || side <= longer(tuning.maxSize));
}

/// The network's boxes are less steady than a cascade's, and it sees what is around a place anyhow:
/// a face that is near the places and sizes asked for counts. In widths of a face.
constexpr float PlaceTolerance = 0.5F;
constexpr float WidthTolerance = 1.25F;

Look tolerant(Look look, const Size &frame)
{
    const float x = PlaceTolerance * look.most / static_cast<float>(frame.width);
    const float y = PlaceTolerance * look.most / static_cast<float>(frame.height);
    const Box &middles = look.middles;
    look.middles = {middles.x - x, middles.y - y, middles.w + 2 * x, middles.h + 2 * y};
    look.least /= WidthTolerance;
    look.most *= WidthTolerance;
    return look;
}

class YuNetDetector final : public Detector
{
public:
    Result<std::vector<Detection>> detect(const Frame &frame, const DetectTuning &tuning) override;
    Result<Findings> look(const Frame &frame, const DetectTuning &tuning,
                          std::span<const Look> looks) override;
    SweepShape sweepShape(const DetectTuning &tuning) const override;
    double effort(const Look &look, Size frame, const DetectTuning &tuning) const override;

private:
    Result<void> prepare(const Frame &frame, const DetectTuning &tuning);
    Result<void> load(const std::string &model);
    void search(const Frame &frame, const YuNetPlace &place, const DetectTuning &tuning,
                std::vector<Detection> &found);
    Detection inFrame(const Detection &face, const cv::Rect &part, const Size &size) const;

    std::optional<YuNetNets> m_nets;
    std::string m_loaded;          // the setting that m_nets was made from
    std::optional<Error> m_broken; // why m_loaded could not be used: not read again each frame
    YuNetInput m_input;
};

Result<void> YuNetDetector::load(const std::string &model)
{
    if (m_nets || m_broken) {
        if (model == m_loaded)
            return m_broken ? Result<void>(tl::unexpected(*m_broken)) : Result<void>();
    }
    m_loaded = model;
    m_broken.reset();
    m_nets.reset();
    auto nets = YuNetNets::load(model);
    if (nets) {
        m_nets = std::move(*nets);
        return {};
    }
    m_broken = nets.error();
    return tl::unexpected(nets.error());
}

/// From pixels of the network's input to fractions of the frame, cut off at the edges of `part`.
Detection YuNetDetector::inFrame(const Detection &face, const cv::Rect &part,
                                 const Size &size) const
{
    const auto scaleX = static_cast<float>(m_input.unscaleX());
    const auto scaleY = static_cast<float>(m_input.unscaleY());
    const auto width = static_cast<float>(part.width);
    const auto height = static_cast<float>(part.height);
    const float left = std::clamp(face.box.x * scaleX, 0.0F, width);
    const float top = std::clamp(face.box.y * scaleY, 0.0F, height);
    const float right = std::clamp((face.box.x + face.box.w) * scaleX, 0.0F, width);
    const float bottom = std::clamp((face.box.y + face.box.h) * scaleY, 0.0F, height);
    const auto frameWidth = static_cast<float>(size.width);
    const auto frameHeight = static_cast<float>(size.height);
    return {{(left + static_cast<float>(part.x)) / frameWidth,
             (top + static_cast<float>(part.y)) / frameHeight, (right - left) / frameWidth,
             (bottom - top) / frameHeight},
            face.score};
}

/// Adds the faces of one place. Throws cv::Exception.
void YuNetDetector::search(const Frame &frame, const YuNetPlace &place, const DetectTuning &tuning,
                           std::vector<Detection> &found)
{
    m_input.fill(frame, place.part, place.scale, place.input);
    const std::vector<cv::Mat> &outputs = m_nets->run(m_input.blob());
    std::vector<Detection> raw;
    constexpr int strides[] = {8, 16, 32};
    for (std::size_t i = 0; i < 3; ++i)
        decodeYuNet({strides[i], place.input.width / strides[i], valuesOf(outputs[i]),
                     valuesOf(outputs[i + 3]), valuesOf(outputs[i + 6])},
                    static_cast<float>(tuning.yunet.score), raw);
    for (const Detection &face :
         suppressOverlaps(std::move(raw), static_cast<float>(tuning.yunet.nms))) {
        const bool wanted = isWanted(face.box.w * static_cast<float>(m_input.unscaleX()),
                                     face.box.h * static_cast<float>(m_input.unscaleY()), tuning);
        const Detection inside = inFrame(face, place.part, frame.size());
        if (wanted && inside.box.area() > 0)
            found.push_back(inside);
    }
}

Result<void> YuNetDetector::prepare(const Frame &frame, const DetectTuning &tuning)
{
    if (const auto loaded = load(tuning.yunet.model); !loaded)
        return loaded;
    if (frame.luma().data)
        return {};
    return fail(ErrorCode::Unsupported, "yunet",
                std::string("frames in ") + pixelFormatName(frame.format())
                    + " have no luma plane to look at");
}

Result<std::vector<Detection>> YuNetDetector::detect(const Frame &frame, const DetectTuning &tuning)
{
    const Look everywhere;
    auto findings = look(frame, tuning, std::span(&everywhere, 1));
    if (!findings)
        return tl::unexpected(findings.error());
    return std::move(findings->faces);
}

Result<Findings> YuNetDetector::look(const Frame &frame, const DetectTuning &tuning,
                                     std::span<const Look> looks)
{
    if (const auto ready = prepare(frame, tuning); !ready)
        return tl::unexpected(ready.error());
    const cv::Rect region = pixels(tuning.region, frame.size());
    Findings findings;
    if (region.empty() || looks.empty())
        return findings;
    std::vector<Detection> seen;
    try {
        for (const YuNetPlace &place : placesFor(looks, frame.size(), region, tuning)) {
            search(frame, place, tuning, seen);
            findings.pixels += static_cast<std::uint64_t>(place.input.area());
        }
    } catch (const cv::Exception &failure) {
        return fail(ErrorCode::Internal, "yunet", failure.what());
    }
    // Places overlap, so one face may have been found in two.
    for (const Detection &face :
         suppressOverlaps(std::move(seen), static_cast<float>(tuning.yunet.nms))) {
        const bool asked = std::any_of(looks.begin(), looks.end(), [&](const Look &look) {
            return asksFor(tolerant(look, frame.size()), face.box, frame.size());
        });
        if (asked)
            findings.faces.push_back(face);
    }
    return findings;
}

/// One run finds faces of all sizes, and parts of a frame overlap by a face's width: a whole look
/// in one piece costs least, and less than any other detector's small piece.
SweepShape YuNetDetector::sweepShape(const DetectTuning &) const
{
    return {1e6F, 1e3F};
}

double YuNetDetector::effort(const Look &look, Size frame, const DetectTuning &tuning) const
{
    const cv::Rect region = pixels(tuning.region, frame);
    if (region.empty())
        return 0;
    double sum = 0;
    for (const YuNetPlace &place : placesFor(std::span(&look, 1), frame, region, tuning))
        sum += costOf(place);
    return sum;
}

} // namespace

std::unique_ptr<Detector> makeYuNetDetector()
{
    return std::make_unique<YuNetDetector>();
}

} // namespace facetrack
