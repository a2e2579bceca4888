#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/turn.h"
#include "libfacetrack/model/frame.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace facetrack {

/// How a camera lays out its pixels, by the names that people write behind `format=`.
enum class CameraPixels {
    I420,  ///< three planes Y, U, V ("YUV420", "YU12")
    YV12,  ///< the same with U and V exchanged
    NV12,  ///< Y, then U and V interleaved
    NV21,  ///< Y, then V and U interleaved
    YUYV,  ///< packed 4:2:2
    UYVY,  ///< packed 4:2:2
    Grey,  ///< luma only
    Mjpeg, ///< one JPEG a frame
};

FACETRACK_EXPORT const char *cameraPixelsName(CameraPixels pixels);
/// By V4L2's or DRM's four letters, 'Y' | 'U' << 8 | …; nothing for what is not understood.
FACETRACK_EXPORT std::optional<CameraPixels> cameraPixels(std::uint32_t fourcc);
/// By name, upper or lower case.
FACETRACK_EXPORT std::optional<CameraPixels> cameraPixels(std::string_view name);
/// The four letters for messages; "raw Bayer …" or "packed raw …" where it is a sensor's own.
FACETRACK_EXPORT std::string fourccWords(std::uint32_t fourcc);

/// A picture that lies in a camera's own memory, which is not ours to keep.
struct CameraPicture
{
    CameraPixels pixels = CameraPixels::I420;
    Size size;
    std::array<const std::uint8_t *, 3> data{};
    std::array<int, 3> stride{};          ///< bytes from one row to the next; 0 with Mjpeg
    std::array<std::size_t, 3> bytes{};   ///< that may be read from `data`
    bool limitedRange = false;            ///< luma from 16 to 235
    bool bt709 = false;                   ///< coefficients of HD video
};

/// Makes frames of a camera's pictures: in one pass over the camera's memory wherever the picture
/// is of the wanted size and full range; limited range, BT.709, JPEG and other sizes go through
/// FFmpeg. Thread-bound.
class FACETRACK_EXPORT CameraConverter
{
public:
    /// An empty `wanted` keeps each picture's own size; else the upright picture is made to fit.
    explicit CameraConverter(Size wanted = {});
    ~CameraConverter();

    /// Corrupt where the memory is smaller than the picture, or a JPEG is damaged.
    Result<FrameBuilder> convert(const CameraPicture &picture, const Turn &turn);

private:
    class Libav;
    const Size m_wanted;
    std::unique_ptr<Libav> m_libav; ///< made when needed
};

} // namespace facetrack
