#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/cratedb/answer.h"

namespace facetrack::cratedb {

/// What an answer to a whole request means for the one who sent it.
enum class Verdict {
    Done,      ///< look at each row
    Passing,   ///< send it again, somewhere else or later
    Blocked,   ///< the same, but it will take long
    Permanent, ///< a person has to do something
    Divide,    ///< one of its rows cannot be taken, nothing was stored: find that row
    TooLarge,  ///< send fewer rows at a time
};

struct Meaning
{
    Verdict verdict = Verdict::Passing;
    Error error; ///< in words for people, unless Done; never repeats what was sent
};

/// By HTTP status and error code; the table is in meaning.cpp.
FACETRACK_EXPORT Meaning meaningOf(int status, const Answer &answer);

/// What became of one row that was inserted with ON CONFLICT DO NOTHING.
enum class RowVerdict {
    Delivered,
    Retry,   ///< in doubt, or not stored for a reason that passes
    Blocked, ///< the same, but it will take long
    Refused, ///< will never be taken
};

FACETRACK_EXPORT RowVerdict meaningOf(const RowAnswer &row);

} // namespace facetrack::cratedb
