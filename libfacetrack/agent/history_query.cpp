#include "libfacetrack/agent/history_query.h"

#include <algorithm>
#include <charconv>

namespace facetrack {

namespace {

constexpr std::int64_t minuteMs = 60'000;

std::string valueIn(const http::Request &request, const char *key)
{
    const auto found = request.query.find(key);
    return found == request.query.end() ? std::string() : found->second;
}

} // namespace

Span HistoryQuery::span() const
{
    return {from.count() / minuteMs, (to.count() + minuteMs - 1) / minuteMs};
}

Result<HistoryQuery> parseHistoryQuery(const http::Request &request, UtcTime now,
                                       std::chrono::hours longest)
{
    auto local = LocalTime::of(valueIn(request, "tz"));
    if (!local)
        return tl::unexpected(local.error());
    HistoryQuery query{std::move(*local), UtcTime(0), now, valueIn(request, "agent")};
    if (const std::string to = valueIn(request, "to"); !to.empty()) {
        const auto time = query.local.parse(to);
        if (!time)
            return tl::unexpected(time.error());
        query.to = *time;
    }
    query.from = std::max(UtcTime(0), query.to - std::chrono::hours(24));
    if (const std::string from = valueIn(request, "from"); !from.empty()) {
        const auto time = query.local.parse(from);
        if (!time)
            return tl::unexpected(time.error());
        query.from = *time;
    }
    if (query.from >= query.to)
        return fail(ErrorCode::InvalidArgument, "from", "the span ends before it begins");
    if (query.to - query.from > longest)
        return fail(ErrorCode::InvalidArgument, "from", "the span is too long",
                    "at most " + std::to_string(longest.count() / 24) + " days");
    return query;
}

Result<std::int64_t> numberIn(const http::Request &request, const char *key, std::int64_t otherwise,
                              std::int64_t least, std::int64_t most)
{
    const auto found = request.query.find(key);
    if (found == request.query.end())
        return otherwise;
    const char *const end = found->second.data() + found->second.size();
    std::int64_t number = 0;
    const auto read = std::from_chars(found->second.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number < least || number > most)
        return fail(ErrorCode::InvalidArgument, key, "\"" + found->second + "\" is no number for it",
                    std::to_string(least) + " to " + std::to_string(most));
    return number;
}

} // namespace facetrack
