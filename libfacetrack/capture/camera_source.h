#pragma once
#include "libfacetrack/capture/camera_device.h"
#include "libfacetrack/capture/camera_link.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/capture/rate_limit.h"

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace facetrack {

/// A camera as a source, whatever drives it: sets it as the CameraLink wishes, copies each frame
/// once and gives the camera's memory back at once. Thread-bound.
///
/// Options that all cameras take: `size`, `fps`, `format`, and `range=auto|full|limited` for
/// cameras that do not tell how bright white is.
class FACETRACK_EXPORT CameraSource final : public CaptureSource
{
public:
    struct Wanted
    {
        std::string url; ///< for messages
        Size size;       ///< upright; empty is the camera's own
        double fps = 0;
        std::optional<CameraPixels> pixels;
        std::optional<bool> limitedRange;
    };
    /// Reads the options that all cameras take and refuses others than these and `own`.
    static Result<Wanted> wanted(const SourceUrl &url, std::set<std::string> own = {});

    CameraSource(std::unique_ptr<CameraDevice> device, Wanted wanted, const Clock &clock);
    ~CameraSource() override;

    void attach(std::shared_ptr<CameraLink> link) override { m_link = std::move(link); }
    Result<FramePtr> next(std::stop_token stop) override;
    double nominalFps() const override { return m_report.setup.fps; }
    bool isLive() const override { return true; }

private:
    Result<void> follow();
    Result<void> start(const Turn &turn, const CameraOrders &orders, bool reduced);
    Result<std::optional<FrameBuilder>> copy(const CameraBuffer &buffer, MonotonicTime when);
    Result<FramePtr> take(const CameraBuffer &buffer);
    void tell(const CameraBuffer &buffer);

    const Wanted m_wanted;
    const Clock &m_clock;
    std::unique_ptr<CameraDevice> m_device;
    std::shared_ptr<CameraLink> m_link;
    std::optional<std::uint64_t> m_followed; ///< number of the wish that is in force
    Turn m_turn;                             ///< all in all
    Turn m_rest;                             ///< what the camera does not do itself
    bool m_asksReduced = false;
    std::optional<CameraConverter> m_converter;
    std::optional<CameraConverter> m_reducer; ///< where the camera gives fewer pixels beside
    RateLimit m_limit;
    CameraReport m_report;
    std::uint64_t m_sequence = 0;
    std::optional<std::uint64_t> m_lastCount; ///< of the camera
    int m_damagedInARow = 0;
};

} // namespace facetrack
