#include "libfacetrack/analytics/journal_counts.h"

#include <algorithm>

namespace facetrack {

namespace {

constexpr Minute stride = 6 * 60; // so that a stop does not wait for a whole month
constexpr std::int64_t minuteMs = 60'000;

/// An agent that was restarted has several runs in one minute: they are one.
void add(Figures &to, const MinuteCount &count)
{
    to.minutes = 1;
    to.observations += count.observations;
    to.detections += count.faces;
    to.visits += count.visits;
    to.means = to.observations == 0
                   ? 0
                   : static_cast<double>(to.detections) / static_cast<double>(to.observations);
}

} // namespace

Result<JournalCounts> countJournal(const Journal &journal, Span span, const std::string &agent,
                                   std::stop_token stop)
{
    JournalCounts counts{span, {}};
    for (Minute from = span.from; from < span.to; from += stride) {
        if (stop.stop_requested())
            return fail(ErrorCode::Unavailable, "journal", "the agent is ending");
        const Minute to = std::min(from + stride, span.to);
        const auto found = journal.minuteCounts(UtcTime(from * minuteMs), UtcTime(to * minuteMs));
        if (!found)
            return tl::unexpected(found.error());
        for (const MinuteCount &count : *found) {
            if (agent.empty() || agent == count.agent)
                add(counts.minutes[count.minute][count.agent], count);
        }
    }
    // A visit without a frame in the same minute (lost at the Journal's bound) is no view of it.
    for (auto &[minute, agents] : counts.minutes) {
        for (auto &[name, figures] : agents)
            figures.minutes = figures.observations > 0 ? 1 : 0;
    }
    return counts;
}

std::vector<MinuteFigures> perMinute(const JournalCounts &counts)
{
    std::vector<MinuteFigures> list;
    for (Minute minute = counts.span.from; minute < counts.span.to; ++minute) {
        MinuteFigures &entry = list.emplace_back(MinuteFigures{minute, {}});
        if (const auto known = counts.minutes.find(minute); known != counts.minutes.end()) {
            for (const auto &[name, figures] : known->second)
                entry.figures += figures;
        }
    }
    return list;
}

std::map<std::string, Figures> byAgent(const JournalCounts &counts)
{
    std::map<std::string, Figures> agents;
    for (const auto &[minute, known] : counts.minutes) {
        for (const auto &[name, figures] : known)
            agents[name] += figures;
    }
    return agents;
}

Figures totals(const JournalCounts &counts)
{
    Figures sum;
    for (const auto &[name, figures] : byAgent(counts))
        sum += figures;
    return sum;
}

std::vector<Figures> byHourOfDay(const JournalCounts &counts, const LocalTime &local)
{
    std::vector<Figures> hours(24);
    for (const auto &[minute, known] : counts.minutes) {
        for (const auto &[name, figures] : known)
            hours[static_cast<std::size_t>(local.hour(minute))] += figures;
    }
    return hours;
}

std::vector<DayCoverage> coverage(const JournalCounts &counts, const LocalTime &local)
{
    std::vector<DayCoverage> days;
    for (Minute begin = counts.span.from; begin < counts.span.to;) {
        const QDate date = local.date(begin);
        const Minute end = std::min(std::max(local.dayBegins(date.addDays(1)), begin + 1),
                                    counts.span.to);
        DayCoverage day{date, end - begin, 0};
        for (auto known = counts.minutes.lower_bound(begin);
             known != counts.minutes.end() && known->first < end; ++known) {
            const bool covered = std::any_of(known->second.begin(), known->second.end(),
                                             [](const auto &agent) { return agent.second.hasData(); });
            day.covered += covered ? 1 : 0;
        }
        days.push_back(day);
        begin = end;
    }
    return days;
}

std::vector<Span> gaps(const JournalCounts &counts, std::size_t most)
{
    std::vector<Span> list;
    Minute known = counts.span.from; // everything before is dealt with
    for (const auto &[minute, agents] : counts.minutes) {
        if (list.size() >= most)
            return list;
        if (std::none_of(agents.begin(), agents.end(),
                         [](const auto &agent) { return agent.second.hasData(); }))
            continue;
        if (minute > known)
            list.push_back({known, minute});
        known = minute + 1;
    }
    if (known < counts.span.to && list.size() < most)
        list.push_back({known, counts.span.to});
    return list;
}

} // namespace facetrack
