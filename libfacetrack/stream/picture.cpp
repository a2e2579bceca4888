#include "libfacetrack/stream/picture.h"

#include "libfacetrack/stream/canvas.h"
#include "libfacetrack/stream/scale.h"

#include <algorithm>
#include <cstdio>

namespace facetrack {

Result<std::string_view> PictureMaker::make(const Frame &frame, const PictureKey &key,
                                            const PictureContent &content)
{
    const Size size = scaledSize(frame.size(), key.width);
    const bool boxes = key.overlay && !content.faces.empty();
    const bool caption = key.caption && !content.caption.empty();
    const bool veil = key.faces != Faces::Visible && !content.veiled.empty();
    const bool shapes = key.shapes && content.shapes && !content.shapes->empty();
    if (!veil && !shapes && !boxes && !caption && content.sign.empty() && size == frame.size())
        return m_encoder.encode(frame, key.quality); // nothing to change: no copy either
    Canvas canvas(frame, size);
    if (veil)
        drawVeil(canvas, content.veiled, key.faces == Faces::Hidden);
    if (shapes)
        drawShapes(canvas, *content.shapes, content.faces, content.crossings);
    if (boxes)
        drawBoxes(canvas, content.faces, content.line);
    if (caption)
        drawCaption(canvas, content.caption);
    if (!content.sign.empty())
        drawSign(canvas, content.sign, content.light);
    return m_encoder.encode(*canvas.finish(), key.quality);
}

namespace {

std::string facesField(std::span<const Track> faces)
{
    constexpr std::size_t most = 64;
    std::string text;
    for (const Track &face : faces.first(std::min(most, faces.size()))) {
        char item[64];
        std::snprintf(item, sizeof item, "%s%u:%.4f,%.4f,%.4f,%.4f", text.empty() ? "" : ";", face.id,
                      static_cast<double>(face.box.x), static_cast<double>(face.box.y),
                      static_cast<double>(face.box.w), static_cast<double>(face.box.h));
        text += item;
    }
    return text;
}

} // namespace

Part makePart(std::string_view jpeg, const Frame &frame, std::chrono::nanoseconds latency,
              const PartFaces &seen)
{
    const long long utc = frame.capturedUtc().count();
    const double ms = std::chrono::duration<double, std::milli>(latency).count();
    char head[256];
    const int length = std::snprintf(head, sizeof head,
                                     "--%.*s\r\n"
                                     "Content-Type: image/jpeg\r\n"
                                     "Content-Length: %zu\r\n"
                                     "X-Timestamp: %lld.%03lld\r\n"
                                     "X-Sequence: %llu\r\n"
                                     "X-Latency-Ms: %.1f\r\n"
                                     "X-Revision: %u\r\n"
                                     "X-Faces: ",
                                     static_cast<int>(PartBoundary.size()), PartBoundary.data(),
                                     jpeg.size(), utc / 1000, utc % 1000,
                                     static_cast<unsigned long long>(frame.sequence()), ms, seen.revision);
    std::string body;
    body.reserve(jpeg.size() + 2);
    body.append(jpeg).append("\r\n");
    return {http::makeBytes(std::string(head, static_cast<std::size_t>(length)) + facesField(seen.faces)
                            + "\r\n\r\n"),
            http::makeBytes(std::move(body))};
}

} // namespace facetrack
