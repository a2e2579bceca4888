#pragma once
#include <array>
#include <cstdint>
#include <vector>

namespace facetrack::vm {

/// One format of the virtual camera, by the number that the host commits to.
struct UvcFormat
{
    std::uint8_t index;
    std::uint16_t width;
    std::uint16_t height;
    bool jpeg;
    std::uint32_t bytes() const { return std::uint32_t(width) * height * 2; } ///< at most a frame
};
inline constexpr UvcFormat UvcYuyv{1, 640, 360, false};
inline constexpr UvcFormat UvcJpeg{2, 1280, 720, true};

/// Frame times, in units of 100 ns, longest last.
inline constexpr std::array<std::uint32_t, 2> UvcIntervals{10'000'000 / 30, 10'000'000 / 5};

// The parts of the camera, as its descriptors number them.
inline constexpr std::uint8_t UvcSensor = 1;     ///< camera terminal: exposure
inline constexpr std::uint8_t UvcProcessing = 2; ///< processing unit: brightness, gain

/// What the device says of itself: USB 2.0, one configuration, UVC 1.0 with a bulk endpoint.
std::vector<std::uint8_t> uvcDeviceDescriptor();
std::vector<std::uint8_t> uvcConfigurationDescriptor();

} // namespace facetrack::vm
