// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/time_text.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace fake {

namespace {

constexpr std::int64_t DayMs = 86'400'000;

/// Reads along a text; every step that does not fit makes it bad for good.
class Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    int digits(std::size_t count)
    {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = peek();
            if (c < '0' || c > '9') {
                m_good = false;
                return 0;
            }
            value = value * 10 + (c - '0');
            ++m_at;
        }
        return value;
    }
    bool accept(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void expect(char c) { m_good = accept(c) && m_good; }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skip() { ++m_at; }
    bool done() const { return m_good && m_at == m_text.size(); }
    bool atEnd() const { return m_at >= m_text.size(); }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_good = true;
};

std::int64_t daysSince1970(int year, int month, int day)
{
    // Howard Hinnant's days_from_civil.
    const std::int64_t y = month <= 2 ? year - 1 : year;
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const std::int64_t yearOfEra = y - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

std::int64_t readClock(Reader &in)
{
    std::int64_t ms = in.digits(2) * 3'600'000LL;
    in.expect(':');
    ms += in.digits(2) * 60'000LL;
    if (in.accept(':')) {
        ms += in.digits(2) * 1000LL;
        if (in.accept('.')) {
            int scale = 100;
            ms += in.digits(1) * scale;
            while (in.peek() >= '0' && in.peek() <= '9') {
                scale /= 10;
                ms += in.digits(1) * scale;
            }
        }
    }
    if (in.accept('Z') || in.accept('z') || in.atEnd())
        return ms;
    const int sign = in.accept('-') ? 1 : -1;
    if (sign < 0)
        in.expect('+');
    std::int64_t offset = in.digits(2) * 60LL;
    if (!in.atEnd()) {
        in.accept(':');
        offset += in.digits(2);
    }
    return ms + sign * offset * 60'000;
}

/// Broken-down local time. The C library is asked through TZ, as gcc 12 has no time zones in chrono.
std::tm brokenDown(std::string_view zone, std::int64_t ms)
{
    static std::string current = "?";
    if (current != zone) {
        current = zone;
        ::setenv("TZ", zone.empty() ? "UTC" : current.c_str(), 1);
        ::tzset();
    }
    const std::time_t seconds = static_cast<std::time_t>(ms >= 0 ? ms / 1000 : (ms - 999) / 1000);
    std::tm tm{};
    ::localtime_r(&seconds, &tm);
    return tm;
}

bool truncateFields(std::string_view unit, std::tm &tm)
{
    tm.tm_sec = tm.tm_min = tm.tm_hour = 0;
    tm.tm_isdst = -1;
    if (unit == "day")
        return true;
    if (unit == "week") {
        tm.tm_mday -= (tm.tm_wday + 6) % 7;
        return true;
    }
    tm.tm_mday = 1;
    if (unit == "month")
        return true;
    if (unit == "quarter") {
        tm.tm_mon -= tm.tm_mon % 3;
        return true;
    }
    tm.tm_mon = 0;
    return unit == "year";
}

std::int64_t floorTo(std::int64_t ms, std::int64_t step)
{
    const std::int64_t rest = ms % step;
    return ms - (rest < 0 ? rest + step : rest);
}

std::int64_t unitMs(std::string_view unit)
{
    static constexpr std::pair<std::string_view, std::int64_t> Units[] = {
        {"millisecond", 1}, {"ms", 1}, {"second", 1000}, {"sec", 1000}, {"s", 1000},
        {"minute", 60'000}, {"min", 60'000}, {"m", 60'000}, {"hour", 3'600'000}, {"h", 3'600'000},
        {"day", DayMs}, {"d", DayMs}, {"week", 7 * DayMs}, {"w", 7 * DayMs},
        {"month", 30 * DayMs}, {"mon", 30 * DayMs}, {"year", 365 * DayMs}, {"y", 365 * DayMs}};
    for (const auto &[name, ms] : Units) {
        if (unit == name || (unit.ends_with('s') && unit.substr(0, unit.size() - 1) == name))
            return ms;
    }
    return 0;
}

} // namespace

std::optional<std::int64_t> parseTime(std::string_view text)
{
    std::int64_t ms = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (error == std::errc() && end == text.data() + text.size())
        return ms;
    Reader in(text);
    const int year = in.digits(4);
    in.expect('-');
    const int month = in.digits(2);
    in.expect('-');
    const int day = in.digits(2);
    ms = daysSince1970(year, month, day) * DayMs;
    if (!in.atEnd()) {
        if (!in.accept('T') && !in.accept('t'))
            in.expect(' ');
        ms += readClock(in);
    }
    if (!in.done() || month < 1 || month > 12 || day < 1 || day > 31)
        return {};
    return ms;
}

std::string formatTime(std::int64_t ms)
{
    const std::tm tm = brokenDown({}, ms);
    const std::int64_t rest = ms - floorTo(ms, 1000);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year + 1900,
        tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, static_cast<int>(rest));
    return text;
}

std::optional<std::int64_t> parseInterval(std::string_view text)
{
    std::int64_t total = 0;
    std::size_t at = 0;
    bool any = false;
    while (at < text.size()) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        int hours = 0, minutes = 0, seconds = 0;
        const std::string rest(text.substr(at));
        if (std::sscanf(rest.c_str(), "%d:%d:%d", &hours, &minutes, &seconds) == 3)
            return total + (hours * 3600LL + minutes * 60LL + seconds) * 1000;
        char *numberEnd = nullptr;
        const double number = std::strtod(rest.c_str(), &numberEnd);
        std::size_t used = static_cast<std::size_t>(numberEnd - rest.c_str());
        if (used == 0)
            return {};
        while (used < rest.size() && rest[used] == ' ')
            ++used;
        const std::size_t end = std::min(rest.find(' ', used), rest.size());
        const std::string unit = rest.substr(used, end - used);
        const std::int64_t ms = unit.empty() ? 1000 : unitMs(unit);
        if (ms == 0)
            return {};
        total += static_cast<std::int64_t>(number * static_cast<double>(ms));
        at += end;
        any = true;
    }
    return any ? std::optional(total) : std::nullopt;
}

std::string formatInterval(std::int64_t ms)
{
    const std::int64_t days = ms / DayMs;
    const std::int64_t seconds = ms % DayMs / 1000;
    char text[64];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
        static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    const std::string clock = text;
    if (days == 0)
        return clock;
    return std::to_string(days) + (days == 1 ? " day " : " days ") + clock;
}

std::optional<std::int64_t> truncateTime(std::string_view unit, std::string_view zone,
    std::int64_t ms)
{
    if (unit == "second")
        return floorTo(ms, 1000);
    if (unit == "minute")
        return floorTo(ms, 60'000);
    if (zone.empty() && unit == "hour")
        return floorTo(ms, 3'600'000);
    if (zone.empty() && unit == "day")
        return floorTo(ms, DayMs);
    if (unit == "hour") {
        const std::int64_t shift = localTime(zone, ms) - ms;
        return floorTo(ms + shift, 3'600'000) - shift;
    }
    std::tm tm = brokenDown(zone, ms);
    if (!truncateFields(unit, tm))
        return {};
    return static_cast<std::int64_t>(std::mktime(&tm)) * 1000;
}

std::int64_t localTime(std::string_view zone, std::int64_t ms)
{
    return ms + brokenDown(zone, ms).tm_gmtoff * 1000LL;
}

std::optional<double> extractTime(std::string_view field, std::int64_t ms)
{
    if (field == "epoch")
        return static_cast<double>(ms) / 1000;
    const std::tm tm = brokenDown({}, ms);
    const std::pair<std::string_view, int> fields[] = {
        {"second", tm.tm_sec}, {"minute", tm.tm_min}, {"hour", tm.tm_hour}, {"day", tm.tm_mday},
        {"day_of_month", tm.tm_mday}, {"dow", (tm.tm_wday + 6) % 7 + 1},
        {"day_of_week", (tm.tm_wday + 6) % 7 + 1}, {"doy", tm.tm_yday + 1},
        {"day_of_year", tm.tm_yday + 1}, {"month", tm.tm_mon + 1},
        {"quarter", tm.tm_mon / 3 + 1}, {"year", tm.tm_year + 1900}};
    for (const auto &[name, value] : fields) {
        if (name == field)
            return value;
    }
    return {};
}

std::int64_t nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace fake
