#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/capture/camera_device.h"
#include "libfacetrack/config/tuning.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace facetrack {

/// How a camera is doing; of the one that is open, or was last.
struct CameraReport
{
    CameraAbout about;
    CameraSetup setup;
    CameraOrders asked;  ///< of it, after its limits
    CameraActual actual; ///< of the newest frame
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;    ///< came, but a newer one was there already, or spoiled
    std::uint64_t missed = 0;     ///< gaps in the camera's own count
    std::uint64_t thinned = 0;    ///< left out to keep the rate limit
    std::uint64_t damaged = 0;    ///< could not be made a frame of
    bool sensorTime = false;      ///< frames bear the sensor's own times
};

/// What an agent and the camera it reads tell one another. It outlives each opening of the camera,
/// so that a camera which was away is set as before. Thread-safe.
class FACETRACK_EXPORT CameraLink
{
public:
    /// A camera without a frame for `patience` is to be opened again.
    explicit CameraLink(std::chrono::nanoseconds patience = std::chrono::seconds(15))
        : m_patience(patience) {}

    /// What is wanted of the camera, and a number that grows with each wish.
    struct Wish
    {
        CameraTuning tuning;
        double rateLimit = 0; ///< fps, 0 is none
        bool reduced = false; ///< frames in fewer pixels beside the others, if the camera can
        std::uint64_t number = 0;
    };

    void tune(const CameraTuning &tuning);
    void limitRate(double fps);
    void wantReduced(bool wanted);
    Wish wish() const;
    std::chrono::nanoseconds patience() const { return m_patience; }

    void report(CameraReport report);
    /// Nothing while no camera was opened.
    std::optional<CameraReport> report() const;

private:
    const std::chrono::nanoseconds m_patience;
    mutable std::mutex m_mutex; // guards the two below
    Wish m_wish;
    std::optional<CameraReport> m_report;
};

} // namespace facetrack
