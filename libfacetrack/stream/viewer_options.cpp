#include "libfacetrack/stream/viewer_options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

namespace facetrack {

namespace {

using Query = std::map<std::string, std::string>;

constexpr int WidthStep = 16;

tl::unexpected<Error> refuse(const std::string &key, const std::string &value,
                             const std::string &possible)
{
    // The value comes from a stranger: keep it short in logs and answers.
    constexpr std::size_t Longest = 40;
    const std::string shown = value.size() > Longest ? value.substr(0, Longest) + "…" : value;
    return fail(ErrorCode::InvalidArgument, key, "\"" + shown + "\" is not possible for " + key,
                "use " + possible);
}

template<typename T>
Result<std::optional<T>> number(const Query &query, const std::string &key, T low, T high,
                                const std::string &possible)
{
    const auto found = query.find(key);
    if (found == query.end())
        return std::optional<T>();
    const std::string &text = found->second;
    T value{};
    const char *end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    // Written so that "nan" is refused too.
    if (error != std::errc() || stopped != end || !(value >= low && value <= high))
        return refuse(key, text, possible);
    return std::optional<T>(value);
}

/// Position of the value in `choices`; empty without the key.
Result<std::optional<bool>> choice(const Query &query, const std::string &key,
                                   const std::string &no, const std::string &yes)
{
    const auto found = query.find(key);
    if (found == query.end())
        return std::optional<bool>();
    if (found->second != no && found->second != yes)
        return refuse(key, found->second, no + " or " + yes);
    return std::optional<bool>(found->second == yes);
}

Result<std::optional<Faces>> facesFrom(const Query &query)
{
    const auto found = query.find("faces");
    if (found == query.end())
        return std::optional<Faces>();
    if (found->second == "visible")
        return std::optional(Faces::Visible);
    if (found->second == "pixelated")
        return std::optional(Faces::Pixelated);
    if (found->second == "hidden")
        return std::optional(Faces::Hidden);
    return refuse("faces", found->second, "visible, pixelated or hidden");
}

Faces shownFaces(const ViewerOptions &options, const StreamTuning &tuning, bool calibrating)
{
    const Faces usual = tuning.faces == "visible"  ? Faces::Visible
                        : tuning.faces == "hidden" ? Faces::Hidden
                                                   : Faces::Pixelated;
    const bool granted = calibrating && options.owner;
    const Faces wish = options.faces.value_or(usual);
    if (wish == Faces::Visible)
        return granted ? Faces::Visible : usual == Faces::Hidden ? Faces::Hidden : Faces::Pixelated;
    return granted ? wish : std::max(wish, usual);
}

int rounded(int width)
{
    return (width + WidthStep / 2) / WidthStep * WidthStep;
}

} // namespace

Result<ViewerOptions> parseViewerOptions(const Query &query)
{
    const auto width = number<int>(query, "width", 16, 4096, "a whole number from 16 to 4096");
    if (!width)
        return tl::unexpected(width.error());
    const auto quality = number<int>(query, "quality", 1, 100, "a whole number from 1 to 100");
    if (!quality)
        return tl::unexpected(quality.error());
    const auto fps = number<double>(query, "fps", 0.1, 120, "a number from 0.1 to 120");
    if (!fps)
        return tl::unexpected(fps.error());
    const auto overlay = choice(query, "overlay", "0", "1");
    if (!overlay)
        return tl::unexpected(overlay.error());
    const auto caption = choice(query, "caption", "0", "1");
    if (!caption)
        return tl::unexpected(caption.error());
    const auto shapes = choice(query, "shapes", "0", "1");
    if (!shapes)
        return tl::unexpected(shapes.error());
    const auto exact = choice(query, "boxes", "live", "exact");
    if (!exact)
        return tl::unexpected(exact.error());
    const auto faces = facesFrom(query);
    if (!faces)
        return tl::unexpected(faces.error());

    ViewerOptions options{*width, *quality, *fps, *overlay, *caption,
                          exact->value_or(false) ? Boxes::Exact : Boxes::Live,
                          *shapes, *faces};
    if (options.width)
        options.width = rounded(*options.width);
    return options;
}

PictureKey pictureFor(const ViewerOptions &options, const StreamTuning &tuning, bool calibrating)
{
    return {options.width.value_or(tuning.width), options.quality.value_or(tuning.quality),
            options.overlay.value_or(tuning.overlay), options.caption.value_or(tuning.caption),
            options.boxes, shownFaces(options, tuning, calibrating),
            options.shapes.value_or(tuning.shapes)};
}

double rateLimitFor(const ViewerOptions &options, const StreamTuning &tuning)
{
    return options.fps.value_or(tuning.fps);
}

} // namespace facetrack
