#include "libfacetrack/model/frame.h"

#include <cstring>

namespace facetrack {

namespace {

constexpr std::size_t Alignment = 64;

int aligned(int bytes)
{
    constexpr int a = static_cast<int>(Alignment);
    return (bytes + a - 1) / a * a;
}

struct Layout
{
    int planes;
    std::array<int, 3> bytesPerRow;
    std::array<Size, 3> sizes;
};

Layout layoutOf(PixelFormat format, Size size)
{
    const Size half{(size.width + 1) / 2, (size.height + 1) / 2};
    switch (format) {
    case PixelFormat::I420:
        return {3, {size.width, half.width, half.width}, {size, half, half}};
    case PixelFormat::NV12:
        return {2, {size.width, 2 * half.width, 0}, {size, half, {}}};
    case PixelFormat::BGR:
        return {1, {3 * size.width, 0, 0}, {size, {}, {}}};
    case PixelFormat::Grey:
        return {1, {size.width, 0, 0}, {size, {}, {}}};
    }
    return {0, {}, {}};
}

/// Rows in memory: luma that shares its chroma in pairs has an even number, see repeatEdges().
std::size_t rowsInMemory(PixelFormat format, int rows)
{
    const bool pairs = format == PixelFormat::I420 || format == PixelFormat::NV12;
    return static_cast<std::size_t>(pairs ? rows + rows % 2 : rows);
}

/// JPEG encoders read luma in pairs of columns and rows, and so beyond a plane of odd size: what
/// stands there must be defined, and like the edge, since it colours the last block.
void repeatEdges(const MutablePlane &luma)
{
    const auto stride = static_cast<std::size_t>(luma.stride);
    const auto width = static_cast<std::size_t>(luma.width);
    const auto height = static_cast<std::size_t>(luma.height);
    if (width % 2 == 1)
        for (std::size_t y = 0; y < height; ++y)
            luma.data[y * stride + width] = luma.data[y * stride + width - 1];
    if (height % 2 == 1)
        std::memcpy(luma.data + height * stride, luma.data + (height - 1) * stride, width + width % 2);
}

std::shared_ptr<std::uint8_t[]> allocate(std::size_t bytes)
{
    // Aligned by hand: glibc's aligned allocation does not reuse what the last frame gave back, and
    // an agent would hold some 40 MB more than its frames need.
    std::size_t room = bytes + Alignment;
    const std::shared_ptr<std::uint8_t[]> memory(new std::uint8_t[room]);
    void *start = memory.get();
    std::align(Alignment, bytes, start, room);
    return {memory, static_cast<std::uint8_t *>(start)};
}

} // namespace

const char *pixelFormatName(PixelFormat format)
{
    switch (format) {
    case PixelFormat::I420:
        return "I420";
    case PixelFormat::NV12:
        return "NV12";
    case PixelFormat::BGR:
        return "BGR";
    case PixelFormat::Grey:
        return "grey";
    }
    return "unknown";
}

FrameBuilder::FrameBuilder(PixelFormat format, Size size) : m_frame(std::make_shared<Frame>())
{
    const Layout layout = layoutOf(format, size);
    std::size_t total = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(layout.planes); ++i)
        total += static_cast<std::size_t>(aligned(layout.bytesPerRow[i]))
                 * rowsInMemory(format, layout.sizes[i].height);
    m_frame->m_memory = allocate(total);
    std::uint8_t *at = m_frame->m_memory.get();
    for (std::size_t i = 0; i < static_cast<std::size_t>(layout.planes); ++i) {
        const int stride = aligned(layout.bytesPerRow[i]);
        m_frame->m_planes[i] = {at, stride, layout.sizes[i].width, layout.sizes[i].height};
        at += static_cast<std::size_t>(stride) * rowsInMemory(format, layout.sizes[i].height);
    }
    m_frame->m_format = format;
    m_frame->m_width = size.width;
    m_frame->m_height = size.height;
    m_frame->m_planeCount = layout.planes;
}

MutablePlane FrameBuilder::plane(int index)
{
    const Plane &p = m_frame->m_planes[static_cast<std::size_t>(index)];
    return {const_cast<std::uint8_t *>(p.data), p.stride, p.width, p.height};
}

FrameBuilder &FrameBuilder::sequence(std::uint64_t value)
{
    m_frame->m_sequence = value;
    return *this;
}

FrameBuilder &FrameBuilder::captured(MonotonicTime monotonic, UtcTime utc)
{
    m_frame->m_captured = monotonic;
    m_frame->m_capturedUtc = utc;
    return *this;
}

FrameBuilder &FrameBuilder::file(std::string name)
{
    m_frame->m_file = std::move(name);
    return *this;
}

FramePtr FrameBuilder::build()
{
    if (m_frame->format() == PixelFormat::I420 || m_frame->format() == PixelFormat::NV12)
        repeatEdges(plane(0));
    return std::move(m_frame);
}

FrameBuilder FrameBuilder::copyOf(const Frame &frame)
{
    FrameBuilder copy(frame.format(), frame.size());
    for (int i = 0; i < frame.planeCount(); ++i) {
        const Plane &from = frame.plane(i);
        const MutablePlane to = copy.plane(i);
        // Strides follow from format and size, so they are the same in both.
        std::memcpy(to.data, from.data,
                    static_cast<std::size_t>(from.stride) * static_cast<std::size_t>(from.height));
    }
    copy.sequence(frame.sequence())
        .captured(frame.captured(), frame.capturedUtc())
        .file(frame.file());
    return copy;
}

} // namespace facetrack
