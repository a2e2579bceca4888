#include "libfacetrack/agent/camera_figures.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::ordered_json;

template<typename T>
void put(Json &json, const char *name, const std::optional<T> &value)
{
    if (value)
        json[name] = *value;
}

void put(Json &json, const char *name, const std::optional<Box> &box)
{
    if (box)
        json[name] = {box->x, box->y, box->w, box->h};
}

void putRate(Json &json, const char *name, double milliseconds)
{
    if (milliseconds > 0)
        json[name] = 1000 / milliseconds;
}

void putGains(Json &json, const std::optional<std::array<double, 2>> &gains)
{
    if (!gains)
        return;
    json["red_gain"] = (*gains)[0];
    json["blue_gain"] = (*gains)[1];
}

Json toJson(const CameraOrders &asked)
{
    Json json = Json::object();
    if (asked.autoExposure)
        json["exposure"] = *asked.autoExposure ? "auto" : "fixed";
    put(json, "exposure_ms", asked.exposureMs);
    put(json, "gain", asked.gain);
    put(json, "compensation", asked.compensation);
    if (asked.longExposure)
        json["light"] = *asked.longExposure ? "low" : "normal";
    if (asked.frameMs) {
        putRate(json, "most_fps", (*asked.frameMs)[0]);
        putRate(json, "least_fps", (*asked.frameMs)[1]);
    }
    put(json, "white_balance", asked.whiteBalance);
    putGains(json, asked.colourGains);
    put(json, "focus", asked.focus);
    put(json, "focus_window", asked.focusWindow);
    put(json, "lens_position", asked.lensPosition);
    put(json, "crop", asked.crop);
    return json;
}

Json toJson(const CameraActual &actual)
{
    Json json = Json::object();
    put(json, "exposure_ms", actual.exposureMs);
    put(json, "gain", actual.gain);
    putRate(json, "fps", actual.frameMs.value_or(0));
    putGains(json, actual.colourGains);
    put(json, "colour_temperature", actual.colourTemperature);
    put(json, "lux", actual.lux);
    put(json, "lens_position", actual.lensPosition);
    put(json, "focus_figure", actual.focusFigure);
    if (!actual.focusState.empty())
        json["focus_state"] = actual.focusState;
    put(json, "crop", actual.crop);
    return json;
}

} // namespace

Json cameraJson(const CameraReport &report)
{
    Json controls = Json::array();
    for (const CameraControl &control : report.about.controls)
        controls.push_back(control.parameter);
    Json json{{"kind", report.about.kind},
              {"id", report.about.id},
              {"model", report.about.model},
              {"format", report.setup.format},
              {"width", report.setup.size.width},
              {"height", report.setup.size.height},
              {"controls", controls},
              {"asked", toJson(report.asked)},
              {"actual", toJson(report.actual)},
              {"sensor_time", report.sensorTime},
              {"frames", report.delivered},
              {"dropped", report.dropped},
              {"missed", report.missed},
              {"thinned", report.thinned},
              {"damaged", report.damaged}};
    if (const Size &reduced = report.setup.reduced; !reduced.empty())
        json["reduced"] = {{"width", reduced.width}, {"height", reduced.height}};
    return json;
}

Json cameraJson(const CameraAbout &about)
{
    Json modes = Json::array();
    for (const CameraMode &mode : about.modes) {
        modes.push_back({{"format", mode.format},
                         {"width", mode.size.width},
                         {"height", mode.size.height},
                         {"understood", mode.understood}});
        if (mode.fps > 0)
            modes.back()["fps"] = mode.fps;
    }
    Json controls = Json::array();
    for (const CameraControl &control : about.controls) {
        controls.push_back({{"parameter", "camera." + control.parameter}});
        if (control.least < control.most) {
            controls.back()["least"] = control.least;
            controls.back()["most"] = control.most;
        }
    }
    return {{"kind", about.kind},   {"id", about.id},           {"model", about.model},
            {"place", about.place}, {"devices", about.devices}, {"trouble", about.trouble},
            {"modes", modes},       {"controls", controls}};
}

} // namespace facetrack
