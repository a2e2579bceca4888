#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace facetrack {

/// One gzip member (RFC 1952), at zlib's fastest level unless told otherwise.
FACETRACK_EXPORT std::string gzipped(std::string_view text, int level = 1);

/// What one gzip member holds, at most `most` bytes and never more memory than that, however much
/// it would become. Full when it is more; Corrupt when it is damaged, cut short or followed by
/// something.
FACETRACK_EXPORT Result<std::string> gunzipped(std::string_view bytes, std::size_t most);

} // namespace facetrack
