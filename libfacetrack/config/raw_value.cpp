#include "libfacetrack/config/raw_value.h"
#include "libfacetrack/config/parameter.h"

#include <QUtf8StringView>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace facetrack {

namespace {

template<typename T>
std::optional<T> numeral(std::string_view text)
{
    text = trimmed(text);
    if (text.size() > 1 && text.front() == '+' && text[1] != '-')
        text.remove_prefix(1);
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Empty when `number` is within the parameter's limits, otherwise the reason.
std::string outside(const Parameter &parameter, double number)
{
    if (!std::isfinite(number))
        return "is not a finite number";
    if (number == 0 && !parameter.zero.empty())
        return {};
    if (parameter.min && number < *parameter.min)
        return "is below the least, " + toText(*parameter.min);
    if (parameter.max && number > *parameter.max)
        return "is above the most, " + toText(*parameter.max);
    return {};
}

Result<Value> toBool(const Parameter &parameter, const RawValue &raw)
{
    if (const auto *value = std::get_if<bool>(&raw.value))
        return *value;
    return refuse(parameter, raw, "is neither");
}

Result<Value> toInteger(const Parameter &parameter, const RawValue &raw)
{
    std::optional<std::int64_t> value;
    if (const auto *integer = std::get_if<std::int64_t>(&raw.value))
        value = *integer;
    else if (const auto *number = std::get_if<double>(&raw.value)) {
        // JSON does not tell 3 from 3.0; 2^53 is where doubles stop being exact.
        if (!std::isfinite(*number) || std::abs(*number) > 9007199254740992.0)
            return refuse(parameter, raw, "is out of range");
        if (*number == std::floor(*number))
            value = static_cast<std::int64_t>(*number);
    }
    if (!value)
        return refuse(parameter, raw, "is not a whole number");
    if (const auto reason = outside(parameter, static_cast<double>(*value)); !reason.empty())
        return refuse(parameter, raw, reason);
    return *value;
}

Result<Value> toNumber(const Parameter &parameter, const RawValue &raw)
{
    double value = 0;
    if (const auto *number = std::get_if<double>(&raw.value))
        value = *number;
    else if (const auto *integer = std::get_if<std::int64_t>(&raw.value))
        value = static_cast<double>(*integer);
    else
        return refuse(parameter, raw, "is not a number");
    if (const auto reason = outside(parameter, value); !reason.empty())
        return refuse(parameter, raw, reason);
    return value == 0 ? 0.0 : value; // no negative zero: it would print as "-0"
}

Result<Value> toTextValue(const Parameter &parameter, const RawValue &raw)
{
    const auto *text = std::get_if<std::string>(&raw.value);
    if (!text)
        return refuse(parameter, raw, "is not text");
    if (text->size() > parameter.maxLength)
        return refuse(parameter, raw,
                      "is longer than " + std::to_string(parameter.maxLength) + " bytes");
    if (!QUtf8StringView(text->data(), static_cast<qsizetype>(text->size())).isValidUtf8())
        return refuse(parameter, raw, "is not UTF-8");
    if (std::any_of(text->begin(), text->end(), isControl))
        return refuse(parameter, raw, "holds a control character");
    if (parameter.form && !parameter.form->matches(*text))
        return refuse(parameter, raw, "does not have the right form");
    return *text;
}

Result<Value> toChoice(const Parameter &parameter, const RawValue &raw)
{
    const auto *text = std::get_if<std::string>(&raw.value);
    const auto known = [&](const Choice &choice) { return text && choice.value == *text; };
    if (std::any_of(parameter.choices.begin(), parameter.choices.end(), known))
        return *text;
    return refuse(parameter, raw, "is not a choice");
}

std::optional<std::vector<double>> numbersOf(const RawValue &raw, char separator)
{
    if (const auto *numbers = std::get_if<std::vector<double>>(&raw.value))
        return *numbers;
    if (const auto *text = std::get_if<std::string>(&raw.value))
        return numbersFrom(*text, separator);
    return std::nullopt;
}

Result<Value> toSize(const Parameter &parameter, const RawValue &raw)
{
    const auto sides = numbersOf(raw, 'x');
    if (!sides || sides->size() != 2)
        return refuse(parameter, raw, "is not a size");
    for (const double side : *sides) {
        if (!(std::abs(side) <= std::numeric_limits<int>::max()) || side != std::floor(side))
            return refuse(parameter, raw, "is not a size in whole pixels");
        if (const auto reason = outside(parameter, side); !reason.empty())
            return refuse(parameter, raw, reason);
    }
    const Size size{static_cast<int>((*sides)[0]), static_cast<int>((*sides)[1])};
    if ((size.width == 0) != (size.height == 0))
        return refuse(parameter, raw, "has one side of 0");
    return size;
}

Result<Value> toBox(const Parameter &parameter, const RawValue &raw)
{
    const auto sides = numbersOf(raw, ',');
    if (!sides || sides->size() != 4)
        return refuse(parameter, raw, "is not four numbers");
    for (const double side : *sides) {
        if (!(side >= 0 && side <= 1))
            return refuse(parameter, raw, "leaves the frame");
    }
    const Box box{static_cast<float>((*sides)[0]) + 0.0f, static_cast<float>((*sides)[1]) + 0.0f,
                  static_cast<float>((*sides)[2]), static_cast<float>((*sides)[3])};
    // Thirds and the like do not add up to 1 exactly; a millionth is far below a pixel.
    constexpr double tolerance = 1e-6;
    if ((*sides)[0] + (*sides)[2] > 1 + tolerance || (*sides)[1] + (*sides)[3] > 1 + tolerance)
        return refuse(parameter, raw, "leaves the frame");
    if (!(box.w > 0 && box.h > 0))
        return refuse(parameter, raw, "is empty");
    return box;
}

} // namespace

std::string withoutPasswords(const std::string &given)
{
    const auto begin = given.find("://");
    const auto end = given.rfind('@');
    if (begin == given.npos || end == given.npos || end < begin)
        return given;
    return given.substr(0, begin + 3) + "…" + given.substr(end);
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::optional<double> numberFrom(std::string_view text)
{
    return numeral<double>(text);
}

std::optional<std::int64_t> integerFrom(std::string_view text)
{
    return numeral<std::int64_t>(text);
}

std::optional<std::vector<double>> numbersFrom(std::string_view text, char separator)
{
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
        text = text.substr(1, text.size() - 2);
        separator = ',';
    }
    std::vector<double> numbers;
    while (numbers.size() <= 4) { // no parameter has more
        const auto end = text.find(separator);
        const auto number = numberFrom(text.substr(0, end));
        if (!number)
            return std::nullopt;
        numbers.push_back(*number);
        if (end == std::string_view::npos)
            return numbers;
        text.remove_prefix(end + 1);
    }
    return std::nullopt;
}

tl::unexpected<Error> refuse(const Parameter &parameter, const RawValue &raw,
                             const std::string &reason)
{
    constexpr std::size_t longest = 60;
    std::string given = "the given value";
    if (!parameter.secret) {
        const std::string shown = withoutPasswords(raw.given);
        given = shown.substr(0, longest);
        std::replace_if(given.begin(), given.end(), isControl, '?');
        given = "'" + given + (shown.size() > longest ? "…'" : "'");
    }
    return fail(ErrorCode::InvalidArgument, parameter.key, given + " " + reason,
                limits(parameter));
}

Result<Value> convert(const Parameter &parameter, const RawValue &raw)
{
    switch (parameter.type) {
    case ParameterType::Bool:
        return toBool(parameter, raw);
    case ParameterType::Integer:
        return toInteger(parameter, raw);
    case ParameterType::Number:
        return toNumber(parameter, raw);
    case ParameterType::Text:
        return toTextValue(parameter, raw);
    case ParameterType::Choice:
        return toChoice(parameter, raw);
    case ParameterType::Size:
        return toSize(parameter, raw);
    case ParameterType::Box:
        return toBox(parameter, raw);
    case ParameterType::Shapes:
        break; // shapesFromText() and shapesFromJson() do that
    }
    return refuse(parameter, raw, "has no known type");
}

} // namespace facetrack
