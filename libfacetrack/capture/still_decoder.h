#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/libav.h"

#include <string>

namespace facetrack {

/// Decodes one JPEG, PNG, BMP or WebP file, told apart by their first bytes, not by the name.
/// Corrupt for what is damaged or cut off, Unsupported for another kind (animated WebP too).
Result<av::FrameHolder> decodeStill(const std::string &path);

} // namespace facetrack
