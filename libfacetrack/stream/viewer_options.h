#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"

#include <compare>
#include <map>
#include <optional>
#include <string>

namespace facetrack {

/// Which pictures a viewer gets.
enum class Boxes {
    Live,  ///< every camera frame, with the boxes of the newest analysis
    Exact, ///< analysed frames only, each with its own boxes
};

/// What a picture shows of people.
enum class Faces {
    Visible,
    Pixelated, ///< coarse where a face is, was or may be: see Veil
    Hidden,    ///< grey there
};

/// What one viewer asked for. What it left open follows the agent's StreamTuning, also when that
/// changes while the viewer watches.
struct ViewerOptions
{
    std::optional<int> width = {};   ///< pixels, a multiple of 16; 0 is the frame's own
    std::optional<int> quality = {}; ///< JPEG quality, 1..100
    std::optional<double> fps = {};  ///< most pictures per second, 0 is all
    std::optional<bool> overlay = {};
    std::optional<bool> caption = {};
    Boxes boxes = Boxes::Live;
    std::optional<bool> shapes = {};
    std::optional<Faces> faces = {};
    bool owner = false; ///< may see faces while calibration is open; set by who knows the request

    bool operator==(const ViewerOptions &) const = default;
};

/// Everything that makes one encoded picture differ from another of the same frame: viewers with
/// equal keys share one encode.
struct PictureKey
{
    int width = 0; ///< pixels, 0 is the frame's own
    int quality = 80;
    bool overlay = true;
    bool caption = true;
    Boxes boxes = Boxes::Live;
    Faces faces = Faces::Pixelated;
    bool shapes = true;

    auto operator<=>(const PictureKey &) const = default;
};

/// Reads `width` (16..4096), `fps` (0.1..120), `quality` (1..100), `overlay`, `caption` and
/// `shapes` (0 or 1), `boxes` (live or exact) and `faces` (visible, pixelated or hidden). Other keys are ignored, so that a page may add one against
/// caches. Widths are rounded to the nearest multiple of 16, so that viewers with windows of
/// nearly the same size share one encode. InvalidArgument names key, value and what is possible.
FACETRACK_EXPORT Result<ViewerOptions>
parseViewerOptions(const std::map<std::string, std::string> &query);

/// The picture that `options` means while `tuning` is in effect. Faces are visible to an owner who
/// wants them while `calibrating`, to nobody else; what asks for less is always granted.
FACETRACK_EXPORT PictureKey pictureFor(const ViewerOptions &options, const StreamTuning &tuning,
                                       bool calibrating = false);

/// Most pictures per second that `options` means while `tuning` is in effect; 0 is all.
FACETRACK_EXPORT double rateLimitFor(const ViewerOptions &options, const StreamTuning &tuning);

} // namespace facetrack
