#include "libfacetrack/config/value.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

/// The shortest digits that read back as the same number; never the locale's decimal comma.
template<typename T>
std::string digits(T number)
{
    std::array<char, 64> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return std::string(buffer.data(), end);
}

/// A float as the double that people mean by it: 0.1f is 0.1, not 0.10000000149011612.
double plain(float number)
{
    const std::string text = digits(number);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string quoted(const std::string &text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c; // control characters never get past a parameter's check
    }
    return result + '"';
}

std::string list(const Box &box, const char *separator)
{
    return digits(box.x) + separator + digits(box.y) + separator + digits(box.w) + separator
           + digits(box.h);
}

std::string pair(const Size &size)
{
    return digits(size.width) + "x" + digits(size.height);
}

struct Text
{
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return digits(value); }
    std::string operator()(double value) const { return digits(value); }
    std::string operator()(const std::string &value) const { return value; }
    std::string operator()(const Size &value) const { return pair(value); }
    std::string operator()(const Box &value) const { return list(value, ","); }
};

struct Json
{
    nlohmann::json operator()(bool value) const { return value; }
    nlohmann::json operator()(std::int64_t value) const { return value; }
    nlohmann::json operator()(double value) const { return value; }
    nlohmann::json operator()(const std::string &value) const { return value; }
    nlohmann::json operator()(const Size &value) const { return pair(value); }
    nlohmann::json operator()(const Box &value) const
    {
        return nlohmann::json::array(
            {plain(value.x), plain(value.y), plain(value.w), plain(value.h)});
    }
};

struct Toml : Text
{
    using Text::operator();
    std::string operator()(double value) const
    {
        const std::string text = digits(value);
        return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
    }
    std::string operator()(const std::string &value) const { return quoted(value); }
    std::string operator()(const Size &value) const { return quoted(pair(value)); }
    std::string operator()(const Box &value) const { return "[" + list(value, ", ") + "]"; }
};

} // namespace

std::string toText(const Value &value)
{
    return std::visit(Text{}, value);
}

nlohmann::json toJson(const Value &value)
{
    return std::visit(Json{}, value);
}

std::string toToml(const Value &value)
{
    return std::visit(Toml{}, value);
}

} // namespace facetrack
