#include "libfacetrack/store/journal_writer.h"

#include <algorithm>
#include <utility>

namespace facetrack {

JournalWriter::JournalWriter(std::unique_ptr<JournalDisk> disk, JournalOptions options,
                             const Clock &clock)
    : m_disk(std::move(disk)), m_options(std::move(options)), m_clock(clock),
      m_uploads(m_options.uploads), m_marks(m_disk->totals().delivered), m_totals(m_disk->totals())
{
    // Records may be waiting to be let go, or to be removed, since the last run.
    m_more = m_totals.held > 0;
}

JournalWriter::~JournalWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_thread.request_stop();
}

Result<void> JournalWriter::start()
{
    const auto holes = m_disk->quarantinedBeyondWatermark();
    if (!holes)
        return tl::unexpected(holes.error());
    for (const std::int64_t position : *holes)
        m_marks.mark({position, position});
    JournalOutcome sizes;
    m_disk->measure(sizes);
    m_state.bytes = sizes.bytes;
    m_state.usedBytes = sizes.usedBytes;
    noteOldest();
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
    return {};
}

bool JournalWriter::append(Record record)
{
    const std::int64_t bytes = estimatedBytes(record);
    const std::lock_guard lock(m_mutex);
    if (record.body.size() > Journal::maxBody
        || m_queue.size() + m_inFlight >= m_options.queueCapacity) {
        ++m_state.droppedQueueFull;
        shoutDropped(1);
        return false;
    }
    push(std::move(record), bytes);
    return true;
}

Result<void> JournalWriter::appendAndCommit(std::vector<Record> records)
{
    std::int64_t bytes = 0;
    for (const Record &record : records) {
        if (record.body.size() > Journal::maxBody)
            return fail(ErrorCode::InvalidArgument, record.agent,
                        "the body of a record is too large");
        bytes += estimatedBytes(record);
    }
    std::unique_lock lock(m_mutex);
    if (auto room = checkRoom(records.size(), bytes); !room)
        return room;
    for (Record &record : records) {
        const std::int64_t size = estimatedBytes(record);
        push(std::move(record), size);
    }
    const std::uint64_t ticket = m_state.appended;
    const std::uint64_t failures = m_failures;
    m_hurryRecords = ticket;
    m_wake.notify_one();
    m_settled.wait(lock, [&] { return m_state.committed >= ticket || m_failures != failures; });
    if (m_state.committed >= ticket)
        return {};
    return tl::unexpected(m_error);
}

bool JournalWriter::flush(std::chrono::milliseconds limit)
{
    std::unique_lock lock(m_mutex);
    const std::uint64_t records = m_state.appended;
    const std::uint64_t orders = m_ordersGiven;
    m_hurryRecords = std::max(m_hurryRecords, records);
    m_hurryOrders = std::max(m_hurryOrders, orders);
    m_wake.notify_one();
    return m_settled.wait_for(lock, limit, [&] {
        return m_state.committed >= records && m_ordersDone >= orders && !m_more;
    });
}

void JournalWriter::mark(PositionRange range)
{
    const std::lock_guard lock(m_mutex);
    range.last = std::min(range.last, lastPosition());
    m_marks.mark(range);
    order();
}

void JournalWriter::setUploads(bool uploads)
{
    const std::lock_guard lock(m_mutex);
    m_uploads = uploads;
}

void JournalWriter::quarantine(std::int64_t position, std::string error)
{
    const std::lock_guard lock(m_mutex);
    // What is done already has left the outbox: a late refusal changes nothing.
    const PositionRange open = m_marks.nextOpen(position - 1, lastPosition());
    if (open.empty() || open.first != position)
        return;
    m_marks.mark({position, position});
    m_quarantines.push_back({position, std::move(error)});
    order();
}

void JournalWriter::decide(ClockDecision decision)
{
    const std::lock_guard lock(m_mutex);
    m_clocks.push_back(std::move(decision));
    order();
}

JournalState JournalWriter::state() const
{
    const std::lock_guard lock(m_mutex);
    JournalState state = m_state;
    state.rows = static_cast<std::uint64_t>(m_totals.rows);
    state.held = static_cast<std::uint64_t>(m_totals.held);
    state.quarantined = static_cast<std::uint64_t>(m_totals.quarantined);
    state.undelivered = static_cast<std::uint64_t>(lastPosition() - m_marks.watermark()
                                                   - m_marks.marksBeyond());
    state.lastPosition = lastPosition();
    if (state.undelivered == 0)
        state.oldestUndelivered = UtcTime(0);
    return state;
}

UtcTime JournalWriter::newestTrusted() const
{
    const std::lock_guard lock(m_mutex);
    return UtcTime(m_totals.newestTime);
}

PositionRange JournalWriter::nextOpen(std::int64_t position) const
{
    const std::lock_guard lock(m_mutex);
    return m_marks.nextOpen(position, lastPosition());
}

void JournalWriter::push(Record record, std::int64_t bytes)
{
    m_queue.push_back(std::move(record));
    m_queueBytes += bytes;
    ++m_state.appended;
    setDue();
    // Once is enough: waking the thread for every frame would cost more than the write.
    if (m_queueBytes >= m_disk->budget().group && m_queueBytes - bytes < m_disk->budget().group)
        m_wake.notify_one();
}

void JournalWriter::order()
{
    ++m_ordersGiven;
    setDue();
}

void JournalWriter::setDue()
{
    if (m_due)
        return;
    m_due = Steady::now() + m_options.commitInterval;
    m_wake.notify_one();
}

bool JournalWriter::hasWork() const
{
    return !m_queue.empty() || m_ordersGiven > m_ordersDone || (m_more && !m_stopping);
}

bool JournalWriter::isUrgent() const
{
    return m_stopping || m_more || m_queueBytes >= m_disk->budget().group
        || m_state.committed < m_hurryRecords || m_ordersDone < m_hurryOrders;
}

Result<void> JournalWriter::checkRoom(std::size_t records, std::int64_t bytes) const
{
    const std::string where = m_options.file.string();
    if (!m_state.writable)
        return tl::unexpected(m_error);
    if (m_queue.size() + m_inFlight + records > m_options.queueCapacity)
        return fail(ErrorCode::Full, where, "too many records wait for the disk",
                    "try again in a moment");
    const std::int64_t waiting = m_uploads ? lastPosition() - m_marks.watermark() : 0;
    const std::int64_t freeable =
        m_totals.rows > 0 ? m_state.usedBytes / m_totals.rows * (m_totals.rows - waiting) : 0;
    if (m_state.usedBytes + m_queueBytes + m_inFlightBytes + bytes - freeable
        > m_disk->budget().pages)
        return fail(ErrorCode::Full, where, "the journal is full of records that wait for delivery",
                    "check that the upload works, or raise the journal's size");
    return {};
}

} // namespace facetrack
