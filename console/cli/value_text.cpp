#include "console/cli/value_text.h"

#include "libfacetrack/base/json_text.h"
#include "libfacetrack/base/text.h"

#include <algorithm>

namespace facetrack::cli {

AgentResult<Tuned> askTuned(Conversation &conversation)
{
    AgentClient &client = conversation.client();
    auto schema = conversation.wait<std::vector<Parameter>>(
        [&](QObject *context, auto done) { client.schema(context, std::move(done)); });
    if (!schema)
        return tl::unexpected(schema.error());
    auto tuning = conversation.wait<AgentTuning>(
        [&](QObject *context, auto done) { client.tuning(context, std::move(done)); });
    if (!tuning)
        return tl::unexpected(tuning.error());
    return Tuned{std::move(*schema), std::move(*tuning)};
}

const Parameter *findIn(const std::vector<Parameter> &schema, const std::string &key)
{
    const auto found = std::find_if(schema.begin(), schema.end(),
                                    [&](const Parameter &parameter) { return parameter.key == key; });
    return found == schema.end() ? nullptr : &*found;
}

Problem unknownKey(const std::vector<Parameter> &schema, const std::string &key)
{
    if (findIn(schema, key))
        return {ErrorCode::Unsupported, {}, key, "takes effect at a restart only",
                "set it in the agent's settings file"};
    const Parameter *nearest = nullptr;
    std::size_t least = std::max<std::size_t>(3, key.size() / 3);
    for (const Parameter &parameter : schema) {
        const std::size_t distance = editDistance(key.substr(0, 80), parameter.key);
        if (parameter.applies == Applies::NextFrame && distance < least) {
            least = distance;
            nearest = &parameter;
        }
    }
    return {ErrorCode::NotFound, {}, key, "is unknown there",
            nearest ? "did you mean " + nearest->key + "?" : "facetrack get lists all keys"};
}

std::string valueText(const Parameter &parameter, const nlohmann::json &value)
{
    const auto read = parseJson(parameter, value);
    return read ? toText(*read) : jsonText(value);
}

std::string valueText(const Tuned &tuned, const nlohmann::json &values, const std::string &key)
{
    const Parameter *const parameter = findIn(tuned.schema, key);
    const nlohmann::json value = valueOf(values, key);
    return parameter && !value.is_null() ? valueText(*parameter, value) : "?";
}

AgentFailure invalid(std::vector<Problem> problems)
{
    AgentFailure failure
        = failureOf({ErrorCode::InvalidArgument, {}, "the values cannot be taken", "nothing was changed"},
                    AgentTrouble::Invalid);
    if (!problems.empty())
        failure.message = describe(problems.front());
    failure.problems = std::move(problems);
    return failure;
}

std::vector<std::string> changeLines(const Tuned &before, const AgentTuning &after,
                                     const nlohmann::json &patch)
{
    std::vector<std::string> lines;
    for (const auto &[key, wish] : patch.items()) {
        const std::string old = valueText(before, before.tuning.values, key);
        const std::string now = valueText(before, after.values, key);
        lines.push_back(key + (old == now ? ": is " + now + " already" : ": " + old + " → " + now));
    }
    return lines;
}

} // namespace facetrack::cli
