#pragma once
#include "libfacetrack/simulation/event_simulation.h"
#include "libfacetrack/store/journal.h"

#include <QTemporaryDir>
#include <QtTest>

/// What tests of a simulated event share: one that has everything that makes counting hard.
namespace fixture {

using namespace facetrack;

/// Holes, late rows, rows twice; round the clock over the end of summer time (2026-10-25).
inline SimulatedEvent hardEvent(std::uint64_t seed = 7)
{
    SimulatedEvent event;
    event.agents = {"pi-ber-1", "pi-ber-2", "pi-ber-3"};
    event.first = QDate(2026, 10, 24);
    event.days = 2;
    event.opens = 0;
    event.closes = 24 * 60;
    event.profile = "flat";
    event.total = 9'001;
    event.rate = 0.1;
    event.seed = seed;
    event.outages = 6;
    event.late = 0.03;
    event.duplicates = 0.03;
    return event;
}

inline HistoryScope scopeOf(const EventTruth &truth)
{
    return {truth.counts.span, {}};
}

/// A Journal in a folder that goes away.
class EventJournal
{
public:
    EventJournal()
    {
        JournalOptions options;
        options.file = file();
        options.maxAge = std::chrono::hours(24 * 36'500);
        auto opened = Journal::open(options);
        if (!opened)
            qFatal("%s", describe(opened.error()).c_str());
        m_journal = std::move(*opened);
    }
    Journal &journal() { return *m_journal; }
    std::filesystem::path file() const
    {
        return m_folder.filePath(QStringLiteral("journal.sqlite")).toStdString();
    }
    QString folder() const { return m_folder.path(); }
    void close() { m_journal.reset(); }

    EventTruth fill(const SimulatedEvent &event)
    {
        std::vector<Record> group;
        auto truth = simulateEvent(event, [&](Record record) -> Result<void> {
            group.push_back(std::move(record));
            return group.size() < 5'000 ? Result<void>() : commit(group);
        });
        if (!truth || !commit(group))
            qFatal("the event could not be made");
        return std::move(*truth);
    }

private:
    Result<void> commit(std::vector<Record> &group)
    {
        auto done = m_journal->appendAndCommit(std::move(group));
        group.clear();
        return done;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Journal> m_journal;
};

} // namespace fixture
