#include "journal_fixture.h"

#include <atomic>

using namespace fixture;

namespace {

JournalOptions smallOptions(const QTemporaryDir &directory)
{
    JournalOptions options = optionsFor(directory);
    options.maxBytes = 1024 * 1024;
    return options;
}

/// Counts warnings while it lives.
class Shouts
{
public:
    Shouts() : m_before(qInstallMessageHandler(&note)) { s_count = 0; }
    ~Shouts() { qInstallMessageHandler(m_before); }
    int count() const { return s_count; }

private:
    static void note(QtMsgType type, const QMessageLogContext &, const QString &)
    {
        s_count += type == QtWarningMsg ? 1 : 0;
    }
    static inline std::atomic<int> s_count = 0;
    const QtMessageHandler m_before;
};

} // namespace

class TestJournalBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesStayBelowTheBoundAndDeliveredRecordsGoFirst()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(smallOptions(directory));
        for (std::uint64_t round = 0; round < 100; ++round) {
            appendNumbers(*journal, round * 1000, round * 1000 + 999);
            QVERIFY(journal->flush(patience));
            const JournalState state = journal->state();
            QVERIFY2(state.bytes <= 1024 * 1024, qPrintable(QString::number(state.bytes)));
            journal->markDelivered(1, state.lastPosition - 100);
        }
        const JournalState state = journal->state();
        QCOMPARE(state.droppedAtBound, 0U);
        QCOMPARE(state.undelivered, 100U);
        QVERIFY(state.rows >= 4000);
        QCOMPARE(state.lastPosition, 100'000);
    }

    void undeliveredRecordsGoOnlyAtTheBoundAndAreCountedAndShouted()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(smallOptions(directory));
        appendNumbers(*journal, 0, 3999);
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().droppedAtBound, 0U);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("records LOST")));
        appendNumbers(*journal, 4000, 49'999);
        QVERIFY(journal->flush(patience));
        const JournalState state = journal->state();
        QVERIFY(state.droppedAtBound > 0);
        QCOMPARE(state.rows, state.undelivered);
        QCOMPARE(state.rows + state.droppedAtBound, 50'000U);
        const auto positions = undeliveredPositions(*journal);
        QCOMPARE(positions.size(), static_cast<std::size_t>(state.rows));
        QCOMPARE(positions.back(), 50'000); // the newest are the ones kept
        QCOMPARE(positions.front(), static_cast<std::int64_t>(state.droppedAtBound) + 1);
        QVERIFY(state.bytes <= 1024 * 1024);
    }

    void withoutAnUploadTheOldestGoQuietly()
    {
        const QTemporaryDir directory;
        JournalOptions options = smallOptions(directory);
        options.uploads = false;
        const auto journal = openOrDie(options);
        Shouts shouts;
        appendNumbers(*journal, 0, 49'999);
        QVERIFY(journal->flush(patience));
        const JournalState state = journal->state();
        QCOMPARE(shouts.count(), 0);
        QVERIFY(state.expired > 0);
        QCOMPARE(state.droppedAtBound, 0U);
        QCOMPARE(state.rows + state.expired, 50'000U);
        QVERIFY(state.bytes <= 1024 * 1024);
        // A durable append has no one's rows to spare either.
        QVERIFY(journal->appendAndCommit({recordNumber(50'000)}));
    }

    void anUploadSetUpLaterDeliversWhatIsStillThere()
    {
        const QTemporaryDir directory;
        JournalOptions options = smallOptions(directory);
        options.uploads = false;
        {
            const auto journal = openOrDie(options);
            appendNumbers(*journal, 0, 29'999);
            QVERIFY(journal->flush(patience));
            const auto rows = undeliveredPositions(*journal);
            QCOMPARE(rows.size(), static_cast<std::size_t>(journal->state().rows));
            journal->setUploads(true); // while it runs …
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("records LOST")));
            appendNumbers(*journal, 30'000, 49'999);
            QVERIFY(journal->flush(patience));
            QVERIFY(journal->state().droppedAtBound > 0);
        }
        options.uploads = true; // … and at a start
        const auto journal = openOrDie(options);
        const JournalState state = journal->state();
        QCOMPARE(state.undelivered, state.rows);
        const auto positions = undeliveredPositions(*journal);
        QCOMPARE(positions.size(), static_cast<std::size_t>(state.rows));
        QCOMPARE(positions.back(), 50'000);
        journal->markDelivered(positions.front(), positions.back());
        QCOMPARE(journal->state().undelivered, 0U);
    }

    void durableAppendIsRefusedRatherThanDroppingOthers()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(smallOptions(directory));
        std::uint64_t accepted = 0;
        Result<void> done;
        while (accepted < 100'000) {
            std::vector<Record> records;
            for (std::uint64_t i = 0; i < 500; ++i)
                records.push_back(recordNumber(accepted + i));
            done = journal->appendAndCommit(std::move(records));
            if (!done)
                break;
            accepted += 500;
        }
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Full);
        QVERIFY(accepted > 3000);
        QCOMPARE(journal->state().undelivered, accepted);
        QCOMPARE(journal->state().droppedAtBound, 0U);
        journal->markDelivered(1, static_cast<std::int64_t>(accepted));
        QVERIFY(journal->appendAndCommit({recordNumber(accepted)}));
    }

    void ageCountsFromTheNewestRecord()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.maxAge = 24h;
        const auto journal = openOrDie(options);
        appendNumbers(*journal, 0, 9);
        QVERIFY(journal->flush(patience));
        journal->markDelivered(1, 10);
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().rows, 10U); // by the machine's clock they are years old
        Record next = recordNumber(10);
        next.time += 25h;
        QVERIFY(journal->append(next));
        QVERIFY(journal->flush(patience));
        journal->markDelivered(11, 11);
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().rows, 1U);
        QCOMPARE(journal->state().droppedAtBound, 0U);
    }

    void untrustedTimesMakeNothingOld()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.maxAge = 24h;
        const auto journal = openOrDie(options);
        Record lost = recordNumber(0);
        lost.time = UtcTime(5000); // 1970
        lost.clockTrusted = false;
        QVERIFY(journal->append(lost));
        appendNumbers(*journal, 1, 1);
        QVERIFY(journal->flush(patience));
        journal->markDelivered(2, 2);
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().rows, 2U);
        QCOMPARE(journal->state().undelivered, 1U);
    }

    void aLoweredBoundShortensTheFile()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        {
            const auto journal = openOrDie(options);
            appendNumbers(*journal, 0, 39'999);
            QVERIFY(journal->flush(patience));
            QVERIFY(journal->state().bytes > 2 * 1024 * 1024);
            journal->markDelivered(1, 40'000);
        }
        options.maxBytes = 1024 * 1024;
        const auto journal = openOrDie(options);
        for (std::uint64_t round = 0; round < 20; ++round) {
            appendNumbers(*journal, 40'000 + round, 40'000 + round);
            QVERIFY(journal->flush(patience));
        }
        QVERIFY2(journal->state().bytes <= options.maxBytes,
                 qPrintable(QString::number(journal->state().bytes)));
        QCOMPARE(journal->state().droppedAtBound, 0U);
    }

    void aFullQueueRefusesAndCounts()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.queueCapacity = 10;
        const auto journal = openOrDie(options);
        appendNumbers(*journal, 0, 9);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("records LOST")));
        QVERIFY(!journal->append(recordNumber(10)));
        QVERIFY(!journal->append(recordNumber(11)));
        QCOMPARE(journal->state().droppedQueueFull, 2U);
        QVERIFY(journal->flush(patience));
        QVERIFY(journal->append(recordNumber(12)));
    }
};

QTEST_GUILESS_MAIN(TestJournalBounds)
#include "test_journal_bounds.moc"
