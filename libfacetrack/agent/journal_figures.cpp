#include "libfacetrack/agent/journal_figures.h"

#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/store/record_wire.h"

#include <chrono>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

/// How long the oldest record has waited for delivery, in seconds.
double oldestWait(const JournalState &journal, UtcTime now)
{
    if (journal.oldestUndelivered.count() == 0)
        return 0;
    return std::chrono::duration<double>(now - journal.oldestUndelivered).count();
}

} // namespace

nlohmann::ordered_json journalJson(const JournalState &journal, UtcTime now)
{
    return {{"rows", journal.rows},
            {"appended", journal.appended},
            {"committed", journal.committed},
            {"undelivered", journal.undelivered},
            {"held", journal.held},
            {"quarantined", journal.quarantined},
            {"oldest_undelivered_s", oldestWait(journal, now)},
            {"bytes", journal.bytes},
            {"dropped_queue_full", journal.droppedQueueFull},
            {"dropped_at_bound", journal.droppedAtBound},
            {"expired", journal.expired},
            {"writable", journal.writable},
            {"error", journal.lastError}};
}

nlohmann::ordered_json quarantineJson(const std::vector<QuarantinedRecord> &records)
{
    auto list = nlohmann::ordered_json::array();
    for (const QuarantinedRecord &kept : records)
        list.push_back({{"type", recordTypeName(kept.stored.record.type)},
                        {"agent", kept.stored.record.agent},
                        {"run", kept.stored.record.run},
                        {"sequence", kept.stored.record.sequence},
                        {"time", isoTime(kept.stored.record.time)},
                        {"error", kept.error},
                        {"refused_at", isoTime(kept.at)}});
    return list;
}

void writeJournalMetrics(MetricsWriter &to, const JournalState &journal, UtcTime now)
{
    to.gauge("facetrack_journal_rows", "Records in the Journal", journal.rows);
    to.gauge("facetrack_journal_undelivered", "Records waiting for delivery", journal.undelivered);
    to.gauge("facetrack_journal_oldest_undelivered_seconds",
             "How long the oldest of them has waited", oldestWait(journal, now));
    to.gauge("facetrack_journal_held", "Records that wait for a clock that is right", journal.held);
    to.gauge("facetrack_journal_quarantined", "Records that the receiver refused for good",
             journal.quarantined);
    to.gauge("facetrack_journal_bytes", "Size of the Journal on disk", journal.bytes);
    to.gauge("facetrack_journal_writable", "1 while the Journal can be written",
             journal.writable ? 1 : 0);
    to.counter("facetrack_journal_committed_total", "Records committed in this run",
               journal.committed);
    to.counter("facetrack_journal_dropped_queue_full_total",
               "Records lost because the disk could not be written", journal.droppedQueueFull);
    to.counter("facetrack_journal_dropped_at_bound_total",
               "Undelivered records removed at the Journal's bound", journal.droppedAtBound);
    to.counter("facetrack_journal_expired_total",
               "Records removed at the Journal's bound without an upload to wait for",
               journal.expired);
}

} // namespace facetrack
