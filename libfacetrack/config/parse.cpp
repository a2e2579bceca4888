#include "libfacetrack/config/parameter.h"
#include "libfacetrack/config/raw_value.h"
#include "libfacetrack/config/shapes.h"

#include <cstdint>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

/// On a command line "on" and "1" are meant as clearly as "true"; files and requests have types.
std::optional<bool> boolFrom(std::string_view text)
{
    for (const std::string_view yes : {"true", "on", "yes", "1"}) {
        if (text == yes)
            return true;
    }
    for (const std::string_view no : {"false", "off", "no", "0"}) {
        if (text == no)
            return false;
    }
    return std::nullopt;
}

std::string reasonNotInteger(std::string_view text)
{
    const bool digitsOnly = !text.empty() && text.find_first_not_of("+-0123456789") == text.npos;
    return digitsOnly && numberFrom(text) ? "is out of range" : "is not a whole number";
}

Result<Value> parseNumeral(const Parameter &parameter, std::string_view text, RawValue raw)
{
    if (parameter.type == ParameterType::Integer) {
        const auto integer = integerFrom(text);
        if (!integer)
            return refuse(parameter, raw, reasonNotInteger(text));
        raw.value = *integer;
    } else {
        const auto number = numberFrom(text);
        if (!number && text.find(',') != text.npos)
            return refuse(parameter, raw, "is not a number: write a point, not a comma");
        if (!number)
            return refuse(parameter, raw, "is not a number");
        raw.value = *number;
    }
    return convert(parameter, raw);
}

RawValue rawArray(const nlohmann::json &json, RawValue raw)
{
    std::vector<double> numbers;
    for (const nlohmann::json &item : json) {
        if (!item.is_number() || numbers.size() > 4) {
            raw.value = RawValue::Other{"an array"};
            return raw;
        }
        numbers.push_back(item.get<double>());
    }
    raw.value = std::move(numbers);
    return raw;
}

/// Enough of the JSON to recognise it by; a dump of all could be megabytes.
std::string excerpt(const nlohmann::json &json)
{
    if (json.is_string())
        return json.get<std::string>();
    if (json.is_object())
        return "{…}";
    if (json.is_array() && json.size() > 4)
        return "[…]";
    if (json.is_array()) {
        std::string text = "[";
        for (const nlohmann::json &item : json) {
            text += text.size() > 1 ? ", " : "";
            text += item.is_structured() ? "…" : excerpt(item);
        }
        return text + "]";
    }
    return json.dump();
}

RawValue rawFrom(const nlohmann::json &json)
{
    RawValue raw{RawValue::Other{json.type_name()}, excerpt(json)};
    if (json.is_boolean())
        raw.value = json.get<bool>();
    else if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX)
        raw.value = json.get<double>();
    else if (json.is_number_integer())
        raw.value = json.get<std::int64_t>();
    else if (json.is_number_float())
        raw.value = json.get<double>();
    else if (json.is_string())
        raw.value = json.get<std::string>();
    else if (json.is_array())
        return rawArray(json, std::move(raw));
    return raw;
}

} // namespace

Result<Value> parse(const Parameter &parameter, std::string_view text)
{
    RawValue raw{std::string(text), std::string(text)};
    const std::string_view bare = trimmed(text);
    switch (parameter.type) {
    case ParameterType::Bool:
        if (const auto value = boolFrom(bare))
            raw.value = *value;
        return convert(parameter, raw);
    case ParameterType::Integer:
    case ParameterType::Number:
        return parseNumeral(parameter, bare, std::move(raw));
    case ParameterType::Text:
    case ParameterType::Choice:
    case ParameterType::Size:
    case ParameterType::Box:
        break;
    case ParameterType::Shapes:
        return shapesFromText(parameter, bare);
    }
    return convert(parameter, raw);
}

Result<Value> parseJson(const Parameter &parameter, const nlohmann::json &json)
{
    if (parameter.type == ParameterType::Shapes)
        return shapesFromJson(parameter, json);
    return convert(parameter, rawFrom(json));
}

} // namespace facetrack
