#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace facetrack {

struct Parameter;

/// A value as a file or request gave it, before it is held against its parameter.
/// Internal to this room.
struct RawValue
{
    /// Something that no parameter takes: what it was, "a date".
    struct Other
    {
        std::string what;
    };
    std::variant<bool, std::int64_t, double, std::string, std::vector<double>, Other> value;
    std::string given; ///< as written, for messages
};

/// Holds a raw value against its parameter's type and limits: the one place that does.
Result<Value> convert(const Parameter &parameter, const RawValue &raw);

/// Whole-text conversions, the same in every locale; empty on trailing characters or overflow.
std::optional<double> numberFrom(std::string_view text);
std::optional<std::int64_t> integerFrom(std::string_view text);
/// "30x30", "0,0,1,1" or "[0, 0, 1, 1]".
std::optional<std::vector<double>> numbersFrom(std::string_view text, char separator);

/// A refusal of `raw` because `reason` ("is not a number").
tl::unexpected<Error> refuse(const Parameter &parameter, const RawValue &raw,
                             const std::string &reason);

/// For messages: without what may be a password, all from the first :// to the last @. Several
/// addresses may be in it, and a password may hold any character.
std::string withoutPasswords(const std::string &given);

/// `text` without white space at its ends.
std::string_view trimmed(std::string_view text);

} // namespace facetrack
