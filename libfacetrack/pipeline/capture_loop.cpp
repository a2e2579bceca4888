#include "libfacetrack/pipeline/capture_loop.h"

#include "libfacetrack/base/log.h"

#include <algorithm>
#include <condition_variable>
#include <utility>

namespace facetrack {

const char *sourcePhaseName(SourcePhase phase)
{
    switch (phase) {
    case SourcePhase::Starting:
        return "starting";
    case SourcePhase::Running:
        return "running";
    case SourcePhase::Stalled:
        return "stalled";
    case SourcePhase::Ended:
        return "ended";
    case SourcePhase::Failed:
        return "failed";
    case SourcePhase::Resting:
        return "resting";
    }
    return "unknown";
}

CaptureLoop::CaptureLoop(CaptureLoopOptions options, Opener opener, FrameSink sink,
                         const Clock &clock)
    : m_options(std::move(options)), m_open(std::move(opener)), m_sink(std::move(sink)),
      m_clock(clock), m_phaseSince(clock.monotonic()), m_lastFrame(clock.monotonic())
{
}

CaptureLoop::~CaptureLoop()
{
    stop();
}

void CaptureLoop::start()
{
    m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

void CaptureLoop::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void CaptureLoop::restart()
{
    std::stop_source turn;
    {
        const std::lock_guard lock(m_mutex);
        m_restart = true;
        turn = m_turn;
    }
    turn.request_stop();
}

void CaptureLoop::rest(std::string reason)
{
    std::stop_source turn;
    {
        const std::lock_guard lock(m_mutex);
        if (m_rest == reason)
            return;
        const bool moreOfIt = !m_rest.empty() && !reason.empty();
        m_rest = std::move(reason);
        if (moreOfIt)
            return;
        m_restart = true;
        turn = m_turn;
    }
    turn.request_stop();
}

void CaptureLoop::limitRate(double fps, std::string reason)
{
    {
        const std::lock_guard lock(m_mutex);
        m_state.rateLimit = fps;
        m_state.limitReason = std::move(reason);
        m_limit.set(fps);
    }
    if (m_options.link)
        m_options.link->limitRate(fps);
}

std::string CaptureLoop::restReason() const
{
    const std::lock_guard lock(m_mutex);
    return m_rest;
}

SourceState CaptureLoop::state() const
{
    const std::lock_guard lock(m_mutex);
    const MonotonicTime now = m_clock.monotonic();
    SourceState state = m_state;
    state.fps = m_rate.rate(now);
    state.since = now - m_phaseSince;
    if (state.phase == SourcePhase::Failed)
        state.retryIn = std::max(m_retryAt - now, MonotonicTime(0));
    // The capture thread is waiting inside the source then, so the silence is noticed here.
    const bool waiting = state.phase == SourcePhase::Running || state.phase == SourcePhase::Starting;
    if (waiting && now - m_lastFrame > m_options.stallAfter) {
        state.phase = SourcePhase::Stalled;
        state.since = now - m_lastFrame;
        state.reason = "no frame from the source";
    }
    return state;
}

FramePtr CaptureLoop::latest() const
{
    const std::lock_guard lock(m_mutex);
    return m_latest;
}

void CaptureLoop::enter(SourcePhase phase, std::string reason)
{
    const std::lock_guard lock(m_mutex);
    m_state.phase = phase;
    m_state.reason = std::move(reason);
    m_phaseSince = m_lastFrame = m_clock.monotonic();
}

void CaptureLoop::accept(const FramePtr &frame)
{
    {
        const std::lock_guard lock(m_mutex);
        const MonotonicTime now = m_clock.monotonic();
        m_lastFrame = now;
        if (!m_limit.due(frame->captured()))
            return;
        if (m_state.phase != SourcePhase::Running) {
            m_state.phase = SourcePhase::Running;
            m_state.reason.clear();
            m_phaseSince = now;
        }
        ++m_state.frames;
        m_state.failures = 0;
        m_state.size = frame->size();
        m_latest = frame;
        m_rate.tick(now);
    }
    m_sink(frame);
}

Result<void> CaptureLoop::readAll(CaptureSource &source, std::stop_token stop)
{
    while (!stop.stop_requested()) {
        const auto frame = source.next(stop);
        if (!frame)
            return tl::unexpected(frame.error());
        if (!*frame)
            return {};
        accept(*frame);
    }
    return {};
}

void CaptureLoop::wait(std::stop_token stop, std::chrono::nanoseconds time)
{
    std::unique_lock lock(m_mutex);
    m_retryAt = m_clock.monotonic() + time;
    std::condition_variable_any never;
    never.wait_for(lock, stop, time, [] { return false; });
}

bool CaptureLoop::waitForCamera(std::stop_token stop, std::chrono::nanoseconds time, const std::string &before)
{
    if (!m_options.plugged) {
        wait(stop, time);
        return false;
    }
    constexpr std::chrono::nanoseconds glance = std::chrono::seconds(1);
    const MonotonicTime end = m_clock.monotonic() + time;
    for (MonotonicTime now = m_clock.monotonic(); now < end && !stop.stop_requested();
         now = m_clock.monotonic()) {
        {
            const std::lock_guard lock(m_mutex);
            m_retryAt = end;
        }
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, stop, std::min(glance, end - now), [] { return false; });
        if (m_options.plugged() != before)
            return true;
    }
    return false;
}

std::stop_token CaptureLoop::beginTurn()
{
    const std::lock_guard lock(m_mutex);
    m_turn = std::stop_source();
    m_restart = false; // one asked for between two turns is this one
    return m_turn.get_token();
}

bool CaptureLoop::takeRestart()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_restart, false);
}

Result<void> CaptureLoop::readOne(std::stop_token stop, bool &live)
{
    auto source = m_open();
    if (!source)
        return tl::unexpected(source.error());
    live = (*source)->isLive();
    if (m_options.link)
        (*source)->attach(m_options.link);
    {
        const std::lock_guard lock(m_mutex);
        m_state.nominalFps = (*source)->nominalFps();
    }
    return readAll(**source, stop);
}

std::chrono::nanoseconds CaptureLoop::recover(std::stop_token turn, const std::string &reason, bool progress,
                                              std::chrono::nanoseconds pause, const std::string &seen)
{
    if (progress)
        pause = m_options.firstRetry;
    enter(SourcePhase::Failed, reason);
    std::uint64_t failures = 0;
    {
        const std::lock_guard lock(m_mutex);
        failures = ++m_state.failures;
    }
    if (m_options.mostFailures > 0 && failures >= m_options.mostFailures && m_options.gaveUp) {
        qCCritical(lcCapture, "%s; given up after %llu failures in a row", reason.c_str(),
                   static_cast<unsigned long long>(failures));
        m_options.gaveUp(reason);
    }
    qCWarning(lcCapture, "%s; opening it again in %.0f s", reason.c_str(),
              std::chrono::duration<double>(pause).count());
    const bool plugged = waitForCamera(turn, pause, seen);
    const bool anew = takeRestart() || plugged;
    {
        const std::lock_guard lock(m_mutex);
        ++m_state.reopened;
    }
    return anew ? std::chrono::nanoseconds(m_options.firstRetry)
                : std::min<std::chrono::nanoseconds>(2 * pause, m_options.longestRetry);
}

void CaptureLoop::run(std::stop_token stop)
{
    constexpr std::chrono::hours forLong{24};
    std::chrono::nanoseconds pause = m_options.firstRetry;
    while (!stop.stop_requested()) {
        const std::stop_token turn = beginTurn();
        const std::stop_callback ending(stop, [source = m_turn]() mutable { source.request_stop(); });
        if (const std::string rest = restReason(); !rest.empty()) {
            enter(SourcePhase::Resting, rest);
            qCInfo(lcCapture, "%s: rests, %s", m_options.url.c_str(), rest.c_str());
            while (!turn.stop_requested())
                wait(turn, forLong);
            continue;
        }
        enter(SourcePhase::Starting);
        const std::uint64_t before = state().frames;
        bool live = true;
        // Before it looks for its camera: one that comes meanwhile would not be seen, nor be a change later.
        const std::string seen = m_options.plugged ? m_options.plugged() : std::string();
        const Result<void> outcome = readOne(turn, live);
        if (outcome && !live && !turn.stop_requested()) {
            enter(SourcePhase::Ended);
            qCInfo(lcCapture, "%s: ended", m_options.url.c_str());
            while (!turn.stop_requested())
                wait(turn, forLong);
        }
        if (stop.stop_requested())
            return;
        if (takeRestart()) {
            pause = m_options.firstRetry;
            const std::lock_guard lock(m_mutex);
            m_state.reopened += m_rest.empty() ? 1 : 0;
            continue;
        }
        pause = recover(turn, outcome ? "the source ended" : describe(outcome.error()),
                        state().frames > before, pause, seen);
    }
}

} // namespace facetrack
