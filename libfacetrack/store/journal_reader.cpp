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
        {&m_minutes, "SELECT run, minute, observations, faces, visits, seconds FROM minutes"
                     " WHERE minute >= ?1 AND minute < ?2"},
        {&m_places, "SELECT run, cell, sum(faces) FROM places WHERE quarter >= ?1 AND quarter < ?2"
                    " GROUP BY run, cell"},
        {&m_dwells, "SELECT run, min(json_extract(body, '$[1]') / 1000, 86400), count(*),"
                    " sum(json_extract(body, '$[1]')) FROM records INDEXED BY records_visits"
                    " WHERE type = 3 AND time >= ?1 AND time < ?2 AND json_valid(body)"
                    " AND json_extract(body, '$[3]') = ?3 GROUP BY 1, 2"},
        {&m_changes, "SELECT position, run, type, sequence, time, trusted, faces, body"
                     " FROM records INDEXED BY records_changes WHERE type = 4 AND time >= ?1"
                     " AND time < ?2 ORDER BY time, position LIMIT ?3"},
        {&m_quarantined, "SELECT * FROM quarantine ORDER BY at DESC, position DESC LIMIT ?1"},
        {&m_boots, "SELECT name, state, offset, count(held.id), min(monotonic), max(monotonic)"
                   " FROM boots LEFT JOIN held ON held.boot = boots.id"
                   " GROUP BY boots.id ORDER BY boots.id"},
        {&m_run, "SELECT agent, run, simulated FROM runs WHERE id = ?1"},
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

template<typename Row>
Result<void> JournalReader::eachCount(sqlite::Statement &statement, const Row &row)
{
    const sqlite::ResetGuard guard(statement);
    for (;;) {
        const auto more = statement.step();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return {};
        const auto name = run(statement.integer(0));
        if (!name)
            return tl::unexpected(name.error());
        row(**name);
    }
}

Result<std::vector<MinuteCount>> JournalReader::minuteCounts(std::int64_t from, std::int64_t to)
{
    const std::lock_guard lock(m_mutex);
    std::vector<MinuteCount> found;
    const auto number = [this](int column) {
        return static_cast<std::uint64_t>(m_minutes.integer(column));
    };
    m_minutes.bind(1, from).bind(2, to);
    const auto done = eachCount(m_minutes, [&](const RunName &name) {
        found.push_back({name.agent, m_minutes.integer(1), number(2), number(3), number(4), number(5),
                         name.simulated});
    });
    return done.map([&] { return std::move(found); });
}

Result<std::vector<PlaceCount>> JournalReader::placeCounts(std::int64_t from, std::int64_t to)
{
    const std::lock_guard lock(m_mutex);
    std::vector<PlaceCount> found;
    m_places.bind(1, from).bind(2, to);
    const auto done = eachCount(m_places, [&](const RunName &name) {
        found.push_back({name.agent, static_cast<int>(m_places.integer(1)),
                         static_cast<std::uint64_t>(m_places.integer(2))});
    });
    return done.map([&] { return std::move(found); });
}

Result<std::vector<DwellCount>> JournalReader::dwellCounts(UtcTime from, UtcTime to,
                                                           const std::string &zone)
{
    const std::lock_guard lock(m_mutex);
    std::vector<DwellCount> found;
    m_dwells.bind(1, from.count()).bind(2, to.count()).bind(3, zone);
    const auto done = eachCount(m_dwells, [&](const RunName &name) {
        found.push_back({name.agent, m_dwells.integer(1),
                         static_cast<std::uint64_t>(m_dwells.integer(2)),
                         static_cast<std::uint64_t>(m_dwells.integer(3))});
    });
    return done.map([&] { return std::move(found); });
}

Result<std::vector<StoredRecord>> JournalReader::changes(UtcTime from, UtcTime to, std::size_t most)
{
    const std::lock_guard lock(m_mutex);
    m_changes.bind(1, from.count()).bind(2, to.count()).bind(3, static_cast<std::int64_t>(most));
    std::vector<StoredRecord> found;
    return collect(m_changes, found).map([&] { return std::move(found); });
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
    stored.record.agent = (*names)->agent;
    stored.record.run = (*names)->run;
    stored.record.simulated = (*names)->simulated;
    stored.record.type = static_cast<RecordType>(statement.integer(2));
    stored.record.sequence = static_cast<std::uint64_t>(statement.integer(3));
    stored.record.time = UtcTime(statement.integer(4));
    stored.record.clockTrusted = statement.integer(5) != 0;
    stored.record.faces = static_cast<std::int32_t>(statement.integer(6));
    stored.record.body = statement.text(7);
    return stored;
}

Result<const JournalReader::RunName *> JournalReader::run(std::int64_t id)
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
    return &m_runs.emplace(id, RunName{std::string(m_run.text(0)), std::string(m_run.text(1)),
                                       m_run.integer(2) != 0})
                .first->second;
}

} // namespace facetrack
