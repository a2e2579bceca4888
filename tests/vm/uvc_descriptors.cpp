#include "uvc_descriptors.h"

#include <initializer_list>
#include <string_view>

namespace facetrack::vm {

namespace {

using Bytes = std::vector<std::uint8_t>;

/// Little-endian, as USB has it.
class Descriptor
{
public:
    /// The length comes first and is written at the end.
    explicit Descriptor(std::initializer_list<std::uint8_t> begin)
    {
        m_bytes.push_back(0);
        u8(begin);
    }
    Descriptor &u8(std::initializer_list<std::uint8_t> values)
    {
        for (const std::uint8_t value : values)
            m_bytes.push_back(value);
        return *this;
    }
    Descriptor &u16(std::uint32_t value) { return number(value, 2); }
    Descriptor &u32(std::uint32_t value) { return number(value, 4); }
    Descriptor &text(std::string_view letters)
    {
        for (const char letter : letters)
            m_bytes.push_back(static_cast<std::uint8_t>(letter));
        return *this;
    }
    Bytes done()
    {
        m_bytes[0] = static_cast<std::uint8_t>(m_bytes.size());
        return m_bytes;
    }

private:
    Descriptor &number(std::uint32_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i)
            m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
        return *this;
    }
    Bytes m_bytes;
};

// Kinds of descriptors: standard ones, and those of the video class.
constexpr std::uint8_t Device = 1, Configuration = 2, Interface = 4, Endpoint = 5, Association = 11;
constexpr std::uint8_t OfClass = 0x24;
constexpr std::uint8_t Video = 0x0E, ControlInterface = 1, StreamInterface = 2, Collection = 3;

Bytes join(std::initializer_list<Bytes> parts)
{
    Bytes all;
    for (const Bytes &part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

/// Puts the length of the whole at `at`, where a header of 16 bits waits for it.
Bytes withTotal(Bytes bytes, std::size_t at)
{
    bytes[at] = static_cast<std::uint8_t>(bytes.size());
    bytes[at + 1] = static_cast<std::uint8_t>(bytes.size() >> 8);
    return bytes;
}

Bytes frame(std::uint8_t kind, const UvcFormat &format)
{
    const std::uint32_t bitsAFrame = format.bytes() * 8;
    Descriptor made{OfClass, kind, 1, 0};
    made.u16(format.width).u16(format.height);
    made.u32(bitsAFrame * 5).u32(bitsAFrame * 30).u32(format.bytes());
    made.u32(UvcIntervals.front()).u8({std::uint8_t(UvcIntervals.size())});
    for (const std::uint32_t interval : UvcIntervals)
        made.u32(interval);
    return made.done();
}

/// sRGB's primaries, BT.709's curve, BT.601's coefficients.
Bytes colours()
{
    return Descriptor{OfClass, 0x0D, 1, 1, 4}.done();
}

Bytes controlPart()
{
    Descriptor header{OfClass, 0x01};
    header.u16(0x0100).u16(0).u32(48'000'000).u8({1, 1});
    Descriptor sensor{OfClass, 0x02, UvcSensor};
    // Automatic exposure (bit 1) and its time (bit 3); no zoom.
    sensor.u16(0x0201).u8({0, 0}).u16(0).u16(0).u16(0).u8({3, 0x0A, 0, 0});
    Descriptor processing{OfClass, 0x05, UvcProcessing, UvcSensor};
    // Brightness (bit 0) and gain (bit 9).
    processing.u16(0).u8({2, 0x01, 0x02, 0});
    Descriptor output{OfClass, 0x03, 3};
    output.u16(0x0101).u8({0, UvcProcessing, 0});
    return withTotal(join({header.done(), sensor.done(), processing.done(), output.done()}), 5);
}

Bytes streamPart()
{
    Descriptor header{OfClass, 0x01, 2};
    header.u16(0).u8({0x81, 0, 3, 0, 0, 0, 1, 0, 0});
    Descriptor yuyv{OfClass, 0x04, UvcYuyv.index, 1};
    yuyv.text("YUY2").u8({0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71, 16, 1, 0, 0, 0, 0});
    const Descriptor jpeg{OfClass, 0x06, UvcJpeg.index, 1, 1, 1, 0, 0, 0, 0};
    return withTotal(join({header.done(), yuyv.done(), frame(0x05, UvcYuyv), colours(),
                           Descriptor(jpeg).done(), frame(0x07, UvcJpeg), colours()}), 4);
}

} // namespace

Bytes uvcDeviceDescriptor()
{
    Descriptor device{Device};
    device.u16(0x0200).u8({0xEF, 2, 1, 64});
    device.u16(0x1d6b).u16(0x0102).u16(0x0100).u8({1, 2, 3, 1});
    return device.done();
}

Bytes uvcConfigurationDescriptor()
{
    Descriptor configuration{Configuration};
    configuration.u16(0).u8({2, 1, 0, 0x80, 250});
    return withTotal(
        join({configuration.done(),
              Descriptor{Association, 0, 2, Video, Collection, 0, 2}.done(),
              Descriptor{Interface, 0, 0, 0, Video, ControlInterface, 0, 2}.done(), controlPart(),
              Descriptor{Interface, 1, 0, 1, Video, StreamInterface, 0, 0}.done(), streamPart(),
              Descriptor{Endpoint, 0x81, 2}.u16(512).u8({0}).done()}),
        2);
}

} // namespace facetrack::vm
