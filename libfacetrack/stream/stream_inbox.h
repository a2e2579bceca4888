#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/rate_meter.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/http/message.h"
#include "libfacetrack/model/analysed_frame.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/stream/shapes_overlay.h"
#include "libfacetrack/stream/viewer_options.h"
#include "libfacetrack/stream/viewer_places.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace facetrack {

/// One picture on request.
struct Snapshot
{
    http::Bytes jpeg;
    std::uint64_t sequence = 0; ///< of the captured frame
    UtcTime captured{0};
};

using SnapshotCallback = std::function<void(Result<Snapshot>)>;

/// One who has come to watch.
struct Newcomer
{
    ViewerOptions options;
    std::shared_ptr<http::LatestChannel> channel;
    ViewerPlaces::Place place;
};

struct SnapshotRequest
{
    ViewerOptions options;
    SnapshotCallback callback;
};

/// What there is to do for the stream's thread.
struct StreamWork
{
    FramePtr frame;            ///< null when it has not changed
    AnalysedFramePtr analysis; ///< null when it has not changed
    StreamTuning tuning;
    std::shared_ptr<const PictureShapes> shapes; ///< never null
    std::vector<Newcomer> newcomers;
    std::optional<SnapshotRequest> snapshot; ///< one at a time, so that the stream goes on
    CrossingCounts crossings;
    std::string name = {};      ///< of the agent
    MonotonicTime signUntil{0}; ///< until then the name is shown large
    MonotonicTime calibrationUntil{0}; ///< until then owners may see faces
};

/// Where everyone leaves what the stream's thread is to work on. Nobody waits here but that
/// thread: frames and analyses replace older ones, snapshots are limited. Thread-safe.
class StreamInbox
{
public:
    explicit StreamInbox(const Clock &clock) : m_clock(clock) {}

    void putFrame(FramePtr frame);
    void putAnalysis(AnalysedFramePtr analysis);
    void tune(const StreamTuning &tuning);
    void draw(PictureShapes shapes);
    void crossed(const std::string &line, const std::string &way);
    void rename(std::string name);
    void identify(MonotonicTime until);
    void calibrate(MonotonicTime until);
    MonotonicTime calibrationUntil() const;
    /// Closes the channel when the stream has ended.
    void add(Newcomer newcomer);
    /// Answers at once with Unavailable when too many wait or the stream has ended.
    void request(SnapshotRequest request);

    /// Waits for work, until `limit` is over or `stop` is requested.
    StreamWork take(std::stop_token stop, std::chrono::milliseconds limit);
    /// The stream ends: everyone who waits is told so, and everyone who comes later.
    void close();

    FramePtr newestFrame() const;
    double captureRate() const { return m_captureRate.rate(m_clock.monotonic()); }
    double analysisRate() const { return m_analysisRate.rate(m_clock.monotonic()); }
    std::uint64_t missed() const;

private:
    bool hasWork() const;

    const Clock &m_clock;
    RateMeter m_captureRate;
    RateMeter m_analysisRate;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    FramePtr m_frame;
    AnalysedFramePtr m_analysis;
    StreamTuning m_tuning;
    std::shared_ptr<const PictureShapes> m_shapes = std::make_shared<PictureShapes>();
    CrossingCounts m_crossings;
    std::string m_name;
    MonotonicTime m_signUntil{0};
    MonotonicTime m_calibrationUntil{0};
    std::vector<Newcomer> m_newcomers;
    std::deque<SnapshotRequest> m_snapshots;
    std::uint64_t m_missed = 0;
    bool m_frameIsNew = false;
    bool m_analysisIsNew = false;
    bool m_closed = false;
};

} // namespace facetrack
