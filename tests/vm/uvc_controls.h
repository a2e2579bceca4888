#pragma once
#include "uvc_descriptors.h"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace facetrack::vm {

/// What a UVC camera can be asked and told: its settings, and the bargaining about the stream.
class UvcControls
{
public:
    /// The answer to a class request; nothing is a stall, an empty one accepts `data`.
    std::optional<std::vector<std::uint8_t>> handle(std::uint8_t request, std::uint16_t value,
                                                    std::uint16_t index,
                                                    std::span<const std::uint8_t> data);

    /// True once after the host committed to a format: it wants pictures from now on.
    bool takeCommit() { return std::exchange(m_committed, false); }
    const UvcFormat &format() const { return m_format; }
    std::uint32_t interval() const { return m_interval; } ///< units of 100 ns
    static constexpr std::uint32_t MostPayload = 16384;

private:
    struct Setting
    {
        const char *name;
        std::uint8_t part;
        std::uint8_t selector;
        std::uint8_t bytes;
        int least, most, step, usual;
        int now;
    };
    std::optional<std::vector<std::uint8_t>> set(Setting &setting, std::uint8_t request,
                                                 std::span<const std::uint8_t> data);
    std::optional<std::vector<std::uint8_t>> stream(bool commit, std::uint8_t request,
                                                    std::span<const std::uint8_t> data);
    std::vector<std::uint8_t> offer() const;

    // Exposure in 100 us; its modes are bits: 1 by hand, 8 automatic, and the step says which there are.
    std::vector<Setting> m_settings{
        {"exposure_mode", UvcSensor, 0x02, 1, 1, 8, 9, 8, 8},
        {"exposure", UvcSensor, 0x04, 4, 1, 2000, 1, 150, 150},
        {"brightness", UvcProcessing, 0x02, 2, -64, 64, 1, 0, 0},
        {"gain", UvcProcessing, 0x04, 2, 1, 16, 1, 2, 2},
    };
    UvcFormat m_format = UvcYuyv;
    std::uint32_t m_interval = UvcIntervals.front();
    bool m_committed = false;
};

} // namespace facetrack::vm
