#pragma once
#include "libfacetrack/analytics/history.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/http/message.h"

#include <cstdint>
#include <string>

namespace facetrack {

/// What a request about the past asks for.
struct HistoryQuery
{
    LocalTime local;
    UtcTime from{0};
    UtcTime to{0};
    std::string agent; ///< empty: all

    /// In whole minutes: one that is touched belongs to it.
    Span span() const;
};

/// Reads `from`, `to`, `tz` and `agent`: the last 24 hours up to `now` where they are left out.
/// InvalidArgument, with the key, for what cannot be and for spans above `longest`.
Result<HistoryQuery> parseHistoryQuery(const http::Request &request, UtcTime now,
                                       std::chrono::hours longest);

/// A whole number in the query, `otherwise` when it is left out.
Result<std::int64_t> numberIn(const http::Request &request, const char *key, std::int64_t otherwise,
                              std::int64_t least, std::int64_t most);

} // namespace facetrack
