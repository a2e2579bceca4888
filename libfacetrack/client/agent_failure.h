#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/problem.h"

#include <string>
#include <vector>

namespace facetrack {

/// Why an agent did not do what it was asked, for code that decides what comes next.
enum class AgentTrouble {
    Unreachable, ///< no route, nobody listens, or no answer in time: may pass
    Scheme,      ///< http spoken where https is expected, or the reverse
    Fingerprint, ///< another certificate than the one remembered: stop, a person has to look
    Token,       ///< the token is missing or wrong
    Outdated,    ///< If-Match did not fit: somebody else has tuned meanwhile
    Invalid,     ///< values that cannot be: see `problems`
    Refused,     ///< any other refusal: see `status`
    Broken,      ///< an answer that cannot be understood
};

/// Short name such as "fingerprint", for JSON.
FACETRACK_EXPORT const char *troubleName(AgentTrouble trouble);

/// A failure with words for people (describe() works) and what code needs to know of it.
struct AgentFailure : Error
{
    AgentTrouble trouble = AgentTrouble::Broken;
    int status = 0;                ///< of the HTTP answer; 0: none came
    std::vector<Problem> problems; ///< of Invalid: key, message, limits
    std::string fingerprint;       ///< of Fingerprint: what the agent shows now
};

/// A failure of our own, about an agent.
inline AgentFailure failureOf(const Error &error, AgentTrouble trouble)
{
    AgentFailure failure;
    static_cast<Error &>(failure) = error;
    failure.trouble = trouble;
    return failure;
}

template<typename T>
using AgentResult = tl::expected<T, AgentFailure>;

} // namespace facetrack
