#include "libfacetrack/config/text_forms.h"
#include "libfacetrack/store/agent_records.h"
#include "libfacetrack/store/record_wire.h"

#include <algorithm>
#include <limits>

namespace facetrack {

namespace {

// A clock that is trusted has not been anywhere before this program was; one that is not may be at
// 1970. Beyond 2100 a partition of the database would wait for its rows for ever.
constexpr std::int64_t year2015 = 1'420'070'400'000;
constexpr std::int64_t year2100 = 4'102'444'800'000;
constexpr int longestSide = 65'535;

tl::unexpected<Error> wrong(const char *key, std::string message, std::string advice)
{
    return fail(ErrorCode::InvalidArgument, key, std::move(message), std::move(advice));
}

bool isRun(std::string_view run)
{
    return run.size() == 16 && std::all_of(run.begin(), run.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

bool isBox(const Box &box)
{
    // A face at the edge may reach out of the picture, but not far.
    const auto place = [](float value) { return value >= -1 && value <= 2; };
    const auto length = [](float value) { return value >= 0 && value <= 2; };
    return place(box.x) && place(box.y) && length(box.w) && length(box.h);
}

bool isFace(const Track &face)
{
    return isBox(face.box) && face.score >= 0 && face.score <= 1;
}

Result<void> checkObservation(const Record &record, const WireLimits &limits)
{
    const auto observation = decodeObservation(record);
    if (!observation)
        return wrong("body", "is not an observation with as many faces as it says",
                     "[width,height,revision,[[x,y,w,h,score,track],…]], all integers");
    const Size frame = observation->frame;
    if (std::min(frame.width, frame.height) < 0 || std::max(frame.width, frame.height) > longestSide)
        return wrong("body", "no frame has that size", "0 to 65535 pixels each way");
    if (observation->faces.size() > limits.faces)
        return wrong("faces", "there are " + std::to_string(observation->faces.size()),
                     "at most " + std::to_string(limits.faces));
    if (!std::all_of(observation->faces.begin(), observation->faces.end(), isFace))
        return wrong("body", "a face is far out of the picture, or surer than sure",
                     "places -10000 to 20000, sizes 0 to 20000, score 0 to 1000");
    return {};
}

Result<void> checkBody(const Record &record, const WireLimits &limits)
{
    switch (record.type) {
    case RecordType::Observation:
        return checkObservation(record, limits);
    case RecordType::Visit:
        if (!decodeVisit(record))
            return wrong("body", "is not a visit",
                         "[duration,dwell,track,zone,crossings,size,observations,revision,complete]");
        return {};
    case RecordType::Heartbeat:
        if (!decodeHeartbeat(record))
            return wrong("body", "is not a heartbeat", "as libfacetrack/store/agent_records.h says");
        return {};
    case RecordType::TuningChange:
        if (!decodeTuningChange(record))
            return wrong("body", "is not a tuning change",
                         "an object with revision, who, parameter, old and new");
        return {};
    }
    return wrong("type", "is not known", "observation, heartbeat, visit or tuning_change");
}

} // namespace

Result<void> checkRecord(const Record &record, const WireLimits &limits)
{
    if (record.agent.empty() || !isAgentId(record.agent))
        return wrong("agent", "is no agent's id", "1 to 64 of A-Z a-z 0-9 . _ -");
    if (!isRun(record.run))
        return wrong("run", "is no run", "16 of 0-9 a-f");
    if (record.sequence > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return wrong("sequence", "is too large", "0 to 9223372036854775807");
    const std::int64_t time = record.time.count();
    if (time < (record.clockTrusted ? year2015 : 0) || time >= year2100)
        return wrong("time", std::to_string(time) + " is not a sane time",
                     "milliseconds since 1970, of the years 2015 to 2099 (from 1970 when \"trusted\" "
                     "is false)");
    if (record.faces < 0 || (record.faces != 0 && record.type != RecordType::Observation))
        return wrong("faces", "is not for this type", "0 or more, for observations only");
    return checkBody(record, limits);
}

} // namespace facetrack
