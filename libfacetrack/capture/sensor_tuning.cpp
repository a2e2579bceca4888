#include "libfacetrack/capture/sensor_tuning.h"

#include <array>
#include <cstdlib>
#include <filesystem>

namespace facetrack {

namespace {

/// Where libcamera's packages put them: Pi 5, Pi 4 and older, and before 0.1.
constexpr std::array folders{"/usr/share/libcamera/ipa/rpi/pisp", "/usr/share/libcamera/ipa/rpi/vc4",
                             "/usr/share/libcamera/ipa/raspberrypi"};

} // namespace

Result<void> chooseSensorTuning(const std::string &file)
{
    if (file.empty())
        return {};
    std::error_code failure;
    std::string found;
    if (std::filesystem::is_regular_file(file, failure))
        found = file;
    for (const char *folder : folders) {
        const std::filesystem::path path = std::filesystem::path(folder) / file;
        if (found.empty() && file.find('/') == file.npos
            && std::filesystem::is_regular_file(path, failure))
            found = path.string();
    }
    if (found.empty())
        return fail(ErrorCode::NotFound, "source.tuning_file", "there is no tuning file " + file,
                    "a whole path, or a name in /usr/share/libcamera/ipa/rpi/vc4 or …/pisp");
    ::setenv("LIBCAMERA_RPI_TUNING_FILE", found.c_str(), 1);
    return {};
}

} // namespace facetrack
