#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <string>
#include <vector>

namespace facetrack {

/// One thing wrong with a configuration; files and requests may have several.
struct Problem
{
    ErrorCode code = ErrorCode::InvalidArgument;
    std::string at;      ///< "/etc/facetrack/agentd.toml:3:5", "--set"; empty in a request
    std::string key;     ///< "detect.min_neighbors"; empty when it is about no key (syntax)
    std::string message; ///< "'x' is not a whole number"
    std::string limits;  ///< what is accepted, or what to do; may be empty
};

/// No more than so many are listed; the last entry then says that there are more.
inline constexpr std::size_t mostProblems = 20;

/// A value, or everything that is wrong with it.
template<typename T>
using Checked = tl::expected<T, std::vector<Problem>>;

/// From a refusal by parse() or set(), whose `where` is the key.
FACETRACK_EXPORT Problem problemOf(const Error &error, std::string at = {});

/// "at: key: message (limits)": one line.
FACETRACK_EXPORT std::string describe(const Problem &problem);
/// One line each, without a newline after the last.
FACETRACK_EXPORT std::string describe(const std::vector<Problem> &problems);

/// All of them as one Error, whose message has a line for each.
FACETRACK_EXPORT Error asError(const std::vector<Problem> &problems);

/// Adds `problem`, or once, at the limit, that there are more. False when full: stop looking.
FACETRACK_EXPORT bool addProblem(std::vector<Problem> &problems, Problem problem);

} // namespace facetrack
