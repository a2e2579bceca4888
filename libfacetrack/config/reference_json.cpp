#include "libfacetrack/config/reference.h"
#include "libfacetrack/config/schema.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::ordered_json; // keys in the order in which people read them

/// 2 rather than 2.0 where a limit is whole: what a whole-number parameter must show.
Json number(const Parameter &parameter, double value)
{
    if (parameter.type == ParameterType::Integer || parameter.type == ParameterType::Size)
        return static_cast<std::int64_t>(value);
    return value;
}

Json shapeLimits(const ShapeLimits &limits)
{
    return {{"most", limits.most},
            {"least_points", limits.leastPoints},
            {"most_points", limits.mostPoints},
            {"named", limits.named},
            {"ways", limits.ways}};
}

void addLimits(Json &json, const Parameter &parameter, const std::vector<Choice> &choices)
{
    if (parameter.min)
        json["min"] = number(parameter, *parameter.min);
    if (parameter.max)
        json["max"] = number(parameter, *parameter.max);
    if (parameter.step)
        json["step"] = number(parameter, *parameter.step);
    if (!parameter.zero.empty())
        json["zero"] = parameter.zero;
    if (parameter.type == ParameterType::Text)
        json["max_length"] = parameter.maxLength;
    if (parameter.form)
        json["form"] = parameter.form->words;
    if (parameter.shapes)
        json["shapes"] = shapeLimits(*parameter.shapes);
    for (const Choice &choice : choices)
        json["choices"].push_back({{"value", choice.value}, {"about", choice.about}});
}

Json describeJson(const Parameter &parameter, const std::vector<Choice> &choices)
{
    Json json{{"key", parameter.key},     {"group", parameter.group},
              {"label", parameter.label}, {"doc", parameter.doc},
              {"type", typeName(parameter.type)}};
    if (!parameter.unit.empty())
        json["unit"] = parameter.unit;
    addLimits(json, parameter, choices);
    json["default"] = parameter.secret ? Json(display(parameter, parameter.defaultValue))
                                       : Json(toJson(parameter.defaultValue));
    json["applies"] = appliesName(parameter.applies);
    if (parameter.visibleWhen)
        json["visible_when"] = {{"key", parameter.visibleWhen->key},
                                {"equals", parameter.visibleWhen->equals}};
    if (parameter.secret)
        json["secret"] = true;
    return json;
}

} // namespace

std::string parametersJson(int indent, const std::map<std::string, std::vector<Choice>> &found,
                           const std::function<bool(const Parameter &)> &shown)
{
    Json list = Json::array();
    for (const Parameter &parameter : parameters()) {
        if (shown && !shown(parameter))
            continue;
        const auto here = found.find(parameter.key);
        list.push_back(
            describeJson(parameter, here == found.end() ? parameter.choices : here->second));
    }
    return list.dump(indent);
}

} // namespace facetrack
