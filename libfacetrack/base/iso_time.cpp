#include "libfacetrack/base/iso_time.h"

#include <array>
#include <cstddef>

namespace facetrack {

namespace {

// Runs once per row that is uploaded: no stream, no format string.
template<std::size_t Digits>
char *put(char *to, unsigned value)
{
    for (std::size_t i = Digits; i-- > 0; value /= 10)
        to[i] = static_cast<char>('0' + value % 10);
    return to + Digits;
}

} // namespace

bool appendIsoTime(std::string &text, UtcTime time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date{sys_days(day)};
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999 || time.count() / 86'400'000 > 2'932'896)
        return false;
    const auto rest = static_cast<unsigned>((time - day).count());
    std::array<char, 24> form;
    char *at = put<4>(form.data(), static_cast<unsigned>(year));
    *at++ = '-';
    at = put<2>(at, static_cast<unsigned>(date.month()));
    *at++ = '-';
    at = put<2>(at, static_cast<unsigned>(date.day()));
    *at++ = 'T';
    at = put<2>(at, rest / 3'600'000);
    *at++ = ':';
    at = put<2>(at, rest / 60'000 % 60);
    *at++ = ':';
    at = put<2>(at, rest / 1'000 % 60);
    *at++ = '.';
    at = put<3>(at, rest % 1'000);
    *at++ = 'Z';
    text.append(form.data(), at);
    return true;
}

std::string isoTime(UtcTime time)
{
    std::string text;
    appendIsoTime(text, time);
    return text;
}

} // namespace facetrack
