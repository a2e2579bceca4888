#include "libfacetrack/agent/camera_care.h"

#include "libfacetrack/base/log.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace facetrack {

namespace {

/// Where a source does not say how many frames it gives.
constexpr double UsualFps = 30;

} // namespace

CameraCare::CameraCare(const AgentConfig::Source &config, Sources sources, CaptureLoop &capture,
                       const Clock &clock, std::function<void()> also)
    : m_cools(config.coolDown),
      m_hours(CameraHours::parse(config.openingHours).value_or(CameraHours())),
      m_sources(std::move(sources)), m_capture(capture), m_clock(clock), m_also(std::move(also))
{
}

CameraCare::~CameraCare()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void CameraCare::start()
{
    look(); // before the camera is opened for nothing
    m_thread = std::jthread([this](std::stop_token stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        while (!never.wait_for(lock, stop, std::chrono::seconds(1), [&] { return stop.stop_requested(); }))
            look();
    });
}

void CameraCare::look()
{
    keepHours();
    if (m_cools)
        coolDown();
    if (m_also)
        m_also();
}

void CameraCare::keepHours()
{
    const int minute = localMinuteOfWeek(m_clock.utc());
    const bool open = m_hours.isOpen(minute) || !m_sources.clockTrusted();
    m_capture.rest(open ? std::string()
                        : "outside opening hours, until " + m_hours.nextChange(minute));
}

void CameraCare::coolDown()
{
    const int stage = m_coolDown.judge(m_sources.health(), m_clock.monotonic());
    const double nominal = m_capture.state().nominalFps;
    m_capture.limitRate(m_coolDown.limit(nominal > 0 ? nominal : UsualFps), m_coolDown.reason());
    if (stage == m_stage)
        return;
    if (stage > m_stage)
        qCWarning(lcAgent, "%s", m_coolDown.reason().c_str());
    else
        qCInfo(lcAgent, "cooler again: 1/%d of the frames", 1 << stage);
    m_stage = stage;
}

} // namespace facetrack
