#include "libfacetrack/config/schema.h"
#include "libfacetrack/config/declare.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

std::vector<Parameter> declareAll()
{
    std::vector<Parameter> list;
    declareAgent(list);
    declareHealth(list);
    declareUpload(list);
    declareCamera(list);
    declareDetect(list);
    declareTrack(list);
    declareStream(list);
    return list;
}

} // namespace

const std::vector<Parameter> &parameters()
{
    static const std::vector<Parameter> list = declareAll();
    return list;
}

const Parameter *find(std::string_view key)
{
    const auto &list = parameters();
    const auto found = std::find_if(list.begin(), list.end(), [key](const Parameter &parameter) {
        return parameter.key == key;
    });
    return found == list.end() ? nullptr : &*found;
}

bool isGroup(std::string_view key)
{
    const auto &list = parameters();
    return std::any_of(list.begin(), list.end(),
                       [key](const Parameter &parameter) { return parameter.group == key; });
}

Result<std::string> get(const AgentConfig &config, std::string_view key)
{
    const Parameter *parameter = find(key);
    if (!parameter)
        return tl::unexpected(unknownKey(key));
    return toText(parameter->get(config));
}

Result<void> set(AgentConfig &config, std::string_view key, std::string_view text)
{
    const Parameter *parameter = find(key);
    if (!parameter)
        return tl::unexpected(unknownKey(key));
    const Result<Value> value = parse(*parameter, text);
    if (!value)
        return tl::unexpected(value.error());
    parameter->set(config, *value);
    return {};
}

nlohmann::json valuesJson(const AgentConfig &config, std::optional<Applies> only)
{
    nlohmann::json values = nlohmann::json::object();
    for (const Parameter &parameter : parameters()) {
        if (only && parameter.applies != *only)
            continue;
        const Value value = parameter.get(config);
        nlohmann::json *place = &values;
        std::size_t begin = 0;
        for (std::size_t dot; (dot = parameter.key.find('.', begin)) != std::string::npos;
             begin = dot + 1)
            place = &(*place)[parameter.key.substr(begin, dot - begin)];
        (*place)[parameter.key.substr(begin)]
            = parameter.secret ? nlohmann::json(display(parameter, value)) : toJson(value);
    }
    return values;
}

} // namespace facetrack
