#include "libfacetrack/base/clock_trust.h"

#include <algorithm>
#include <ctime>

namespace facetrack {

namespace {

/// Offsets are read in whole milliseconds of UTC: smaller changes are rounding.
constexpr std::chrono::milliseconds rounding{2};

std::string day(UtcTime utc)
{
    const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(utc).count();
    std::tm parts{};
    char text[32] = "?";
    if (::gmtime_r(&seconds, &parts))
        std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return text;
}

} // namespace

ClockVerdict ClockTrust::judge(UtcTime utc, MonotonicTime sinceBoot, const ClockEvidence &evidence)
{
    const std::chrono::nanoseconds offset = utc - sinceBoot;
    ClockVerdict verdict;
    const bool possible = m_rule != TrustRule::Never && utc >= m_earliest;
    if (possible)
        verdict.reason = whyTrusted(evidence, offset);
    verdict.trusted = !verdict.reason.empty();
    if (!verdict.trusted) {
        verdict.reason = whyNot(utc, evidence);
        verdict.offset = guess(utc, offset);
        return verdict;
    }
    // Kept where it only seems to move, so that times do not tremble.
    if (!m_known || std::chrono::abs(offset - *m_known) > rounding)
        m_known = offset;
    m_markSeen = evidence.timesyncMark;
    verdict.offset = *m_known;
    return verdict;
}

bool ClockTrust::isUndisturbed(std::chrono::nanoseconds offset) const
{
    return m_known && std::chrono::abs(offset - *m_known) <= tolerance;
}

std::string ClockTrust::whyTrusted(const ClockEvidence &evidence, std::chrono::nanoseconds offset)
{
    if (m_rule == TrustRule::Always)
        return "by the setting time.trust";
    if (evidence.kernelSynchronized.value_or(false))
        return "the kernel says that it is synchronised";
    // That mark stays when someone sets the clock: then only a newer one counts.
    if (evidence.timesyncMark && (isUndisturbed(offset) || evidence.timesyncMark != m_markSeen))
        return "systemd-timesyncd has synchronised it";
    if (isUndisturbed(offset))
        return "undisturbed since it was right";
    if (evidence.timeClient)
        return {};
    if (evidence.virtualMachine)
        return "a virtual machine's, kept by its host";
    if (!evidence.kernelSynchronized)
        return "in a sandbox where nothing more can be known";
    return {};
}

std::string ClockTrust::whyNot(UtcTime utc, const ClockEvidence &evidence) const
{
    if (m_rule == TrustRule::Never)
        return "by the setting time.trust";
    if (utc < m_earliest)
        return "it shows " + day(utc) + ", before this program was built";
    if (m_known)
        return "it was set, and nothing has confirmed it since";
    if (evidence.timeClient)
        return "not synchronised yet";
    return "nothing on this machine says that it is right";
}

std::chrono::nanoseconds ClockTrust::guess(UtcTime utc, std::chrono::nanoseconds offset)
{
    if (m_known)
        return *m_known;
    const UtcTime floor = std::max(m_floor, m_earliest);
    if (utc >= floor)
        return offset;
    // Once for all, so that rows of a clock before its time keep their distances.
    if (!m_floorOffset)
        m_floorOffset = floor;
    return *m_floorOffset;
}

} // namespace facetrack
