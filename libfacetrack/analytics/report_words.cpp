// What a report says in words, made from its figures.
#include "libfacetrack/analytics/event_report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace facetrack {

namespace {

/// 166066 as "166,066".
std::string grouped(std::uint64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3)
        text.insert(at - 3, ",");
    return text;
}

std::string fixed(double value, int digits)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

/// "14:00-15:00 on 2026-05-04"
std::string hourText(const EventReport::Hour &hour)
{
    char text[32];
    std::snprintf(text, sizeof text, "%02d:00-%02d:00", hour.hour, hour.hour + 1);
    return text + std::string(" on ") + hour.date.toString(Qt::ISODate).toStdString();
}

std::string daysText(const EventReport &report)
{
    std::string text;
    for (const EventReport::Day &day : report.days)
        text += (text.empty() ? "" : ", ") + day.date.toString(Qt::ISODate).toStdString();
    return text;
}

double visitsPerMinute(const Figures &figures)
{
    return figures.hasData()
               ? static_cast<double>(figures.visits) / static_cast<double>(figures.minutes)
               : -1;
}

KeyFigure busiest(const EventReport &report)
{
    const auto hour = busiestHour(report);
    return {"Busiest hour",
            hour ? hourText(*hour) + ": " + grouped(hour->figures.visits) + " visits" : "no data",
            "The hour with most visits for each minute with data, among those of which at least half "
            "is known."};
}

} // namespace

std::optional<EventReport::Hour> busiestHour(const EventReport &report)
{
    const auto cameras = static_cast<double>(report.agents.size());
    const EventReport::Hour *best = nullptr;
    for (const EventReport::Hour &hour : report.hours) {
        const bool known = static_cast<double>(hour.figures.minutes) >= 30 * cameras;
        if (known && hour.figures.visits > 0
            && (!best || visitsPerMinute(hour.figures) > visitsPerMinute(best->figures)))
            best = &hour;
    }
    return best ? std::optional(*best) : std::nullopt;
}

std::vector<KeyFigure> keyFigures(const EventReport &report)
{
    const Figures &all = report.total;
    const DwellTimes dwell = together(report.dwell);
    const auto orNone = [](bool known, std::string value) {
        return known ? std::move(value) : std::string("no data");
    };
    return {
        {"Visits", orNone(all.hasData(), grouped(all.visits)), aboutVisits},
        {"Mean faces visible", orNone(all.hasData(), fixed(all.meanFaces(), 2)), aboutMeanFaces},
        {"Face detections", orNone(all.hasData(), grouped(all.detections)), aboutDetections},
        busiest(report),
        {"Half of the visits lasted at least",
         orNone(visitCount(dwell) > 0, std::to_string(dwellAt(dwell, 0.5)) + " s"),
         "The median of the time from the first to the last sight of each visitor."},
        {"Data", fixed(std::floor(report.coverage() * 1000) / 10, 1) + " %",
         "Seconds with at least one picture looked at, of the opening hours, over all agents."},
    };
}

std::vector<std::string> howItWasCounted(const EventReport &report)
{
    std::vector<std::string> lines{
        std::string(aboutVisits),
        aboutMeanFaces,
        aboutDetections,
        "Opening hours " + hoursText(report.plan.hours) + " on " + daysText(report)
            + ", time of " + report.zone + "; nothing outside of them is counted.",
        "A minute without data is not a minute without faces: it is left out of every mean, and listed as "
        "a gap.",
        "Positions are those of the middle of each face detected, in whole quarters of an hour.",
    };
    if (report.isSimulated())
        lines.insert(lines.begin(), "This event was made up: " + grouped(report.total.simulated) + " of "
                                        + grouped(report.total.observations)
                                        + " pictures are simulated.");
    for (const std::string &agent : report.missing)
        lines.push_back("Agent " + agent + " did not answer: it is not in this report.");
    return lines;
}

} // namespace facetrack
