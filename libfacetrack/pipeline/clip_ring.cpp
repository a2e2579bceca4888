#include "libfacetrack/pipeline/clip_ring.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/base/thread_share.h"

#include <utility>

namespace facetrack {

namespace {
constexpr int Quality = 92; // what detectors find hardly differs from the raw frame's
constexpr int GivesWayMost = 19;
}

ClipRing::ClipRing(std::size_t maxBytes) : m_maxBytes(maxBytes) {}

ClipRing::~ClipRing()
{
    stop();
}

void ClipRing::start()
{
    if (m_maxBytes > 0)
        m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

void ClipRing::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void ClipRing::offer(const FramePtr &frame)
{
    // A frame that comes a little early is taken: cameras do not tick to the microsecond.
    const bool early = m_any && frame->captured() >= m_offered
                       && frame->captured() - m_offered < spacing - std::chrono::milliseconds(5);
    if (m_maxBytes == 0 || early)
        return;
    m_any = true;
    m_offered = frame->captured();
    m_slot.put(frame);
}

Result<ClipPtr> ClipRing::last(std::chrono::nanoseconds span) const
{
    if (m_maxBytes == 0)
        return tl::unexpected(Error{ErrorCode::Unsupported, "clip", "none is kept here",
                                    "set clip.max_megabytes and start the agent again"});
    const std::lock_guard lock(m_mutex);
    if (m_frames.empty())
        return tl::unexpected(Error{ErrorCode::Unavailable, "clip", "there are no frames yet",
                                    "look at the source's state"});
    auto clip = std::make_shared<Clip>();
    const MonotonicTime from = m_frames.back().captured - span;
    for (const ClipFrame &frame : m_frames)
        if (frame.captured >= from)
            clip->frames.push_back(frame);
    clip->asked = span;
    clip->reach = m_frames.front().captured > from ? m_reach : ClipReach::AsAsked;
    return clip;
}

void ClipRing::run(std::stop_token stop)
{
    giveWay(GivesWayMost);
    JpegEncoder encoder;
    while (const auto frame = m_slot.take(stop)) {
        const auto jpeg = encoder.encode(**frame, Quality);
        if (!jpeg) {
            qCWarning(lcStream, "a frame cannot be kept for clips: %s",
                      describe(jpeg.error()).c_str());
            continue;
        }
        keep({std::make_shared<const std::string>(*jpeg), (*frame)->size(), (*frame)->sequence(),
              (*frame)->captured(), (*frame)->capturedUtc(), (*frame)->file()});
    }
}

void ClipRing::keep(ClipFrame frame)
{
    const std::lock_guard lock(m_mutex);
    // A source that starts again may start its time again.
    if (!m_frames.empty() && frame.captured <= m_frames.back().captured) {
        m_frames.clear();
        m_bytes = 0;
        m_reach = ClipReach::Beginning;
    }
    m_bytes += frame.jpeg->size();
    m_frames.push_back(std::move(frame));
    while (m_frames.size() > 1
           && (m_bytes > m_maxBytes
               || m_frames.back().captured - m_frames.front().captured > longest)) {
        m_reach = m_bytes > m_maxBytes ? ClipReach::Memory : ClipReach::AsAsked;
        m_bytes -= m_frames.front().jpeg->size();
        m_frames.pop_front();
    }
}

} // namespace facetrack
