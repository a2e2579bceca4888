#include "journal_fixture.h"

using namespace fixture;

namespace {

Record pendingNumber(std::uint64_t sequence, const std::string &boot)
{
    Record record = recordNumber(sequence);
    record.time = UtcTime(5'000 + static_cast<std::int64_t>(sequence)); // 1970
    record.clockTrusted = false;
    record.pending = PendingTime{boot, std::chrono::seconds(60 + sequence)};
    return record;
}

} // namespace

class TestJournalClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsWithoutTimeAreHeldAndOthersPass()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        QVERIFY(journal->append(pendingNumber(0, "boot-a")));
        QVERIFY(journal->append(recordNumber(1)));
        QVERIFY(journal->append(pendingNumber(2, "boot-a")));
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().held, 2U);
        QCOMPARE(journal->state().undelivered, 1U);
        QCOMPARE(undeliveredPositions(*journal), std::vector<std::int64_t>{1});
        journal->markDelivered(1, 1);
        QCOMPARE(journal->state().undelivered, 0U);
        const auto boots = journal->bootClocks();
        QVERIFY(boots);
        QCOMPARE(boots->size(), std::size_t{1});
        QCOMPARE(boots->front().bootId, std::string("boot-a"));
        QCOMPARE(boots->front().held, 2U);
        QCOMPARE(boots->front().first, MonotonicTime(60s));
        QCOMPARE(boots->front().last, MonotonicTime(62s));
    }

    void resolvingSetsTheTimeAlsoOfRecordsToCome()
    {
        const QTemporaryDir directory;
        {
            const auto journal = openOrDie(optionsFor(directory));
            QVERIFY(journal->append(pendingNumber(0, "boot-a")));
            QVERIFY(journal->append(pendingNumber(1, "boot-b")));
            QVERIFY(journal->flush(patience));
        }
        const auto journal = openOrDie(optionsFor(directory));
        QCOMPARE(journal->state().held, 2U);
        journal->resolveClock("boot-a", UtcTime(1'700'000'000'000));
        QVERIFY(journal->append(pendingNumber(2, "boot-a")));
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().held, 1U);
        const auto records = journal->undelivered(0, 10);
        QVERIFY(records);
        QCOMPARE(records->size(), std::size_t{2});
        QCOMPARE(records->at(0).record.sequence, 0U);
        QCOMPARE(records->at(0).record.time.count(), 1'700'000'060'000);
        QCOMPARE(records->at(1).record.time.count(), 1'700'000'062'000);
        QVERIFY(records->at(0).record.clockTrusted);
        QVERIFY(!records->at(0).record.pending);
    }

    void givingUpLetsThemGoMarked()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        QVERIFY(journal->append(pendingNumber(0, "boot-a")));
        QVERIFY(journal->flush(patience));
        journal->giveUpClock("boot-a");
        QVERIFY(journal->flush(patience));
        const auto records = journal->undelivered(0, 10);
        QVERIFY(records);
        QCOMPARE(records->size(), std::size_t{1});
        QCOMPARE(records->front().record.time.count(), 5'000);
        QVERIFY(!records->front().record.clockTrusted);
        const auto boots = journal->bootClocks();
        QVERIFY(boots && boots->front().held == 0);
        QVERIFY(boots->front().state == BootClock::State::GivenUp);
    }

    void givingUpWithAGuessMovesThemAndKeepsThemMarked()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        QVERIFY(journal->append(pendingNumber(0, "boot-a")));
        journal->giveUpClock("boot-a", UtcTime(1'600'000'000'000));
        QVERIFY(journal->append(pendingNumber(1, "boot-a")));
        QVERIFY(journal->flush(patience));
        const auto records = journal->undelivered(0, 10);
        QVERIFY(records && records->size() == 2);
        QCOMPARE(records->at(0).record.time.count(), 1'600'000'060'000);
        QCOMPARE(records->at(1).record.time.count(), 1'600'000'061'000);
        QVERIFY(!records->at(0).record.clockTrusted && !records->at(1).record.clockTrusted);
    }

    void aDoubtedClockHoldsWhatComesAndLeavesWhatWasSettled()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        QVERIFY(journal->append(pendingNumber(0, "boot-a")));
        journal->resolveClock("boot-a", UtcTime(1'700'000'000'000));
        QVERIFY(journal->flush(patience));
        journal->doubtClock("boot-a");
        QVERIFY(journal->append(pendingNumber(1, "boot-a")));
        QVERIFY(journal->flush(patience));
        QCOMPARE(undeliveredPositions(*journal), std::vector<std::int64_t>{1});
        QCOMPARE(journal->state().held, 1U);
        journal->resolveClock("boot-a", UtcTime(1'700'000'500'000));
        QVERIFY(journal->flush(patience));
        const auto records = journal->undelivered(0, 10);
        QVERIFY(records && records->size() == 2);
        QCOMPARE(records->at(0).record.time.count(), 1'700'000'060'000);
        QCOMPARE(records->at(1).record.time.count(), 1'700'000'561'000);
    }

    void manyHeldRecordsJoinInOrderAndOnce()
    {
        const QTemporaryDir directory;
        constexpr std::uint64_t count = 7'001;
        {
            const auto journal = openOrDie(optionsFor(directory));
            for (std::uint64_t sequence = 0; sequence < count; ++sequence)
                QVERIFY(journal->append(pendingNumber(sequence, "boot-a")));
            QVERIFY(journal->append(pendingNumber(5, "boot-a"))); // a repeat
            QVERIFY(journal->flush(patience));
            QCOMPARE(journal->state().held, count);
            QCOMPARE(journal->state().repeats, 1U);
            // Ends before all have joined; the next run goes on by itself.
            journal->resolveClock("boot-a", UtcTime(0));
        }
        const auto journal = openOrDie(optionsFor(directory));
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().held, 0U);
        const auto records = journal->undelivered(0, 10'000);
        QVERIFY(records);
        QCOMPARE(records->size(), static_cast<std::size_t>(count));
        for (std::uint64_t at = 0; at < count; ++at)
            QCOMPARE((*records)[at].record.sequence, at);
    }
};

QTEST_GUILESS_MAIN(TestJournalClock)
#include "test_journal_clock.moc"
