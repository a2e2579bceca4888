#pragma once
#include "libfacetrack/analytics/history.h"
#include "libfacetrack/base/export.h"

#include <QDate>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace facetrack {

/// An event that never was: what is to be made up.
struct SimulatedEvent
{
    std::vector<std::string> agents;
    QDate first;      ///< day, in `zone`
    int days = 2;
    std::string zone = "Europe/Berlin";
    int opens = 8 * 60;   ///< agents look from here, minutes after midnight…
    int closes = 20 * 60; ///< …to here; 0 to 1440 is round the clock
    std::string profile = "conference"; ///< when people come: profiles() lists them
    std::int64_t total = 100'000;       ///< face detections of all agents; exactly
    double rate = 2;                    ///< frames looked at per second, 0.01 to 120
    std::uint64_t seed = 1;             ///< the same seed makes the same records
    int outages = 0;      ///< times that an agent looks away: a second to 20 minutes, then a new run
    double late = 0;      ///< share of the records that come after all others
    double duplicates = 0; ///< share that come twice
};

/// What the records of a simulated event say, counted while they were made and by nobody who is to
/// be tested with it.
struct EventTruth
{
    struct Outage
    {
        std::string agent;
        UtcTime from{0};
        UtcTime to{0};
    };
    Counts counts; ///< by the minute
    HeatMap heatMap;
    DwellByAgent dwell;
    std::vector<TuningMark> marks; ///< oldest first
    std::vector<Outage> outages;   ///< those within an agent's hours
    std::uint64_t records = 0;     ///< different ones
    std::uint64_t late = 0;        ///< of these, brought after all others
    std::uint64_t duplicates = 0;  ///< brought once more
};

/// Everything of it, with sums, as `facetrack simulate --truth` writes it.
FACETRACK_EXPORT nlohmann::json truthJson(const SimulatedEvent &event, const EventTruth &truth);

} // namespace facetrack
