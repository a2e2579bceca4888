#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

/// Hours of a week, such as "mon-fri 9:00-18:00, sat 10:00-14:00". Without days they are of every
/// day; hours that end before they begin go past midnight. Empty is always. A value.
class FACETRACK_EXPORT CameraHours
{
public:
    static constexpr int MinutesOfDay = 24 * 60;
    static constexpr int MinutesOfWeek = 7 * MinutesOfDay;

    /// Nothing for what is no such text.
    static std::optional<CameraHours> parse(std::string_view text);

    /// `minute` counts from Monday 0:00, below MinutesOfWeek.
    bool isOpen(int minute) const;
    /// When it changes next, as "mon 9:00"; empty when it never does.
    std::string nextChange(int minute) const;

private:
    std::vector<std::array<int, 2>> m_spans; ///< minutes of the week, from (with) to (without)
};

/// Minute of the week in this machine's own time zone.
FACETRACK_EXPORT int localMinuteOfWeek(UtcTime utc);

} // namespace facetrack
