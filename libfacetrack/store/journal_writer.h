#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/delivery_marks.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/journal_disk.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace facetrack {

/// What goes in between callers and the disk: a bounded queue, the thread that writes it in groups,
/// the delivery marks and the counters. Thread-safe; callers never wait for the disk except where
/// said so.
class JournalWriter
{
public:
    JournalWriter(std::unique_ptr<JournalDisk> disk, JournalOptions options, const Clock &clock);
    ~JournalWriter(); ///< commits what is queued
    Result<void> start();

    bool append(Record record);
    Result<void> appendAndCommit(std::vector<Record> records);
    bool flush(std::chrono::milliseconds limit);
    void mark(PositionRange range);
    void setUploads(bool uploads);
    void quarantine(std::int64_t position, std::string error);
    void decide(ClockDecision decision);

    JournalState state() const;
    UtcTime newestTrusted() const;
    /// First stretch after `position` that waits for delivery.
    PositionRange nextOpen(std::int64_t position) const;

private:
    using Steady = std::chrono::steady_clock;

    // All of these expect m_mutex to be held.
    void push(Record record, std::int64_t bytes);
    void order();
    void setDue();
    bool hasWork() const;
    bool isUrgent() const;
    JournalGroup takeGroup();
    std::int64_t lastPosition() const { return m_totals.next - 1; }
    Result<void> checkRoom(std::size_t records, std::int64_t bytes) const;
    void takeOver(const JournalGroup &group, const JournalOutcome &outcome);
    void noteDropped(std::uint64_t dropped);
    void shoutDropped(std::uint64_t dropped);

    void run(std::stop_token stop);
    std::optional<JournalGroup> nextGroup(const std::stop_token &stop);
    bool commit(const JournalGroup &group);
    void noteFailure(const Error &error);
    void noteOldest();
    bool waitToRetry(const std::stop_token &stop);
    void noteLost(const JournalGroup &group);

    const std::unique_ptr<JournalDisk> m_disk; ///< the thread's own once it runs
    const JournalOptions m_options;
    const Clock &m_clock;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake; ///< for the thread
    std::condition_variable m_settled;  ///< for those who wait for it
    std::deque<Record> m_queue;
    std::int64_t m_queueBytes = 0;
    std::size_t m_inFlight = 0; ///< records of the group under way, still part of the bound
    std::int64_t m_inFlightBytes = 0;
    std::vector<QuarantineOrder> m_quarantines;
    std::vector<ClockDecision> m_clocks;
    std::uint64_t m_ordersGiven = 0;
    std::uint64_t m_ordersDone = 0;
    std::uint64_t m_hurryRecords = 0; ///< someone waits for the commit of records up to this one
    std::uint64_t m_hurryOrders = 0;
    std::uint64_t m_failures = 0;
    std::optional<Steady::time_point> m_due;
    bool m_more = false;
    bool m_stopping = false;
    bool m_uploads = true;
    DeliveryMarks m_marks;
    JournalTotals m_totals;
    JournalState m_state; ///< without what follows from totals and marks
    Error m_error;
    std::int64_t m_oldestPosition = 0; ///< whose time m_state.oldestUndelivered is
    std::optional<Steady::time_point> m_lastShout;
    std::uint64_t m_unshouted = 0;
    std::jthread m_thread; // last: ends before what it uses
};

} // namespace facetrack
