#include "libfacetrack/capture/camera_kinds.h"

#include "libfacetrack/capture/camera_plugin.h"
#include "libfacetrack/capture/camera_source.h"

#ifndef FACETRACK_HAS_LIBCAMERA
#define FACETRACK_HAS_LIBCAMERA 0
#endif
#if FACETRACK_HAS_LIBCAMERA
#include "libfacetrack/capture/libcamera_device.h"
#endif

namespace facetrack {

namespace {

#if !FACETRACK_HAS_LIBCAMERA
tl::unexpected<Error> withoutLibcamera()
{
    return fail(ErrorCode::Unsupported, "libcamera", "this build is without libcamera",
                "install libcamera-dev and build again, or use qtcamera: for USB cameras");
}

Result<std::vector<CameraAbout>> listLibcamera()
{
    return withoutLibcamera();
}

Result<std::unique_ptr<CameraDevice>> openLibcamera(const std::string &)
{
    return withoutLibcamera();
}
#endif

Result<std::vector<CameraAbout>> listQtCameras()
{
    const auto plugin = loadCameraPlugin("qtcamera");
    if (!plugin)
        return tl::unexpected(plugin.error());
    return (*plugin)->list();
}

Result<std::unique_ptr<CameraDevice>> openQtCamera(const std::string &which)
{
    const auto plugin = loadCameraPlugin("qtcamera");
    if (!plugin)
        return tl::unexpected(plugin.error());
    return (*plugin)->open(which);
}

const CameraKind *kindNamed(std::string_view name)
{
    for (const CameraKind &kind : cameraKinds()) {
        if (kind.name == name)
            return &kind;
    }
    return nullptr;
}

Result<std::unique_ptr<CaptureSource>> openCamera(const SourceUrl &url, Pacing, const Clock &clock)
{
    const auto wanted = CameraSource::wanted(url);
    if (!wanted)
        return tl::unexpected(wanted.error());
    auto device = kindNamed(url.scheme)->open(url.path);
    if (!device)
        return tl::unexpected(device.error());
    return std::make_unique<CameraSource>(std::move(*device), *wanted, clock);
}

} // namespace

const std::vector<CameraKind> &cameraKinds()
{
    // A new kind is one line here, and its own file.
    static const std::vector<CameraKind> kinds{
        {"libcamera", listLibcamera, openLibcamera},
        {"qtcamera", listQtCameras, openQtCamera},
    };
    return kinds;
}

SourceKind libcameraKind()
{
    return {"libcamera", "libcamera:[INDEX|ID|MODEL][?size=WxH][&fps=N][&format=YUV420][&range=auto]",
            "A Raspberry Pi's camera, or any other that libcamera drives.", openCamera};
}

SourceKind qtcameraKind()
{
    return {"qtcamera", "qtcamera:[INDEX|DEVICE|NAME][?size=WxH][&fps=N][&format=YUYV][&range=auto]",
            "A USB camera, by Qt Multimedia.", openCamera};
}

} // namespace facetrack
