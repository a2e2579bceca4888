#include "libfacetrack/agent/cool_down.h"

#include <cstdio>

namespace facetrack {

namespace {

constexpr std::chrono::seconds FirstStep{10};
constexpr std::chrono::seconds NextStep{30};
constexpr std::chrono::minutes StepBack{2};
/// From here on a Pi throttles by itself, also where nothing tells so.
constexpr double ThrottlesAt = 85;

} // namespace

int CoolDown::judge(const MachineHealth &health, MonotonicTime now)
{
    m_temperature = health.temperature.value_or(0);
    const bool hot = health.throttled.value_or(false) || m_temperature >= ThrottlesAt;
    if (hot != m_hot) {
        m_hot = hot;
        m_since = now;
    }
    const std::chrono::nanoseconds step = m_stage == 0 ? FirstStep : NextStep;
    if (hot && m_stage < LastStage && now - m_since >= step) {
        ++m_stage;
        m_since = now;
    } else if (!hot && m_stage > 0 && now - m_since >= StepBack) {
        --m_stage;
        m_since = now;
    }
    return m_stage;
}

double CoolDown::limit(double fullFps) const
{
    return m_stage == 0 ? 0 : fullFps / (1 << m_stage);
}

std::string CoolDown::reason() const
{
    if (m_stage == 0)
        return {};
    char words[96];
    std::snprintf(words, sizeof words, "the machine slows itself down%s: stage %d of %d, 1/%d of the frames",
                  m_hot ? "" : " no more, for now", m_stage, LastStage, 1 << m_stage);
    return words;
}

} // namespace facetrack
