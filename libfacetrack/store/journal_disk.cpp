#include "libfacetrack/store/journal_disk.h"

#include <algorithm>
#include <numeric>
#include <system_error>

namespace facetrack {

namespace {

std::int64_t sizeOf(const std::filesystem::path &file)
{
    std::error_code ignored;
    const auto size = std::filesystem::file_size(file, ignored);
    return ignored ? 0 : static_cast<std::int64_t>(size);
}

std::filesystem::path beside(const std::filesystem::path &file, const char *suffix)
{
    return file.string() + suffix;
}

} // namespace

std::int64_t estimatedBytes(const Record &record)
{
    return static_cast<std::int64_t>(record.body.size()) + 70;
}

JournalDisk::JournalDisk(const JournalOptions &options)
    : m_file(options.file), m_budget(options.maxBytes), m_retention(m_budget, options.maxAge)
{
}

Result<std::unique_ptr<JournalDisk>> JournalDisk::open(const JournalOptions &options)
{
    std::unique_ptr<JournalDisk> disk(new JournalDisk(options));
    auto lock = FileLock::take(beside(options.file, ".lock"));
    if (!lock)
        return tl::unexpected(lock.error());
    disk->m_lock = std::move(*lock);
    auto database = openJournalDatabase(options.file, disk->m_budget);
    if (!database)
        return tl::unexpected(database.error());
    disk->m_database = std::move(*database);
    if (auto prepared = disk->prepare(); !prepared)
        return tl::unexpected(prepared.error());
    return disk;
}

Result<void> JournalDisk::prepare()
{
    auto done = m_database.prepareAll({
        {&m_begin, "BEGIN IMMEDIATE"},
        {&m_commit, "COMMIT"},
        {&m_writeTotals, "UPDATE totals SET next = ?1, delivered = ?2, rows = ?3, held = ?4,"
                         " quarantined = ?5, newest_time = ?6 WHERE id = 1"},
        {&m_time, "SELECT time FROM records WHERE position >= ?1 ORDER BY position LIMIT 1"},
    });
    if (done)
        done = m_records.prepare(m_database);
    if (done)
        done = m_held.prepare(m_database);
    if (done)
        done = m_retention.prepare(m_database);
    if (!done)
        return done;
    auto read = m_database.prepare("SELECT next, delivered, rows, held, quarantined, newest_time"
                                   " FROM totals WHERE id = 1");
    if (!read)
        return tl::unexpected(read.error());
    if (const auto row = read->step(); !row)
        return tl::unexpected(row.error());
    m_totals = {read->integer(0), read->integer(1), read->integer(2),
                read->integer(3), read->integer(4), read->integer(5)};
    return {};
}

Result<JournalOutcome> JournalDisk::commit(const JournalGroup &group, UtcTime now)
{
    JournalTotals totals = m_totals;
    JournalOutcome outcome;
    auto done = m_begin.run();
    if (done)
        done = write(group, now, totals, outcome);
    if (done)
        done = m_commit.run();
    if (!done) {
        m_database.rollback();
        m_records.forget();
        m_held.forget();
        return tl::unexpected(done.error());
    }
    m_totals = totals;
    outcome.totals = totals;
    measure(outcome);
    // Normally each commit empties a full log in passing; a reader in the way may have let it grow.
    if (sizeOf(beside(m_file, "-wal")) > 2 * m_budget.log) {
        m_database.truncateLog();
        measure(outcome);
    }
    return outcome;
}

Result<void> JournalDisk::write(const JournalGroup &group, UtcTime now, JournalTotals &totals,
                                JournalOutcome &outcome)
{
    totals.delivered = std::max(totals.delivered, group.delivered);
    for (const QuarantineOrder &order : group.quarantines) {
        auto done = m_records.quarantine(order.position, order.error, now.count(), totals);
        if (!done)
            return done;
    }
    for (const ClockDecision &decision : group.clocks) {
        if (auto done = m_held.decide(decision); !done)
            return done;
    }
    const auto incoming = std::accumulate(
        group.records.begin(), group.records.end(), std::int64_t{0},
        [](std::int64_t sum, const Record &record) { return sum + estimatedBytes(record); });
    bool olderLeft = false;
    const auto dropped = m_retention.step(incoming, now, group.uploads, m_held, totals, olderLeft);
    if (!dropped)
        return tl::unexpected(dropped.error());
    outcome.heldDropped = static_cast<std::uint64_t>(*dropped);
    const auto heldLeft = m_held.releaseSome(m_records, totals);
    if (!heldLeft)
        return tl::unexpected(heldLeft.error());
    outcome.more = olderLeft || *heldLeft;
    if (auto done = writeRecords(group, totals, outcome); !done)
        return done;
    return writeTotals(totals);
}

Result<void> JournalDisk::writeRecords(const JournalGroup &group, JournalTotals &totals,
                                       JournalOutcome &outcome)
{
    for (const Record &record : group.records) {
        const auto run = m_records.runId(record);
        if (!run)
            return tl::unexpected(run.error());
        const RecordRow row = rowOf(record, *run);
        const auto added = record.pending ? m_held.add(row, *record.pending, m_records, totals)
                                          : m_records.insert(row, totals);
        if (!added)
            return tl::unexpected(added.error());
        outcome.repeats += *added ? 0 : 1;
    }
    return m_records.finish();
}

Result<void> JournalDisk::writeTotals(const JournalTotals &totals)
{
    m_writeTotals.bind(1, totals.next).bind(2, totals.delivered).bind(3, totals.rows);
    m_writeTotals.bind(4, totals.held).bind(5, totals.quarantined).bind(6, totals.newestTime);
    return m_writeTotals.run();
}

Result<std::int64_t> JournalDisk::timeFrom(std::int64_t position)
{
    return m_time.bind(1, position).value();
}

void JournalDisk::measure(JournalOutcome &outcome)
{
    const std::int64_t log = sizeOf(beside(m_file, "-wal"));
    outcome.bytes = sizeOf(m_file) + log;
    outcome.usedBytes = m_retention.usedBytes().value_or(outcome.bytes) + log;
}

Result<std::vector<std::int64_t>> JournalDisk::quarantinedBeyondWatermark()
{
    auto read = m_database.prepare("SELECT position FROM quarantine WHERE position > ?1");
    if (!read)
        return tl::unexpected(read.error());
    read->bind(1, m_totals.delivered);
    std::vector<std::int64_t> positions;
    for (;;) {
        const auto row = read->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return positions;
        positions.push_back(read->integer(0));
    }
}

} // namespace facetrack
