#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/model/agent_info.h"

#include <QByteArray>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

// What agents answer, as values. Agents of other versions may leave things out: then they are
// empty here, never an error, except where an answer means nothing without them.
namespace facetrack {

/// GET /api/v1/status, and event "status".
struct AgentReport
{
    AgentInfo agent;
    bool healthy = false;
    std::string warning; ///< what is wrong, in words; empty: nothing
    std::string sourceState, sourceReason;
    int width = 0, height = 0;    ///< of the source, px
    double fps = 0;               ///< of the source
    double looksPerSecond = 0;    ///< frames analysed
    std::int64_t facesNow = 0, facesTotal = 0, visits = 0;
    std::int64_t undelivered = 0; ///< rows that wait to be uploaded
    std::string uploadState, uploadError; ///< empty: nothing is uploaded
    std::optional<double> temperature;    ///< of the processor, °C
    double uptime = 0;            ///< s
    nlohmann::json all;           ///< the whole answer
};
FACETRACK_EXPORT AgentReport reportFrom(nlohmann::json status);

/// From GET /api/v1/agent, and event "agent".
FACETRACK_EXPORT AgentInfo agentFrom(const nlohmann::json &json);

/// The tuning in force.
struct AgentTuning
{
    std::uint32_t revision = 0;  ///< accepted; counts from 1 in each run
    std::uint32_t inEffect = 0;  ///< of the newest analysed frame
    std::uint32_t persisted = 0; ///< on the agent's disk
    std::string keepError;       ///< why it cannot be kept; else empty
    nlohmann::json values;       ///< {"detect": {"min_neighbors": 3, …}, …}
    std::string etag;            ///< for If-Match
};

struct AgentPreset
{
    std::string name;
    std::string saved;     ///< ISO 8601
    nlohmann::json values; ///< a merge patch
};

/// One step that undo can take back.
struct AgentTuningStep
{
    struct Change
    {
        std::string key;
        nlohmann::json before, after;
    };
    std::string time, who, cause, run;
    std::uint32_t revision = 0;
    bool undone = false;
    std::vector<Change> changes;
};

struct Identified
{
    std::string name;
    int seconds = 0;
    std::string light; ///< what blinks; empty: nothing but the picture
};

struct AgentSnapshot
{
    QByteArray jpeg;
};

/// The value of a key such as "detect.min_neighbors" in AgentTuning::values; null JSON: not there.
FACETRACK_EXPORT nlohmann::json valueOf(const nlohmann::json &values, const std::string &key);

} // namespace facetrack
