#include "libfacetrack/config/camera_hours.h"

#include "libfacetrack/config/parameter.h"
#include "libfacetrack/config/raw_value.h"

#include <cstdio>
#include <ctime>

namespace facetrack {

namespace {

constexpr std::array<std::string_view, 7> Days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<int> dayOf(std::string_view text)
{
    for (std::size_t i = 0; i < Days.size(); ++i) {
        if (text == Days[i])
            return static_cast<int>(i);
    }
    return {};
}

/// "mon" or "mon-fri", also "sat-mon".
std::optional<std::array<int, 2>> daysOf(std::string_view text)
{
    const auto dash = text.find('-');
    const auto first = dayOf(text.substr(0, dash));
    const auto last = dash == text.npos ? first : dayOf(text.substr(dash + 1));
    if (!first || !last)
        return {};
    return std::array{*first, *last};
}

std::optional<int> number(std::string_view text, int most)
{
    if (text.empty() || text.size() > 2 || text.find_first_not_of("0123456789") != text.npos)
        return {};
    const int value = text.size() == 1 ? text[0] - '0' : 10 * (text[0] - '0') + text[1] - '0';
    return value <= most ? std::optional(value) : std::nullopt;
}

/// "9:00" to "24:00" in minutes.
std::optional<int> timeOf(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == text.npos || text.size() != colon + 3)
        return {};
    const auto hour = number(text.substr(0, colon), 24);
    if (!hour)
        return {};
    const auto minute = number(text.substr(colon + 1), *hour == 24 ? 0 : 59);
    if (!minute)
        return {};
    return *hour * 60 + *minute;
}

std::optional<std::array<int, 2>> hoursOf(std::string_view text)
{
    const auto dash = text.find('-');
    if (dash == text.npos)
        return {};
    const auto from = timeOf(text.substr(0, dash));
    auto to = timeOf(text.substr(dash + 1));
    if (!from || !to || *from == *to || *from == CameraHours::MinutesOfDay)
        return {};
    if (*to < *from)
        *to += CameraHours::MinutesOfDay;
    return std::array{*from, *to};
}

} // namespace

std::optional<CameraHours> CameraHours::parse(std::string_view text)
{
    CameraHours hours;
    for (const std::string &item : listItems(text)) {
        const auto space = item.find(' ');
        const bool everyDay = space == item.npos;
        const auto days = everyDay ? std::optional(std::array{0, 6})
                                   : daysOf(std::string_view(item).substr(0, space));
        const auto span = hoursOf(trimmed(std::string_view(item).substr(everyDay ? 0 : space)));
        if (!days || !span)
            return {};
        for (int day = (*days)[0];; day = (day + 1) % 7) {
            const int start = day * MinutesOfDay;
            hours.m_spans.push_back({start + (*span)[0], start + (*span)[1]});
            if (day == (*days)[1])
                break;
        }
    }
    if (hours.m_spans.empty() && !trimmed(text).empty())
        return {};
    return hours;
}

bool CameraHours::isOpen(int minute) const
{
    for (const auto &[from, to] : m_spans) {
        if ((minute >= from && minute < to)
            || (minute + MinutesOfWeek >= from && minute + MinutesOfWeek < to))
            return true;
    }
    return m_spans.empty();
}

std::string CameraHours::nextChange(int minute) const
{
    const bool now = isOpen(minute);
    for (int ahead = 1; ahead < MinutesOfWeek; ++ahead) {
        const int then = (minute + ahead) % MinutesOfWeek;
        if (isOpen(then) == now)
            continue;
        char words[24];
        const int ofDay = then % MinutesOfDay;
        std::snprintf(words, sizeof words, "%s %d:%02d",
                      Days[static_cast<std::size_t>(then / MinutesOfDay)].data(), ofDay / 60,
                      ofDay % 60);
        return words;
    }
    return {};
}

int localMinuteOfWeek(UtcTime utc)
{
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(utc).count();
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return (local.tm_wday + 6) % 7 * CameraHours::MinutesOfDay + local.tm_hour * 60 + local.tm_min;
}

} // namespace facetrack
