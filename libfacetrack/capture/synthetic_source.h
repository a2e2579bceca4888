#pragma once
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/capture/delivery.h"

#include <cstdint>
#include <memory>

namespace facetrack {

/// `synthetic:SCENE[?seed=1][&people=4][&fps=30][&frames=N][&freeze_after=N][&rate=native|max]`: a drawn scene, the
/// same for the same seed on every machine. Scenes: `booth` (people come and go; `truth` of
/// BoothScene says where), `still` (the same place with nobody in it, and every frame
/// the same). `size` is what it is drawn
/// at, 1088x720 where absent; `fit` means nothing here. `freeze_after`: from that frame on none comes
/// any more and next() waits, as with a camera that hangs; to try what then happens.
///
/// A frame's sequence is its index in the scene. In RealTime a consumer that is late by more than
/// a frame misses the frames in between, as with a camera, so that the scene keeps its own time.
/// Thread-bound.
class SyntheticSource final : public CaptureSource
{
public:
    static SourceKind kind();

    /// InvalidArgument for an unknown scene or option.
    static Result<std::unique_ptr<CaptureSource>> open(const SourceUrl &url, Pacing pacing,
                                                       const Clock &clock);

    Result<FramePtr> next(std::stop_token stop) override;
    double nominalFps() const override { return m_fps; }
    /// True unless `frames` ends it.
    bool isLive() const override { return m_ends.frames == 0; }
    std::uint64_t expectedFrames() const override { return m_ends.frames; }

private:
    /// Frames until it ends and until it freezes; 0 is never.
    struct Ends
    {
        std::uint64_t frames = 0;
        std::uint64_t freezeAfter = 0;
    };

    SyntheticSource(const BoothOptions &options, bool still, Ends ends, Pacing pacing,
                    std::string_view rate, const Clock &clock);

    std::chrono::nanoseconds timeOf(std::uint64_t index) const;
    void skipOverdue();
    static void freeze(std::stop_token stop);
    FrameBuilder draw(std::uint64_t index);

    BoothScene m_scene;
    const Size m_size;
    const double m_fps;
    const bool m_still;
    const Ends m_ends;
    FramePtr m_stillFrame;        ///< drawn once
    Delivery m_delivery;
    std::uint64_t m_nextIndex = 0;
    bool m_begun = false;
};

} // namespace facetrack
