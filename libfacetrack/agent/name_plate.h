#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/problem.h"
#include "libfacetrack/model/agent_info.h"

#include <filesystem>
#include <mutex>
#include <nlohmann/json_fwd.hpp>

namespace facetrack {

/// Who the agent is. Name, role and location may be changed while it runs; what was changed is kept
/// in a file of the state directory and wins over the settings file. Thread-safe.
class FACETRACK_EXPORT NamePlate
{
public:
    /// `info` is what the settings say. Takes over what is kept in `file`.
    NamePlate(AgentInfo info, std::filesystem::path file);

    AgentInfo info() const;
    /// What the agent would be after {"name": …, "role": …, "location": …}; any of them may be left
    /// out and stays then. Everything that is wrong with it otherwise; keys are the schema's.
    Checked<AgentInfo> changed(const nlohmann::json &wish) const;
    /// Keeps name, role and location of `info`, then takes them over. Waits for the disk.
    Result<void> set(const AgentInfo &info);

private:
    const std::filesystem::path m_file;
    mutable std::mutex m_mutex;
    AgentInfo m_info;
};

} // namespace facetrack
