#include "libfacetrack/analytics/counts.h"

#include <algorithm>

namespace facetrack {

namespace {

using Agents = std::map<std::string, Figures>;

bool anyData(const Agents &agents)
{
    return std::any_of(agents.begin(), agents.end(),
                       [](const auto &agent) { return agent.second.hasData(); });
}

template<typename Add>
std::vector<StretchFigures> everyStretch(const Counts &counts, const Add &add)
{
    std::vector<StretchFigures> list;
    for (Minute begin = counts.span.from; begin < counts.span.to; begin += counts.step) {
        StretchFigures &entry = list.emplace_back(StretchFigures{begin, {}});
        if (const auto known = counts.stretches.find(begin); known != counts.stretches.end())
            add(entry.figures, known->second);
    }
    return list;
}

template<typename HasData>
std::vector<Span> holes(const Counts &counts, std::size_t most, const HasData &hasData)
{
    std::vector<Span> list;
    Minute known = counts.span.from; // everything before is dealt with
    for (const auto &[begin, agents] : counts.stretches) {
        if (list.size() >= most)
            return list;
        if (!hasData(agents))
            continue;
        if (begin > known)
            list.push_back({known, begin});
        known = begin + counts.step;
    }
    if (known < counts.span.to && list.size() < most)
        list.push_back({known, counts.span.to});
    return list;
}

} // namespace

std::vector<StretchFigures> series(const Counts &counts)
{
    return everyStretch(counts, [](Figures &to, const Agents &agents) {
        for (const auto &[name, figures] : agents)
            to += figures;
    });
}

std::vector<StretchFigures> series(const Counts &counts, const std::string &agent)
{
    return everyStretch(counts, [&agent](Figures &to, const Agents &agents) {
        if (const auto found = agents.find(agent); found != agents.end())
            to += found->second;
    });
}

Counts coarser(const Counts &counts, Minute step)
{
    Counts sum{counts.span, step, {}};
    for (const auto &[begin, agents] : counts.stretches) {
        const Minute from = begin - (begin - counts.span.from) % step;
        for (const auto &[name, figures] : agents)
            sum.stretches[from][name] += figures;
    }
    return sum;
}

void merge(Counts &to, const Counts &other)
{
    if (to.span.from == to.span.to)
        to.span = other.span;
    to.span = {std::min(to.span.from, other.span.from), std::max(to.span.to, other.span.to)};
    to.step = other.step;
    for (const auto &[begin, agents] : other.stretches) {
        for (const auto &[name, figures] : agents)
            to.stretches[begin][name] += figures;
    }
}

std::map<std::string, Figures> byAgent(const Counts &counts)
{
    std::map<std::string, Figures> sums;
    for (const auto &[begin, agents] : counts.stretches) {
        for (const auto &[name, figures] : agents)
            sums[name] += figures;
    }
    return sums;
}

Figures totals(const Counts &counts)
{
    Figures sum;
    for (const auto &[name, figures] : byAgent(counts))
        sum += figures;
    return sum;
}

std::vector<Figures> byHourOfDay(const Counts &counts, const LocalTime &local)
{
    std::vector<Figures> hours(24);
    for (const auto &[begin, agents] : counts.stretches) {
        for (const auto &[name, figures] : agents)
            hours[static_cast<std::size_t>(local.hour(begin))] += figures;
    }
    return hours;
}

std::vector<DayCurve> dayAgainstDay(const Counts &counts, const LocalTime &local, Minute step)
{
    std::vector<DayCurve> days;
    for (const auto &[begin, agents] : counts.stretches) {
        const QDate date = local.date(begin);
        if (days.empty() || days.back().date != date)
            days.push_back({date, std::vector<Figures>(static_cast<std::size_t>(24 * 60 / step))});
        const auto slot = static_cast<std::size_t>(local.minuteOfDay(begin) / step);
        for (const auto &[name, figures] : agents)
            days.back().parts[slot] += figures;
    }
    return days;
}

std::vector<DayCoverage> coverage(const Counts &counts, const LocalTime &local)
{
    std::vector<DayCoverage> days;
    for (Minute begin = counts.span.from; begin < counts.span.to;) {
        const QDate date = local.date(begin);
        const Minute end = std::min(std::max(local.dayBegins(date.addDays(1)), begin + 1),
                                    counts.span.to);
        DayCoverage day{date, end - begin, 0, {}};
        for (auto known = counts.stretches.lower_bound(begin);
             known != counts.stretches.end() && known->first < end; ++known) {
            day.covered += anyData(known->second) ? counts.step : 0;
            for (const auto &[name, figures] : known->second)
                day.seconds[name] += static_cast<Minute>(figures.seconds);
        }
        days.push_back(std::move(day));
        begin = end;
    }
    return days;
}

std::vector<Span> gaps(const Counts &counts, std::size_t most)
{
    return holes(counts, most, anyData);
}

std::vector<Span> gaps(const Counts &counts, const std::string &agent, std::size_t most)
{
    return holes(counts, most, [&agent](const Agents &agents) {
        const auto found = agents.find(agent);
        return found != agents.end() && found->second.hasData();
    });
}

} // namespace facetrack
