#include "libfacetrack/config/load.h"
#include "libfacetrack/config/raw_value.h"
#include "libfacetrack/config/schema.h"
#include "libfacetrack/config/toml_reader.h"

#include <algorithm>
#include <map>

namespace facetrack {

namespace {

/// A configuration on its way from defaults to checked, and where each value came from.
class Loading
{
public:
    void file(const std::filesystem::path &path)
    {
        TomlValues values = readToml(path);
        for (Problem &problem : values.problems)
            addProblem(m_problems, std::move(problem));
        for (const TomlValues::Entry &entry : values.entries) {
            entry.parameter->set(m_config, entry.value);
            m_origins[entry.parameter->key] = entry.at;
        }
    }

    void text(const std::string &key, std::string_view value, const std::string &at)
    {
        const Result<void> done = set(m_config, key, value);
        if (!done)
            addProblem(m_problems, problemOf(done.error(), at));
        m_origins[key] = at;
    }

    void assignment(const std::string &words)
    {
        const auto equals = words.find('=');
        const std::string key(trimmed(std::string_view(words).substr(0, equals)));
        if (equals == words.npos || key.empty())
            addProblem(m_problems, {ErrorCode::InvalidArgument, "--set", {},
                                    "'" + withoutPasswords(words).substr(0, 60) + "' is no assignment",
                                    "write KEY=VALUE, such as detect.min_neighbors=5"});
        else
            text(key, std::string_view(words).substr(equals + 1), "--set");
    }

    Checked<AgentConfig> finish()
    {
        // Rules would only repeat what is wrong with a value already.
        if (m_problems.empty()) {
            for (Problem &problem : check(m_config)) {
                problem.at = m_origins[problem.key];
                addProblem(m_problems, std::move(problem));
            }
        }
        if (!m_problems.empty())
            return tl::unexpected(std::move(m_problems));
        return std::move(m_config);
    }

private:
    AgentConfig m_config;
    std::vector<Problem> m_problems;
    std::map<std::string, std::string> m_origins; ///< key to "file:line:column" or flag
};

} // namespace

Checked<AgentConfig> loadToml(const std::filesystem::path &path)
{
    Loading loading;
    loading.file(path);
    return loading.finish();
}

Checked<AgentConfig> loadConfig(const std::optional<std::filesystem::path> &file,
                                const std::vector<std::string> &sets,
                                const std::vector<FlagValue> &flags)
{
    Loading loading;
    std::error_code ignored; // a default file that cannot even be looked at counts as absent
    if (file)
        loading.file(*file);
    else if (std::filesystem::exists(defaultConfigFile, ignored))
        loading.file(defaultConfigFile);
    for (const std::string &words : sets)
        loading.assignment(words);
    for (const FlagValue &flag : flags)
        loading.text(flag.key, flag.text, flag.flag);
    return loading.finish();
}

} // namespace facetrack
