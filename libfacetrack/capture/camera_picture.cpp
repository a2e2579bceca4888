#include "libfacetrack/capture/camera_picture.h"

#include "libfacetrack/capture/camera_libav.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace facetrack {

namespace {

constexpr std::uint32_t fourcc(const char (&letters)[5])
{
    std::uint32_t code = 0;
    for (int i = 3; i >= 0; --i)
        code = code << 8 | static_cast<std::uint8_t>(letters[i]);
    return code;
}

struct Known
{
    std::uint32_t code;
    const char *name;
    CameraPixels pixels;
};

constexpr std::array knownPixels{
    Known{fourcc("YU12"), "YUV420", CameraPixels::I420},
    Known{fourcc("I420"), "I420", CameraPixels::I420},
    Known{fourcc("YV12"), "YVU420", CameraPixels::YV12},
    Known{fourcc("NV12"), "NV12", CameraPixels::NV12},
    Known{fourcc("NV21"), "NV21", CameraPixels::NV21},
    Known{fourcc("YUYV"), "YUYV", CameraPixels::YUYV},
    Known{fourcc("YUY2"), "YUY2", CameraPixels::YUYV},
    Known{fourcc("UYVY"), "UYVY", CameraPixels::UYVY},
    Known{fourcc("GREY"), "GREY", CameraPixels::Grey},
    Known{fourcc("R8  "), "R8", CameraPixels::Grey},
    Known{fourcc("MJPG"), "MJPEG", CameraPixels::Mjpeg},
    Known{fourcc("JPEG"), "JPEG", CameraPixels::Mjpeg},
};

int halved(int length)
{
    return (length + 1) / 2;
}

/// Bytes of a row and rows, plane by plane; no rows where there is no such plane.
struct Extent
{
    int row = 0;
    int rows = 0;
};

std::array<Extent, 3> extents(CameraPixels pixels, Size size)
{
    const int half = halved(size.width);
    const int halfRows = halved(size.height);
    switch (pixels) {
    case CameraPixels::I420:
    case CameraPixels::YV12:
        return {{{size.width, size.height}, {half, halfRows}, {half, halfRows}}};
    case CameraPixels::NV12:
    case CameraPixels::NV21:
        return {{{size.width, size.height}, {2 * half, halfRows}, {}}};
    case CameraPixels::YUYV:
    case CameraPixels::UYVY:
        return {{{4 * half, size.height}, {}, {}}};
    case CameraPixels::Grey:
        return {{{size.width, size.height}, {}, {}}};
    case CameraPixels::Mjpeg:
        break;
    }
    return {};
}

Result<void> holdsAll(const CameraPicture &picture)
{
    if (picture.size.empty())
        return fail(ErrorCode::Corrupt, "camera", "the picture has no pixels");
    const auto parts = extents(picture.pixels, picture.size);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto [row, rows] = parts[i];
        if (rows == 0)
            continue;
        // The last row need not be padded.
        const std::int64_t needed = std::int64_t(picture.stride[i]) * (rows - 1) + row;
        if (!picture.data[i] || picture.stride[i] < row
            || needed > static_cast<std::int64_t>(picture.bytes[i]))
            return fail(ErrorCode::Corrupt, "camera",
                        std::string("a buffer is too small for ") + cameraPixelsName(picture.pixels)
                            + " of " + std::to_string(picture.size.width) + "x"
                            + std::to_string(picture.size.height));
    }
    return {};
}

void copyPlane(const Plane &from, const MutablePlane &to, const Turn &turn)
{
    if (!turn.none()) {
        turnPlane(from, to, turn);
        return;
    }
    for (int y = 0; y < to.height; ++y)
        std::memcpy(to.data + std::ptrdiff_t(y) * to.stride,
                    from.data + std::ptrdiff_t(y) * from.stride, static_cast<std::size_t>(to.width));
}

Plane planeOf(const CameraPicture &picture, std::size_t index, int width, int height)
{
    return {picture.data[index], picture.stride[index], width, height};
}

void splitPairs(const CameraPicture &picture, const MutablePlane &first, const MutablePlane &second)
{
    for (int y = 0; y < first.height; ++y) {
        const std::uint8_t *from = picture.data[1] + std::ptrdiff_t(y) * picture.stride[1];
        std::uint8_t *a = first.data + std::ptrdiff_t(y) * first.stride;
        std::uint8_t *b = second.data + std::ptrdiff_t(y) * second.stride;
        for (int x = 0; x < first.width; ++x) {
            a[x] = from[2 * x];
            b[x] = from[2 * x + 1];
        }
    }
}

/// Offsets of the samples within four bytes.
struct Packing
{
    int y, u, v;
};

void unpackLuma(const CameraPicture &picture, const Packing &at, const MutablePlane &to)
{
    for (int y = 0; y < to.height; ++y) {
        const std::uint8_t *from = picture.data[0] + std::ptrdiff_t(y) * picture.stride[0] + at.y;
        std::uint8_t *out = to.data + std::ptrdiff_t(y) * to.stride;
        for (int x = 0; x < to.width; ++x)
            out[x] = from[2 * x];
    }
}

void unpackChroma(const CameraPicture &picture, const Packing &at, const MutablePlane &u,
                  const MutablePlane &v)
{
    for (int y = 0; y < u.height; ++y) {
        const std::uint8_t *upper = picture.data[0] + std::ptrdiff_t(2 * y) * picture.stride[0];
        const bool last = 2 * y + 1 >= picture.size.height;
        const std::uint8_t *lower = last ? upper : upper + picture.stride[0];
        std::uint8_t *outU = u.data + std::ptrdiff_t(y) * u.stride;
        std::uint8_t *outV = v.data + std::ptrdiff_t(y) * v.stride;
        for (int x = 0; x < u.width; ++x) {
            outU[x] = static_cast<std::uint8_t>((upper[4 * x + at.u] + lower[4 * x + at.u] + 1) / 2);
            outV[x] = static_cast<std::uint8_t>((upper[4 * x + at.v] + lower[4 * x + at.v] + 1) / 2);
        }
    }
}

FrameBuilder turned(FrameBuilder flat, Size size, const Turn &turn)
{
    if (turn.none())
        return flat;
    const FramePtr from = flat.build();
    FrameBuilder frame(PixelFormat::I420, turn.upright(size));
    for (int i = 0; i < 3; ++i)
        turnPlane(from->plane(i), frame.plane(i), turn);
    return frame;
}

FrameBuilder fromPlanes(const CameraPicture &picture, const Turn &turn)
{
    const Size size = picture.size;
    FrameBuilder frame(PixelFormat::I420, turn.upright(size));
    const std::size_t u = picture.pixels == CameraPixels::YV12 ? 2 : 1;
    copyPlane(planeOf(picture, 0, size.width, size.height), frame.plane(0), turn);
    const Size half{halved(size.width), halved(size.height)};
    copyPlane(planeOf(picture, u, half.width, half.height), frame.plane(1), turn);
    copyPlane(planeOf(picture, 3 - u, half.width, half.height), frame.plane(2), turn);
    return frame;
}

FrameBuilder fromPairs(const CameraPicture &picture, const Turn &turn)
{
    FrameBuilder flat(PixelFormat::I420, picture.size);
    copyPlane(planeOf(picture, 0, picture.size.width, picture.size.height), flat.plane(0), {});
    const bool uFirst = picture.pixels == CameraPixels::NV12;
    splitPairs(picture, flat.plane(uFirst ? 1 : 2), flat.plane(uFirst ? 2 : 1));
    return turned(std::move(flat), picture.size, turn);
}

FrameBuilder fromPacked(const CameraPicture &picture, const Turn &turn)
{
    FrameBuilder flat(PixelFormat::I420, picture.size);
    const Packing at = picture.pixels == CameraPixels::YUYV ? Packing{0, 1, 3} : Packing{1, 0, 2};
    unpackLuma(picture, at, flat.plane(0));
    unpackChroma(picture, at, flat.plane(1), flat.plane(2));
    return turned(std::move(flat), picture.size, turn);
}

FrameBuilder fromGrey(const CameraPicture &picture, const Turn &turn)
{
    FrameBuilder frame(PixelFormat::Grey, turn.upright(picture.size));
    copyPlane(planeOf(picture, 0, picture.size.width, picture.size.height), frame.plane(0), turn);
    return frame;
}

} // namespace

const char *cameraPixelsName(CameraPixels pixels)
{
    for (const Known &known : knownPixels) {
        if (known.pixels == pixels)
            return known.name;
    }
    return "unknown";
}

std::optional<CameraPixels> cameraPixels(std::uint32_t code)
{
    for (const Known &known : knownPixels) {
        if (known.code == code)
            return known.pixels;
    }
    return {};
}

std::optional<CameraPixels> cameraPixels(std::string_view name)
{
    std::string upper(name);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const Known &known : knownPixels) {
        if (upper == known.name)
            return known.pixels;
    }
    if (upper.size() != 4)
        return {};
    std::uint32_t code = 0;
    for (std::size_t i = 4; i-- > 0;)
        code = code << 8 | static_cast<std::uint8_t>(upper[i]);
    return cameraPixels(code);
}

std::string fourccWords(std::uint32_t code)
{
    std::string letters;
    for (int i = 0; i < 4; ++i) {
        const char c = static_cast<char>(code >> 8 * i & 0xff);
        letters += std::isprint(static_cast<unsigned char>(c)) ? c : '?';
    }
    // Both worlds name Bayer formats by order and depth: "BA81", "pRAA", "RG10", "BYR2".
    const std::string_view start = std::string_view(letters).substr(0, 2);
    const bool bayer = start == "BA" || start == "RG" || start == "GB" || start == "GR"
                       || start == "BG" || start == "BY" || letters.front() == 'p';
    return bayer ? "raw Bayer " + letters : letters;
}

CameraConverter::CameraConverter(Size wanted) : m_wanted(wanted) {}

CameraConverter::~CameraConverter() = default;

Result<FrameBuilder> CameraConverter::convert(const CameraPicture &picture, const Turn &turn)
{
    if (const auto whole = holdsAll(picture); !whole)
        return tl::unexpected(whole.error());
    const bool sized = m_wanted.empty() || turn.upright(picture.size) == m_wanted;
    const bool plain = !picture.limitedRange && !picture.bt709
                       && picture.pixels != CameraPixels::Mjpeg;
    if (!sized || !plain) {
        if (!m_libav)
            m_libav = std::make_unique<Libav>(m_wanted);
        return m_libav->convert(picture, turn);
    }
    switch (picture.pixels) {
    case CameraPixels::NV12:
    case CameraPixels::NV21:
        return fromPairs(picture, turn);
    case CameraPixels::YUYV:
    case CameraPixels::UYVY:
        return fromPacked(picture, turn);
    case CameraPixels::Grey:
        return fromGrey(picture, turn);
    default:
        return fromPlanes(picture, turn);
    }
}

} // namespace facetrack
