#include "uvc_controls.h"

#include <algorithm>
#include <cstdio>

namespace facetrack::vm {

namespace {

using Bytes = std::vector<std::uint8_t>;

// Requests of the video class.
constexpr std::uint8_t SetCurrent = 0x01, Current = 0x81, Least = 0x82, Most = 0x83, Step = 0x84,
                       Length = 0x85, Info = 0x86, Usual = 0x87;
constexpr std::uint8_t Probe = 1, Commit = 2;
constexpr std::size_t OfferBytes = 26; // of UVC 1.0
constexpr std::uint8_t GetAndSet = 3;

void put(Bytes &bytes, std::size_t at, std::uint32_t value)
{
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

std::uint32_t number(std::span<const std::uint8_t> bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(bytes.size(), 4); ++i)
        value |= std::uint32_t(bytes[i]) << (8 * i);
    return value;
}

Bytes numbered(int value, std::uint8_t bytes)
{
    Bytes made(4);
    put(made, 0, static_cast<std::uint32_t>(value));
    made.resize(bytes);
    return made;
}

} // namespace

std::optional<Bytes> UvcControls::handle(std::uint8_t request, std::uint16_t value, std::uint16_t index,
                                         std::span<const std::uint8_t> data)
{
    const auto selector = static_cast<std::uint8_t>(value >> 8);
    const auto part = static_cast<std::uint8_t>(index >> 8);
    const bool streaming = (index & 0xFF) == 1;
    if (streaming)
        return selector == Probe || selector == Commit ? stream(selector == Commit, request, data)
                                                       : std::nullopt;
    for (Setting &setting : m_settings) {
        if (setting.part == part && setting.selector == selector)
            return set(setting, request, data);
    }
    return {};
}

std::optional<Bytes> UvcControls::set(Setting &setting, std::uint8_t request,
                                      std::span<const std::uint8_t> data)
{
    switch (request) {
    case SetCurrent: {
        const std::uint32_t raw = number(data);
        setting.now = setting.bytes == 2 ? static_cast<std::int16_t>(raw) : static_cast<int>(raw);
        std::printf("set %s %d\n", setting.name, setting.now);
        return Bytes();
    }
    case Current:
        return numbered(setting.now, setting.bytes);
    case Least:
        return numbered(setting.least, setting.bytes);
    case Most:
        return numbered(setting.most, setting.bytes);
    case Step:
        return numbered(setting.step, setting.bytes);
    case Usual:
        return numbered(setting.usual, setting.bytes);
    case Length:
        return numbered(setting.bytes, 2);
    case Info:
        return Bytes{GetAndSet};
    default:
        return {};
    }
}

Bytes UvcControls::offer() const
{
    Bytes bytes(OfferBytes);
    bytes[2] = m_format.index;
    bytes[3] = 1; // its only size
    put(bytes, 4, m_interval);
    put(bytes, 18, m_format.bytes());
    put(bytes, 22, MostPayload);
    return bytes;
}

std::optional<Bytes> UvcControls::stream(bool commit, std::uint8_t request,
                                         std::span<const std::uint8_t> data)
{
    switch (request) {
    case SetCurrent:
        if (data.size() < 8)
            return {};
        m_format = data[2] == UvcJpeg.index ? UvcJpeg : UvcYuyv;
        m_interval = number(data.subspan(4)) <= UvcIntervals.front() ? UvcIntervals.front()
                                                                     : UvcIntervals.back();
        m_committed = m_committed || commit;
        return Bytes();
    case Current:
    case Least:
    case Most:
    case Usual:
        return offer();
    case Length:
        return Bytes{OfferBytes, 0};
    case Info:
        return Bytes{GetAndSet};
    default:
        return {};
    }
}

} // namespace facetrack::vm
