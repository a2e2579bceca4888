#pragma once
#include "libfacetrack/agent/tuning_control.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/capture/camera_link.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace facetrack {

/// Keeps what `camera.focus = "once"` found: as soon as the lens has come to rest and the picture is sharp
/// the setting becomes "locked" at this lens position, which is the same after the next start. One thread
/// looks, every second or so.
class FACETRACK_EXPORT FocusMemory
{
public:
    /// `tuning` outlives this. `report` is the camera's, nothing while there is none.
    FocusMemory(TuningControl &tuning, std::function<std::optional<CameraReport>()> report);

    void look();

private:
    std::optional<double> sharpAt() const;

    TuningControl &m_tuning;
    const std::function<std::optional<CameraReport>()> m_report;
    std::uint32_t m_revision = 0;
    std::optional<double> m_position; ///< at the look before, sharp by then too
};

} // namespace facetrack
