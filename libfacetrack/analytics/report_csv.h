#pragma once
#include "libfacetrack/analytics/event_report.h"

#include <filesystem>
#include <string>
#include <vector>

namespace facetrack {

/// A table of a report, to be opened with a spreadsheet: CSV as RFC 4180 has it, UTF-8, a decimal
/// point. What is not known is empty, never 0.
struct ReportTable
{
    std::string name; ///< "minutes": of the file without ".csv"
    std::string text;
};

/// key-figures, how-counted, days, hours, minutes, agents, day-against-day, dwell, heat-map, gaps,
/// settings-changes, validation; each with a head line, also when it has no rows.
FACETRACK_EXPORT std::vector<ReportTable> reportTables(const EventReport &report);

/// One field: in quotes where it must be. What a spreadsheet would take for a formula gets an
/// apostrophe before it, for somebody else may have written it.
FACETRACK_EXPORT std::string csvField(const std::string &text);

/// Writes all of them into a folder, which is made. What the disk says when it fails.
FACETRACK_EXPORT Result<void> writeTables(const EventReport &report,
                                          const std::filesystem::path &folder);

} // namespace facetrack
