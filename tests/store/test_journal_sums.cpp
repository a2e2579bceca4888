// The sums beside the records: each record once, whatever happens, and longer than the records.
#include "journal_fixture.h"
#include "libfacetrack/model/heat_grid.h"
#include "sqlite_faults.h"

#include <numeric>

using namespace fixture;

namespace {

constexpr std::int64_t firstMinute = 1'700'000'000'000 / 60'000;
constexpr std::int64_t allMinutes = 100'000'000; // far in the future

/// A frame with one face, in minute `minute` after the first.
Record frameAt(std::uint64_t sequence, std::int64_t minute)
{
    Observation seen;
    seen.sequence = sequence;
    seen.time = UtcTime((firstMinute + minute) * 60'000 + 7'500);
    seen.frame = {640, 480};
    seen.faces = {{1, {0.1F, 0.2F, 0.1F, 0.1F}, 0.9F}};
    return encodeObservation(seen, "booth-1", "0123456789abcdef");
}

void appendMinutes(Journal &journal, std::uint64_t first, std::uint64_t count)
{
    for (std::uint64_t i = first; i < first + count; ++i)
        QVERIFY(journal.append(frameAt(i, static_cast<std::int64_t>(i))));
    QVERIFY(journal.flush(patience));
}

std::uint64_t framesIn(const Journal &journal)
{
    const auto counts = journal.minuteCounts(0, allMinutes).value();
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const MinuteCount &count) {
                               return sum + count.observations;
                           });
}

std::uint64_t facesIn(const Journal &journal)
{
    const auto counts = journal.placeCounts(0, allMinutes).value();
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const PlaceCount &count) { return sum + count.faces; });
}

void runSql(const std::filesystem::path &file, const char *sql)
{
    sqlite3 *connection = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
    char *words = nullptr;
    const int done = sqlite3_exec(connection, sql, nullptr, nullptr, &words);
    QVERIFY2(done == SQLITE_OK, words);
    sqlite3_close(connection);
}

} // namespace

class TestJournalSums : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { faults::install(); }
    void init() { faults::writeResult = faults::syncResult = SQLITE_OK; }

    void aFaceCountsInTheCellOfItsMiddle()
    {
        QCOMPARE(HeatGrid::cell(0, 0, 0, 0), 0);
        QCOMPARE(HeatGrid::cell(9'999, 9'999, 0, 0), HeatGrid::cells - 1);
        QCOMPARE(HeatGrid::cell(4'500, 4'500, 1'000, 1'000), 9 * 32 + 16); // right below the middle
        QCOMPARE(HeatGrid::cell(4'499, 4'499, 1'000, 1'000), 8 * 32 + 15);
        QCOMPARE(HeatGrid::cell(-3'000, 12'000, 500, 500), 17 * 32);       // out of the picture
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        appendMinutes(*journal, 0, 3);
        const auto places = journal->placeCounts(0, allMinutes).value();
        QCOMPARE(places.size(), std::size_t(1));
        QCOMPARE(places[0].cell, 4 * 32 + 4); // (0.15, 0.25) of 32 x 18
        QCOMPARE(places[0].faces, std::uint64_t(3));
    }

    void recordsThatComeTwiceCountOnce()
    {
        const QTemporaryDir directory;
        {
            const auto journal = openOrDie(optionsFor(directory));
            appendMinutes(*journal, 0, 50);
            appendMinutes(*journal, 0, 60);
        }
        const auto journal = openOrDie(optionsFor(directory));
        appendMinutes(*journal, 30, 40);
        QCOMPARE(framesIn(*journal), 70U);
        QCOMPARE(facesIn(*journal), 70U);
    }

    void aWriteThatFailedCountsOnceWhenItSucceeds()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        appendMinutes(*journal, 0, 50);
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("records wait in memory")));
        faults::syncResult = SQLITE_IOERR_FSYNC;
        for (std::uint64_t i = 50; i < 100; ++i)
            QVERIFY(journal->append(frameAt(i, static_cast<std::int64_t>(i))));
        QVERIFY(!journal->flush(300ms));
        faults::syncResult = SQLITE_OK;
        QVERIFY(journal->flush(patience));
        QCOMPARE(framesIn(*journal), 100U);
        QCOMPARE(facesIn(*journal), 100U);
    }

    void heldRecordsCountAtTheTimeTheyGet()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        Record held = frameAt(0, 0);
        held.pending = PendingTime{"boot", std::chrono::seconds(5)};
        QVERIFY(journal->append(held));
        QVERIFY(journal->flush(patience));
        QCOMPARE(framesIn(*journal), 0U);
        journal->resolveClock("boot", UtcTime((firstMinute + 77) * 60'000));
        QVERIFY(journal->flush(patience));
        const auto counts = journal->minuteCounts(0, allMinutes).value();
        QCOMPARE(counts.size(), std::size_t(1));
        QCOMPARE(counts[0].minute, firstMinute + 77);
        QCOMPARE(counts[0].seconds, std::uint64_t(1) << 5);
    }

    void anOlderJournalIsSummedUpWhenItIsOpened()
    {
        const QTemporaryDir directory;
        {
            const auto journal = openOrDie(optionsFor(directory));
            appendMinutes(*journal, 0, 5'000);
        }
        runSql(fileIn(directory), "DROP TABLE minutes; DROP TABLE places; DROP INDEX records_visits;"
                                  "DROP INDEX records_changes; ALTER TABLE runs DROP COLUMN simulated;"
                                  "PRAGMA user_version = 1");
        {
            const auto journal = openOrDie(optionsFor(directory));
            QCOMPARE(framesIn(*journal), 5'000U);
            QCOMPARE(facesIn(*journal), 5'000U);
            appendMinutes(*journal, 5'000, 10);
        }
        const auto journal = openOrDie(optionsFor(directory));
        QCOMPARE(framesIn(*journal), 5'010U);
    }

    void sumsOutliveRecordsThatWentAtTheBound()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.maxBytes = 1024 * 1024;
        options.uploads = false;
        const auto journal = openOrDie(options);
        for (std::uint64_t i = 0; i < 60'000; ++i)
            QVERIFY(journal->append(frameAt(i, static_cast<std::int64_t>(i / 100))));
        QVERIFY(journal->flush(patience));
        QVERIFY(journal->state().rows < 30'000);
        QCOMPARE(framesIn(*journal), 60'000U);
        QVERIFY(journal->state().bytes <= options.maxBytes);
    }

    void sumsGoBeforeAnUndeliveredRecordHasTo()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.maxBytes = 1024 * 1024;
        const auto journal = openOrDie(options);
        // A minute for each record: the sums of what is delivered and gone fill the file.
        for (std::uint64_t round = 0; round < 40; ++round) {
            appendMinutes(*journal, round * 1'000, 1'000);
            journal->markDelivered(1, journal->state().lastPosition - 100);
            QVERIFY(journal->state().bytes <= options.maxBytes);
        }
        QCOMPARE(journal->state().droppedAtBound, 0U);
        QVERIFY(framesIn(*journal) < 40'000);
        QVERIFY(framesIn(*journal) >= journal->state().rows);
    }

    void sumsGoWithAge()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.maxAge = 24h;
        const auto journal = openOrDie(options);
        appendMinutes(*journal, 0, 10);
        appendMinutes(*journal, 5 * 24 * 60, 10); // five days later
        journal->markDelivered(1, journal->state().lastPosition);
        appendMinutes(*journal, 5 * 24 * 60 + 10, 1);
        QTRY_COMPARE(framesIn(*journal), 11U);
    }
};

QTEST_GUILESS_MAIN(TestJournalSums)
#include "test_journal_sums.moc"
