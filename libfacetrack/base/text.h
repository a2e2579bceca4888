#pragma once
#include "libfacetrack/base/export.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace facetrack {

/// Percent-decoding of URLs (RFC 3986): `%41` to `A`. Empty where a % is not followed by two
/// hexadecimal digits. What the bytes may be (NUL, broken UTF-8) is the caller's to check.
FACETRACK_EXPORT std::optional<std::string> percentDecoded(std::string_view text);

/// How many letters to add, drop or change to come from `a` to `b` (V. Levenshtein, 1965): for
/// "did you mean". Costs the product of both lengths: limit what strangers may send.
FACETRACK_EXPORT std::size_t editDistance(std::string_view a, std::string_view b);

} // namespace facetrack
