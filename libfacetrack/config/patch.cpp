#include "libfacetrack/config/patch.h"
#include "libfacetrack/config/schema.h"

#include <nlohmann/json.hpp>
#include <set>

namespace facetrack {

namespace {

/// Deeper objects are taken for a wrong value of an unknown key; no key has more than three parts.
constexpr int deepest = 4;

class Patch
{
public:
    Patch(const AgentConfig &current, const AgentConfig &base) : m_config(current), m_base(base)
    {
    }

    /// False when there are too many problems to go on.
    bool object(const nlohmann::json &object, const std::string &prefix, int depth)
    {
        for (const auto &[name, json] : object.items()) {
            const std::string key = prefix + name;
            const Parameter *parameter = find(key);
            const bool inner = !parameter && json.is_object() && depth < deepest
                               && (!json.empty() || isGroup(key));
            const bool goOn = inner       ? this->object(json, key + ".", depth + 1)
                              : parameter ? value(*parameter, json)
                                          : complain(unknownKey(key));
            if (!goOn)
                return false;
        }
        return true;
    }

    Checked<Tuning> finish()
    {
        if (m_problems.empty())
            m_problems = check(m_config);
        if (!m_problems.empty())
            return tl::unexpected(std::move(m_problems));
        return m_config.tuning;
    }

    bool complain(const Error &error) { return addProblem(m_problems, problemOf(error)); }

private:
    bool value(const Parameter &parameter, const nlohmann::json &json)
    {
        if (parameter.applies != Applies::NextFrame)
            return complain({ErrorCode::InvalidArgument, parameter.key,
                             "takes effect at the next start only",
                             "set it in the configuration file and restart the agent"});
        if (!m_seen.insert(parameter.key).second)
            return complain({ErrorCode::InvalidArgument, parameter.key, "is given twice",
                             limits(parameter)});
        if (json.is_null()) {
            parameter.set(m_config, parameter.get(m_base));
            return true;
        }
        const Result<Value> accepted = parseJson(parameter, json);
        if (!accepted)
            return complain(accepted.error());
        parameter.set(m_config, *accepted);
        return true;
    }

    AgentConfig m_config;
    const AgentConfig &m_base;
    std::vector<Problem> m_problems;
    std::set<std::string> m_seen;
};

} // namespace

Checked<Tuning> applyPatch(const AgentConfig &current, const nlohmann::json &patch,
                           const AgentConfig &base)
{
    Patch patching(current, base);
    if (patch.is_object())
        patching.object(patch, {}, 1);
    else
        patching.complain({ErrorCode::InvalidArgument, {}, "the patch is not a JSON object",
                           R"(such as {"detect": {"min_neighbors": 5}})"});
    return patching.finish();
}

} // namespace facetrack
