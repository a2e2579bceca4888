// The half of JournalWriter that runs on its thread: taking groups, committing, trying again.
#include "libfacetrack/base/log.h"
#include "libfacetrack/store/journal_writer.h"

#include <algorithm>
#include <utility>

namespace facetrack {

namespace {
constexpr std::chrono::minutes shoutInterval{1};
}

JournalGroup JournalWriter::takeGroup()
{
    JournalGroup group;
    if (m_queueBytes <= 2 * m_disk->budget().group) {
        group.records.swap(m_queue);
        m_inFlightBytes = std::exchange(m_queueBytes, 0);
    } else {
        m_inFlightBytes = 0;
        while (!m_queue.empty() && m_inFlightBytes < m_disk->budget().group) {
            m_inFlightBytes += estimatedBytes(m_queue.front());
            group.records.push_back(std::move(m_queue.front()));
            m_queue.pop_front();
        }
        m_queueBytes -= m_inFlightBytes;
    }
    m_inFlight = group.records.size();
    group.quarantines.swap(m_quarantines);
    group.clocks.swap(m_clocks);
    group.delivered = m_marks.watermark();
    group.uploads = m_uploads;
    group.ordersUpTo = m_ordersGiven;
    m_due.reset();
    if (!m_queue.empty())
        m_due = Steady::now();
    return group;
}

void JournalWriter::takeOver(const JournalGroup &group, const JournalOutcome &outcome)
{
    m_totals = outcome.totals;
    // The disk's watermark is ahead of ours only where undelivered records had to go.
    const std::uint64_t dropped =
        m_marks.raise(outcome.totals.delivered) + outcome.heldDropped;
    m_state.committed += group.records.size();
    m_state.repeats += outcome.repeats;
    m_state.bytes = outcome.bytes;
    m_state.usedBytes = outcome.usedBytes;
    m_state.lastError.clear();
    m_ordersDone = group.ordersUpTo;
    m_inFlight = 0;
    m_inFlightBytes = 0;
    m_more = outcome.more;
    if (!std::exchange(m_state.writable, true))
        qCInfo(lcStore, "%s can be written again", m_options.file.c_str());
    noteDropped(dropped);
}

void JournalWriter::noteDropped(std::uint64_t dropped)
{
    if (!m_uploads) {
        m_state.expired += dropped;
    } else if (dropped > 0) {
        m_state.droppedAtBound += dropped;
        shoutDropped(dropped);
    }
}

void JournalWriter::shoutDropped(std::uint64_t dropped)
{
    m_unshouted += dropped;
    const auto now = Steady::now();
    if (m_lastShout && now - *m_lastShout < shoutInterval)
        return;
    m_lastShout = now;
    qCWarning(lcStore,
              "%s: %llu undelivered records LOST: %llu at the bound of the journal, %llu because "
              "the disk did not take them, in this run (check that the upload works and that there "
              "is room on the disk)",
              m_options.file.c_str(),
              static_cast<unsigned long long>(std::exchange(m_unshouted, 0)),
              static_cast<unsigned long long>(m_state.droppedAtBound),
              static_cast<unsigned long long>(m_state.droppedQueueFull));
}

void JournalWriter::run(std::stop_token stop)
{
    while (const auto group = nextGroup(stop)) {
        while (!commit(*group)) {
            if (!waitToRetry(stop))
                return noteLost(*group);
        }
    }
}

std::optional<JournalGroup> JournalWriter::nextGroup(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, stop, [this] { return hasWork(); });
    if (!hasWork())
        return std::nullopt;
    if (m_due)
        m_wake.wait_until(lock, stop, *m_due, [this] { return isUrgent(); });
    return takeGroup();
}

bool JournalWriter::commit(const JournalGroup &group)
{
    const auto outcome = m_disk->commit(group, m_clock.utc());
    if (!outcome) {
        noteFailure(outcome.error());
        return false;
    }
    {
        const std::lock_guard lock(m_mutex);
        takeOver(group, *outcome);
    }
    noteOldest();
    m_settled.notify_all();
    return true;
}

void JournalWriter::noteFailure(const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state.writable)
            qCWarning(lcStore, "%s; records wait in memory, at most %zu",
                      describe(error).c_str(), m_options.queueCapacity);
        m_error = error;
        m_state.writable = false;
        m_state.lastError = describe(error);
        ++m_failures;
    }
    m_settled.notify_all();
}

void JournalWriter::noteOldest()
{
    PositionRange open;
    {
        const std::lock_guard lock(m_mutex);
        open = m_marks.nextOpen(0, lastPosition());
        if (open.empty() || open.first == m_oldestPosition)
            return;
    }
    const auto time = m_disk->timeFrom(open.first);
    const std::lock_guard lock(m_mutex);
    m_oldestPosition = open.first;
    m_state.oldestUndelivered = UtcTime(time.value_or(0));
}

bool JournalWriter::waitToRetry(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, stop, m_options.retryInterval, [this] { return m_stopping; });
    return !m_stopping;
}

void JournalWriter::noteLost(const JournalGroup &group)
{
    const std::lock_guard lock(m_mutex);
    const std::size_t lost = group.records.size() + m_queue.size();
    if (lost > 0)
        qCCritical(lcStore, "%s: %zu records LOST, they could not be written before the end",
                   m_options.file.c_str(), lost);
}

} // namespace facetrack
