#pragma once
#include "libfacetrack/base/result.h"

#include <string>

namespace facetrack::net {

/// The first line of a file that only its owner may read (mode 0600 or 0400): a password or token.
/// NotFound, Denied when group or others may read or write it, InvalidArgument when it is empty.
Result<std::string> readSecret(const std::string &file);

} // namespace facetrack::net
