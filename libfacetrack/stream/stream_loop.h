#pragma once
#include "libfacetrack/stream/broadcaster.h"
#include "libfacetrack/stream/picture.h"
#include "libfacetrack/stream/stream_inbox.h"
#include "libfacetrack/stream/stream_statistics.h"
#include "libfacetrack/stream/veil.h"
#include "libfacetrack/stream/viewer.h"

#include <map>
#include <optional>
#include <stop_token>
#include <vector>

namespace facetrack {

/// What the stream's thread does: one encode for each different picture that is due, the same
/// bytes to all who watch it. Thread-bound but for what StreamInbox and StreamMeter carry.
class StreamLoop
{
public:
    StreamLoop(const BroadcasterSettings &settings, const Clock &clock, StreamInbox &inbox,
               StreamMeter &meter);

    void run(std::stop_token stop);

private:
    void serve(Boxes kind, bool isNewPicture);
    bool serve(Viewer &viewer, const Frame &frame, bool isNewPicture);
    void answer(const SnapshotRequest &request);
    void forgetTheGone();

    FramePtr frameFor(Boxes kind) const;
    PictureKey keyFor(const ViewerOptions &options, const Frame &frame) const;
    PictureContent contentFor(Boxes kind) const;
    const std::optional<Part> &partFor(const PictureKey &key, const Frame &frame);
    Result<Part> make(const PictureKey &key, const Frame &frame);
    void forgetParts(Boxes kind);

    const BroadcasterSettings &m_settings;
    const Clock &m_clock;
    StreamInbox &m_inbox;
    StreamMeter &m_meter;
    PictureMaker m_maker;
    StreamTuning m_tuning;
    std::shared_ptr<const PictureShapes> m_shapes;
    CrossingCounts m_crossings;
    std::string m_name;
    MonotonicTime m_signUntil{0};
    MonotonicTime m_calibrationUntil{0};
    Veil m_veil;           ///< kept up to date without viewers too: they want a picture at once
    VeiledPlaces m_veiled; ///< of the newest frame
    FramePtr m_frame;
    AnalysedFramePtr m_analysis;
    std::vector<Viewer> m_viewers;
    std::map<PictureKey, std::optional<Part>> m_parts; ///< of the newest frames; empty is failed
    bool m_failing = false;
};

} // namespace facetrack
