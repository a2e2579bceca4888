#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/http/message.h"
#include "libfacetrack/model/detection.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/stream/jpeg_encoder.h"
#include "libfacetrack/stream/overlay.h"
#include "libfacetrack/stream/shapes_overlay.h"
#include "libfacetrack/stream/viewer_options.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace facetrack {

/// What may be drawn on a frame; the PictureKey says what of it is.
struct PictureContent
{
    std::span<const Track> faces;
    BoxLine line = BoxLine::Solid;
    std::string caption;
    std::span<const Box> veiled = {}; ///< coarse or hidden, unless the key makes faces visible
    const PictureShapes *shapes = nullptr; ///< null: none
    CrossingCounts crossings = {};
    std::string sign = {}; ///< shown large whatever the key says; empty: none
    SignLight light = SignLight::Dark;
};

/// Scales, draws and encodes. Thread-bound.
class FACETRACK_EXPORT PictureMaker
{
public:
    /// The JPEG; valid until the next call. Fails as JpegEncoder does.
    Result<std::string_view> make(const Frame &frame, const PictureKey &key,
                                  const PictureContent &content);

private:
    JpegEncoder m_encoder;
};

/// One part of multipart/x-mixed-replace with the boundary PartBoundary: the head with boundary
/// and fields, and the body, which is the JPEG and the line break that ends a part.
struct Part
{
    http::Bytes head;
    http::Bytes body;

    std::string_view jpeg() const { return std::string_view(*body).substr(0, body->size() - 2); }
    std::size_t bytes() const { return head->size() + body->size(); }
};

inline constexpr std::string_view PartBoundary = "frame";

/// What a part tells of the newest analysis, for viewers that draw boxes themselves.
struct PartFaces
{
    std::span<const Track> faces;
    std::uint32_t revision = 0; ///< tuning revision of that analysis
};

/// Fields: Content-Type, Content-Length (of the JPEG), X-Timestamp (capture, UTC seconds with
/// milliseconds), X-Sequence (of the captured frame), X-Latency-Ms (since capture), X-Revision and
/// X-Faces (track:x,y,w,h in fractions of the picture, with semicolons; the first 64).
FACETRACK_EXPORT Part makePart(std::string_view jpeg, const Frame &frame,
                               std::chrono::nanoseconds latency, const PartFaces &seen = {});

} // namespace facetrack
