#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/cratedb/client.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace facetrack {

/// What one roll-up did.
struct RollupDone
{
    std::size_t hours = 0; ///< that were summed up, of all agents together
    std::size_t late = 0;  ///< of these, such as had been and got more rows since
};

/// Sums up rows of `observations` into `minutes` and `places`, by whole hours of UTC that are over:
/// those that were not yet, and those into which rows have come since. Looks back from `now` by
/// `reach` (0: as far as there are rows). Oldest first, so that it may be interrupted; a repeat changes
/// nothing, and several at a time do no harm. Hours whose rows were dropped keep their sums. Needs DQL
/// and DML; runs the event loop meanwhile. `tell` is told of each hour.
FACETRACK_EXPORT Result<RollupDone> rollUp(cratedb::Client &client, const std::string &schema,
                                           UtcTime now, std::chrono::hours reach,
                                           const std::function<void(const std::string &)> &tell);

} // namespace facetrack
