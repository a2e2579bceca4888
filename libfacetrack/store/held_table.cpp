#include "libfacetrack/store/held_table.h"

namespace facetrack {

namespace {

void settle(RecordRow &row, std::int64_t monotonic, BootClock::State state, std::int64_t offset)
{
    row.trusted = state == BootClock::State::Known;
    if (state != BootClock::State::GivenUp)
        row.time = monotonic + offset;
}

} // namespace

Result<void> HeldTable::prepare(sqlite::Database &database)
{
    m_database = &database;
    return database.prepareAll({
        {&m_insert, "INSERT OR IGNORE INTO held(run, type, sequence, time, faces, body, boot,"
                    " monotonic) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"},
        {&m_addBoot, "INSERT OR IGNORE INTO boots(name, state, offset) VALUES(?1, 0, 0)"},
        {&m_findBoot, "SELECT id, state, offset FROM boots WHERE name = ?1"},
        {&m_decide, "UPDATE boots SET state = ?2, offset = ?3 WHERE name = ?1"},
        {&m_settled, "SELECT h.id, run, type, sequence, time, faces, body, monotonic, b.state,"
                     " b.offset FROM held h JOIN boots b ON b.id = h.boot WHERE b.state != 0"
                     " ORDER BY h.id LIMIT ?1"},
        {&m_delete, "DELETE FROM held WHERE id = ?1"},
        {&m_drop, "DELETE FROM held WHERE id IN (SELECT id FROM held ORDER BY id LIMIT ?1)"},
    });
}

Result<HeldTable::Boot> HeldTable::boot(const std::string &name)
{
    if (m_lastBoot.id != 0 && m_lastBootName == name)
        return m_lastBoot;
    if (auto added = m_addBoot.bind(1, name).run(); !added)
        return tl::unexpected(added.error());
    const sqlite::ResetGuard guard(m_findBoot);
    if (auto found = m_findBoot.bind(1, name).step(); !found)
        return tl::unexpected(found.error());
    m_lastBootName = name;
    m_lastBoot = {m_findBoot.integer(0), BootClock::State{m_findBoot.integer(1)},
                  m_findBoot.integer(2)};
    return m_lastBoot;
}

Result<bool> HeldTable::add(RecordRow row, const PendingTime &pending, RecordTable &records,
                            JournalTotals &totals)
{
    const auto from = boot(pending.bootId);
    if (!from)
        return tl::unexpected(from.error());
    const auto monotonic =
        std::chrono::duration_cast<std::chrono::milliseconds>(pending.monotonic).count();
    if (from->state != BootClock::State::Waiting) {
        settle(row, monotonic, from->state, from->offset);
        return records.insert(row, totals);
    }
    const auto known = records.contains(row);
    if (!known)
        return known;
    if (*known)
        return false;
    m_insert.bind(1, row.run).bind(2, row.type).bind(3, row.sequence).bind(4, row.time);
    m_insert.bind(5, row.faces).bind(6, row.body).bind(7, from->id).bind(8, monotonic);
    if (auto done = m_insert.run(); !done)
        return tl::unexpected(done.error());
    totals.held += m_database->changes();
    return m_database->changes() != 0;
}

Result<void> HeldTable::decide(const ClockDecision &decision)
{
    if (const auto known = boot(decision.bootId); !known)
        return tl::unexpected(known.error());
    m_lastBoot = {};
    m_maySettle = true;
    m_decide.bind(1, decision.bootId).bind(2, static_cast<std::int64_t>(decision.state));
    return m_decide.bind(3, decision.offset).run();
}

Result<bool> HeldTable::releaseSome(RecordTable &records, JournalTotals &totals)
{
    if (totals.held == 0 || !m_maySettle)
        return false;
    std::vector<std::int64_t> released;
    {
        const sqlite::ResetGuard guard(m_settled);
        m_settled.bind(1, std::int64_t{releaseStep});
        for (;;) {
            const auto more = m_settled.step();
            if (!more)
                return more;
            if (!*more)
                break;
            RecordRow row{m_settled.integer(1), m_settled.integer(2), m_settled.integer(3),
                          m_settled.integer(4), false, m_settled.integer(5), m_settled.text(6)};
            settle(row, m_settled.integer(7), BootClock::State{m_settled.integer(8)},
                   m_settled.integer(9));
            if (auto inserted = records.insert(row, totals); !inserted)
                return inserted;
            released.push_back(m_settled.integer(0));
        }
    }
    for (const std::int64_t id : released) {
        if (auto deleted = m_delete.bind(1, id).run(); !deleted)
            return tl::unexpected(deleted.error());
    }
    totals.held -= static_cast<std::int64_t>(released.size());
    m_maySettle = released.size() == releaseStep;
    return m_maySettle;
}

Result<std::int64_t> HeldTable::drop(std::int64_t most, JournalTotals &totals)
{
    if (totals.held == 0)
        return 0;
    if (auto done = m_drop.bind(1, most).run(); !done)
        return tl::unexpected(done.error());
    totals.held -= m_database->changes();
    return m_database->changes();
}

void HeldTable::forget()
{
    m_lastBoot = {};
    m_maySettle = true;
}

} // namespace facetrack
