#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/camera_picture.h"
#include "libfacetrack/capture/turn.h"
#include "libfacetrack/model/box.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace facetrack {

/// Something that a camera can be told, with the parameter it belongs to.
struct CameraControl
{
    std::string parameter; ///< "gain": the name behind "camera."
    double least = 0;      ///< in the parameter's unit; both 0 where it is no number
    double most = 0;
};

/// A size and kind of picture that a camera offers.
struct CameraMode
{
    std::string format; ///< as libcamera or V4L2 name it
    Size size;
    double fps = 0;          ///< the most; 0: not known
    bool understood = false; ///< whether `format=` takes it
};

/// What is known of a camera.
struct CameraAbout
{
    std::string kind;  ///< "libcamera" or "qtcamera"
    std::string id;    ///< stays the same at the same socket
    std::string model; ///< "imx708", "HD Pro Webcam"
    std::string place; ///< "front", "back", "external" or empty
    std::vector<std::string> devices; ///< /dev/video… that belong to it, where known
    std::vector<CameraMode> modes;
    std::vector<CameraControl> controls;
    std::string trouble; ///< why it cannot be used now: "in use by motion (412)"; else empty

    const CameraControl *control(std::string_view parameter) const
    {
        for (const CameraControl &one : controls) {
            if (one.parameter == parameter)
                return &one;
        }
        return nullptr;
    }
};

/// What a camera is asked for when it starts.
struct CameraRequest
{
    Size size;   ///< as the sensor lies; empty: the camera's own choice
    double fps = 0; ///< 0: the camera's own choice
    std::optional<CameraPixels> pixels;
    bool flipX = false; ///< left and right exchanged by the camera, if it can
    bool flipY = false; ///< top and bottom exchanged by the camera, if it can
    bool reduced = false; ///< the same picture in fewer pixels too, if it can
};

/// What it started with.
struct CameraSetup
{
    Size size;
    std::string format;
    double fps = 0;          ///< 0: not known
    bool flipX = false; ///< done by the camera
    bool flipY = false;
    Size reduced; ///< as the sensor lies; empty: it gives none
};

/// What a camera is told while it runs. What is absent is left as it is.
struct CameraOrders
{
    std::optional<bool> autoExposure;
    std::optional<double> exposureMs;
    std::optional<double> gain;
    std::optional<double> compensation;              ///< stops
    std::optional<bool> longExposure;                ///< the automatic one may take long ones
    std::optional<std::array<double, 2>> frameMs;    ///< shortest and longest time of a frame
    std::optional<std::string> whiteBalance;         ///< a choice of camera.white_balance
    std::optional<std::array<double, 2>> colourGains; ///< red, blue
    std::optional<std::string> focus;                ///< a choice of camera.focus
    std::optional<Box> focusWindow;
    std::optional<double> lensPosition;              ///< dioptres
    std::optional<Box> crop;

    bool operator==(const CameraOrders &) const = default;
};

/// How a frame was taken, as far as the camera tells.
struct CameraActual
{
    std::optional<double> exposureMs;
    std::optional<double> gain;
    std::optional<double> frameMs;
    std::optional<std::array<double, 2>> colourGains;
    std::optional<double> colourTemperature; ///< kelvin
    std::optional<double> lux;
    std::optional<double> lensPosition;      ///< dioptres
    std::optional<double> focusFigure;       ///< larger is sharper
    std::string focusState;                  ///< "scanning", "focused", "failed" or empty
    std::optional<Box> crop;
};

/// Which clock a time stamp is of.
enum class SensorClock { SinceBoot, Monotonic };

/// A frame in the camera's memory. Lent: give it back as soon as it is copied.
struct CameraBuffer
{
    CameraPicture picture;
    std::optional<CameraPicture> reduced; ///< the same in fewer pixels, where it was asked for
    std::optional<std::chrono::nanoseconds> taken;
    SensorClock clock = SensorClock::SinceBoot;
    std::uint64_t sequence = 0; ///< the camera's own count: gaps are lost frames
    CameraActual actual;
    std::uint64_t token = 0; ///< the device's own mark
};

/// A camera that this program holds, behind libcamera, Qt Multimedia or a script. Thread-bound,
/// except that next() returns when its stop token is asked for.
class FACETRACK_EXPORT CameraDevice
{
public:
    virtual ~CameraDevice();

    virtual const CameraAbout &about() const = 0;
    /// Starts anew, also while running. Unsupported names a format that is not understood.
    virtual Result<CameraSetup> start(const CameraRequest &request, const CameraOrders &first) = 0;
    /// From the next frame on that the camera can still be told of.
    virtual void set(const CameraOrders &orders) = 0;
    /// The newest frame; nothing when none came within `limit` or `stop` was requested.
    /// Unavailable when the camera is gone.
    virtual Result<std::optional<CameraBuffer>> next(std::stop_token stop,
                                                     std::chrono::nanoseconds limit) = 0;
    virtual void giveBack(const CameraBuffer &buffer) = 0;
    /// Frames that were thrown away unseen because newer ones came, or that the camera spoiled.
    virtual std::uint64_t dropped() const = 0;
};

} // namespace facetrack
