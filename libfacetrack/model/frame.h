#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/box.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace facetrack {

/// How the bytes of a Frame are laid out. All YUV is full range with BT.601 coefficients
/// (JPEG's own), so that a JPEG needs no conversion; sources convert where theirs differs.
enum class PixelFormat {
    I420, ///< three planes Y, U, V; chroma at half width and height, rounded up
    NV12, ///< two planes: Y, then U and V interleaved
    BGR,  ///< one plane, three bytes a pixel
    Grey, ///< one plane, luma only
};

FACETRACK_EXPORT const char *pixelFormatName(PixelFormat format);

/// One plane of a picture. The memory belongs to the Frame.
struct Plane
{
    const std::uint8_t *data = nullptr;
    int stride = 0; ///< bytes from one row to the next
    int width = 0;  ///< samples in a row
    int height = 0; ///< rows
};

/// A plane that may still be written, while a frame is being made.
struct MutablePlane
{
    std::uint8_t *data = nullptr;
    int stride = 0;
    int width = 0;
    int height = 0;
};

/// One captured picture. Made once by FrameBuilder, immutable afterwards and shared by
/// `std::shared_ptr<const Frame>`; any thread may read it.
class FACETRACK_EXPORT Frame
{
public:
    PixelFormat format() const { return m_format; }
    int width() const { return m_width; }
    int height() const { return m_height; }
    Size size() const { return {m_width, m_height}; }

    int planeCount() const { return m_planeCount; }
    const Plane &plane(int index) const { return m_planes[static_cast<std::size_t>(index)]; }
    /// The brightness plane that detectors read; not available (data null) for BGR.
    Plane luma() const { return m_format == PixelFormat::BGR ? Plane{} : m_planes[0]; }

    std::uint64_t sequence() const { return m_sequence; }       ///< counts captured frames from 0
    MonotonicTime captured() const { return m_captured; }       ///< when light fell on the sensor
    UtcTime capturedUtc() const { return m_capturedUtc; }       ///< the same moment, for people
    const std::string &file() const { return m_file; }          ///< file name, for `images:` only
    /// The same moment in fewer pixels, all of the picture, where the camera gave that beside it; else null.
    const std::shared_ptr<const Frame> &reduced() const { return m_reduced; }

private:
    friend class FrameBuilder;
    PixelFormat m_format = PixelFormat::I420;
    int m_width = 0;
    int m_height = 0;
    int m_planeCount = 0;
    std::array<Plane, 3> m_planes{};
    std::uint64_t m_sequence = 0;
    MonotonicTime m_captured{0};
    UtcTime m_capturedUtc{0};
    std::string m_file;
    std::shared_ptr<const Frame> m_reduced;
    std::shared_ptr<std::uint8_t[]> m_memory;
};

using FramePtr = std::shared_ptr<const Frame>;

/// Allocates a picture, lets the maker fill it, then hands it out as an immutable Frame.
/// Rows are aligned to 64 bytes for vector instructions.
class FACETRACK_EXPORT FrameBuilder
{
public:
    FrameBuilder(PixelFormat format, Size size);

    MutablePlane plane(int index);
    FrameBuilder &sequence(std::uint64_t value);
    FrameBuilder &captured(MonotonicTime monotonic, UtcTime utc);
    FrameBuilder &file(std::string name);
    FrameBuilder &reduced(FramePtr smaller);
    /// The finished frame; the builder is empty afterwards.
    FramePtr build();

    /// A writable copy of `frame`'s pixels, with its times, sequence and file name, but without reduced():
    /// for drawing on.
    static FrameBuilder copyOf(const Frame &frame);

private:
    std::shared_ptr<Frame> m_frame;
};

} // namespace facetrack
