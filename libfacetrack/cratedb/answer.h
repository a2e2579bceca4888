#pragma once
#include "libfacetrack/base/export.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack::cratedb {

/// What CrateDB said of one row of a bulk request.
struct RowAnswer
{
    std::int64_t rowcount = -2; ///< 1 stored, 0 was there already, -2 not stored
    int code = 0;               ///< 0: no error was given
    std::string message;
};

/// An answer of `_sql`, taken apart. Result rows of a SELECT are not in it.
struct Answer
{
    int code = 0;        ///< CrateDB's error code, 0 where there is none
    std::string message; ///< its words, or the plain text that it answered
    bool isJson = false;
    std::vector<RowAnswer> rows; ///< of a bulk request
};

/// Reads an answer; anything may have come, also from something that is no CrateDB.
FACETRACK_EXPORT Answer readAnswer(std::string_view body);

} // namespace facetrack::cratedb
