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

bool hasWays(const Shape &shape)
{
    return !shape.ways[0].empty();
}

std::string text(const Shape &shape)
{
    std::string result = shape.name;
    if (hasWays(shape))
        result += " (" + shape.ways[0] + "/" + shape.ways[1] + ")";
    if (!result.empty())
        result += ":";
    for (const Point &point : shape.points)
        result += (result.empty() ? "" : " ") + digits(point.x) + "," + digits(point.y);
    return result;
}

nlohmann::json json(const Shape &shape)
{
    nlohmann::json result = nlohmann::json::object();
    if (!shape.name.empty())
        result["name"] = shape.name;
    for (const Point &point : shape.points)
        result["points"].push_back({plain(point.x), plain(point.y)});
    if (hasWays(shape))
        result["ways"] = shape.ways;
    return result;
}

std::string toml(const Shape &shape)
{
    std::string points;
    for (const Point &point : shape.points)
        points += (points.empty() ? "[" : ", [") + digits(point.x) + ", " + digits(point.y) + "]";
    std::string result = shape.name.empty() ? "{ " : "{ name = " + quoted(shape.name) + ", ";
    result += "points = [" + points + "]";
    if (hasWays(shape))
        result += ", ways = [" + quoted(shape.ways[0]) + ", " + quoted(shape.ways[1]) + "]";
    return result + " }";
}

struct Text
{
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return digits(value); }
    std::string operator()(double value) const { return digits(value); }
    std::string operator()(const std::string &value) const { return value; }
    std::string operator()(const Size &value) const { return pair(value); }
    std::string operator()(const Box &value) const { return list(value, ","); }
    std::string operator()(const std::vector<Shape> &value) const
    {
        std::string result;
        for (const Shape &shape : value)
            result += (result.empty() ? "" : "; ") + text(shape);
        return result;
    }
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
    nlohmann::json operator()(const std::vector<Shape> &value) const
    {
        nlohmann::json result = nlohmann::json::array();
        for (const Shape &shape : value)
            result.push_back(json(shape));
        return result;
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
    /// A line for each shape: the reader bounds the length of lines.
    std::string operator()(const std::vector<Shape> &value) const
    {
        std::string result;
        for (const Shape &shape : value)
            result += "  " + toml(shape) + ",\n";
        return result.empty() ? "[]" : "[\n" + result + "]";
    }
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
