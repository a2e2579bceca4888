#include "libfacetrack/config/parameter.h"
#include "libfacetrack/config/raw_value.h"

#include <algorithm>

namespace facetrack {

namespace {

std::string range(const Parameter &parameter)
{
    std::string words;
    if (parameter.min && parameter.max)
        words = " from " + toText(*parameter.min) + " to " + toText(*parameter.max);
    else if (parameter.min)
        words = " of at least " + toText(*parameter.min);
    else if (parameter.max)
        words = " of at most " + toText(*parameter.max);
    if (!words.empty() && !parameter.unit.empty())
        words += " " + parameter.unit;
    return words;
}

std::string orZero(const Parameter &parameter, const char *zero)
{
    return parameter.zero.empty() ? "" : std::string(", ") + zero + " for " + parameter.zero;
}

std::string oneOf(const std::vector<Choice> &choices)
{
    std::string words = "one of:";
    for (const Choice &choice : choices)
        words += " " + choice.value;
    return words;
}

std::string textWords(const Parameter &parameter)
{
    if (parameter.form)
        return parameter.form->words;
    return "text of at most " + std::to_string(parameter.maxLength) + " bytes";
}

std::string shapeWords(const ShapeLimits &shapes)
{
    const std::string most = "at most " + std::to_string(shapes.most);
    const std::string name = shapes.named ? "NAME: " : "";
    if (shapes.ways)
        return most + " lines, NAME (WAY/WAY): x,y x,y, with a ; between them";
    return most + " polygons, " + name + "x,y x,y x,y …, each of " +
           std::to_string(shapes.leastPoints) + " to " + std::to_string(shapes.mostPoints) +
           " points, with a ; between them";
}

} // namespace

const char *typeName(ParameterType type)
{
    switch (type) {
    case ParameterType::Bool:
        return "bool";
    case ParameterType::Integer:
        return "integer";
    case ParameterType::Number:
        return "number";
    case ParameterType::Text:
        return "text";
    case ParameterType::Choice:
        return "choice";
    case ParameterType::Size:
        return "size";
    case ParameterType::Box:
        return "box";
    case ParameterType::Shapes:
        return "shapes";
    }
    return "text";
}

const char *appliesName(Applies applies)
{
    return applies == Applies::NextFrame ? "next_frame" : "restart";
}

std::string Parameter::name() const
{
    return key.substr(group.size() + 1);
}

std::vector<std::string> listItems(std::string_view text)
{
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (const auto item = trimmed(text.substr(0, comma)); !item.empty())
            items.emplace_back(item);
        text.remove_prefix(std::min(text.size(), comma + 1));
    }
    return items;
}

std::string limits(const Parameter &parameter)
{
    switch (parameter.type) {
    case ParameterType::Bool:
        return "true or false";
    case ParameterType::Integer:
        return "a whole number" + range(parameter) + orZero(parameter, "0");
    case ParameterType::Number:
        return "a number" + range(parameter) + orZero(parameter, "0");
    case ParameterType::Text:
        return textWords(parameter);
    case ParameterType::Choice:
        return oneOf(parameter.choices);
    case ParameterType::Size:
        return "WIDTHxHEIGHT, each side" + range(parameter) + orZero(parameter, "0x0");
    case ParameterType::Box:
        return "x, y, width, height as fractions 0 to 1, inside the frame and not empty";
    case ParameterType::Shapes:
        return shapeWords(*parameter.shapes);
    }
    return {};
}

std::string display(const Parameter &parameter, const Value &value)
{
    const std::string text = toText(value);
    if (parameter.secret)
        return text.empty() ? "" : "(secret)";
    return parameter.unit.empty() ? text : text + " " + parameter.unit;
}

} // namespace facetrack
