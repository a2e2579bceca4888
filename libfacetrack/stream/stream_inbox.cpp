#include "libfacetrack/stream/stream_inbox.h"

#include <utility>

namespace facetrack {

namespace {

constexpr std::size_t MostSnapshots = 16;

} // namespace

void StreamInbox::putFrame(FramePtr frame)
{
    m_captureRate.tick(m_clock.monotonic());
    {
        const std::lock_guard lock(m_mutex);
        m_missed += m_frameIsNew ? 1 : 0;
        std::swap(m_frame, frame); // the old one's memory is given back outside the lock
        m_frameIsNew = true;
    }
    m_changed.notify_one();
}

void StreamInbox::putAnalysis(AnalysedFramePtr analysis)
{
    m_analysisRate.tick(m_clock.monotonic());
    {
        const std::lock_guard lock(m_mutex);
        std::swap(m_analysis, analysis);
        m_analysisIsNew = true;
    }
    m_changed.notify_one();
}

void StreamInbox::tune(const StreamTuning &tuning)
{
    const std::lock_guard lock(m_mutex);
    m_tuning = tuning;
}

void StreamInbox::draw(PictureShapes shapes)
{
    auto drawn = std::make_shared<const PictureShapes>(std::move(shapes));
    const std::lock_guard lock(m_mutex);
    m_shapes = std::move(drawn);
}

void StreamInbox::crossed(const std::string &line, const std::string &way)
{
    const std::lock_guard lock(m_mutex);
    ++m_crossings[{line, way}];
}

void StreamInbox::rename(std::string name)
{
    const std::lock_guard lock(m_mutex);
    m_name = std::move(name);
}

void StreamInbox::identify(MonotonicTime until)
{
    const std::lock_guard lock(m_mutex);
    m_signUntil = until;
}

void StreamInbox::calibrate(MonotonicTime until)
{
    const std::lock_guard lock(m_mutex);
    m_calibrationUntil = until;
}

MonotonicTime StreamInbox::calibrationUntil() const
{
    const std::lock_guard lock(m_mutex);
    return m_calibrationUntil;
}

void StreamInbox::add(Newcomer newcomer)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closed) {
            m_newcomers.push_back(std::move(newcomer));
            m_changed.notify_one();
            return;
        }
    }
    newcomer.channel->close();
}

void StreamInbox::request(SnapshotRequest request)
{
    Error refusal{ErrorCode::Unavailable, "snapshot", "too many snapshots are being made",
                  "try again in a second"};
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closed && m_snapshots.size() < MostSnapshots) {
            m_snapshots.push_back(std::move(request));
            m_changed.notify_one();
            return;
        }
        if (m_closed)
            refusal = {ErrorCode::Unavailable, "snapshot", "the agent is ending", {}};
    }
    request.callback(tl::unexpected(refusal));
}

bool StreamInbox::hasWork() const
{
    return m_frameIsNew || m_analysisIsNew || !m_newcomers.empty() || !m_snapshots.empty();
}

StreamWork StreamInbox::take(std::stop_token stop, std::chrono::milliseconds limit)
{
    StreamWork work;
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, stop, limit, [this] { return hasWork(); });
    if (std::exchange(m_frameIsNew, false))
        work.frame = m_frame;
    if (std::exchange(m_analysisIsNew, false))
        work.analysis = m_analysis;
    work.tuning = m_tuning;
    work.shapes = m_shapes;
    for (const Shape &line : m_shapes->lines) // only what is drawn
        for (const std::string &way : line.ways)
            if (const auto known = m_crossings.find({line.name, way}); known != m_crossings.end())
                work.crossings.insert(*known);
    work.name = m_name;
    work.signUntil = m_signUntil;
    work.calibrationUntil = m_calibrationUntil;
    work.newcomers.swap(m_newcomers);
    if (!m_snapshots.empty()) {
        work.snapshot = std::move(m_snapshots.front());
        m_snapshots.pop_front();
    }
    return work;
}

void StreamInbox::close()
{
    std::vector<Newcomer> newcomers;
    std::deque<SnapshotRequest> snapshots;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        newcomers.swap(m_newcomers);
        snapshots.swap(m_snapshots);
    }
    for (const Newcomer &newcomer : newcomers)
        newcomer.channel->close();
    for (const SnapshotRequest &waiting : snapshots)
        waiting.callback(fail(ErrorCode::Unavailable, "snapshot", "the agent is ending"));
}

FramePtr StreamInbox::newestFrame() const
{
    const std::lock_guard lock(m_mutex);
    return m_frame;
}

std::uint64_t StreamInbox::missed() const
{
    const std::lock_guard lock(m_mutex);
    return m_missed;
}

} // namespace facetrack
