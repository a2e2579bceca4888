// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fake {

/// Milliseconds since 1970 of "2026-03-01T10:00:00.123Z" and the other ways of writing it that
/// CrateDB takes; digits alone are milliseconds.
std::optional<std::int64_t> parseTime(std::string_view text);
std::string formatTime(std::int64_t ms);

/// "5 minutes", "1 day 02:00:00", "1h" in milliseconds; a month is 30 days.
std::optional<std::int64_t> parseInterval(std::string_view text);
std::string formatInterval(std::int64_t ms);

/// The start of the second, minute, hour, day, week, month, quarter or year around `ms` by the clock
/// of `zone` (empty is UTC); nothing for another unit.
std::optional<std::int64_t> truncateTime(std::string_view unit, std::string_view zone,
    std::int64_t ms);
/// What the clock of `zone` shows, as if it were UTC.
std::int64_t localTime(std::string_view zone, std::int64_t ms);
/// A part of the time in UTC: hour, minute, day_of_week, epoch, …
std::optional<double> extractTime(std::string_view field, std::int64_t ms);

std::int64_t nowMs();

} // namespace fake
