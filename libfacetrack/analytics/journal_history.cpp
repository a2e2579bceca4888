#include "libfacetrack/analytics/journal_history.h"

#include "libfacetrack/analytics/later.h"
#include "libfacetrack/store/agent_records.h"

#include <algorithm>
#include <bit>

namespace facetrack {

namespace {

constexpr Minute stride = 7 * 24 * 60; // so that a stop does not wait for years
constexpr std::int64_t minuteMs = 60'000;

bool isAsked(const HistoryScope &scope, const std::string &agent)
{
    return scope.agents.empty()
           || std::find(scope.agents.begin(), scope.agents.end(), agent) != scope.agents.end();
}

/// What one agent knows of one minute: over several runs if it was restarted in it.
struct MinuteSum
{
    std::uint64_t observations = 0, faces = 0, visits = 0, seconds = 0, simulated = 0;
};
using MinuteSums = std::map<std::pair<Minute, std::string>, MinuteSum>;

void add(MinuteSums &sums, const MinuteCount &count)
{
    MinuteSum &sum = sums[{count.minute, count.agent}];
    sum.observations += count.observations;
    sum.faces += count.faces;
    sum.visits += count.visits;
    sum.seconds |= count.seconds;
    sum.simulated += count.simulated ? count.observations : 0;
}

/// A visit without a frame in the same minute (lost at the Journal's bound) is no view of it.
Figures figuresOf(const MinuteSum &sum)
{
    Figures figures;
    figures.minutes = sum.observations > 0 ? 1 : 0;
    figures.seconds = static_cast<std::uint64_t>(std::popcount(sum.seconds));
    figures.observations = sum.observations;
    figures.detections = sum.faces;
    figures.visits = sum.visits;
    figures.millionths = Figures::meanOfMinute(sum.faces, sum.observations);
    figures.simulated = sum.simulated;
    return figures;
}

UtcTime timeOf(Minute minute)
{
    return UtcTime(minute * minuteMs);
}

} // namespace

Result<Counts> countJournal(const Journal &journal, const HistoryScope &scope, Minute step,
                            std::stop_token stop)
{
    if (auto fits = checkQuestion(scope, step); !fits)
        return tl::unexpected(fits.error());
    Counts counts{scope.span, step, {}};
    for (Minute from = scope.span.from; from < scope.span.to; from += stride) {
        if (stop.stop_requested())
            return fail(ErrorCode::Unavailable, "journal", "the agent is ending");
        const auto found = journal.minuteCounts(from, std::min(from + stride, scope.span.to));
        if (!found)
            return tl::unexpected(found.error());
        MinuteSums sums;
        for (const MinuteCount &count : *found) {
            if (isAsked(scope, count.agent))
                add(sums, count);
        }
        for (const auto &[key, sum] : sums) {
            const Minute begin = key.first - (key.first - scope.span.from) % step;
            counts.stretches[begin][key.second] += figuresOf(sum);
        }
    }
    return counts;
}

Result<HeatMap> heatMapOf(const Journal &journal, const HistoryScope &scope)
{
    if (auto fits = checkQuestion(scope); !fits)
        return tl::unexpected(fits.error());
    const Quarters quarters = quartersOf(scope.span);
    const auto found = journal.placeCounts(quarters.from, quarters.to);
    if (!found)
        return tl::unexpected(found.error());
    HeatMap map;
    for (const PlaceCount &count : *found) {
        if (!isAsked(scope, count.agent) || count.cell < 0 || count.cell >= HeatGrid::cells)
            continue;
        auto &cells = map[count.agent];
        cells.resize(HeatGrid::cells);
        cells[static_cast<std::size_t>(count.cell)] += count.faces;
    }
    return map;
}

Result<DwellByAgent> dwellOf(const Journal &journal, const HistoryScope &scope,
                             const std::string &zone)
{
    if (auto fits = checkQuestion(scope); !fits)
        return tl::unexpected(fits.error());
    const auto found = journal.dwellCounts(timeOf(scope.span.from), timeOf(scope.span.to), zone);
    if (!found)
        return tl::unexpected(found.error());
    DwellByAgent agents;
    for (const DwellCount &count : *found) {
        if (!isAsked(scope, count.agent))
            continue;
        DwellTimes &times = agents[count.agent];
        times.visits[count.seconds] += count.visits;
        times.milliseconds += count.milliseconds;
    }
    return agents;
}

Result<std::vector<TuningMark>> marksOf(const Journal &journal, const HistoryScope &scope)
{
    if (auto fits = checkQuestion(scope); !fits)
        return tl::unexpected(fits.error());
    // A Journal has one agent's records mostly: the limit is put before the choice of agents.
    const auto found = journal.changes(timeOf(scope.span.from), timeOf(scope.span.to),
                                       10 * History::mostMarks);
    if (!found)
        return tl::unexpected(found.error());
    std::vector<TuningMark> marks;
    for (const StoredRecord &stored : *found) {
        const auto change = decodeTuningChange(stored.record);
        if (change && isAsked(scope, stored.record.agent))
            marks.push_back({change->time, stored.record.agent, change->revision, change->who,
                             change->parameter, change->oldValue, change->newValue});
    }
    putInOrder(marks);
    marks.resize(std::min(marks.size(), History::mostMarks));
    return marks;
}

void JournalHistory::counts(const HistoryScope &scope, Minute step, QObject *context,
                            Done<Counts> done)
{
    answerLater(&m_later, context, std::move(done), countJournal(m_journal, scope, step));
}

void JournalHistory::heatMap(const HistoryScope &scope, QObject *context, Done<HeatMap> done)
{
    answerLater(&m_later, context, std::move(done), heatMapOf(m_journal, scope));
}

void JournalHistory::dwell(const HistoryScope &scope, const std::string &zone, QObject *context,
                           Done<DwellByAgent> done)
{
    answerLater(&m_later, context, std::move(done), dwellOf(m_journal, scope, zone));
}

void JournalHistory::marks(const HistoryScope &scope, QObject *context,
                           Done<std::vector<TuningMark>> done)
{
    answerLater(&m_later, context, std::move(done), marksOf(m_journal, scope));
}

void JournalHistory::checkedCounts(const HistoryScope &, QObject *context,
                                   Done<std::vector<CheckedCount>> done)
{
    answerLater(&m_later, context, std::move(done), Result<std::vector<CheckedCount>>{});
}

} // namespace facetrack
