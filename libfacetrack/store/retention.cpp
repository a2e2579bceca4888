#include "libfacetrack/store/retention.h"

#include <algorithm>
#include <limits>

namespace facetrack {

namespace {
constexpr std::int64_t pageSize = 4096;
constexpr std::int64_t deleteStep = 2'000;  // rows; a few milliseconds on a Pi
constexpr int stepsInOneGroup = 16; // while there is no room
constexpr int ageStepsInOneGroup = 2;
constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t quarter = 15; // minutes
constexpr std::int64_t sumStep = 12 * 60; // minutes
}

Retention::Retention(JournalBudget budget, std::chrono::hours maxAge)
    : m_budget(budget), m_maxAge(maxAge)
{
}

Result<void> Retention::prepare(sqlite::Database &database)
{
    m_database = &database;
    return database.prepareAll({
        {&m_pageCount, "PRAGMA page_count"},
        {&m_freePages, "PRAGMA freelist_count"},
        {&m_oldest, "SELECT position FROM records ORDER BY position LIMIT 1"},
        // Untrusted times say nothing about age: such rows go with their neighbours once delivered.
        {&m_firstYoung, "SELECT position FROM records WHERE position BETWEEN ?1 AND ?2 AND"
                        " (CASE WHEN trusted THEN time >= ?3 ELSE position > ?4 END)"
                        " ORDER BY position LIMIT 1"},
        {&m_delete, "DELETE FROM records WHERE position <= ?1"},
        {&m_deleteBlocks, "DELETE FROM time_blocks WHERE block < ?1"},
        {&m_dropQuarantined, "DELETE FROM quarantine WHERE position IN"
                             " (SELECT position FROM quarantine WHERE position <= ?1"
                             " ORDER BY position LIMIT 500)"},
        {&m_oldestSum, "SELECT min(minute) FROM minutes"},
        {&m_oldestTime, "SELECT time FROM records ORDER BY position LIMIT 1"},
        {&m_dropMinutes, "DELETE FROM minutes WHERE minute < ?1"},
        {&m_dropPlaces, "DELETE FROM places WHERE quarter < ?1"},
        {&m_vacuum, "PRAGMA incremental_vacuum(500)"},
    });
}

Result<std::int64_t> Retention::usedBytes()
{
    const auto pages = m_pageCount.value();
    const auto free = m_freePages.value();
    if (!pages || !free)
        return pages ? free : pages;
    return (*pages - *free) * pageSize;
}

Result<Retention::Taken> Retention::makeRoom(bool uploads, JournalTotals &totals)
{
    const auto third = uploads ? &Retention::sums : &Retention::undelivered;
    const auto last = uploads ? &Retention::undelivered : &Retention::sums;
    for (const auto source : {&Retention::delivered, &Retention::quarantined, third, last}) {
        if (const auto taken = (this->*source)(totals); !taken || *taken == Taken::Some)
            return taken;
    }
    return Taken::Nothing;
}

Result<std::int64_t> Retention::step(std::int64_t incoming, UtcTime now, bool uploads,
                                     HeldTable &held, JournalTotals &totals, bool &more)
{
    std::int64_t heldDropped = 0;
    more = false;
    for (int count = 0; count < stepsInOneGroup; ++count) {
        const auto used = usedBytes();
        if (!used)
            return used;
        Result<Taken> taken = Taken::Nothing;
        if (*used + incoming > m_budget.pages) {
            taken = makeRoom(uploads, totals);
            if (taken && *taken == Taken::Nothing) {
                const auto dropped = held.drop(deleteStep, totals);
                if (!dropped)
                    return dropped;
                heldDropped += *dropped;
                taken = *dropped > 0 ? Taken::Some : Taken::Nothing;
            }
        } else if (count < ageStepsInOneGroup) {
            taken = byAge(now, totals);
        } else {
            break;
        }
        if (!taken)
            return tl::unexpected(taken.error());
        more = *taken == Taken::Some;
        if (!more)
            break;
    }
    if (auto done = shrink(); !done)
        return tl::unexpected(done.error());
    return heldDropped;
}

Result<Retention::Taken> Retention::byAge(UtcTime now, JournalTotals &totals)
{
    // The newest record's time is asked as well, so that a clock that jumps into the future
    // before anything was observed there makes nothing old.
    const std::int64_t today = std::min(now.count(), totals.newestTime);
    const std::int64_t cutoff =
        today - std::chrono::duration_cast<std::chrono::milliseconds>(m_maxAge).count();
    if (auto done = dropSums(cutoff / minuteMs); !done)
        return tl::unexpected(done.error());
    const auto oldest = m_oldest.value();
    if (!oldest)
        return tl::unexpected(oldest.error());
    if (*oldest == 0)
        return Taken::Nothing;
    const std::int64_t last = std::min(*oldest + deleteStep, totals.next) - 1;
    m_firstYoung.bind(1, *oldest).bind(2, last).bind(3, cutoff).bind(4, totals.delivered);
    const auto young = m_firstYoung.value(last + 1);
    if (!young)
        return tl::unexpected(young.error());
    return *young == *oldest ? Taken::Nothing : deleteUpTo(*young - 1, totals);
}

Result<Retention::Taken> Retention::deleteUpTo(std::int64_t last, JournalTotals &totals)
{
    if (auto done = m_delete.bind(1, last).run(); !done)
        return tl::unexpected(done.error());
    totals.rows -= m_database->changes();
    totals.delivered = std::max(totals.delivered, last);
    if (auto done = m_deleteBlocks.bind(1, (last + 1) >> timeBlockShift).run(); !done)
        return tl::unexpected(done.error());
    return Taken::Some;
}

Result<Retention::Taken> Retention::delivered(JournalTotals &totals)
{
    const auto oldest = m_oldest.value();
    if (!oldest)
        return tl::unexpected(oldest.error());
    if (*oldest == 0 || *oldest > totals.delivered)
        return Taken::Nothing;
    return deleteUpTo(std::min(*oldest + deleteStep - 1, totals.delivered), totals);
}

Result<Retention::Taken> Retention::quarantined(JournalTotals &totals)
{
    // Beyond the watermark a quarantined position still marks a hole that must not be forgotten.
    if (auto done = m_dropQuarantined.bind(1, totals.delivered).run(); !done)
        return tl::unexpected(done.error());
    totals.quarantined -= m_database->changes();
    return m_database->changes() > 0 ? Taken::Some : Taken::Nothing;
}

Result<void> Retention::dropSums(std::int64_t beforeMinute)
{
    if (auto done = m_dropMinutes.bind(1, beforeMinute).run(); !done)
        return done;
    return m_dropPlaces.bind(1, beforeMinute / quarter).run();
}

Result<Retention::Taken> Retention::sums(JournalTotals &)
{
    const auto oldest = m_oldestSum.value(std::numeric_limits<std::int64_t>::max());
    const auto time = m_oldestTime.value(std::numeric_limits<std::int64_t>::max());
    if (!oldest || !time)
        return tl::unexpected(oldest ? time.error() : oldest.error());
    const std::int64_t outlived = *time / minuteMs;
    if (*oldest >= outlived)
        return Taken::Nothing;
    if (auto done = dropSums(std::min(*oldest + sumStep, outlived)); !done)
        return tl::unexpected(done.error());
    return Taken::Some;
}

Result<Retention::Taken> Retention::undelivered(JournalTotals &totals)
{
    const auto oldest = m_oldest.value();
    if (!oldest)
        return tl::unexpected(oldest.error());
    if (*oldest == 0)
        return Taken::Nothing;
    return deleteUpTo(std::min(*oldest + deleteStep / 4, totals.next) - 1, totals);
}

Result<void> Retention::shrink()
{
    // Free pages are reused; the file gets shorter only where the bound was lowered below its size.
    const auto pages = m_pageCount.value();
    const auto free = m_freePages.value();
    if (!pages || !free)
        return tl::unexpected(pages ? free.error() : pages.error());
    if (*free == 0 || *pages * pageSize <= m_budget.pages + m_budget.log)
        return {};
    return m_vacuum.run();
}

} // namespace facetrack
