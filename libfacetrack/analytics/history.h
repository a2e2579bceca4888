#pragma once
#include "libfacetrack/analytics/counts.h"
#include "libfacetrack/analytics/dwell_times.h"
#include "libfacetrack/analytics/heat_map.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <QObject>
#include <functional>
#include <string>
#include <vector>

namespace facetrack {

/// What a question is about.
struct HistoryScope
{
    Span span;
    std::vector<std::string> agents; ///< empty: all
};

/// A change of the settings, to be shown on a chart: it may explain a jump.
struct TuningMark
{
    UtcTime time{0};
    std::string agent;
    std::uint32_t revision = 0;
    std::string who; ///< "start": how that run differed from the defaults from its beginning
    std::string parameter, oldValue, newValue;

    bool operator==(const TuningMark &) const = default;
};

/// A person's count of visitors, held against the agent's.
struct CheckedCount
{
    std::string agent;
    UtcTime from{0};
    UtcTime to{0};
    std::int64_t counted = 0; ///< by the person
    std::int64_t visits = 0;  ///< by the agent
    double recall = 0, precision = 0; ///< 0 to 1
    std::string note;
};

/// The questions about the past, whoever answers: a CrateDB, agents with their Journals, or a
/// Journal at hand. The answers are the same. Thread-bound to a thread with a Qt event loop, on which
/// it calls back: once for each question, later, unless it or `context` (null: nothing else) is
/// destroyed before.
class FACETRACK_EXPORT History
{
public:
    template<typename T>
    using Done = std::function<void(Result<T>)>;

    /// Rows asked for at most: of marks.
    static constexpr std::size_t mostMarks = 500;

    virtual ~History();

    /// The three measures and the coverage, by stretches of `step` minutes (1 to 1440) from the
    /// span's begin and agent. What charts show is summed up from it: counts.h.
    virtual void counts(const HistoryScope &scope, Minute step, QObject *context,
                        Done<Counts> done) = 0;
    /// Positions of faces. In quarters of an hour: those that the span touches, as a whole.
    virtual void heatMap(const HistoryScope &scope, QObject *context, Done<HeatMap> done) = 0;
    /// Visits that began in the span, of the whole picture or of a zone.
    virtual void dwell(const HistoryScope &scope, const std::string &zone, QObject *context,
                       Done<DwellByAgent> done) = 0;
    /// Oldest first; the first mostMarks of them.
    virtual void marks(const HistoryScope &scope, QObject *context,
                       Done<std::vector<TuningMark>> done) = 0;
    /// Counts by people that lie in the span. Agents keep them; others know none.
    virtual void checkedCounts(const HistoryScope &scope, QObject *context,
                               Done<std::vector<CheckedCount>> done) = 0;

    /// Who did not answer the newest question, and so is not in its answer: not the same as no data.
    virtual std::vector<std::string> missing() const { return {}; }
};

/// By time, agent and parameter: as all answers are.
FACETRACK_EXPORT void putInOrder(std::vector<TuningMark> &marks);

/// The quarters of an hour (since 1970) that a span touches: first, and one after the last.
struct Quarters
{
    std::int64_t from = 0;
    std::int64_t to = 0;
};
FACETRACK_EXPORT Quarters quartersOf(Span span);

/// Why a question cannot be asked; nothing when it can.
FACETRACK_EXPORT Result<void> checkQuestion(const HistoryScope &scope, Minute step = 1);

} // namespace facetrack
