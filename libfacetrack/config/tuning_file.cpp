#include "libfacetrack/config/tuning_file.h"
#include "libfacetrack/base/file_text.h"
#include "libfacetrack/config/schema.h"
#include "libfacetrack/config/toml_reader.h"

namespace facetrack {

Result<void> saveTuningToml(const std::filesystem::path &path, const Tuning &tuning,
                            const AgentConfig &base)
{
    AgentConfig tuned = base;
    tuned.tuning = tuning;
    std::string text = "# Values tuned while the agent ran; it rewrites this file.\n";
    for (const Parameter &parameter : parameters()) {
        const Value value = parameter.get(tuned);
        if (parameter.applies == Applies::NextFrame && value != parameter.get(base))
            text += parameter.key + " = " + toToml(value) + "\n";
    }
    return replaceText(path, text);
}

KeptTuning loadTuningToml(const std::filesystem::path &path, const AgentConfig &base)
{
    TomlValues values = readToml(path);
    std::vector<Problem> &problems = values.problems;
    if (!problems.empty() && problems.front().code == ErrorCode::NotFound
        && problems.front().key.empty())
        return {base.tuning, {}};
    AgentConfig config = base;
    for (const TomlValues::Entry &entry : values.entries) {
        if (entry.parameter->applies == Applies::NextFrame)
            entry.parameter->set(config, entry.value);
        else
            addProblem(problems, {ErrorCode::InvalidArgument, entry.at, entry.parameter->key,
                                  "is not tuned while the agent runs", {}});
    }
    // Each value was good once; together with a changed operator's file they may not be.
    if (auto broken = check(config); !broken.empty()) {
        problems.insert(problems.end(), broken.begin(), broken.end());
        return {base.tuning, std::move(problems)};
    }
    return {config.tuning, std::move(problems)};
}

} // namespace facetrack
