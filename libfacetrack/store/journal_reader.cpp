#include "libfacetrack/store/journal_reader.h"

#include <algorithm>

namespace facetrack {

Result<void> JournalReader::open(const std::filesystem::path &file)
{
    auto database = sqlite::Database::open(file, sqlite::Database::Mode::ReadOnly);
    if (!database)
        return tl::unexpected(database.error());
    m_database = std::move(*database);
    return m_database.prepareAll({
        {&m_range, "SELECT position, run, type, sequence, time, trusted, faces, body FROM records"
                   " WHERE position BETWEEN ?1 AND ?2 ORDER BY position LIMIT ?3"},
        // CROSS JOIN keeps SQLite on this order of loops: few blocks, then their positions.
        {&m_between, "SELECT position, run, type, sequence, time, trusted, faces, body"
                     " FROM time_blocks CROSS JOIN records WHERE block >= (?4 + 1) >> 10"
                     " AND latest >= ?2 AND earliest < ?3"
                     " AND position BETWEEN block << 10 AND (block << 10) + 1023"
                     " AND position > ?4 AND type = ?1 AND time >= ?2 AND time < ?3"
                     " ORDER BY block, position LIMIT ?5"},
        // Of a visit's rows only the whole picture's, whose zone is empty, is a visit.
        {&m_minutes, "SELECT run, time / 60000, sum(type = 1), sum(faces), sum(type = 3)"
                     " FROM time_blocks CROSS JOIN records WHERE latest >= ?1 AND earliest < ?2"
                     " AND position BETWEEN block << 10 AND (block << 10) + 1023"
                     " AND time >= ?1 AND time < ?2 AND (type = 1 OR (type = 3"
                     " AND json_valid(body) AND json_extract(body, '$[3]') = ''))"
                     " GROUP BY run, time / 60000"},
        {&m_quarantined, "SELECT * FROM quarantine ORDER BY at DESC, position DESC LIMIT ?1"},
        {&m_boots, "SELECT name, state, offset, count(held.id), min(monotonic), max(monotonic)"
                   " FROM boots LEFT JOIN held ON held.boot = boots.id"
                   " GROUP BY boots.id ORDER BY boots.id"},
        {&m_run, "SELECT agent, run FROM runs WHERE id = ?1"},
    });
}

Result<void> JournalReader::read(PositionRange range, std::size_t most,
                                 std::vector<StoredRecord> &found)
{
    const std::lock_guard lock(m_mutex);
    m_range.bind(1, range.first).bind(2, range.last);
    m_range.bind(3, static_cast<std::int64_t>(most - found.size()));
    return collect(m_range, found);
}

Result<std::vector<StoredRecord>> JournalReader::between(RecordType type, UtcTime from, UtcTime to,
                                                         std::int64_t after, std::size_t most)
{
    const std::lock_guard lock(m_mutex);
    m_between.bind(1, static_cast<std::int64_t>(type)).bind(2, from.count()).bind(3, to.count());
    m_between.bind(4, std::max<std::int64_t>(after, 0)).bind(5, static_cast<std::int64_t>(most));
    std::vector<StoredRecord> found;
    if (auto done = collect(m_between, found); !done)
        return tl::unexpected(done.error());
    return found;
}

Result<std::vector<MinuteCount>> JournalReader::minuteCounts(UtcTime from, UtcTime to)
{
    const std::lock_guard lock(m_mutex);
    const sqlite::ResetGuard guard(m_minutes);
    m_minutes.bind(1, from.count()).bind(2, to.count());
    const auto count = [this](int column) {
        return static_cast<std::uint64_t>(m_minutes.integer(column));
    };
    std::vector<MinuteCount> found;
    for (;;) {
        const auto row = m_minutes.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return found;
        const auto names = run(m_minutes.integer(0));
        if (!names)
            return tl::unexpected(names.error());
        found.push_back({(*names)->first, m_minutes.integer(1), count(2), count(3), count(4)});
    }
}

Result<std::vector<QuarantinedRecord>> JournalReader::quarantined(std::size_t most)
{
    const std::lock_guard lock(m_mutex);
    const sqlite::ResetGuard guard(m_quarantined);
    m_quarantined.bind(1, static_cast<std::int64_t>(most));
    std::vector<QuarantinedRecord> found;
    for (;;) {
        const auto row = m_quarantined.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return found;
        auto stored = recordAt(m_quarantined);
        if (!stored)
            return tl::unexpected(stored.error());
        found.push_back({std::move(*stored), std::string(m_quarantined.text(8)),
                         UtcTime(m_quarantined.integer(9))});
    }
}

Result<std::vector<BootClock>> JournalReader::bootClocks()
{
    const std::lock_guard lock(m_mutex);
    const sqlite::ResetGuard guard(m_boots);
    std::vector<BootClock> boots;
    for (;;) {
        const auto row = m_boots.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return boots;
        BootClock &boot = boots.emplace_back();
        boot.bootId = m_boots.text(0);
        boot.state = BootClock::State{m_boots.integer(1)};
        boot.offset = UtcTime(m_boots.integer(2));
        boot.held = static_cast<std::uint64_t>(m_boots.integer(3));
        boot.first = std::chrono::milliseconds(m_boots.integer(4));
        boot.last = std::chrono::milliseconds(m_boots.integer(5));
    }
}

Result<void> JournalReader::collect(sqlite::Statement &statement, std::vector<StoredRecord> &found)
{
    const sqlite::ResetGuard guard(statement);
    for (;;) {
        const auto row = statement.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        auto stored = recordAt(statement);
        if (!stored)
            return tl::unexpected(stored.error());
        found.push_back(std::move(*stored));
    }
}

Result<StoredRecord> JournalReader::recordAt(sqlite::Statement &statement)
{
    const auto names = run(statement.integer(1));
    if (!names)
        return tl::unexpected(names.error());
    StoredRecord stored;
    stored.position = statement.integer(0);
    stored.record.agent = (*names)->first;
    stored.record.run = (*names)->second;
    stored.record.type = static_cast<RecordType>(statement.integer(2));
    stored.record.sequence = static_cast<std::uint64_t>(statement.integer(3));
    stored.record.time = UtcTime(statement.integer(4));
    stored.record.clockTrusted = statement.integer(5) != 0;
    stored.record.faces = static_cast<std::int32_t>(statement.integer(6));
    stored.record.body = statement.text(7);
    return stored;
}

Result<const std::pair<std::string, std::string> *> JournalReader::run(std::int64_t id)
{
    if (const auto known = m_runs.find(id); known != m_runs.end())
        return &known->second;
    const sqlite::ResetGuard guard(m_run);
    const auto row = m_run.bind(1, id).step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return fail(ErrorCode::Corrupt, m_database.where(), "a record names no known run",
                    "move the file away; a new one is made at the next start");
    if (m_runs.size() >= 10'000)
        m_runs.clear();
    return &m_runs.emplace(id, std::pair(std::string(m_run.text(0)), std::string(m_run.text(1))))
                .first->second;
}

} // namespace facetrack
