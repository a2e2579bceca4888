#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/health/machine_health.h"

#include <chrono>
#include <string>

namespace facetrack {

/// Decides how many frames a machine should take that slows itself down: all, a half, a quarter or
/// an eighth. A stage lower after 10 s of throttling and after each further 30 s of it; a stage
/// higher after two minutes without. Reads no clock. Thread-bound.
class FACETRACK_EXPORT CoolDown
{
public:
    static constexpr int LastStage = 3;

    /// The stage from now on, 0 is all frames.
    int judge(const MachineHealth &health, MonotonicTime now);
    /// What a rate becomes at the present stage; 0 (no limit) at stage 0.
    double limit(double fullFps) const;
    /// In words, with the stage; empty at stage 0.
    std::string reason() const;

private:
    int m_stage = 0;
    bool m_hot = false;
    double m_temperature = 0; ///< 0: not known
    MonotonicTime m_since{0}; ///< of the present state of heat, or of the last step
};

} // namespace facetrack
