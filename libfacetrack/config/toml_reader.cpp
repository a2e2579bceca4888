#include "libfacetrack/config/toml_reader.h"
#include "libfacetrack/base/file_text.h"
#include "libfacetrack/config/raw_value.h"
#include "libfacetrack/config/shapes.h"

#include <algorithm>
#include <locale>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <toml++/toml.h>

namespace facetrack {

namespace {

constexpr std::size_t mostBytes = 1024 * 1024;
/// Bounds the depth of dotted keys (a.a.a.…), each a table within a table: toml++ frees them
/// recursively, and a megabyte of them would overflow the stack.
constexpr std::size_t longestLine = 8192;
/// No parameter lies deeper than section.name.part.
constexpr int deepest = 4;

std::string place(const std::string &name, const toml::source_position &position)
{
    std::ostringstream text;
    text.imbue(std::locale::classic()); // no thousands separators in line numbers
    text << name << ':' << position.line << ':' << position.column;
    return text.str();
}

std::string written(const toml::node &node)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    node.visit([&text](const auto &value) {
        using Node = std::decay_t<decltype(value)>;
        if constexpr (toml::is_table<Node>)
            text << "{…}";
        else if constexpr (toml::is_array<Node>)
            text << (value.size() <= 4 ? "" : "[…]");
        else if constexpr (toml::is_string<Node>)
            text << value.get();
        else if constexpr (toml::is_floating_point<Node>)
            text << toText(value.get()); // 0.6 rather than 0.59999999999999998
        else
            text << value;
    });
    return text.str();
}

void fillArray(RawValue &raw, const toml::array &array)
{
    std::vector<double> numbers;
    std::string text;
    for (const toml::node &item : array) {
        if (!item.is_number() || numbers.size() == 5)
            return;
        numbers.push_back(*item.value<double>());
        text += (text.empty() ? "[" : ", ") + written(item);
    }
    raw.value = std::move(numbers);
    raw.given = array.size() <= 4 ? text + (array.empty() ? "[]" : "]") : "[…]";
}

RawValue rawFrom(const toml::node &node)
{
    RawValue raw{RawValue::Other{"another type"}, written(node)};
    if (const auto *boolean = node.as_boolean())
        raw.value = boolean->get();
    else if (const auto *integer = node.as_integer())
        raw.value = integer->get();
    else if (const auto *number = node.as_floating_point())
        raw.value = number->get();
    else if (const auto *text = node.as_string())
        raw.value = text->get();
    else if (const auto *array = node.as_array()) {
        raw.given = "[…]";
        fillArray(raw, *array);
    }
    return raw;
}

/// The same in JSON, as far as shapes need it; what is deeper becomes null, which no shape takes.
nlohmann::json jsonOf(const toml::node &node, int depth = 0)
{
    if (const auto *number = node.as_floating_point())
        return number->get();
    if (const auto *integer = node.as_integer())
        return integer->get();
    if (const auto *text = node.as_string())
        return text->get();
    nlohmann::json json;
    if (const auto *array = node.as_array(); array && depth < deepest) {
        json = nlohmann::json::array();
        for (const toml::node &item : *array)
            json.push_back(jsonOf(item, depth + 1));
    } else if (const auto *table = node.as_table(); table && depth < deepest) {
        json = nlohmann::json::object();
        for (auto &&[name, item] : *table)
            json[std::string(name.str())] = jsonOf(item, depth + 1);
    }
    return json;
}

/// ["a", "b"] as "a, b"; nothing when it is something else.
std::optional<std::string> joined(const toml::node &node)
{
    const auto *array = node.as_array();
    if (!array)
        return std::nullopt;
    std::string text;
    for (const toml::node &item : *array) {
        const auto *one = item.as_string();
        if (!one)
            return std::nullopt;
        text += (text.empty() ? "" : ", ") + one->get();
    }
    return text;
}

Result<Value> valueOf(const Parameter &parameter, const toml::node &node)
{
    if (const auto text = parameter.list ? joined(node) : std::nullopt)
        return convert(parameter, RawValue{*text, *text});
    if (parameter.type == ParameterType::Shapes)
        return shapesFromJson(parameter, jsonOf(node));
    return convert(parameter, rawFrom(node));
}

/// A key of the file, with what it is set to.
struct Leaf
{
    std::string key;
    toml::source_position at;
    const toml::node *node;
};

void collect(std::vector<Leaf> &leaves, const toml::table &table, const std::string &prefix,
             int depth)
{
    for (auto &&[name, node] : table) {
        const std::string key = prefix + std::string(name.str());
        const toml::table *inner = find(key) ? nullptr : node.as_table();
        if (inner && depth < deepest && (!inner->empty() || isGroup(key)))
            collect(leaves, *inner, key + ".", depth + 1);
        else
            leaves.push_back({key, name.source().begin, &node});
    }
}

TomlValues valuesOf(const toml::table &root, const std::string &name)
{
    std::vector<Leaf> leaves;
    collect(leaves, root, {}, 1);
    // toml++ sorts by name; people read from the top.
    std::stable_sort(leaves.begin(), leaves.end(),
                     [](const Leaf &a, const Leaf &b) { return a.at < b.at; });
    TomlValues values;
    for (const Leaf &leaf : leaves) {
        const Parameter *parameter = find(leaf.key);
        if (!parameter) {
            if (!addProblem(values.problems,
                            problemOf(unknownKey(leaf.key), place(name, leaf.at))))
                break;
            continue;
        }
        const std::string at = place(name, leaf.node->source().begin);
        const Result<Value> value = valueOf(*parameter, *leaf.node);
        if (value)
            values.entries.push_back({parameter, *value, at});
        else if (!addProblem(values.problems, problemOf(value.error(), at)))
            break;
    }
    return values;
}

std::size_t overlongLine(std::string_view text)
{
    std::size_t line = 1;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find('\n'), text.size());
        if (length > longestLine)
            return line;
        text.remove_prefix(std::min(length + 1, text.size()));
        ++line;
    }
    return 0;
}

} // namespace

TomlValues readTomlText(std::string_view text, const std::string &name)
{
    if (const std::size_t line = overlongLine(text))
        return {{}, {{ErrorCode::Corrupt, name + ":" + std::to_string(line) + ":1", {},
                      "the line is longer than " + std::to_string(longestLine) + " bytes", {}}}};
    try {
        return valuesOf(toml::parse(text, name), name);
    } catch (const toml::parse_error &error) {
        return {{}, {{ErrorCode::Corrupt, place(name, error.source().begin), {},
                      std::string(error.description()), {}}}};
    }
}

TomlValues readToml(const std::filesystem::path &path)
{
    const Result<std::string> text = readText(path, mostBytes);
    if (text)
        return readTomlText(*text, path.string());
    const Error &error = text.error();
    return {{}, {{error.code, error.where, {}, error.message, error.advice}}};
}

} // namespace facetrack
