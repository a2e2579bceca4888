#include "libfacetrack/base/result.h"

namespace facetrack {

std::string describe(const Error &error)
{
    std::string line;
    if (!error.where.empty())
        line = error.where + ": ";
    line += error.message;
    if (!error.advice.empty())
        line += " (" + error.advice + ")";
    return line;
}

const char *errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return "invalid_argument";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::Corrupt:
        return "corrupt";
    case ErrorCode::Unavailable:
        return "unavailable";
    case ErrorCode::Denied:
        return "denied";
    case ErrorCode::Full:
        return "full";
    case ErrorCode::Io:
        return "io";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

} // namespace facetrack
