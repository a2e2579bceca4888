#include "agentd/commands.h"
#include "libfacetrack/agent/camera_figures.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/capture/camera_kinds.h"

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

void sayModes(const CameraAbout &camera)
{
    std::map<std::string, std::string> byFormat;
    for (const CameraMode &mode : camera.modes) {
        std::string &sizes = byFormat[mode.format + (mode.understood ? "" : " (not understood)")];
        char size[48];
        std::snprintf(size, sizeof size, mode.fps > 0 ? " %dx%d@%.0f" : " %dx%d", mode.size.width,
                      mode.size.height, mode.fps);
        sizes += size;
    }
    for (const auto &[format, sizes] : byFormat)
        std::printf("    %s:%s\n", format.c_str(), sizes.c_str());
}

void say(const CameraAbout &camera, std::size_t index)
{
    std::printf("%s:%zu  %s%s%s\n    id %s\n", camera.kind.c_str(), index, camera.model.c_str(),
                camera.place.empty() ? "" : ", ", camera.place.c_str(), camera.id.c_str());
    if (!camera.trouble.empty())
        std::printf("    %s\n", camera.trouble.c_str());
    sayModes(camera);
    for (const CameraControl &control : camera.controls) {
        std::printf("    camera.%s", control.parameter.c_str());
        if (control.least < control.most)
            std::printf(" %g..%g", control.least, control.most);
        std::printf("\n");
    }
}

} // namespace

int camerasCommand(bool json)
{
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    nlohmann::ordered_json troubles = nlohmann::ordered_json::array();
    for (const CameraKind &kind : cameraKinds()) {
        const auto list = kind.list();
        if (!list) {
            troubles.push_back({{"kind", kind.name}, {"reason", describe(list.error())}});
            if (!json)
                std::printf("%s: %s\n", std::string(kind.name).c_str(), describe(list.error()).c_str());
            continue;
        }
        for (std::size_t i = 0; i < list->size(); ++i) {
            all.push_back(cameraJson((*list)[i]));
            if (!json)
                say((*list)[i], i);
        }
        if (list->empty() && !json)
            std::printf("%s: no camera\n", std::string(kind.name).c_str());
    }
    if (json)
        std::printf("%s\n", jsonText(nlohmann::ordered_json{{"cameras", all}, {"unavailable", troubles}}).c_str());
    return 0;
}

} // namespace facetrack
