#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/model/observation.h"
#include "libfacetrack/model/visit.h"

#include <cstdint>
#include <optional>
#include <string>

namespace facetrack {

/// What a record is about; the numbers are kept in files and must not change.
enum class RecordType : std::uint8_t {
    Observation = 1,
    Heartbeat = 2,
    Visit = 3,
    TuningChange = 4,
};

/// When a record was made, as far as a machine that does not know the time can tell. The Journal
/// holds such a record back until Journal::resolveClock() or giveUpClock() settles its time.
struct PendingTime
{
    std::string bootId;         ///< /proc/sys/kernel/random/boot_id of that machine
    MonotonicTime monotonic{0}; ///< of that boot
};

/// One thing to keep and deliver. Its id (agent, run, type, sequence) never repeats.
struct Record
{
    RecordType type = RecordType::Observation;
    std::string agent;          ///< who observed it (a relay keeps records of many)
    std::string run;            ///< that agent's random run id
    std::uint64_t sequence = 0; ///< in that run, for that type
    UtcTime time{0};            ///< what the clock said
    bool clockTrusted = true;   ///< whether it knew
    bool simulated = false;     ///< made up, for a demonstration or a test; the same for a whole run
    std::optional<PendingTime> pending{}; ///< set while `time` may still be corrected
    std::int32_t faces = 0;     ///< number of faces, for observations
    std::string body;           ///< the rest, as compact JSON (form by type, see encode…)
};

/// A record with its place in the Journal. Positions grow and are never used twice.
struct StoredRecord
{
    std::int64_t position = 0;
    Record record;
};

/// Body of an observation: `[width,height,revision,[[x,y,w,h,score,track],…]]`, with box
/// fractions in units of 1/10000 and the score in 1/1000, so that a row stays small. Clock trust is
/// the record's own field, because the Journal may settle it later.
FACETRACK_EXPORT Record encodeObservation(const Observation &observation, const std::string &agent,
                                          const std::string &run);

/// Corrupt when the body has not that form.
FACETRACK_EXPORT Result<Observation> decodeObservation(const Record &record);

/// Body of a visit:
/// `[duration,dwell,track,"zone",[["line","way",at],…],size,observations,revision,complete]`, with
/// times in milliseconds, the size in 1/10000 of the frame's height and complete as 0 or 1. The
/// record's time is the start; it is the only absolute time, so that correcting it (the Journal may,
/// as for observations) corrects the end and the crossings as well.
///
/// One record is one row of table facetrack.visits: start = the record's time, end = start +
/// duration, dwell, zone (empty: the whole picture, and only these rows are counted as visits),
/// track, crossings (line, way, time = start + at), size, observations, complete, with agent, run,
/// sequence, clock trust and revision as for observations. A row's id is (agent, run, sequence):
/// the rows of one visit (whole picture, then its zones) have sequences of their own and share
/// `track`. `start` may lie hours before the time at which the record was made.
FACETRACK_EXPORT Record encodeVisit(const Visit &visit, const std::string &agent,
                                    const std::string &run);

/// Corrupt when the body has not that form, or holds what no visit can have: somebody else may
/// have written it.
FACETRACK_EXPORT Result<Visit> decodeVisit(const Record &record);

} // namespace facetrack
