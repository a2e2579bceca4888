#pragma once
#include "libfacetrack/agent/cool_down.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/config/camera_hours.h"
#include "libfacetrack/pipeline/capture_loop.h"

#include <functional>
#include <thread>

namespace facetrack {

/// Spares the machine: fewer frames while it is hot, none outside opening hours. A thread that
/// looks every second.
class FACETRACK_EXPORT CameraCare
{
public:
    struct Sources
    {
        std::function<MachineHealth()> health;
        /// Opening hours mean nothing while the clock may be wrong: then it stays open.
        std::function<bool()> clockTrusted;
    };

    /// `capture` and `clock` outlive this. `also` is what else is to be looked after each second.
    CameraCare(const AgentConfig::Source &config, Sources sources, CaptureLoop &capture,
               const Clock &clock, std::function<void()> also = {});
    ~CameraCare();

    void start();
    /// The thread's work, once; for tests.
    void look();

private:
    void keepHours();
    void coolDown();

    const bool m_cools;
    const CameraHours m_hours;
    const Sources m_sources;
    CaptureLoop &m_capture;
    const Clock &m_clock;
    const std::function<void()> m_also;
    CoolDown m_coolDown;
    int m_stage = 0;
    std::jthread m_thread;
};

} // namespace facetrack
