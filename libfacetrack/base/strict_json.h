#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace facetrack {

/// JSON from strangers, RFC 8259 without what parsers disagree about: InvalidArgument for a key
/// that comes twice in an object, text after the value, bytes that are not UTF-8, numbers beyond
/// a double, and arrays or objects nested deeper than `depth`.
FACETRACK_EXPORT Result<nlohmann::json> parseStrictJson(std::string_view text,
                                                        std::size_t depth = 16);

} // namespace facetrack
