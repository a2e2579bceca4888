#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/source_url.h"
#include "libfacetrack/model/frame.h"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

class CameraLink;

/// How fast a recorded or drawn source delivers.
enum class Pacing {
    RealTime,  ///< at its own frame rate, as a camera would (`?rate=max` overrides it)
    AsFastAsPossible, ///< for `analyze`: no waiting
};

/// Where pictures come from. Thread-bound: one thread opens and reads it.
/// Delivers full-range I420 (or grey, for cameras that see no colour).
class FACETRACK_EXPORT CaptureSource
{
public:
    virtual ~CaptureSource();

    /// Waits for the next frame. A null pointer means the source ended (a file's last frame)
    /// or `stop` was requested. An Error with code Unavailable may pass by itself, others do not.
    virtual Result<FramePtr> next(std::stop_token stop) = 0;

    /// Frames per second that the source intends to deliver; 0 where it cannot be known.
    virtual double nominalFps() const = 0;

    /// What the agent wants of a camera and is told of it; before the first next(). Others than
    /// cameras have no use for it.
    virtual void attach(std::shared_ptr<CameraLink> link);

    /// True for cameras: it never ends by itself and is opened again when it fails.
    virtual bool isLive() const { return false; }

    /// True where consecutive frames have nothing to do with each other (`images:`).
    virtual bool isUnrelatedPictures() const { return false; }

    /// How many frames there will be; 0 where it cannot be known (for progress bars).
    virtual std::uint64_t expectedFrames() const { return 0; }
};

/// A kind of source: its URL scheme, one line for people, and how to open it.
struct SourceKind
{
    std::string_view scheme; ///< e.g. "file"
    std::string_view usage;  ///< e.g. "file:PATH[?loop=1][&rate=native|max]"
    std::string_view about;  ///< one sentence
    Result<std::unique_ptr<CaptureSource>> (*open)(const SourceUrl &url, Pacing pacing,
                                                   const Clock &clock);
};

/// All kinds that this build has; listed in one place, source_kinds.cpp.
FACETRACK_EXPORT const std::vector<SourceKind> &sourceKinds();

/// Opens the source that `url` names. InvalidArgument for an unknown scheme or option,
/// otherwise as the source says.
FACETRACK_EXPORT Result<std::unique_ptr<CaptureSource>>
openSource(std::string_view url, Pacing pacing, const Clock &clock = SystemClock::instance());

} // namespace facetrack
