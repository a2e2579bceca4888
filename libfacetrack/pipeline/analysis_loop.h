#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/latest_slot.h"
#include "libfacetrack/base/rate_meter.h"
#include "libfacetrack/model/analysed_frame.h"
#include "libfacetrack/model/visit.h"
#include "libfacetrack/pipeline/cpu_budget.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "libfacetrack/pipeline/live_tuning.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace facetrack {

/// A snapshot of how the analysis is doing.
struct AnalysisState
{
    std::uint64_t analysed = 0; ///< frames in this run
    std::uint64_t failed = 0;   ///< frames in this run that the detector could not look at
    bool resting = false;       ///< has spent its CPU budget, and waits
    std::uint64_t skipped = 0;  ///< frames captured, but overwritten by a newer one before analysis
    std::uint64_t heldBack = 0; ///< of these, left out because the CPU budget was spent
    std::uint64_t faces = 0;    ///< face detections in this run, summed over frames
    std::size_t facesNow = 0;   ///< in the newest analysed frame
    std::vector<Track> seen;    ///< these
    std::uint64_t visits = 0;   ///< visits begun in this run, those in progress included
    Presence present;           ///< visitors in sight, or lost for a short while, after that frame
    double wholeLooks = 0;      ///< whole-frame looks in this run, those made in parts summed
    std::uint64_t regions = 0;  ///< looks around expected faces in this run
    std::uint64_t pixels = 0;   ///< read by the detector in this run, in all scales
    double cpuSeconds = 0;      ///< CPU time that detection took in this run
    double cpuPercent = 0;      ///< of all cores that detection takes, recent mean
    double fps = 0;             ///< true rate of the last seconds
    double milliseconds = 0;    ///< mean time for one frame, recent
    std::uint32_t revision = 0; ///< tuning revision of the newest analysed frame
    std::string detector;       ///< the one that looked at the newest analysed frame
    std::string warning;        ///< why that is not the one that was asked for; else empty
    std::string error;          ///< why frames cannot be analysed; else empty
};

/// The thread that looks for faces in the newest frame, again and again. Frames that come while it
/// is busy are dropped and counted. While the detector fails, there are no results at all: "no
/// data" is never told as "no faces".
class FACETRACK_EXPORT AnalysisLoop
{
public:
    /// Called on the analysis thread with every result.
    using ResultSink = std::function<void(const AnalysedFramePtr &)>;

    /// Called on the analysis thread with every row of a visit that is over.
    using VisitSink = std::function<void(const Visit &)>;

    AnalysisLoop(const LiveTuning &tuning, ResultSink sink, const Clock &clock,
                 VisitSink visits = {});
    ~AnalysisLoop(); ///< stop()

    /// Thread-safe; never waits.
    void offer(const FramePtr &frame) { m_slot.put(frame); }

    void start();
    /// Ends the visits in progress as well: they are handed on before this returns.
    void stop();
    AnalysisState state() const;

private:
    void run(std::stop_token stop);
    Result<void> analyse(const FramePtr &frame, FaceFinder &finder, std::uint64_t sequence);
    void handOnVisits(FaceFinder &finder);
    void note(const AnalysedFrame &result, const VisitBook &visits, std::chrono::nanoseconds took);
    void noteDetector(const std::string &detector, const std::string &warning);
    void noteCpu(double seconds, unsigned cores);
    /// Sleeps while more has been spent than `budget` allows.
    void waitForBudget(CpuBudget &budget, const std::stop_token &stop);
    void noteFailure(const std::string &reason);

    const LiveTuning &m_tuning;
    const ResultSink m_sink;
    const VisitSink m_visitSink;
    const Clock &m_clock;
    LatestSlot<FramePtr> m_slot;

    mutable std::mutex m_mutex; // guards the two below
    AnalysisState m_state;
    RateMeter m_rate;
    std::shared_ptr<const TuningSnapshot> m_inEffect; ///< of the newest frame; the thread's own
    MonotonicTime m_cpuSince{0}; ///< when m_state.cpuPercent was last brought up to date
    double m_cpuPending = 0;     ///< CPU seconds since then

    std::jthread m_thread;
};

} // namespace facetrack
