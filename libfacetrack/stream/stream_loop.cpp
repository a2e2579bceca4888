#include "libfacetrack/stream/stream_loop.h"

#include "libfacetrack/base/log.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace facetrack {

StreamLoop::StreamLoop(const BroadcasterSettings &settings, const Clock &clock, StreamInbox &inbox,
                       StreamMeter &meter)
    : m_settings(settings), m_clock(clock), m_inbox(inbox), m_meter(meter)
{}

void StreamLoop::run(std::stop_token stop)
{
    // With a camera that stands still no offer shows who has gone: look once a second.
    constexpr std::chrono::milliseconds LookAround{1000};
    while (!stop.stop_requested()) {
        StreamWork work = m_inbox.take(stop, LookAround);
        m_tuning = work.tuning;
        m_shapes = std::move(work.shapes);
        m_crossings = std::move(work.crossings);
        m_name = std::move(work.name);
        m_signUntil = work.signUntil;
        m_calibrationUntil = work.calibrationUntil;
        for (Newcomer &newcomer : work.newcomers)
            m_viewers.emplace_back(newcomer.options, std::move(newcomer.channel),
                                   std::move(newcomer.place));
        // The analysis first, so that the frame gets the newest boxes.
        if (work.frame)
            m_veil.see(*work.frame);
        if (work.analysis) {
            m_analysis = work.analysis;
            m_veil.looked(*m_analysis);
            forgetParts(Boxes::Exact);
        }
        if (!m_viewers.empty() || work.snapshot) // newcomers are among them
            m_veiled = m_veil.places();
        if (work.frame) {
            m_frame = work.frame;
            forgetParts(Boxes::Live);
            serve(Boxes::Live, true);
        }
        if (work.analysis)
            serve(Boxes::Exact, true);
        if (!work.newcomers.empty()) {
            serve(Boxes::Live, false);
            serve(Boxes::Exact, false);
        }
        if (work.snapshot)
            answer(*work.snapshot);
        forgetTheGone();
    }
    for (Viewer &viewer : m_viewers)
        viewer.close();
    m_viewers.clear();
}

FramePtr StreamLoop::frameFor(Boxes kind) const
{
    if (kind == Boxes::Live)
        return m_frame;
    return m_analysis ? m_analysis->frame : nullptr;
}

PictureKey StreamLoop::keyFor(const ViewerOptions &options, const Frame &frame) const
{
    PictureKey key = pictureFor(options, m_tuning, m_clock.monotonic() < m_calibrationUntil);
    if (key.width >= frame.width())
        key.width = 0; // never enlarged, so it is the same picture
    return key;
}

PictureContent StreamLoop::contentFor(Boxes kind) const
{
    PictureContent content;
    content.veiled = m_veiled;
    content.shapes = m_shapes.get();
    content.crossings = m_crossings;
    if (m_analysis) {
        content.faces = m_analysis->faces;
        const bool old = kind == Boxes::Live && m_analysis->frame
                         && m_frame->captured() - m_analysis->frame->captured()
                                > m_settings.freshBoxes;
        content.line = old ? BoxLine::Dashed : BoxLine::Solid;
    }
    const double rate = kind == Boxes::Live ? m_inbox.captureRate() : m_inbox.analysisRate();
    char figures[64];
    std::snprintf(figures, sizeof figures, "%.1f fps  %zu face%s", rate, content.faces.size(),
                  content.faces.size() == 1 ? "" : "s");
    content.caption = m_name.empty() ? figures : m_name + "  " + figures;
    if (const MonotonicTime left = m_signUntil - m_clock.monotonic(); left > MonotonicTime(0)) {
        constexpr std::chrono::milliseconds blink{500};
        content.sign = m_name;
        content.light = (left / blink) % 2 == 0 ? SignLight::Bright : SignLight::Dark;
    }
    return content;
}

void StreamLoop::forgetParts(Boxes kind)
{
    std::erase_if(m_parts, [kind](const auto &part) { return part.first.boxes == kind; });
}

Result<Part> StreamLoop::make(const PictureKey &key, const Frame &frame)
{
    const MonotonicTime started = m_clock.monotonic();
    const auto jpeg = m_maker.make(frame, key, contentFor(key.boxes));
    const MonotonicTime finished = m_clock.monotonic();
    if (!jpeg) {
        m_meter.failed();
        if (!std::exchange(m_failing, true))
            qCWarning(lcStream, "%s", describe(jpeg.error()).c_str());
        return tl::unexpected(jpeg.error());
    }
    m_failing = false;
    m_meter.encoded(finished - started);
    const PartFaces seen = m_analysis ? PartFaces{m_analysis->faces, m_analysis->revision} : PartFaces{};
    return makePart(*jpeg, frame, finished - frame.captured(), seen);
}

const std::optional<Part> &StreamLoop::partFor(const PictureKey &key, const Frame &frame)
{
    const auto [at, isNew] = m_parts.try_emplace(key);
    if (isNew) {
        if (auto part = make(key, frame))
            at->second = std::move(*part);
    }
    return at->second;
}

bool StreamLoop::serve(Viewer &viewer, const Frame &frame, bool isNewPicture)
{
    if (!isNewPicture && !viewer.isNew())
        return false;
    if (!viewer.due(frame.captured(), rateLimitFor(viewer.options(), m_tuning)))
        return false;
    const std::optional<Part> &part = partFor(keyFor(viewer.options(), frame), frame);
    if (!part || !viewer.offer(*part))
        return false;
    m_meter.handedOver(part->bytes());
    return true;
}

void StreamLoop::serve(Boxes kind, bool isNewPicture)
{
    const FramePtr frame = frameFor(kind);
    if (!frame)
        return;
    bool served = false;
    for (Viewer &viewer : m_viewers)
        if (viewer.options().boxes == kind && !viewer.closed())
            served = serve(viewer, *frame, isNewPicture) || served;
    if (served && isNewPicture) {
        const MonotonicTime now = m_clock.monotonic();
        m_meter.sent(kind, now, now - frame->captured());
    }
}

void StreamLoop::answer(const SnapshotRequest &request)
{
    const FramePtr frame = frameFor(request.options.boxes);
    if (!frame) {
        request.callback(fail(ErrorCode::Unavailable, "snapshot", "there is no picture yet",
                              "wait until the camera runs"));
        return;
    }
    const PictureKey key = keyFor(request.options, *frame);
    const auto known = m_parts.find(key);
    // Not kept: a row of different snapshots would fill the memory while the camera stands still.
    const Result<Part> part = known != m_parts.end() && known->second ? Result<Part>(*known->second)
                                                                      : make(key, *frame);
    if (!part) {
        request.callback(tl::unexpected(part.error()));
        return;
    }
    request.callback(Snapshot{http::makeBytes(std::string(part->jpeg())), frame->sequence(),
                              frame->capturedUtc()});
}

void StreamLoop::forgetTheGone()
{
    for (Viewer &viewer : m_viewers)
        if (const std::uint64_t skipped = viewer.newlySkipped())
            m_meter.skipped(skipped);
    std::erase_if(m_viewers, [](const Viewer &viewer) { return viewer.closed(); });
    if (m_viewers.empty())
        m_parts.clear();
}

} // namespace facetrack
