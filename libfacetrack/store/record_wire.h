#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/record.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

// Records on their way from an agent to a relay: NDJSON, one object a line,
//
//   {"type":"observation","agent":"pi-1","run":"0123456789abcdef","sequence":7,
//    "time":1790000000000,"faces":1,"body":[1088,720,3,[[1000,2500,500,825,987,3]]]}
//
// with `time` in milliseconds since 1970, `"trusted":false` where the clock did not know it,
// `"simulated":true` where nobody was there,
// `faces` for observations only, and the body as it stands in a Record. Everybody may have written
// it, so that each row is held against the model before it is kept.

/// What a row and a batch of them may be.
struct WireLimits
{
    std::size_t rows = 10'000;
    std::size_t lineBytes = 256 * 1024;
    std::size_t faces = 1'000; ///< in one observation
};

/// Appends a record as one line, its line break included.
FACETRACK_EXPORT void appendWireLine(const Record &record, std::string &text);

/// The record in one line. InvalidArgument names what is wrong and what would be right.
FACETRACK_EXPORT Result<Record> readWireLine(std::string_view line, const WireLimits &limits = {});

/// A row that cannot be kept.
struct WireRefusal
{
    std::size_t line = 0; ///< from 1, as a text editor counts
    Error error;
};

/// A batch taken apart: each row is a record or a refusal.
struct WireBatch
{
    std::vector<Record> records;
    std::vector<WireRefusal> refused; ///< in order
    std::size_t rows() const { return records.size() + refused.size(); }
};

/// Empty lines are no rows. Full when there are more rows than the limits allow.
FACETRACK_EXPORT Result<WireBatch> readWireBatch(std::string_view text,
                                                 const WireLimits &limits = {});

/// Holds a record against the model, whatever way it came: id, times, sizes, and the body by type.
FACETRACK_EXPORT Result<void> checkRecord(const Record &record, const WireLimits &limits = {});

/// "observation", "heartbeat", "visit", "tuning_change"
FACETRACK_EXPORT std::string_view recordTypeName(RecordType type);

} // namespace facetrack
