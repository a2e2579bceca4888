#include "libfacetrack/capture/camera_plugin.h"

#include <dlfcn.h>
#include <filesystem>

namespace facetrack {

namespace {

std::filesystem::path ownFolder()
{
    Dl_info info{};
    if (::dladdr(reinterpret_cast<void *>(&loadCameraPlugin), &info) == 0 || !info.dli_fname)
        return {};
    std::error_code failure;
    return std::filesystem::canonical(info.dli_fname, failure).parent_path();
}

} // namespace

Result<const CameraPlugin *> loadCameraPlugin(const std::string &name)
{
    const std::filesystem::path file = ownFolder() / "facetrack" / ("libfacetrack-" + name + ".so");
    std::error_code failure;
    if (!std::filesystem::exists(file, failure))
        return fail(ErrorCode::Unsupported, name, "this machine is without " + file.filename().string(),
                    "install the package with Qt Multimedia cameras, or build with qt6-multimedia-dev");
    // It stays: what is open from it cannot outlive it.
    void *const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return fail(ErrorCode::Unsupported, name, std::string("it cannot be loaded: ") + ::dlerror());
    using Entry = const CameraPlugin *();
    auto *const entry = reinterpret_cast<Entry *>(::dlsym(library, "facetrackCameraPlugin"));
    const CameraPlugin *const plugin = entry ? entry() : nullptr;
    if (!plugin || plugin->interface != CameraPlugin::Interface)
        return fail(ErrorCode::Unsupported, name, file.string() + " is of another version",
                    "install both from the same packages");
    return plugin;
}

} // namespace facetrack
