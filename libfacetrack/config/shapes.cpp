#include "libfacetrack/config/shapes.h"

#include "libfacetrack/config/parameter.h"
#include "libfacetrack/config/raw_value.h"

#include <QUtf8StringView>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

constexpr std::size_t longestName = 32;

/// Why the shapes are refused; empty when they are good.
using Reason = std::string;

/// What stands between names and numbers in text cannot stand within a name.
bool isNameLetter(char c)
{
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f
           && std::string_view(":;,()/\"\\").find(c) == std::string_view::npos;
}

bool isName(std::string_view text)
{
    return !text.empty() && text.size() <= longestName && trimmed(text) == text
           && std::all_of(text.begin(), text.end(), isNameLetter)
           && QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

/// The name of a shape, or its place in the list, for messages.
std::string called(const Shape &shape, std::size_t index)
{
    return isName(shape.name) ? "'" + shape.name + "'" : "number " + std::to_string(index + 1);
}

Reason readPoint(const std::vector<double> &numbers, Shape &shape)
{
    if (numbers.size() != 2)
        return "has a point that is not two numbers, x and y";
    for (const double number : numbers) {
        if (!(number >= 0 && number <= 1))
            return "leaves the frame: x and y are fractions from 0 to 1";
    }
    shape.points.push_back({static_cast<float>(numbers[0]) + 0.0F,
                            static_cast<float>(numbers[1]) + 0.0F}); // no negative zero
    return {};
}

/// "name (way/way)" before the colon.
Reason readHead(std::string_view head, Shape &shape)
{
    const auto open = head.find('(');
    shape.name = trimmed(head.substr(0, open));
    if (open == std::string_view::npos)
        return {};
    const std::string_view ways = head.substr(open + 1);
    const auto slash = ways.find('/');
    const auto close = ways.find(')');
    if (slash == ways.npos || close == ways.npos || close < slash
        || !trimmed(ways.substr(close + 1)).empty())
        return "has no two directions: write them as (in/out)";
    shape.ways = {std::string(trimmed(ways.substr(0, slash))),
                  std::string(trimmed(ways.substr(slash + 1, close - slash - 1)))};
    return {};
}

Reason readText(const Parameter &parameter, std::string_view text, Shape &shape)
{
    if (const auto colon = text.find(':'); colon != text.npos) {
        if (Reason reason = readHead(text.substr(0, colon), shape); !reason.empty())
            return reason;
        text.remove_prefix(colon + 1);
    }
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        if (shape.points.size() > parameter.shapes->mostPoints)
            return {}; // too many; said elsewhere
        const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
        const auto numbers = numbersFrom(text.substr(0, end), ',');
        if (Reason reason = readPoint(numbers.value_or(std::vector<double>()), shape);
            !reason.empty())
            return reason;
        text.remove_prefix(end);
    }
    return {};
}

Reason readPoints(const Parameter &parameter, const nlohmann::json &json, Shape &shape)
{
    if (!json.is_array())
        return "has no points [[x, y], …]";
    for (const nlohmann::json &item : json) {
        if (shape.points.size() > parameter.shapes->mostPoints)
            return {}; // too many; said elsewhere
        std::vector<double> numbers;
        for (std::size_t i = 0; item.is_array() && i < item.size() && i < 3; ++i)
            numbers.push_back(item[i].is_number() ? item[i].get<double>() : NAN);
        if (Reason reason = readPoint(numbers, shape); !reason.empty())
            return reason;
    }
    return {};
}

Reason readObject(const Parameter &parameter, const nlohmann::json &json, Shape &shape)
{
    for (const auto &[key, value] : json.items()) {
        Reason reason;
        if (key == "points")
            reason = readPoints(parameter, value, shape);
        else if (key == "name" && value.is_string())
            shape.name = value.get<std::string>();
        else if (key == "name")
            reason = "has a name that is not text";
        else if (key == "ways" && value.is_array() && value.size() == 2 && value[0].is_string()
                 && value[1].is_string())
            shape.ways = {value[0].get<std::string>(), value[1].get<std::string>()};
        else if (key == "ways")
            reason = "has no two directions: write them as [\"in\", \"out\"]";
        else
            reason = "has a part that is not known: '" + key.substr(0, longestName) + "'";
        if (!reason.empty())
            return reason;
    }
    return {};
}

/// Whether all points lie on one line, so that there is nothing inside (or no length).
bool isFlat(const Shape &shape)
{
    constexpr float least = 1e-6F; // far below a pixel
    const Point a = shape.points.front();
    const auto far = std::max_element(
        shape.points.begin(), shape.points.end(), [a](const Point &left, const Point &right) {
            return std::hypot(left.x - a.x, left.y - a.y) < std::hypot(right.x - a.x, right.y - a.y);
        });
    if (std::hypot(far->x - a.x, far->y - a.y) < least)
        return true;
    const Shape line{{}, {a, *far}, {}};
    return shape.points.size() > 2
           && std::all_of(shape.points.begin(), shape.points.end(),
                          [&](const Point &p) { return std::fabs(sideOf(line, p)) < least; });
}

Reason checkNames(const ShapeLimits &limits, Shape &shape)
{
    if (shape.name.empty() && limits.named)
        return "has no name";
    if (!shape.name.empty() && !isName(shape.name))
        return "has a name that is not 1 to 32 bytes without any of : ; , ( ) / \" \\";
    if (limits.ways && shape.ways[0].empty() && shape.ways[1].empty())
        shape.ways = {"forward", "backward"};
    if (limits.ways && (!isName(shape.ways[0]) || !isName(shape.ways[1])))
        return "has a direction whose name is not 1 to 32 bytes without any of : ; , ( ) / \" \\";
    if (limits.ways && shape.ways[0] == shape.ways[1])
        return "has two directions of one name";
    if (!limits.ways && !(shape.ways[0].empty() && shape.ways[1].empty()))
        return "has directions: only a line has those";
    return {};
}

Reason checkShape(const ShapeLimits &limits, Shape &shape)
{
    if (shape.points.size() < limits.leastPoints)
        return "has fewer than " + std::to_string(limits.leastPoints) + " points";
    if (shape.points.size() > limits.mostPoints)
        return "has more than " + std::to_string(limits.mostPoints) + " points";
    if (isFlat(shape))
        return limits.mostPoints == 2 ? "has no length" : "has no area";
    return checkNames(limits, shape);
}

/// Takes shapes one by one, each held against the limits.
class ShapeList
{
public:
    explicit ShapeList(const Parameter &parameter) : m_parameter(parameter) {}

    bool addAll(std::string_view text)
    {
        for (text = trimmed(text); !text.empty();) {
            const auto end = std::min(text.find(';'), text.size());
            if (!add(trimmed(text.substr(0, end)), readText))
                return false;
            text = trimmed(text.substr(std::min(end + 1, text.size())));
        }
        return true;
    }

    bool addItem(const nlohmann::json &item)
    {
        if (item.is_object())
            return add(item, readObject);
        if (item.is_string())
            return add(std::string_view(item.get_ref<const std::string &>()), readText);
        return complain(R"(it holds something else than {"name": …, "points": …})");
    }

    bool complain(const std::string &reason)
    {
        m_reason = reason;
        return false;
    }

    Result<Value> finish()
    {
        if (!m_reason.empty())
            return fail(ErrorCode::InvalidArgument, m_parameter.key, m_reason,
                        limits(m_parameter));
        return Value(std::move(m_shapes));
    }

private:
    template<typename Source, typename Read>
    bool add(const Source &source, Read read)
    {
        const ShapeLimits &limits = *m_parameter.shapes;
        if (m_shapes.size() == limits.most)
            return complain("there are more than " + std::to_string(limits.most));
        Shape shape;
        Reason reason = read(m_parameter, source, shape);
        if (reason.empty())
            reason = checkShape(limits, shape);
        if (reason.empty() && isTaken(shape.name))
            reason = "comes twice";
        if (!reason.empty())
            return complain(called(shape, m_shapes.size()) + " " + reason);
        m_shapes.push_back(std::move(shape));
        return true;
    }

    bool isTaken(const std::string &name) const
    {
        return !name.empty()
               && std::any_of(m_shapes.begin(), m_shapes.end(),
                              [&](const Shape &shape) { return shape.name == name; });
    }

    const Parameter &m_parameter;
    std::vector<Shape> m_shapes;
    Reason m_reason;
};

} // namespace

Result<Value> shapesFromText(const Parameter &parameter, std::string_view text)
{
    const std::string_view bare = trimmed(text);
    if (!bare.empty() && bare.front() == '[')
        return shapesFromJson(parameter, nlohmann::json::parse(bare, nullptr, false));
    ShapeList list(parameter);
    list.addAll(bare);
    return list.finish();
}

Result<Value> shapesFromJson(const Parameter &parameter, const nlohmann::json &json)
{
    ShapeList list(parameter);
    if (json.is_string()) {
        list.addAll(json.get_ref<const std::string &>());
    } else if (json.is_array()) {
        for (const nlohmann::json &item : json)
            if (!list.addItem(item))
                break;
    } else {
        list.complain("it is not a list");
    }
    return list.finish();
}

} // namespace facetrack
