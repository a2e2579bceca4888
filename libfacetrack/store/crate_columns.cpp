// The tables in CrateDB; docs/database.md tells operators about them.
#include "libfacetrack/store/crate_columns.h"

namespace facetrack {

namespace {

constexpr const char *time = "TIMESTAMP WITH TIME ZONE";
constexpr const char *sureTime = "TIMESTAMP WITH TIME ZONE NOT NULL";
constexpr const char *sureText = "TEXT NOT NULL";

constexpr CrateColumn agent{"agent", sureText, "id of the agent"};
constexpr CrateColumn run{"run", sureText, "random, drawn at each start of the agent"};
constexpr CrateColumn trusted{"clock_trusted", "BOOLEAN NOT NULL",
                              "false: the agent did not know the time, ts may be wrong"};
constexpr CrateColumn simulated{"simulated", "BOOLEAN",
                                "true: made up for a demonstration or a test"};

CrateTableForm observations()
{
    return {"observations",
            "one row for each picture that was looked at",
            {agent,
             run,
             {"seq", "BIGINT NOT NULL", "counts pictures in that run"},
             {"ts", sureTime, "when the picture was taken, UTC"},
             {"day", "TIMESTAMP WITH TIME ZONE GENERATED ALWAYS AS date_trunc('day', \"ts\")",
              "partition"},
             trusted,
             simulated,
             {"frame_width", "INTEGER", "pixels"},
             {"frame_height", "INTEGER", "pixels"},
             {"revision", "BIGINT", "tuning in effect"},
             {"face_count", "INTEGER NOT NULL", "faces in the picture"},
             {"faces",
              "ARRAY(OBJECT(STRICT) AS (\"x\" REAL, \"y\" REAL, \"w\" REAL, \"h\" REAL, "
              "\"score\" REAL, \"track\" BIGINT))",
              "boxes as fractions of the picture, sureness, identity on this camera"}},
            R"("agent", "run", "seq", "day")",
            "day",
            true};
}

CrateTableForm visits()
{
    return {"visits",
            "one row for each visitor's time in view, and one for each zone visited",
            {agent,
             run,
             {"seq", "BIGINT NOT NULL", "counts rows of that run"},
             {"ts", sureTime, "first sighting, UTC"},
             {"month", "TIMESTAMP WITH TIME ZONE GENERATED ALWAYS AS date_trunc('month', \"ts\")",
              "partition"},
             trusted,
             simulated,
             {"ended", sureTime, "last sighting, UTC"},
             {"dwell_ms", "BIGINT NOT NULL", "time spent there"},
             {"zone", sureText, "empty: the whole picture, and only these rows are counted as visits"},
             {"track", "BIGINT", "identity on this camera, as in observations"},
             {"crossings",
              "ARRAY(OBJECT(STRICT) AS (\"line\" TEXT, \"way\" TEXT, \"ts\" TIMESTAMP WITH TIME "
              "ZONE))",
              "counting lines gone over"},
             {"face_size", "REAL", "median height of the face, as a fraction of the picture's"},
             {"observations", "BIGINT", "pictures in which the face was found"},
             {"revision", "BIGINT", "tuning in effect at the end"},
             {"complete", "BOOLEAN", "false: the agent stopped before the visit ended"}},
            R"("agent", "run", "seq", "month")",
            "month",
            false};
}

CrateTableForm agents()
{
    return {"agents",
            "one row for each agent, as its newest heartbeat told it",
            {{"agent", "TEXT NOT NULL", "id of the agent"},
             run,
             {"seq", "BIGINT NOT NULL", "counts heartbeats in that run"},
             {"last_heartbeat", sureTime, "UTC"},
             trusted,
             simulated,
             {"name", "TEXT", "for people"},
             {"role", "TEXT", "what it is for"},
             {"sensor", "TEXT", "which camera"},
             {"location", "TEXT", "where it looks"},
             {"version", "TEXT", "of its software"},
             {"address", "TEXT", "URL of its page"},
             {"uptime_s", "BIGINT", "seconds since it started"},
             {"capture_fps", "REAL", "pictures taken per second"},
             {"detection_fps", "REAL", "pictures looked at per second"},
             {"temperature", "REAL", "of its processor in degrees Celsius, where it can be read"},
             {"backlog", "BIGINT", "records waiting for upload"},
             {"warning", "TEXT", "what is wrong there, empty when all is well"}},
            R"("agent")",
            nullptr,
            false};
}

CrateTableForm tuningChanges()
{
    return {"tuning_changes",
            "who changed which parameter",
            {agent,
             run,
             {"seq", "BIGINT NOT NULL", "counts changes in that run"},
             {"ts", sureTime, "UTC"},
             trusted,
             simulated,
             {"revision", "BIGINT", "first tuning in which it is in effect"},
             {"who", "TEXT", "as far as it is known"},
             {"parameter", "TEXT", "its key"},
             {"old_value", "TEXT", "before"},
             {"new_value", "TEXT", "after"}},
            R"("agent", "run", "seq")",
            nullptr,
            false};
}

// The sums that charts are made from: `facetrack-agentd rollup` keeps them.

constexpr CrateColumn month{"month",
                            "TIMESTAMP WITH TIME ZONE GENERATED ALWAYS AS date_trunc('month', \"ts\")",
                            "partition"};

CrateTableForm minutes()
{
    return {"minutes",
            "sums of observations by agent and minute",
            {agent,
             {"ts", sureTime, "begin of the minute, UTC"},
             month,
             {"observations", "BIGINT NOT NULL", "pictures looked at, at least 1"},
             {"faces", "BIGINT NOT NULL", "faces in them, summed"},
             {"seconds", "BIGINT NOT NULL", "of the minute, in which there was a picture (1 to 60)"},
             {"simulated", "BIGINT NOT NULL", "of the pictures, those made up"}},
            R"("agent", "ts", "month")",
            "month",
            false};
}

CrateTableForm places()
{
    return {"places",
            "where in the picture faces were, by agent and quarter of an hour",
            {agent,
             {"ts", sureTime, "begin of the quarter, UTC"},
             month,
             {"cell", "INTEGER NOT NULL", "of 32 x 18, by row from the top left corner"},
             {"faces", "BIGINT NOT NULL", "faces whose middle was there, summed over pictures"}},
            R"("agent", "ts", "cell", "month")",
            "month",
            false};
}

CrateTableForm rollups()
{
    return {"rollups",
            "hours whose sums are in minutes and places, as all hours before the newest are",
            {agent,
             {"ts", sureTime, "begin of the hour, UTC"},
             month,
             {"observations", "BIGINT NOT NULL", "rows of that hour when it was summed up"}},
            R"("agent", "ts", "month")",
            "month",
            false};
}

CrateTableForm versions()
{
    return {"schema_versions",
            "which steps of these tables have been made",
            {{"version", "INTEGER NOT NULL", "step"}, {"applied", time, "when, UTC"}},
            R"("version")",
            nullptr,
            false};
}

} // namespace

const std::vector<CrateTableForm> &crateTableForms()
{
    static const std::vector<CrateTableForm> forms{observations(), visits(), agents(),
                                                   tuningChanges(), minutes(),
                                                   places(), rollups(), versions()};
    return forms;
}

} // namespace facetrack
