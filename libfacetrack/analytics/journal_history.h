#pragma once
#include "libfacetrack/analytics/history.h"
#include "libfacetrack/store/journal.h"

#include <stop_token>

namespace facetrack {

// The questions of history.h asked of a Journal at hand; they wait for the disk, a few milliseconds
// for a day. InvalidArgument as checkQuestion() says, Unavailable when `stop` was requested.

FACETRACK_EXPORT Result<Counts> countJournal(const Journal &journal, const HistoryScope &scope,
                                             Minute step = 1, std::stop_token stop = {});
FACETRACK_EXPORT Result<HeatMap> heatMapOf(const Journal &journal, const HistoryScope &scope);
FACETRACK_EXPORT Result<DwellByAgent> dwellOf(const Journal &journal, const HistoryScope &scope,
                                              const std::string &zone = {});
FACETRACK_EXPORT Result<std::vector<TuningMark>> marksOf(const Journal &journal,
                                                         const HistoryScope &scope);

/// A Journal that is read where it lies: for reports without an agent. It must outlive this.
class FACETRACK_EXPORT JournalHistory final : public History
{
public:
    explicit JournalHistory(const Journal &journal) : m_journal(journal) {}

    void counts(const HistoryScope &scope, Minute step, QObject *context, Done<Counts> done) override;
    void heatMap(const HistoryScope &scope, QObject *context, Done<HeatMap> done) override;
    void dwell(const HistoryScope &scope, const std::string &zone, QObject *context,
               Done<DwellByAgent> done) override;
    void marks(const HistoryScope &scope, QObject *context,
               Done<std::vector<TuningMark>> done) override;
    void checkedCounts(const HistoryScope &scope, QObject *context,
                       Done<std::vector<CheckedCount>> done) override;

private:
    const Journal &m_journal;
    QObject m_later; ///< ends what was asked of this and not answered yet
};

} // namespace facetrack
