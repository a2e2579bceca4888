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
                 * static_cast<std::size_t>(layout.sizes[i].height);
    m_frame->m_memory = allocate(total);
    std::uint8_t *at = m_frame->m_memory.get();
    for (std::size_t i = 0; i < static_cast<std::size_t>(layout.planes); ++i) {
        const int stride = aligned(layout.bytesPerRow[i]);
        m_frame->m_planes[i] = {at, stride, layout.sizes[i].width, layout.sizes[i].height};
        at += static_cast<std::size_t>(stride) * static_cast<std::size_t>(layout.sizes[i].height);
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

FrameBuilder &FrameBuilder::reduced(FramePtr smaller)
{
    m_frame->m_reduced = std::move(smaller);
    return *this;
}

FramePtr FrameBuilder::build()
{
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
