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

/// Pixels of the frame for one of the input.
float unscaleX(const YuNetPlace &place)
{
    return static_cast<float>(place.part.width) / static_cast<float>(place.shown.width);
}

float unscaleY(const YuNetPlace &place)
{
    return static_cast<float>(place.part.height) / static_cast<float>(place.shown.height);
}

/// The place that shows the middle of a face (pixels of the input); null beside all of them.
const YuNetPlace *placeOf(const Box &face, const YuNetSheet &sheet)
{
    const cv::Point2f middle(face.x + face.w / 2, face.y + face.h / 2);
    const auto place = std::find_if(
        sheet.places.begin(), sheet.places.end(),
        [&](const YuNetPlace &p) { return cv::Rect2f(p.shown).contains(middle); });
    return place == sheet.places.end() ? nullptr : &*place;
}

/// Whether `place` ends within the face (pixels of the input): what is left of the box is too narrow then.
bool isCut(const Box &face, const YuNetPlace &place)
{
    const cv::Rect2f box(face.x, face.y, face.w, face.h);
    return (box & cv::Rect2f(place.shown)).area() < 0.9F * box.area();
}

/// From pixels of the network's input to fractions of the frame, cut off at the edges of `place`.
Detection inFrame(const Detection &face, const YuNetPlace &place, const Size &size)
{
    const cv::Rect &part = place.part;
    const auto at = [](float pixels, int shown, float unscale, int from, int extent, int side) {
        const float inPart = (pixels - static_cast<float>(shown)) * unscale;
        return (static_cast<float>(from) + std::clamp(inPart, 0.0F, static_cast<float>(extent)))
               / static_cast<float>(side);
    };
    const auto x = [&](float pixels) {
        return at(pixels, place.shown.x, unscaleX(place), part.x, part.width, size.width);
    };
    const auto y = [&](float pixels) {
        return at(pixels, place.shown.y, unscaleY(place), part.y, part.height, size.height);
    };
    const float left = x(face.box.x);
    const float top = y(face.box.y);
    return {{left, top, x(face.box.x + face.box.w) - left, y(face.box.y + face.box.h) - top},
            face.score};
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

/// More than for others: faces at the edge of what the network can do are missed in most frames.
constexpr double NewsRate = 3;

/// A score of so much of what a face needs makes a hint: such faces are found in some frames at this
/// scale, and in most of them at a finer one.
constexpr float HintShare = 0.5F;
constexpr std::size_t MostHints = 8;

/// What a closer look needs to make a face of a hint: half of what lacks to certainty more than
/// others. Of a real face the network is sure once it sees more of it; what is none (hands, folds of
/// a shirt) stays near the limit, and would be followed from then on.
float leastScore(const Look &look, const DetectTuning &tuning)
{
    const auto score = static_cast<float>(tuning.yunet.score);
    return look.doubted ? (score + 1) / 2 : score;
}

/// What `face` must reach to be one: least of all looks that ask for it; nothing where none does.
std::optional<float> leastScore(const Box &face, std::span<const Look> looks, const Size &frame,
                                const DetectTuning &tuning)
{
    std::optional<float> least;
    for (const Look &look : looks)
        if (asksFor(tolerant(look, frame), face, frame))
            least = std::min(least.value_or(1.0F), leastScore(look, tuning));
    return least;
}

class YuNetDetector final : public Detector
{
public:
    Result<void> prepare(const DetectTuning &tuning, Size frame) override;
    Result<std::vector<Detection>> detect(const Frame &frame, const DetectTuning &tuning) override;
    Result<Findings> look(const Frame &frame, const DetectTuning &tuning,
                          std::span<const Look> looks) override;
    SweepShape sweepShape(const DetectTuning &tuning) const override;
    double effort(const Look &look, Size frame, const DetectTuning &tuning) const override;

private:
    Result<void> getReady(const Frame &frame, const DetectTuning &tuning);
    Result<void> load(const std::string &model);
    struct Seen
    {
        std::vector<Detection> whole;
        std::vector<Detection> cut; ///< by the edge of their place
    };
    Seen search(const Frame &frame, const YuNetSheet &sheet, const DetectTuning &tuning);

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

/// The faces of one run, and what may be some. Throws cv::Exception.
YuNetDetector::Seen YuNetDetector::search(const Frame &frame, const YuNetSheet &sheet,
                                          const DetectTuning &tuning)
{
    m_input.fill(frame, sheet);
    const std::vector<cv::Mat> &outputs = m_nets->run(m_input.blob());
    std::vector<Detection> raw;
    constexpr int strides[] = {8, 16, 32};
    for (std::size_t i = 0; i < 3; ++i)
        decodeYuNet({strides[i], sheet.input.width / strides[i], valuesOf(outputs[i]),
                     valuesOf(outputs[i + 3]), valuesOf(outputs[i + 6])},
                    HintShare * static_cast<float>(tuning.yunet.score), raw);
    Seen seen;
    for (const Detection &face :
         suppressOverlaps(std::move(raw), static_cast<float>(tuning.yunet.nms))) {
        const YuNetPlace *place = placeOf(face.box, sheet);
        if (!place)
            continue;
        const bool wanted = isWanted(face.box.w * unscaleX(*place), face.box.h * unscaleY(*place),
                                     tuning);
        const Detection inside = inFrame(face, *place, frame.size());
        if (wanted && inside.box.area() > 0)
            (isCut(face.box, *place) ? seen.cut : seen.whole).push_back(inside);
    }
    return seen;
}

Result<void> YuNetDetector::prepare(const DetectTuning &tuning, Size frame)
{
    const auto loaded = load(tuning.yunet.model);
    const cv::Rect region = pixels(tuning.region, frame);
    if (!loaded || region.empty())
        return loaded;
    const cv::Size input = wholeSheet(region, tuning).input;
    const int sizes[] = {1, 3, input.height, input.width};
    try {
        m_nets->run(cv::Mat(4, sizes, CV_32F, cv::Scalar(0)));
    } catch (const cv::Exception &failure) {
        return fail(ErrorCode::Internal, "yunet", failure.what());
    }
    return {};
}

Result<void> YuNetDetector::getReady(const Frame &frame, const DetectTuning &tuning)
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
    if (const auto ready = getReady(frame, tuning); !ready)
        return tl::unexpected(ready.error());
    const cv::Rect region = pixels(tuning.region, frame.size());
    Findings findings;
    if (region.empty() || looks.empty())
        return findings;
    Seen seen;
    try {
        const YuNetSheet sheet = sheetFor(looks, frame.size(), region, tuning);
        if (sheet.places.empty())
            return findings;
        seen = search(frame, sheet, tuning);
        findings.pixels = static_cast<std::uint64_t>(sheet.input.area());
    } catch (const cv::Exception &failure) {
        return fail(ErrorCode::Internal, "yunet", failure.what());
    }
    // Places overlap, so one face may have been found in two.
    for (const Detection &face : joinViews(std::move(seen.whole), std::move(seen.cut),
                                           static_cast<float>(tuning.yunet.nms))) {
        const auto least = leastScore(face.box, looks, frame.size(), tuning);
        if (!least)
            continue;
        if (face.score >= *least)
            findings.faces.push_back(face);
        else
            findings.hints.push_back(face.box);
    }
    if (findings.hints.size() > MostHints)
        findings.hints.resize(MostHints); // the best come first
    return findings;
}

/// One run finds faces of all sizes, and parts of a frame overlap by a face's width: a whole look
/// in one piece costs least, and less than any other detector's small piece.
SweepShape YuNetDetector::sweepShape(const DetectTuning &) const
{
    return {1e6F, 1e3F, NewsRate};
}

double YuNetDetector::effort(const Look &look, Size frame, const DetectTuning &tuning) const
{
    const cv::Rect region = pixels(tuning.region, frame);
    if (region.empty())
        return 0;
    return costOf(sheetFor(std::span(&look, 1), frame, region, tuning));
}

} // namespace

std::unique_ptr<Detector> makeYuNetDetector()
{
    return std::make_unique<YuNetDetector>();
}

} // namespace facetrack
