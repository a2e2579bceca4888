#include "libfacetrack/analytics/history.h"

#include <algorithm>
#include <tuple>

namespace facetrack {

History::~History() = default;

void putInOrder(std::vector<TuningMark> &marks)
{
    std::stable_sort(marks.begin(), marks.end(), [](const TuningMark &a, const TuningMark &b) {
        return std::tie(a.time, a.agent, a.revision, a.parameter)
               < std::tie(b.time, b.agent, b.revision, b.parameter);
    });
}

Quarters quartersOf(Span span)
{
    constexpr Minute quarter = 15;
    return {span.from / quarter, (span.to + quarter - 1) / quarter};
}

Result<void> checkQuestion(const HistoryScope &scope, Minute step)
{
    constexpr Minute dayMinutes = 24 * 60;
    constexpr Minute mostStretches = 200'000; // 138 days by the minute
    if (scope.span.from < 0 || scope.span.from >= scope.span.to)
        return fail(ErrorCode::InvalidArgument, "span", "it ends before it begins");
    if (step < 1 || step > dayMinutes)
        return fail(ErrorCode::InvalidArgument, "step", "is not between a minute and a day");
    if ((scope.span.to - scope.span.from) / step > mostStretches)
        return fail(ErrorCode::InvalidArgument, "span", "is too long for steps that small",
                    "ask for longer steps");
    return {};
}

} // namespace facetrack
