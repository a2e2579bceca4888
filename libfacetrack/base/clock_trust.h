#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/clock_probe.h"
#include "libfacetrack/base/export.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace facetrack {

/// When to believe the machine's clock.
enum class TrustRule {
    Auto,   ///< on evidence
    Always, ///< whenever it shows a time that can be
    Never,
};

/// Whether the clock is right just now, and what to make of it.
struct ClockVerdict
{
    bool trusted = false;
    /// UTC − time since boot: as the clock says when trusted, else the best guess.
    std::chrono::nanoseconds offset{0};
    std::string reason; ///< in words
};

/// Decides whether a clock can be trusted. A clock is trusted on the kernel's or systemd-timesyncd's
/// word, in a virtual machine without a time client of its own, and as long as it goes on undisturbed
/// since it was trusted in this boot. One that shows a day before this program was built is wrong;
/// one that was set is doubted until there is new evidence. Not thread-safe.
class FACETRACK_EXPORT ClockTrust
{
public:
    /// A step of the clock up to this is taken as its being steered.
    static constexpr std::chrono::milliseconds tolerance{500};

    /// `earliest`: the clock is wrong below this.
    ClockTrust(TrustRule rule, UtcTime earliest) : m_rule(rule), m_earliest(earliest) {}

    /// The clock was right earlier in this boot, with this UTC − time since boot.
    void remember(std::chrono::nanoseconds offset) { m_known = offset; }
    /// No guess is below this: what was recorded before was earlier.
    void setFloor(UtcTime floor) { m_floor = floor; }

    ClockVerdict judge(UtcTime utc, MonotonicTime sinceBoot, const ClockEvidence &evidence);

private:
    bool isUndisturbed(std::chrono::nanoseconds offset) const;
    std::string whyTrusted(const ClockEvidence &evidence, std::chrono::nanoseconds offset);
    std::string whyNot(UtcTime utc, const ClockEvidence &evidence) const;
    std::chrono::nanoseconds guess(UtcTime utc, std::chrono::nanoseconds offset);

    const TrustRule m_rule;
    const UtcTime m_earliest;
    UtcTime m_floor{0};
    std::optional<std::chrono::nanoseconds> m_known; ///< offset when it was trusted last
    std::optional<std::int64_t> m_markSeen;          ///< of timesyncd, while trusted
    std::optional<std::chrono::nanoseconds> m_floorOffset;
};

} // namespace facetrack
