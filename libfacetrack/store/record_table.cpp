#include "libfacetrack/store/record_table.h"

#include <algorithm>

namespace facetrack {

RecordRow rowOf(const Record &record, std::int64_t run)
{
    return {run, static_cast<std::int64_t>(record.type),
            static_cast<std::int64_t>(record.sequence), record.time.count(), record.clockTrusted,
            record.faces, record.body};
}

Result<void> RecordTable::prepare(sqlite::Database &database)
{
    m_database = &database;
    if (auto done = m_rollup.prepare(database); !done)
        return done;
    return database.prepareAll({
        {&m_insert, "INSERT OR IGNORE INTO records VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"},
        {&m_contains, "SELECT 1 FROM records WHERE run = ?1 AND type = ?2 AND sequence = ?3"},
        {&m_findRun, "SELECT id FROM runs WHERE agent = ?1 AND run = ?2"},
        {&m_addRun, "INSERT INTO runs(agent, run, simulated) VALUES(?1, ?2, ?3) RETURNING id"},
        {&m_block, "INSERT INTO time_blocks VALUES(?1, ?2, ?3) ON CONFLICT(block) DO UPDATE SET"
                   " earliest = min(earliest, excluded.earliest),"
                   " latest = max(latest, excluded.latest)"},
        {&m_copyToQuarantine, "INSERT OR IGNORE INTO quarantine"
                              " SELECT *, ?2, ?3 FROM records WHERE position = ?1"},
        {&m_delete, "DELETE FROM records WHERE position = ?1"},
    });
}

Result<std::int64_t> RecordTable::runId(const Record &record)
{
    const std::string &agent = record.agent;
    const std::string &run = record.run;
    // Nearly every record is of the same run as the one before.
    if (m_lastRunId != 0 && agent == m_lastAgent && run == m_lastRun)
        return m_lastRunId;
    m_key.assign(agent).append(1, '\0').append(run);
    auto known = m_runs.find(m_key);
    if (known == m_runs.end()) {
        auto id = m_findRun.bind(1, agent).bind(2, run).value();
        if (id && *id == 0)
            id = m_addRun.bind(1, agent).bind(2, run).bind(3, std::int64_t{record.simulated}).value();
        if (!id)
            return id;
        if (m_runs.size() >= 10'000)
            m_runs.clear();
        known = m_runs.emplace(m_key, *id).first;
    }
    m_lastAgent = agent;
    m_lastRun = run;
    m_lastRunId = known->second;
    return m_lastRunId;
}

Result<bool> RecordTable::insert(const RecordRow &row, JournalTotals &totals)
{
    const std::int64_t position = totals.next;
    m_insert.bind(1, position).bind(2, row.run).bind(3, row.type).bind(4, row.sequence);
    m_insert.bind(5, row.time).bind(6, std::int64_t{row.trusted}).bind(7, row.faces);
    m_insert.bind(8, row.body);
    if (auto done = m_insert.run(); !done)
        return tl::unexpected(done.error());
    if (m_database->changes() == 0)
        return false;
    if ((position >> timeBlockShift) != m_times.block) {
        if (auto done = writeTimeBlock(); !done)
            return tl::unexpected(done.error());
    }
    noteTime(position, row.time);
    m_rollup.note(row);
    ++totals.next;
    ++totals.rows;
    if (row.trusted)
        totals.newestTime = std::max(totals.newestTime, row.time);
    return true;
}

Result<bool> RecordTable::contains(const RecordRow &row)
{
    return m_contains.bind(1, row.run).bind(2, row.type).bind(3, row.sequence).value()
        .map([](std::int64_t found) { return found != 0; });
}

Result<void> RecordTable::quarantine(std::int64_t position, std::string_view error,
                                     std::int64_t at, JournalTotals &totals)
{
    if (auto done = m_copyToQuarantine.bind(1, position).bind(2, error).bind(3, at).run(); !done)
        return done;
    if (m_database->changes() == 0)
        return {};
    if (auto done = m_delete.bind(1, position).run(); !done)
        return done;
    --totals.rows;
    ++totals.quarantined;
    return {};
}

void RecordTable::noteTime(std::int64_t position, std::int64_t time)
{
    if (m_times.block < 0)
        m_times = {position >> timeBlockShift, time, time};
    m_times.earliest = std::min(m_times.earliest, time);
    m_times.latest = std::max(m_times.latest, time);
}

Result<void> RecordTable::writeTimeBlock()
{
    if (m_times.block < 0)
        return {};
    m_block.bind(1, m_times.block).bind(2, m_times.earliest).bind(3, m_times.latest);
    m_times.block = -1;
    return m_block.run();
}

Result<void> RecordTable::finish()
{
    if (auto done = writeTimeBlock(); !done)
        return done;
    return m_rollup.write();
}

void RecordTable::forget()
{
    m_rollup.forget();
    m_runs.clear();
    m_lastRunId = 0;
    m_times.block = -1;
}

} // namespace facetrack
