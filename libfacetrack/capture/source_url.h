#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/model/box.h"

#include <map>
#include <optional>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

/// How a picture is made to fit the wanted size.
enum class Fit {
    Stretch, ///< fills the size, the aspect may change (default)
    Crop,    ///< keeps the aspect, cuts what stands out at the sides
    Letterbox, ///< keeps the aspect, black bars
};

/// A source's address taken apart: `scheme:path?key=value&…`. A `?` or `%` in a path is
/// written as %3F or %25.
struct FACETRACK_EXPORT SourceUrl
{
    std::string text;   ///< as it was given, for messages
    std::string scheme;
    std::string path;   ///< percent-decoded
    std::map<std::string, std::string> options;

    Size size;               ///< `size=WxH`, every source takes it; empty means the source's own
    Fit fit = Fit::Stretch;  ///< `fit=stretch|crop|letterbox`

    static Result<SourceUrl> parse(std::string_view text);

    /// Refuses options that are not in `known` (nor size and fit), naming the nearest known one.
    Result<void> allowOnly(const std::set<std::string> &known) const;

    /// `fallback` where the option is absent; an Error that names option and limits where it is
    /// not a number between `least` and `most`.
    Result<double> number(const std::string &key, double fallback, double least,
                          double most) const;
    Result<std::int64_t> integer(const std::string &key, std::int64_t fallback, std::int64_t least,
                                 std::int64_t most) const;
    /// 0/1, false/true, no/yes.
    Result<bool> flag(const std::string &key, bool fallback) const;
    /// One of `choices`; the first is the fallback.
    Result<std::string> choice(const std::string &key,
                               const std::vector<std::string> &choices) const;
};

} // namespace facetrack
