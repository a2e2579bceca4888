#include "libfacetrack/config/schema_reader.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace facetrack {

namespace {

using nlohmann::json;

std::string text(const json &from, const char *key)
{
    const auto found = from.find(key);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number(const json &from, const char *key)
{
    const auto found = from.find(key);
    return found != from.end() && found->is_number() ? std::optional(found->get<double>())
                                                      : std::nullopt;
}

std::size_t count(const json &from, const char *key, std::size_t otherwise)
{
    const auto found = from.find(key);
    return found != from.end() && found->is_number_unsigned() ? found->get<std::size_t>() : otherwise;
}

bool flag(const json &from, const char *key)
{
    const auto found = from.find(key);
    return found != from.end() && found->is_boolean() && found->get<bool>();
}

std::optional<ParameterType> typeFrom(const std::string &name)
{
    for (const ParameterType type :
         {ParameterType::Bool, ParameterType::Integer, ParameterType::Number, ParameterType::Text,
          ParameterType::Choice, ParameterType::Size, ParameterType::Box, ParameterType::Shapes}) {
        if (name == typeName(type))
            return type;
    }
    return std::nullopt;
}

void readLimits(const json &from, Parameter &parameter)
{
    parameter.min = number(from, "min");
    parameter.max = number(from, "max");
    parameter.step = number(from, "step");
    parameter.zero = text(from, "zero");
    parameter.maxLength = count(from, "max_length", 4096);
    if (const std::string words = text(from, "form"); !words.empty())
        parameter.form = TextForm{words, [](std::string_view) { return true; }};
    if (parameter.type == ParameterType::Shapes) {
        const auto found = from.find("shapes");
        const json limits = found != from.end() && found->is_object() ? *found : json::object();
        parameter.shapes = ShapeLimits{count(limits, "most", 16), count(limits, "least_points", 3),
                                       count(limits, "most_points", 32), flag(limits, "named"),
                                       flag(limits, "ways")};
    }
    if (const auto choices = from.find("choices"); choices != from.end() && choices->is_array()) {
        for (const json &choice : *choices) {
            if (choice.is_object())
                parameter.choices.push_back({text(choice, "value"), text(choice, "about")});
        }
    }
}

std::optional<Parameter> parameterFrom(const json &from)
{
    if (!from.is_object())
        return std::nullopt;
    Parameter parameter;
    parameter.key = text(from, "key");
    parameter.group = text(from, "group");
    const auto type = typeFrom(text(from, "type"));
    if (!type || !parameter.key.starts_with(parameter.group + "."))
        return std::nullopt;
    parameter.type = *type;
    parameter.label = text(from, "label");
    parameter.doc = text(from, "doc");
    parameter.unit = text(from, "unit");
    parameter.secret = flag(from, "secret");
    parameter.applies
        = text(from, "applies") == appliesName(Applies::NextFrame) ? Applies::NextFrame : Applies::Restart;
    readLimits(from, parameter);
    if (const auto when = from.find("visible_when"); when != from.end() && when->is_object())
        parameter.visibleWhen = Condition{text(*when, "key"), text(*when, "equals")};
    if (const auto standard = from.find("default"); standard != from.end()) {
        if (const auto value = parseJson(parameter, *standard))
            parameter.defaultValue = *value;
    }
    return parameter;
}

} // namespace

std::vector<Parameter> parametersFrom(const json &list)
{
    std::vector<Parameter> parameters;
    if (!list.is_array())
        return parameters;
    for (const json &item : list) {
        if (auto parameter = parameterFrom(item))
            parameters.push_back(std::move(*parameter));
    }
    return parameters;
}

} // namespace facetrack
