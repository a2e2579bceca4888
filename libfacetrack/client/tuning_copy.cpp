#include "libfacetrack/client/tuning_copy.h"

#include "libfacetrack/client/agent_answers.h"

#include <algorithm>

namespace facetrack {

namespace {

/// {"detect": {"yunet": {"model": …}}} or {"detect": {"min_neighbors": 3}} as whole keys. Values that
/// are objects themselves do not exist.
void flatten(const nlohmann::json &values, const std::string &prefix,
             std::vector<std::pair<std::string, nlohmann::json>> &into)
{
    for (const auto &[name, value] : values.items()) {
        if (value.is_object())
            flatten(value, prefix + name + ".", into);
        else
            into.emplace_back(prefix + name, value);
    }
}

} // namespace

TuningCopy planTuningCopy(const nlohmann::json &values, const std::vector<Parameter> &schema,
                          const nlohmann::json &ownValues)
{
    TuningCopy copy;
    std::vector<std::pair<std::string, nlohmann::json>> all;
    if (values.is_object())
        flatten(values, {}, all);
    for (const auto &[key, value] : all) {
        const auto parameter = std::find_if(schema.begin(), schema.end(),
                                            [&](const Parameter &known) { return known.key == key; });
        // First: a schema shows what can be set there, so it may leave out what both have alike.
        if (valueOf(ownValues, key) == value) {
            copy.same.push_back(key);
        } else if (parameter == schema.end()) {
            copy.refused.push_back({ErrorCode::NotFound, {}, key, "is not known there",
                                    "the agents may be of different versions"});
        } else if (const auto taken = parseJson(*parameter, value); !taken) {
            copy.refused.push_back(problemOf(taken.error()));
        } else {
            copy.patch[key] = value;
        }
    }
    return copy;
}

bool leaveOut(TuningCopy &copy, const std::vector<Problem> &problems)
{
    bool any = false;
    for (const Problem &problem : problems) {
        if (copy.patch.erase(problem.key) == 0)
            continue;
        copy.refused.push_back(problem);
        any = true;
    }
    return any;
}

} // namespace facetrack
