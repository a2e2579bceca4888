#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"

#include <string>
#include <utility>
#include <vector>

namespace facetrack {

/// One point of a grid of settings.
struct SweepSet
{
    std::vector<std::pair<std::string, std::string>> values; ///< key and value, as --set takes them
    Tuning tuning;

    FACETRACK_EXPORT std::string text() const; ///< "detect.min_neighbors=3 detect.scale_factor=1.1"
};

/// No more sets than these: each is another look at every frame.
inline constexpr std::size_t MostSweepSets = 1000;

/// The grid over all of `vary`, each "key=a..b", "key=a..b:step" or "key=v,w,x", with `sets`
/// ("key=value") below it. Ranges hold both ends; a step that is not given is 1 for whole numbers
/// and the parameter's own for others. InvalidArgument says what is wrong.
FACETRACK_EXPORT Result<std::vector<SweepSet>> sweepSets(const std::vector<std::string> &vary,
                                                         const std::vector<std::string> &sets);

} // namespace facetrack
