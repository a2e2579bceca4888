#pragma once
#include "libfacetrack/base/export.h"

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace facetrack {

/// What kind of failure it is, so that code can decide (retry, refuse, exit) without reading words.
enum class ErrorCode {
    InvalidArgument, ///< the caller or operator asked for something that cannot be
    NotFound,        ///< a file, device, key or path does not exist
    Unsupported,     ///< it exists, but this build or version cannot handle it
    Corrupt,         ///< data is damaged
    Unavailable,     ///< may pass by itself: try again later
    Denied,          ///< permission or credentials
    Full,            ///< a limit or a disk is full
    Io,              ///< the operating system reported a failure
    Internal,        ///< a bug or an unexpected answer of a library
};

/// A failure that a person can act on: what happened, where, and what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string where;   ///< file, URL, key or component it is about; may be empty
    std::string message; ///< what happened, one sentence without a full stop
    std::string advice;  ///< what a person can do; may be empty
};

/// "where: message (advice)": one line for logs and terminals.
FACETRACK_EXPORT std::string describe(const Error &error);

/// Short lower-case name such as "not_found", for JSON answers.
FACETRACK_EXPORT const char *errorCodeName(ErrorCode code);

/// Everything that can fail now returns a Result; a failure later is reported by a callback or signal.
template<typename T>
using Result = tl::expected<T, Error>;

/// Shorthand for `return fail(code, where, message, advice)`.
inline tl::unexpected<Error> fail(ErrorCode code, std::string where, std::string message,
                                  std::string advice = {})
{
    return tl::unexpected<Error>(
        Error{code, std::move(where), std::move(message), std::move(advice)});
}

} // namespace facetrack
