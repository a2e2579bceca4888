#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/http/message.h"
#include "libfacetrack/model/analysed_frame.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/stream/shapes_overlay.h"
#include "libfacetrack/stream/stream_inbox.h"
#include "libfacetrack/stream/stream_statistics.h"
#include "libfacetrack/stream/viewer_options.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>

namespace facetrack {

struct BroadcasterSettings
{
    std::string name = {};        ///< of the agent, for the caption
    std::size_t maxViewers = 64;
    std::size_t maxPictures = 8;  ///< different ones at a time, besides the default one
    std::chrono::nanoseconds freshBoxes = std::chrono::milliseconds(200); ///< older: dashed
};

/// The live stream: takes the newest frame and the newest analysis, and hands every viewer the
/// newest picture it asked for, encoded once for all who want the same. Without viewers nothing is
/// encoded. Works on a thread of its own; thread-safe, and no call waits for a picture.
class FACETRACK_EXPORT Broadcaster
{
public:
    /// `clock` must outlive it.
    explicit Broadcaster(BroadcasterSettings settings,
                         const Clock &clock = SystemClock::instance());
    ~Broadcaster(); ///< stop()
    Broadcaster(const Broadcaster &) = delete;
    Broadcaster &operator=(const Broadcaster &) = delete;

    void start();
    /// Ends all streams, refuses what waits and joins the thread: at most as long as one encode.
    /// It is not started again.
    void stop();

    /// The newest camera frame; one that the stream has not taken yet is dropped and counted.
    void frame(FramePtr frame);
    /// The newest analysis; its boxes are drawn from the next frame on.
    void analysis(AnalysedFramePtr analysis);
    /// From the next frame on, for what viewers left open.
    void tune(const StreamTuning &tuning);
    /// Draws these from the next frame on, for viewers who want them.
    void draw(PictureShapes shapes);
    /// Somebody went over a counting line: counted beside it.
    void crossed(const std::string &line, const std::string &way);

    /// The agent is called so from now on.
    void rename(std::string name);
    /// Shows the agent's name large and blinking in every picture for so long from now on.
    void identify(std::chrono::nanoseconds time);

    /// Opens calibration for so long from now on, or ends it (0): while it is open, viewers who are
    /// owners may see faces.
    void calibrate(std::chrono::nanoseconds time);
    /// How long calibration stays open; 0: it is closed.
    std::chrono::nanoseconds calibrationLeft() const;

    /// The answer to a request for the stream: its `opened` lets the viewer in. The viewer's place
    /// is taken now, and free again when it is gone or the answer is dropped. Unavailable (answer
    /// 503) when there are too many viewers or too many different pictures.
    Result<http::StreamResponse> watch(const ViewerOptions &options);

    /// One picture of the newest frame (with Boxes::Exact of the newest analysed one).
    /// `callback` is called exactly once, on the stream's thread or, when refused at once, on the
    /// caller's; Unavailable without a frame so far, with too many waiting, or after stop().
    void snapshot(const ViewerOptions &options, SnapshotCallback callback);

    /// The newest camera frame, to measure it; null before the first.
    FramePtr newestFrame() const;
    double captureRate() const;  ///< frames per second that frame() gets
    double analysisRate() const; ///< analyses per second that analysis() gets
    StreamStatistics statistics() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack
