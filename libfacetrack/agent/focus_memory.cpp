#include "libfacetrack/agent/focus_memory.h"

#include "libfacetrack/base/log.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace facetrack {

FocusMemory::FocusMemory(TuningControl &tuning, std::function<std::optional<CameraReport>()> report)
    : m_tuning(tuning), m_report(std::move(report))
{
}

std::optional<double> FocusMemory::sharpAt() const
{
    const auto report = m_report();
    if (!report || report->asked.focus != "once" || report->actual.focusState != "focused")
        return {};
    return report->actual.lensPosition;
}

void FocusMemory::look()
{
    const auto current = m_tuning.live().current();
    const bool sameAsBefore = std::exchange(m_revision, current->revision) == current->revision;
    // The first frames after an order are still those of before it: two looks must agree.
    const std::optional<double> position = current->tuning.camera.focus == "once" ? sharpAt() : std::nullopt;
    const auto before = std::exchange(m_position, position);
    if (!sameAsBefore || !position || !before || std::abs(*position - *before) > 0.05)
        return;
    TuningOrder order;
    order.who = "camera";
    order.cause = "focused";
    order.condition = [revision = current->revision](std::uint32_t now) { return now == revision; };
    const double rounded = std::round(*position * 100) / 100;
    const auto kept = m_tuning.patch({{"camera", {{"focus", "locked"}, {"lens_position", rounded}}}}, order);
    m_position.reset();
    if (kept)
        qCInfo(lcAgent, "sharp at %.2f dioptres, where the lens stays from now on", rounded);
}

} // namespace facetrack
