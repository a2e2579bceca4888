#include "libfacetrack/pipeline/sweep_sets.h"

#include "libfacetrack/config/load.h"
#include "libfacetrack/config/schema.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>

namespace facetrack {

namespace {

struct Axis
{
    std::string key;
    std::vector<std::string> values;
};

std::optional<double> numberOf(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

tl::unexpected<Error> refuse(const std::string &words, const std::string &reason)
{
    return fail(ErrorCode::InvalidArgument, "--vary", "'" + words + "' " + reason,
                "such as detect.min_neighbors=2..8, detect.scale_factor=1.05..1.3:0.05 or "
                "detect.detector=haar,yunet");
}

/// "a..b:step" taken apart.
Result<std::vector<std::string>> rangeValues(const std::string &words, const Parameter &parameter,
                                             const std::string &range)
{
    const std::size_t dots = range.find("..");
    const std::size_t colon = range.find(':', dots);
    const std::string_view all = range;
    const auto first = numberOf(all.substr(0, dots));
    const auto last = numberOf(all.substr(dots + 2, colon == range.npos ? colon : colon - dots - 2));
    auto step = parameter.type == ParameterType::Integer ? std::optional(1.0) : parameter.step;
    if (colon != range.npos)
        step = numberOf(all.substr(colon + 1));
    if (!first || !last || !step || !(*step > 0) || *last < *first)
        return refuse(words, "is no range FIRST..LAST or FIRST..LAST:STEP");
    const double count = std::floor((*last - *first) / *step + 1e-9) + 1;
    if (count > static_cast<double>(MostSweepSets))
        return refuse(words, "has more than " + std::to_string(MostSweepSets) + " values");
    std::vector<std::string> values;
    for (int i = 0; i < static_cast<int>(count); ++i) {
        // Rounded, so that 1.05 + 3 · 0.05 is 1.2.
        const double value = std::round((*first + i * *step) * 1e9) / 1e9;
        values.push_back(parameter.type == ParameterType::Integer
                             ? std::to_string(std::llround(value))
                             : toText(value));
    }
    return values;
}

Result<Axis> axisFrom(const std::string &words)
{
    const std::size_t equals = words.find('=');
    if (equals == words.npos || equals == 0)
        return refuse(words, "is not KEY=VALUES");
    Axis axis{words.substr(0, equals), {}};
    const Parameter *parameter = find(axis.key);
    if (!parameter)
        return tl::unexpected(unknownKey(axis.key));
    const std::string values = words.substr(equals + 1);
    const bool numeric = parameter->type == ParameterType::Integer
                         || parameter->type == ParameterType::Number;
    if (numeric && values.find("..") != values.npos) {
        auto range = rangeValues(words, *parameter, values);
        if (!range)
            return tl::unexpected(range.error());
        axis.values = std::move(*range);
    } else {
        std::istringstream list(values);
        for (std::string value; std::getline(list, value, ',');)
            axis.values.push_back(value);
    }
    if (axis.values.empty())
        return refuse(words, "has no values");
    return axis;
}

} // namespace

std::string SweepSet::text() const
{
    std::string words;
    for (const auto &[key, value] : values)
        words += (words.empty() ? "" : " ") + key + "=" + value;
    return words.empty() ? "as set" : words;
}

Result<std::vector<SweepSet>> sweepSets(const std::vector<std::string> &vary,
                                        const std::vector<std::string> &sets)
{
    std::vector<SweepSet> grid(1);
    for (const std::string &words : vary) {
        const auto axis = axisFrom(words);
        if (!axis)
            return tl::unexpected(axis.error());
        std::vector<SweepSet> wider;
        if (grid.size() * axis->values.size() > MostSweepSets)
            return refuse(words, "makes more than " + std::to_string(MostSweepSets) + " sets");
        for (const SweepSet &set : grid)
            for (const std::string &value : axis->values) {
                wider.push_back(set);
                wider.back().values.emplace_back(axis->key, value);
            }
        grid = std::move(wider);
    }
    for (SweepSet &set : grid) {
        std::vector<std::string> all = sets;
        for (const auto &[key, value] : set.values)
            all.push_back(key + "=" + value);
        auto config = loadConfig(std::nullopt, all);
        if (!config)
            return tl::unexpected(asError(config.error()));
        set.tuning = std::move(config->tuning);
    }
    return grid;
}

} // namespace facetrack
