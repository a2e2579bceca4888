#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/rate_meter.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/camera_link.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/capture/rate_limit.h"
#include "libfacetrack/model/frame.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace facetrack {

/// What a source is doing, in the words that status and logs use.
enum class SourcePhase {
    Starting, ///< being opened, or no frame yet
    Running,  ///< frames come
    Stalled,  ///< open, but no frame for longer than the limit
    Ended,    ///< a file's last frame was delivered
    Failed,   ///< cannot be read; opened again after a pause
    Resting,  ///< closed on purpose, outside opening hours
};

FACETRACK_EXPORT const char *sourcePhaseName(SourcePhase phase);

/// A snapshot of how capture is doing.
struct SourceState
{
    SourcePhase phase = SourcePhase::Starting;
    std::string reason;             ///< why it failed, stalled or rests, for people; else empty
    std::chrono::nanoseconds since{0}; ///< how long it has been in this phase
    std::chrono::nanoseconds retryIn{0}; ///< until it is opened again, when failed
    std::uint64_t frames = 0;       ///< captured in this run
    std::uint64_t reopened = 0;     ///< how often it had to be opened again
    double fps = 0;                 ///< true rate of the last seconds
    std::uint64_t failures = 0;     ///< in a row, without a frame in between
    double nominalFps = 0;          ///< intended rate, 0 when unknown
    double rateLimit = 0;           ///< frames per second that are handed on at most; 0 is all
    std::string limitReason;        ///< why there is a limit; else empty
    Size size;                      ///< of the newest frame
};

struct CaptureLoopOptions
{
    std::string url;
    std::chrono::nanoseconds stallAfter{std::chrono::seconds(5)};
    std::chrono::milliseconds firstRetry{1000}; ///< doubles with each failure …
    std::chrono::milliseconds longestRetry{30'000}; ///< … up to this
    std::shared_ptr<CameraLink> link{}; ///< for cameras; null is none
    /// Changes when a camera was plugged in: then it is tried at once. Asked about once a second.
    std::function<std::string()> plugged{};
    std::uint64_t mostFailures = 0; ///< in a row, after which `gaveUp` is told; 0 is never
    std::function<void(const std::string &reason)> gaveUp{};
};

/// The thread that reads the source and hands each frame on; it waits for nobody. A source that
/// fails is opened again with growing pauses, for ever.
class FACETRACK_EXPORT CaptureLoop
{
public:
    /// Called on the capture thread with every frame; must return at once.
    using FrameSink = std::function<void(const FramePtr &)>;
    /// How a source is opened (again).
    using Opener = std::function<Result<std::unique_ptr<CaptureSource>>()>;

    CaptureLoop(CaptureLoopOptions options, Opener opener, FrameSink sink, const Clock &clock);
    ~CaptureLoop(); ///< stop()

    void start();
    void stop();
    /// Opens the source anew, also one that has ended or is waited for. Thread-safe; does not wait.
    void restart();
    /// Closes the source and leaves it closed, for `reason`; empty opens it again. Thread-safe.
    void rest(std::string reason);
    /// Hands on no more frames a second than this, for `reason`; 0 is all. Thread-safe.
    void limitRate(double fps, std::string reason);
    SourceState state() const;
    /// The newest frame, null before the first.
    FramePtr latest() const;

private:
    void run(std::stop_token stop);
    /// Reads until the source ends or fails; the error says why it failed.
    Result<void> readAll(CaptureSource &source, std::stop_token stop);
    void accept(const FramePtr &frame);
    void enter(SourcePhase phase, std::string reason = {});
    void wait(std::stop_token stop, std::chrono::nanoseconds time);
    /// The same, and ends early, with true, when a camera was plugged in since plugged() said `before`.
    bool waitForCamera(std::stop_token stop, std::chrono::nanoseconds time, const std::string &before);
    /// After a failure: counts, tells, waits; the next pause. `seen` is what plugged() said before the opening.
    std::chrono::nanoseconds recover(std::stop_token turn, const std::string &reason, bool progress,
                                     std::chrono::nanoseconds pause, const std::string &seen);
    std::string restReason() const;
    /// One source from opening to its end: what came of it, and whether it was a live one.
    Result<void> readOne(std::stop_token stop, bool &live);
    /// A new token for the next source, asked to stop by stop() and by restart().
    std::stop_token beginTurn();
    bool takeRestart();

    const CaptureLoopOptions m_options;
    const Opener m_open;
    const FrameSink m_sink;
    const Clock &m_clock;

    mutable std::mutex m_mutex; // guards all below
    SourceState m_state;
    MonotonicTime m_phaseSince{0};
    MonotonicTime m_lastFrame{0};
    MonotonicTime m_retryAt{0};
    RateMeter m_rate;
    RateLimit m_limit;
    std::string m_rest; ///< why it rests; empty while it does not
    FramePtr m_latest;
    std::stop_source m_turn; ///< of the source that is open, or waited for
    bool m_restart = false;

    std::jthread m_thread;
};

} // namespace facetrack
