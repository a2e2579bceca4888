#include "libfacetrack/pipeline/analysis_loop.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/base/thread_share.h"

#include <condition_variable>
#include <utility>

namespace facetrack {

namespace {
constexpr int DetectionNiceness = 5;
}

AnalysisLoop::AnalysisLoop(const LiveTuning &tuning, ResultSink sink, const Clock &clock,
                           VisitSink visits)
    : m_tuning(tuning), m_sink(std::move(sink)), m_visitSink(std::move(visits)), m_clock(clock)
{
}

AnalysisLoop::~AnalysisLoop()
{
    stop();
}

void AnalysisLoop::start()
{
    m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

void AnalysisLoop::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

AnalysisState AnalysisLoop::state() const
{
    const std::lock_guard lock(m_mutex);
    AnalysisState state = m_state;
    state.fps = m_rate.rate(m_clock.monotonic());
    state.skipped = m_slot.dropped();
    return state;
}

void AnalysisLoop::note(const AnalysedFrame &result, const VisitBook &visits,
                        std::chrono::nanoseconds took)
{
    const double milliseconds = std::chrono::duration<double, std::milli>(took).count();
    const std::lock_guard lock(m_mutex);
    // A mean with a memory of about 16 frames.
    m_state.milliseconds = m_state.analysed == 0
                               ? milliseconds
                               : m_state.milliseconds + (milliseconds - m_state.milliseconds) / 16;
    ++m_state.analysed;
    m_state.faces += result.faces.size();
    m_state.facesNow = result.faces.size();
    m_state.seen = result.faces;
    m_state.wholeLooks += result.looked.wholeLooks;
    m_state.regions += result.looked.regions;
    m_state.pixels += result.looked.pixels;
    m_state.visits = visits.begun();
    m_state.present = visits.presence();
    m_state.revision = result.revision;
    m_state.error.clear();
    m_rate.tick(result.finished);
}

void AnalysisLoop::noteDetector(const std::string &detector, const std::string &warning)
{
    const std::lock_guard lock(m_mutex);
    m_state.detector = detector;
    m_state.warning = warning;
}

void AnalysisLoop::noteFailure(const std::string &reason)
{
    const std::lock_guard lock(m_mutex);
    if (m_state.error != reason)
        qCWarning(lcDetect, "no faces can be counted: %s", reason.c_str());
    m_state.error = reason;
    ++m_state.failed;
    m_state.facesNow = 0;
    m_state.seen.clear();
    m_state.present = {};
}

Result<void> AnalysisLoop::analyse(const FramePtr &frame, FaceFinder &finder,
                                   std::uint64_t sequence)
{
    auto snapshot = m_tuning.current();
    // Files that a change names are read in the background; all of the change holds with them.
    if (!finder.isReady(*frame, snapshot->tuning) && m_inEffect)
        snapshot = m_inEffect;
    m_inEffect = snapshot;
    const MonotonicTime begun = m_clock.monotonic();
    auto faces = finder.look(*frame, snapshot->tuning);
    if (!faces)
        return tl::unexpected(faces.error());
    auto result = std::make_shared<AnalysedFrame>();
    result->frame = frame;
    result->faces = std::move(*faces);
    result->looked = finder.looked();
    result->finished = m_clock.monotonic();
    result->revision = snapshot->revision;
    result->sequence = sequence;
    note(*result, finder.visits(), result->finished - begun);
    noteDetector(finder.detector(), finder.warning());
    m_sink(result);
    handOnVisits(finder);
    return {};
}

void AnalysisLoop::handOnVisits(FaceFinder &finder)
{
    for (Visit &visit : finder.takeVisits()) {
        visit.revision = m_tuning.current()->revision;
        if (m_visitSink)
            m_visitSink(visit);
    }
}

void AnalysisLoop::noteCpu(double seconds, unsigned cores)
{
    const MonotonicTime now = m_clock.monotonic();
    const std::lock_guard lock(m_mutex);
    m_state.cpuSeconds += seconds;
    m_cpuPending += seconds;
    const double passed = std::chrono::duration<double>(now - m_cpuSince).count();
    if (passed < 1)
        return;
    m_state.cpuPercent = 100 * m_cpuPending / passed / cores;
    m_cpuPending = 0;
    m_cpuSince = now;
}

void AnalysisLoop::waitForBudget(CpuBudget &budget, const std::stop_token &stop)
{
    const auto pause = budget.waitAt(m_clock.monotonic());
    if (pause <= std::chrono::nanoseconds(0))
        return;
    std::condition_variable_any never;
    const std::uint64_t before = m_slot.dropped();
    std::unique_lock lock(m_mutex);
    m_state.resting = true;
    never.wait_for(lock, stop, pause, [] { return false; });
    m_state.resting = false;
    m_state.heldBack += m_slot.dropped() - before;
}

void AnalysisLoop::run(std::stop_token stop)
{
    // Whoever captures or streams goes first; detection takes what is left.
    giveWay(DetectionNiceness);
    CpuBudget budget(std::thread::hardware_concurrency());
    m_cpuSince = m_clock.monotonic();
    FaceFinder finder(FaceFinder::WithoutModel::HaarGoesOn);
    finder.getReady(m_tuning.current()->tuning);
    std::uint64_t sequence = 0;
    while (const auto frame = m_slot.take(stop)) {
        const auto done = analyse(*frame, finder, sequence);
        budget.allow(m_tuning.current()->tuning.detect.cpuBudget);
        budget.spend(finder.cpuSeconds());
        noteCpu(finder.cpuSeconds(), budget.cores());
        if (!done) {
            noteFailure(describe(done.error()));
            continue;
        }
        ++sequence;
        waitForBudget(budget, stop);
    }
    finder.closeVisits();
    handOnVisits(finder);
}

} // namespace facetrack
