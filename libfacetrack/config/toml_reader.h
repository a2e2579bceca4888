#pragma once
#include "libfacetrack/config/problem.h"
#include "libfacetrack/config/schema.h"

#include <filesystem>
#include <string>
#include <vector>

namespace facetrack {

/// What a TOML file says, held against the schema value by value; rules between parameters are not
/// looked at yet. Internal to this room.
struct TomlValues
{
    struct Entry
    {
        const Parameter *parameter;
        Value value;
        std::string at; ///< "file:line:column"
    };
    std::vector<Entry> entries;    ///< what was good
    std::vector<Problem> problems; ///< what was not
};

/// Reads a file; one that is missing, too large or no TOML gives a single problem.
TomlValues readToml(const std::filesystem::path &path);

/// The same with text that is there already; `name` stands in for the path in messages.
TomlValues readTomlText(std::string_view text, const std::string &name);

} // namespace facetrack
