// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack::http {

/// The target of a request line, taken apart and decoded.
struct Target
{
    std::string path;                  ///< "/a/b c", decoded
    std::vector<std::string> segments; ///< "a", "b c"; split before decoding: may hold a slash
    std::map<std::string, std::string> query; ///< the last of a repeated key
};

/// "/path?key=value" or "http://host/path?key=value". InvalidArgument for anything else: broken
/// percent-encoding, control characters, bytes that are not UTF-8 once decoded, "." or ".."
/// between slashes (also when encoded).
FACETRACK_EXPORT Result<Target> parseTarget(std::string_view text);

} // namespace facetrack::http
