#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/parameter.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace facetrack {

// The parameters for readers; all are made from the schema.

/// For a terminal of so many columns (less than 70 is taken for 70), plain text.
FACETRACK_EXPORT std::string parameterTable(std::size_t columns = 80);

/// A JSON array of objects with key, group, label, doc, type, unit, min, max, step, zero,
/// max_length, form, choices [{value, about}],
/// shapes {most, least_points, most_points, named, ways}, default, applies, visible_when {key, equals},
/// secret; what does not apply is left out. `indent` below 0 gives one line.
/// `found` has the choices of some keys as they are on this machine, instead of the schema's.
/// Without those that `shown` says no to.
FACETRACK_EXPORT std::string parametersJson(
    int indent = 2, const std::map<std::string, std::vector<Choice>> &found = {},
    const std::function<bool(const Parameter &)> &shown = {});

/// A configuration file with every parameter explained and commented out.
FACETRACK_EXPORT std::string exampleToml();

/// docs/parameters.md.
FACETRACK_EXPORT std::string parametersMarkdown();

} // namespace facetrack
