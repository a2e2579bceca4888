#include "libfacetrack/stream/jpeg_encoder.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdio> // jpeglib.h needs it
#include <cstring>
#include <jpeglib.h>
#include <vector>

namespace facetrack {

namespace {

/// libjpeg ends where it fails by a jump back to its caller.
struct JumpingErrors
{
    jpeg_error_mgr base;
    std::jmp_buf back;
    std::array<char, JMSG_LENGTH_MAX> words;
};

[[noreturn]] void jumpBack(j_common_ptr about)
{
    auto *errors = reinterpret_cast<JumpingErrors *>(about->err);
    about->err->format_message(about, errors->words.data());
    std::longjmp(errors->back, 1);
}

void keepQuiet(j_common_ptr) {}

void nothingToDo(j_compress_ptr) {}

/// There is room for the worst case; more is a failure.
boolean noMoreRoom(j_compress_ptr compress)
{
    JumpingErrors *errors = reinterpret_cast<JumpingErrors *>(compress->err);
    std::strcpy(errors->words.data(), "the JPEG is larger than can be");
    std::longjmp(errors->back, 1);
}

std::size_t upTo(std::size_t value, std::size_t multiple)
{
    return (value + multiple - 1) / multiple * multiple;
}

/// A row with its last sample again up to `padded`. `step` is 2 in interleaved colour.
void copyRow(const std::uint8_t *from, std::size_t step, std::size_t width, unsigned char *to,
             std::size_t padded)
{
    if (step == 1) {
        std::memcpy(to, from, width);
    } else {
        for (std::size_t x = 0; x < width; ++x)
            to[x] = from[x * step];
    }
    std::fill(to + width, to + padded, to[width - 1]);
}

} // namespace

class JpegEncoder::Impl
{
public:
    Impl();
    ~Impl() { jpeg_destroy_compress(&m_compress); }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    Result<std::string_view> encode(const Frame &frame, int quality);

private:
    void reserve(const Frame &frame);
    bool compress(const Frame &frame, int quality);
    void setUp(const Frame &frame, int quality);
    void writePlanes(const Frame &frame);
    void writeBgr(const Frame &frame);
    void fill(const Frame &frame, std::size_t component, int first);

    /// One component's rows of one row of blocks.
    struct Band
    {
        std::vector<unsigned char> samples;
        std::array<JSAMPROW, 2 * DCTSIZE> rows;
    };

    jpeg_compress_struct m_compress{};
    JumpingErrors m_errors{};
    jpeg_destination_mgr m_destination{};
    std::unique_ptr<unsigned char[]> m_jpeg;
    std::size_t m_capacity = 0;
    std::array<Band, 3> m_bands;
};

JpegEncoder::Impl::Impl()
{
    m_compress.err = jpeg_std_error(&m_errors.base);
    m_errors.base.error_exit = jumpBack;
    m_errors.base.output_message = keepQuiet;
    jpeg_create_compress(&m_compress);
    m_destination.init_destination = nothingToDo;
    m_destination.empty_output_buffer = noMoreRoom;
    m_destination.term_destination = nothingToDo;
    m_compress.dest = &m_destination;
}

/// All memory is had before libjpeg starts, which jumps past destructors.
void JpegEncoder::Impl::reserve(const Frame &frame)
{
    constexpr std::size_t header = 2048;
    constexpr std::size_t block = 2 * DCTSIZE;
    const std::size_t width = upTo(static_cast<std::size_t>(frame.width()), block);
    const std::size_t height = upTo(static_cast<std::size_t>(frame.height()), block);
    const std::size_t most = width * height * 3 + header; // libjpeg-turbo's own bound for 4:2:0
    if (most > m_capacity) {
        m_jpeg = std::make_unique_for_overwrite<unsigned char[]>(most); // pages unused stay unused
        m_capacity = most;
    }
    for (Band &band : m_bands) {
        band.samples.resize(std::max(band.samples.size(), width * block));
        for (std::size_t i = 0; i < band.rows.size(); ++i)
            band.rows[i] = band.samples.data() + i * width;
    }
}

void JpegEncoder::Impl::setUp(const Frame &frame, int quality)
{
    const bool bgr = frame.format() == PixelFormat::BGR;
    const bool grey = frame.format() == PixelFormat::Grey;
    m_destination.next_output_byte = m_jpeg.get();
    m_destination.free_in_buffer = m_capacity;
    m_compress.image_width = static_cast<JDIMENSION>(frame.width());
    m_compress.image_height = static_cast<JDIMENSION>(frame.height());
    m_compress.input_components = grey ? 1 : 3;
    m_compress.in_color_space = bgr ? JCS_EXT_BGR : grey ? JCS_GRAYSCALE : JCS_YCbCr;
    jpeg_set_defaults(&m_compress); // 4:2:0
    jpeg_set_quality(&m_compress, quality, TRUE);
    m_compress.raw_data_in = bgr ? FALSE : TRUE;
}

/// libjpeg reads a few samples from each of many rows in turn, which is slow out of a whole picture; out
/// of a copy that stays in the innermost cache it is a third faster, copy included.
void JpegEncoder::Impl::fill(const Frame &frame, std::size_t component, int first)
{
    const bool interleaved = frame.format() == PixelFormat::NV12 && component > 0;
    const Plane &plane = frame.plane(interleaved ? 1 : static_cast<int>(component));
    const jpeg_component_info &info = m_compress.comp_info[component];
    const std::size_t padded = std::size_t(info.width_in_blocks) * DCTSIZE;
    const int rows = info.v_samp_factor * DCTSIZE;
    for (int row = 0; row < rows; ++row) {
        const int y = std::min(first * info.v_samp_factor / m_compress.max_v_samp_factor + row,
                               plane.height - 1);
        const std::uint8_t *from = plane.data + std::ptrdiff_t(y) * plane.stride
                                   + (interleaved && component == 2 ? 1 : 0);
        copyRow(from, interleaved ? 2 : 1, static_cast<std::size_t>(plane.width),
                m_bands[component].rows[static_cast<std::size_t>(row)], padded);
    }
}

void JpegEncoder::Impl::writePlanes(const Frame &frame)
{
    std::array<JSAMPARRAY, 3> image{m_bands[0].rows.data(), m_bands[1].rows.data(),
                                    m_bands[2].rows.data()};
    const auto step = static_cast<JDIMENSION>(m_compress.max_v_samp_factor * DCTSIZE);
    while (m_compress.next_scanline < m_compress.image_height) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(m_compress.num_components); ++i)
            fill(frame, i, static_cast<int>(m_compress.next_scanline));
        jpeg_write_raw_data(&m_compress, image.data(), step);
    }
}

void JpegEncoder::Impl::writeBgr(const Frame &frame)
{
    const Plane &plane = frame.plane(0);
    while (m_compress.next_scanline < m_compress.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(plane.data)
                       + std::ptrdiff_t(m_compress.next_scanline) * plane.stride;
        jpeg_write_scanlines(&m_compress, &row, 1);
    }
}

bool JpegEncoder::Impl::compress(const Frame &frame, int quality)
{
    if (setjmp(m_errors.back) != 0) {
        jpeg_abort_compress(&m_compress);
        return false;
    }
    setUp(frame, quality);
    jpeg_start_compress(&m_compress, TRUE);
    if (frame.format() == PixelFormat::BGR)
        writeBgr(frame);
    else
        writePlanes(frame);
    jpeg_finish_compress(&m_compress);
    return true;
}

Result<std::string_view> JpegEncoder::Impl::encode(const Frame &frame, int quality)
{
    if (quality < 1 || quality > 100)
        return fail(ErrorCode::InvalidArgument, "jpeg", "the quality must be 1 to 100");
    if (frame.size().empty() || frame.planeCount() == 0)
        return fail(ErrorCode::InvalidArgument, "jpeg", "the picture has no pixels");
    reserve(frame);
    if (!compress(frame, quality))
        return fail(ErrorCode::Internal, "jpeg", m_errors.words.data());
    return std::string_view(reinterpret_cast<const char *>(m_jpeg.get()),
                            m_capacity - m_destination.free_in_buffer);
}

JpegEncoder::JpegEncoder() : m_impl(std::make_unique<Impl>()) {}

JpegEncoder::~JpegEncoder() = default;

Result<std::string_view> JpegEncoder::encode(const Frame &frame, int quality)
{
    return m_impl->encode(frame, quality);
}

} // namespace facetrack
