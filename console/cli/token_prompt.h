#pragma once
#include "libfacetrack/base/result.h"

#include <string>

namespace facetrack::cli {

/// Asks for a secret on the terminal without showing it, or reads one line where standard input is
/// none. Unavailable when the person interrupts.
Result<std::string> askSecret(const std::string &prompt);

} // namespace facetrack::cli
