#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/boot_clock.h"
#include "libfacetrack/store/counts.h"
#include "libfacetrack/store/record.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace facetrack {

struct JournalOptions
{
    std::filesystem::path file;
    std::int64_t maxBytes = 2LL * 1024 * 1024 * 1024; ///< of the database with its log; ≥ 1 MiB
    std::chrono::hours maxAge{24 * 30};
    std::chrono::milliseconds commitInterval{1000}; ///< what a power cut may lose at the most
    std::chrono::milliseconds retryInterval{1000};  ///< between attempts while it cannot be written
    std::size_t queueCapacity = 200'000;            ///< records waiting for the writer
    /// False: nobody takes records away, the Journal is the agent's own history. See setUploads().
    bool uploads = true;
};

/// How the Journal is doing; a snapshot.
struct JournalState
{
    std::uint64_t appended = 0;     ///< accepted in this run, repeats included
    std::uint64_t committed = 0;    ///< of these, settled on disk (or found there already)
    std::uint64_t repeats = 0;      ///< of these, found there already
    std::uint64_t rows = 0;         ///< records on disk (without held and quarantined ones)
    std::uint64_t undelivered = 0;  ///< of these, not delivered yet
    std::uint64_t held = 0;         ///< records on disk whose time is not settled yet
    std::uint64_t quarantined = 0;  ///< records on disk that the receiver refused
    std::int64_t bytes = 0;         ///< of the files: database and log
    std::int64_t usedBytes = 0;     ///< of these, in use; the rest is reused before files grow
    std::int64_t lastPosition = 0;  ///< of the newest committed record; 0 before the first ever
    UtcTime oldestUndelivered{0};   ///< its time; 0 when there is none
    std::uint64_t droppedQueueFull = 0; ///< refused by append(): too large, or the queue is full
    std::uint64_t droppedAtBound = 0;   ///< undelivered rows removed to stay within the bounds
    std::uint64_t expired = 0;          ///< the same, while there was no upload to wait for
    bool writable = true;
    std::string lastError;          ///< in words, with advice; empty when writable
};

/// A record that the receiver refused for good.
struct QuarantinedRecord
{
    StoredRecord stored;
    std::string error; ///< what the receiver said
    UtcTime at{0};     ///< when
};

/// The outbox and local history of an agent: records in SQLite (WAL, synchronous=FULL), written by
/// one thread in groups at most `commitInterval` apart. What was committed survives kill -9 and
/// power cuts; a power cut loses at most the group under way. Thread-safe.
class FACETRACK_EXPORT Journal
{
public:
    /// Largest body of a record in bytes.
    static constexpr std::size_t maxBody = 1024 * 1024;

    /// Opens or makes the file. Denied/Io/Full when the directory cannot be written, Unavailable
    /// while another process has it open, Unsupported for a file from a newer version, Corrupt for
    /// one that is not a Journal, InvalidArgument for options that cannot work.
    static Result<std::unique_ptr<Journal>> open(JournalOptions options,
                                                 const Clock &clock = SystemClock::instance());
    ~Journal(); ///< commits what was appended, then closes

    /// Hands one record to the writer; never waits for the disk. False when it had to be dropped
    /// (counted): the queue is full because the disk is, or the body is too large. A record that is
    /// there already (same agent, run, type, sequence) is accepted and changes nothing.
    bool append(Record record);

    /// Like append() for all of them, but waits for the commit; callers at the same time share one.
    /// Full when there is no room within the bounds without dropping undelivered rows; Full, Io or
    /// what the disk says when it cannot be written. After a failure some may have been kept:
    /// repeat them all, that changes nothing.
    Result<void> appendAndCommit(std::vector<Record> records);

    /// Waits until everything asked for before is committed, or the limit passes (false).
    bool flush(std::chrono::milliseconds limit);

    JournalState state() const;

    /// Undelivered records from position `after` (exclusive), oldest first, at most `most`.
    /// Records already given stay undelivered until markDelivered().
    Result<std::vector<StoredRecord>> undelivered(std::int64_t after, std::size_t most) const;

    /// The receiver has these (both ends included; any order, repeats are harmless). Takes effect
    /// at once. On disk, a watermark follows with the next group: rows delivered beyond a gap are
    /// undelivered again after a crash.
    void markDelivered(std::int64_t first, std::int64_t last);
    void markDelivered(std::span<const std::int64_t> positions);

    /// Whether records wait for an upload. Without one the oldest go at the bounds as history does,
    /// quietly and counted apart. What is still there stays undelivered, so that an upload set up
    /// later delivers it.
    void setUploads(bool uploads);

    /// The receiver refuses this one for good: it leaves the outbox at once and moves to the
    /// quarantine with the next group.
    void quarantine(std::int64_t position, std::string error);
    /// Quarantined records, newest first.
    Result<std::vector<QuarantinedRecord>> quarantined(std::size_t most) const;

    /// The time of all held records of that boot, and of those still to come, is
    /// monotonic + `offset`; they join the outbox with clockTrusted = true. Survives a crash.
    void resolveClock(const std::string &bootId, UtcTime offset);
    /// That boot's clock will not be known: its held records, and those still to come, join the
    /// outbox with clockTrusted = false: as they are, or with monotonic + `guess`.
    void giveUpClock(const std::string &bootId, std::optional<UtcTime> guess = {});
    /// What was decided about that boot's clock does not hold for records still to come: they are
    /// held again.
    void doubtClock(const std::string &bootId);
    /// Boots whose clock was not known at some time, in the order in which they came.
    Result<std::vector<BootClock>> bootClocks() const;
    /// Time of the newest record with a trusted clock; 0 when there is none.
    UtcTime newestTrusted() const;

    /// Records of a type with from ≤ time < to and a position above `after`, in order of position,
    /// at most `most`; delivered or not. Held and quarantined ones are not among them.
    Result<std::vector<StoredRecord>> between(RecordType type, UtcTime from, UtcTime to,
                                              std::int64_t after, std::size_t most) const;

    // Sums, kept beside the records, so that they cost little however many records there are. They
    // stay for JournalOptions::maxAge though their records go earlier at the bound in bytes, and go
    // before a record has to that waits for an upload. Quarantined records are in them, held ones
    // not yet.

    /// By agent, run and minute, for from ≤ minute since 1970 < to; in no order.
    Result<std::vector<MinuteCount>> minuteCounts(std::int64_t from, std::int64_t to) const;
    /// By agent, run and cell of the picture, for from ≤ quarter of an hour since 1970 < to.
    Result<std::vector<PlaceCount>> placeCounts(std::int64_t from, std::int64_t to) const;
    /// Of the visits that began in from ≤ time < to and are still records: of the whole picture, or
    /// of a zone. By agent, run and second.
    Result<std::vector<DwellCount>> dwellCounts(UtcTime from, UtcTime to,
                                                const std::string &zone = {}) const;
    /// The records of tuning changes in from ≤ time < to, oldest first, at most `most`.
    Result<std::vector<StoredRecord>> changes(UtcTime from, UtcTime to, std::size_t most) const;

private:
    class Impl;
    explicit Journal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack
