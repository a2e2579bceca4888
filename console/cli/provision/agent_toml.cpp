#include "console/cli/provision/agent_toml.h"

#include "libfacetrack/config/schema.h"

#include <algorithm>
#include <locale>
#include <nlohmann/json.hpp>
#include <sstream>
#include <toml++/toml.h>

namespace facetrack::cli {

namespace {

constexpr const char *file = "agentd.toml";

struct Pair
{
    std::string key, value;
};

/// Later ones win.
Result<std::vector<Pair>> pairs(const std::vector<std::string> &sets)
{
    std::vector<Pair> found;
    for (const std::string &text : sets) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos)
            return fail(ErrorCode::InvalidArgument, text, "is no KEY=VALUE");
        const std::string key = text.substr(0, equals);
        std::erase_if(found, [&](const Pair &pair) { return pair.key == key; });
        found.push_back({key, text.substr(equals + 1)});
    }
    return found;
}

Result<toml::table> parsed(const std::string &text)
{
    try {
        return toml::parse(text);
    } catch (const toml::parse_error &error) {
        return fail(ErrorCode::Corrupt, file, "is no TOML: " + std::string(error.description()),
                    "mend it, or take it away to have a new one");
    }
}

/// Section by section; the last part is left.
toml::table *sectionOf(toml::table &table, std::string &key)
{
    toml::table *section = &table;
    for (std::size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.')) {
        const std::string name = key.substr(0, dot);
        section->insert(name, toml::table{});
        section = (*section)[name].as_table();
        if (!section)
            return nullptr;
        key.erase(0, dot + 1);
    }
    return section;
}

bool put(toml::table &table, std::string key, const nlohmann::json &value)
{
    toml::table *section = sectionOf(table, key);
    if (!section)
        return false;
    if (value.is_string())
        section->insert_or_assign(key, value.get<std::string>());
    else if (value.is_boolean())
        section->insert_or_assign(key, value.get<bool>());
    else if (value.is_number_integer())
        section->insert_or_assign(key, value.get<std::int64_t>());
    else if (value.is_number())
        section->insert_or_assign(key, value.get<double>());
    else
        return false;
    return true;
}

const nlohmann::json &valueAt(const nlohmann::json &values, std::string key)
{
    std::replace(key.begin(), key.end(), '.', '/');
    return values.at(nlohmann::json::json_pointer("/" + key));
}

/// As the schema reads and writes them.
Result<nlohmann::json> checkedValues(const std::vector<Pair> &wanted)
{
    AgentConfig config;
    for (const Pair &pair : wanted) {
        if (auto good = set(config, pair.key, pair.value); !good)
            return tl::unexpected(good.error());
    }
    if (const auto problems = check(config); !problems.empty())
        return fail(ErrorCode::InvalidArgument, "--set", describe(problems.front()));
    return valuesJson(config);
}

std::string textOf(const toml::table &table)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "# Made by facetrack provision. Every setting: facetrack-agentd parameters\n" << table << '\n';
    return text.str();
}

void addNeeded(std::vector<Pair> &wanted, const toml::table &table)
{
    for (const Pair &needed : {Pair{"source.url", "libcamera:0"}, Pair{"http.listen", "0.0.0.0:7420"}}) {
        const bool said = table.at_path(needed.key).is_value()
            || std::any_of(wanted.begin(), wanted.end(), [&](const Pair &pair) { return pair.key == needed.key; });
        if (!said)
            wanted.push_back(needed);
    }
}

} // namespace

Result<std::string> agentToml(const std::string &before, const std::vector<std::string> &sets)
{
    const auto was = parsed(before);
    auto wanted = pairs(sets);
    if (!was || !wanted)
        return tl::unexpected(was ? wanted.error() : was.error());
    addNeeded(*wanted, *was);
    const auto values = checkedValues(*wanted);
    if (!values)
        return tl::unexpected(values.error());
    toml::table table = *was;
    for (const Pair &pair : *wanted) {
        if (!put(table, pair.key, valueAt(*values, pair.key)))
            return fail(ErrorCode::Unsupported, pair.key, "cannot be set from here", "set it in the console");
    }
    return table == *was ? before : textOf(table);
}

std::string idOf(const std::string &toml)
{
    const auto table = parsed(toml);
    return table ? (*table)["agent"]["id"].value_or(std::string()) : std::string();
}

int portOf(const std::string &toml)
{
    if (toml.empty())
        return 7420;
    const auto table = parsed(toml);
    const std::string listen = table ? (*table)["http"]["listen"].value_or(std::string("127.0.0.1:7420")) : "";
    const std::size_t colon = listen.rfind(':');
    if (colon == std::string::npos || listen.starts_with("127.") || listen.starts_with("[::1]"))
        return 0;
    return std::atoi(listen.c_str() + colon + 1);
}

} // namespace facetrack::cli
