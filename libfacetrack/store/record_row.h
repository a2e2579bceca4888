#pragma once
#include "libfacetrack/store/record.h"

#include <cstdint>
#include <string_view>

namespace facetrack {

/// One record as the tables keep it: agent and run are a small number.
struct RecordRow
{
    std::int64_t run = 0;
    std::int64_t type = 0;
    std::int64_t sequence = 0;
    std::int64_t time = 0;
    bool trusted = true;
    std::int64_t faces = 0;
    std::string_view body;
};

/// The row for `record`, with the number of its (agent, run); borrows the body.
RecordRow rowOf(const Record &record, std::int64_t run);

} // namespace facetrack
