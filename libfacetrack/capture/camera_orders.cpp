#include "libfacetrack/capture/camera_orders.h"

#include <algorithm>

namespace facetrack {

namespace {

/// A dim room may cost two frames of three.
constexpr double SlowestInLowLight = 3;

std::optional<double> within(const CameraAbout &about, std::string_view parameter, double value)
{
    const CameraControl *control = about.control(parameter);
    if (!control)
        return {};
    if (control->least >= control->most)
        return value;
    return std::clamp(value, control->least, control->most);
}

void orderExposure(CameraOrders &orders, const CameraTuning &tuning, const CameraAbout &about)
{
    const bool automatic = tuning.exposure == "auto";
    if (about.control("exposure"))
        orders.autoExposure = automatic;
    if (automatic) {
        orders.compensation = within(about, "compensation", tuning.compensation);
        if (about.control("light"))
            orders.longExposure = tuning.light == "low";
        return;
    }
    orders.exposureMs = within(about, "exposure_ms", tuning.exposureMs);
    orders.gain = within(about, "gain", tuning.gain);
}

/// Frame times, shortest first: the camera's rate is between least and most.
void orderRate(CameraOrders &orders, const CameraTuning &tuning, const CameraAbout &about,
               double fps, double limit)
{
    double most = tuning.mostFps > 0 ? tuning.mostFps : fps;
    if (limit > 0 && (most <= 0 || limit < most))
        most = limit;
    if (!about.control("most_fps") || most <= 0)
        return;
    most = *within(about, "most_fps", most);
    double least = tuning.leastFps > 0 ? tuning.leastFps : most;
    if (tuning.leastFps <= 0 && tuning.light == "low" && tuning.exposure == "auto")
        least = most / SlowestInLowLight;
    least = std::min(*within(about, "most_fps", least), most);
    orders.frameMs = std::array{1000 / most, 1000 / least};
}

void orderColour(CameraOrders &orders, const CameraTuning &tuning, const CameraAbout &about)
{
    if (about.control("white_balance"))
        orders.whiteBalance = tuning.whiteBalance;
    const auto red = within(about, "red_gain", tuning.redGain);
    const auto blue = within(about, "blue_gain", tuning.blueGain);
    if (tuning.whiteBalance == "fixed" && red && blue)
        orders.colourGains = std::array{*red, *blue};
}

void orderFocus(CameraOrders &orders, const CameraTuning &tuning, const CameraAbout &about)
{
    if (!about.control("focus"))
        return;
    orders.focus = tuning.focus;
    if (about.control("focus_window"))
        orders.focusWindow = tuning.focusWindow;
    if (tuning.focus == "locked")
        orders.lensPosition = within(about, "lens_position", tuning.lensPosition);
}

} // namespace

CameraOrders cameraOrders(const CameraTuning &tuning, const CameraAbout &about, double fps,
                          double limit)
{
    CameraOrders orders;
    orderExposure(orders, tuning, about);
    orderRate(orders, tuning, about, fps, limit);
    orderColour(orders, tuning, about);
    orderFocus(orders, tuning, about);
    if (about.control("crop"))
        orders.crop = tuning.crop;
    return orders;
}

Turn cameraTurn(const CameraTuning &tuning)
{
    Turn turn;
    if (tuning.rotation == "90")
        turn = {true, true, false};
    else if (tuning.rotation == "180")
        turn = {false, true, true};
    else if (tuning.rotation == "270")
        turn = {true, false, true};
    turn.flipX = turn.flipX != tuning.mirror;
    return turn;
}

bool cameraHas(const CameraAbout &about, std::string_view name)
{
    if (name == "rotation" || name == "mirror")
        return true;
    return about.control(name == "least_fps" ? "most_fps" : name) != nullptr;
}

} // namespace facetrack
