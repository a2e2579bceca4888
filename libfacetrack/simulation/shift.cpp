#include "libfacetrack/simulation/shift.h"

#include <algorithm>
#include <cmath>

namespace facetrack {

namespace {

constexpr std::int64_t minuteMs = 60'000;

struct Break
{
    std::int64_t from = 0;
    std::int64_t to = 0;
};

/// Outages of an agent, in order and apart from each other; most are short, as in life.
std::vector<Break> breaksOf(const SimulatedEvent &event, Break day, Dice &dice)
{
    std::vector<Break> breaks;
    for (int i = 0; i < event.outages; ++i) {
        const double seconds = std::exp(dice.between(0, std::log(1200.0)));
        const auto begin = static_cast<std::int64_t>(
            dice.between(static_cast<double>(day.from), static_cast<double>(day.to)));
        breaks.push_back({begin, begin + static_cast<std::int64_t>(seconds * 1000)});
    }
    std::sort(breaks.begin(), breaks.end(),
              [](const Break &a, const Break &b) { return a.from < b.from; });
    return breaks;
}

} // namespace

std::int64_t Shift::timeOf(std::int64_t frame) const
{
    return begin + static_cast<std::int64_t>(std::floor(static_cast<double>(frame) * 1000 / rate));
}

std::int64_t Shift::firstFrom(std::int64_t time) const
{
    auto frame = std::max<std::int64_t>(
        0, static_cast<std::int64_t>(static_cast<double>(time - begin) * rate / 1000) - 1);
    while (timeOf(frame) < time)
        ++frame;
    return frame;
}

std::vector<Shift> shiftsOf(const SimulatedEvent &event, const LocalTime &local,
                            const std::string &agent, Dice &dice,
                            std::vector<EventTruth::Outage> &outages)
{
    std::vector<Shift> shifts;
    for (int day = 0; day < event.days; ++day) {
        const QDate date = event.first.addDays(day);
        const Break open{local.at(date, event.opens) * minuteMs,
                         local.at(date, event.closes) * minuteMs};
        std::int64_t from = open.from;
        const auto look = [&](std::int64_t to) {
            if (to > from) // agents do not look at the same moments
                shifts.push_back({dice.run(), from + dice.whole(0, 3), to, event.rate});
        };
        for (const Break &gap : breaksOf(event, open, dice)) {
            if (gap.from < from)
                continue;
            look(gap.from);
            from = std::min(gap.to, open.to);
            outages.push_back({agent, UtcTime(gap.from), UtcTime(from)});
        }
        look(open.to);
    }
    return shifts;
}

} // namespace facetrack
