#include "journal_fixture.h"

#include <numeric>
#include <thread>

using namespace fixture;

class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasAppended()
    {
        const QTemporaryDir directory;
        {
            const auto journal = openOrDie(optionsFor(directory));
            appendNumbers(*journal, 0, 9);
            QVERIFY(journal->flush(patience));
            const JournalState state = journal->state();
            QCOMPARE(state.appended, 10U);
            QCOMPARE(state.committed, 10U);
            QCOMPARE(state.rows, 10U);
            QCOMPARE(state.undelivered, 10U);
            QCOMPARE(state.oldestUndelivered.count(), recordNumber(0).time.count());
            QVERIFY(state.bytes > 0);
        }
        const auto journal = openOrDie(optionsFor(directory));
        QCOMPARE(journal->state().rows, 10U);
        QCOMPARE(journal->state().oldestUndelivered.count(), recordNumber(0).time.count());
        const auto records = journal->undelivered(0, 100);
        QVERIFY(records);
        QCOMPARE(records->size(), std::size_t{10});
        const Record &last = records->back().record;
        QCOMPARE(last.agent, std::string("booth-1"));
        QCOMPARE(last.run, std::string("0123456789abcdef"));
        QCOMPARE(last.sequence, 9U);
        QCOMPARE(last.time.count(), recordNumber(9).time.count());
        QCOMPARE(last.body, recordNumber(9).body);
        QVERIFY(last.clockTrusted);
    }

    void closingCommitsWhatWasAppended()
    {
        const QTemporaryDir directory;
        appendNumbers(*openOrDie(optionsFor(directory)), 0, 4999);
        QCOMPARE(openOrDie(optionsFor(directory))->state().rows, 5000U);
    }

    void commitsByItselfAfterTheInterval()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.commitInterval = 10ms;
        const auto journal = openOrDie(options);
        appendNumbers(*journal, 0, 0);
        QTRY_COMPARE_WITH_TIMEOUT(journal->state().committed, 1U, 20'000);
    }

    void repeatIsAcceptedAndChangesNothing()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        appendNumbers(*journal, 0, 4);
        QVERIFY(journal->flush(patience));
        appendNumbers(*journal, 3, 6);
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().rows, 7U);
        QCOMPARE(journal->state().repeats, 2U);
        QCOMPARE(journal->state().committed, 9U);
        QCOMPARE(undeliveredPositions(*journal), (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7}));
    }

    void sameSequenceOfOtherRunAgentOrTypeIsAnother()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        Record record = recordNumber(1);
        QVERIFY(journal->append(record));
        record.run = "fedcba9876543210";
        QVERIFY(journal->append(record));
        record.agent = "booth-2";
        QVERIFY(journal->append(record));
        record.type = RecordType::Heartbeat;
        QVERIFY(journal->append(record));
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().rows, 4U);
        const auto records = journal->undelivered(0, 10);
        QVERIFY(records);
        QCOMPARE(records->at(3).record.type, RecordType::Heartbeat);
        QCOMPARE(records->at(3).record.agent, std::string("booth-2"));
    }

    void deliveryOutOfOrderSurvivesAsFarAsItIsContiguous()
    {
        const QTemporaryDir directory;
        {
            const auto journal = openOrDie(optionsFor(directory));
            appendNumbers(*journal, 0, 9);
            QVERIFY(journal->flush(patience));
            journal->markDelivered(1, 3);
            journal->markDelivered(std::vector<std::int64_t>{8, 6});
            QCOMPARE(undeliveredPositions(*journal), (std::vector<std::int64_t>{4, 5, 7, 9, 10}));
            QCOMPARE(journal->state().undelivered, 5U);
            const auto some = journal->undelivered(4, 2);
            QVERIFY(some);
            QCOMPARE(positionsOf(*some), (std::vector<std::int64_t>{5, 7}));
            QVERIFY(journal->flush(patience));
            QCOMPARE(journal->state().oldestUndelivered.count(), recordNumber(3).time.count());
        }
        const auto journal = openOrDie(optionsFor(directory));
        QCOMPARE(undeliveredPositions(*journal), (std::vector<std::int64_t>{4, 5, 6, 7, 8, 9, 10}));
        QCOMPARE(journal->state().undelivered, 7U);
        QCOMPARE(journal->state().rows, 10U);
    }

    void marksOfPositionsThatAreNotThereYetAreIgnored()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        journal->markDelivered(1, 100);
        appendNumbers(*journal, 0, 4);
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().undelivered, 5U);
    }

    void quarantinedRecordLeavesTheOutboxAndIsListed()
    {
        const QTemporaryDir directory;
        ManualClock clock;
        {
            const auto journal = openOrDie(optionsFor(directory), clock);
            appendNumbers(*journal, 0, 4);
            QVERIFY(journal->flush(patience));
            journal->quarantine(3, "column refused");
            QCOMPARE(undeliveredPositions(*journal), (std::vector<std::int64_t>{1, 2, 4, 5}));
            QVERIFY(journal->flush(patience));
            QCOMPARE(journal->state().quarantined, 1U);
            QCOMPARE(journal->state().rows, 4U);
            QCOMPARE(journal->state().undelivered, 4U);
        }
        const auto journal = openOrDie(optionsFor(directory), clock);
        QCOMPARE(undeliveredPositions(*journal), (std::vector<std::int64_t>{1, 2, 4, 5}));
        QCOMPARE(journal->state().undelivered, 4U);
        QCOMPARE(journal->state().quarantined, 1U);
        const auto refused = journal->quarantined(10);
        QVERIFY(refused);
        QCOMPARE(refused->size(), std::size_t{1});
        QCOMPARE(refused->front().error, std::string("column refused"));
        QCOMPARE(refused->front().at.count(), clock.utc().count());
        QCOMPARE(refused->front().stored.position, 3);
        QCOMPARE(refused->front().stored.record.sequence, 2U);
        journal->markDelivered(1, 5);
        QVERIFY(journal->flush(patience));
        QCOMPARE(journal->state().undelivered, 0U);
    }

    void durableAppendReturnsAfterTheCommit()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        const auto before = std::chrono::steady_clock::now();
        QVERIFY(journal->appendAndCommit({recordNumber(0), recordNumber(1), recordNumber(0)}));
        QCOMPARE(journal->state().committed, 3U);
        QCOMPARE(journal->state().rows, 2U);
        QVERIFY(std::chrono::steady_clock::now() - before < 30min); // not the interval of an hour
    }

    void durableAppendsOfManyThreadsAllSucceed()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        std::atomic<int> refused = 0;
        {
            std::vector<std::jthread> threads;
            for (int thread = 0; thread < 8; ++thread)
                threads.emplace_back([&, run = "run" + std::to_string(thread)] {
                    for (std::uint64_t sequence = 0; sequence < 20; ++sequence)
                        refused += journal->appendAndCommit({recordNumber(sequence, run)}) ? 0 : 1;
                });
        }
        QCOMPARE(refused.load(), 0);
        QCOMPARE(journal->state().rows, 160U);
    }

    void readingWritingAndMarkingAtOnceLosesNothing()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.commitInterval = 1ms;
        const auto journal = openOrDie(options);
        constexpr std::uint64_t count = 20'000;
        std::jthread producer([&] {
            for (std::uint64_t sequence = 0; sequence < count; ++sequence)
                journal->append(recordNumber(sequence));
        });
        std::vector<bool> seen(count);
        std::size_t found = 0;
        while (found < count) {
            const auto records = journal->undelivered(0, 1000);
            QVERIFY(records);
            for (const StoredRecord &stored : *records) {
                QVERIFY(!seen[stored.record.sequence]);
                seen[stored.record.sequence] = true;
                journal->markDelivered(stored.position, stored.position);
                ++found;
            }
            journal->state();
        }
        QCOMPARE(journal->state().undelivered, 0U);
    }

    void tooLargeABodyIsRefused()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        Record record = recordNumber(0);
        record.body.assign(Journal::maxBody + 1, 'x');
        QVERIFY(!journal->append(record));
        QCOMPARE(journal->appendAndCommit({record}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(journal->state().appended, 0U);
    }

    void historyIsFoundByTimeAndType()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        appendNumbers(*journal, 0, 4999);
        Record other = recordNumber(2000);
        other.type = RecordType::Heartbeat;
        QVERIFY(journal->append(other));
        Record late = recordNumber(70'000); // an old time at a new position, as a relay gets it
        late.time = recordNumber(100).time;
        QVERIFY(journal->append(late));
        QVERIFY(journal->flush(patience));
        journal->markDelivered(1, 3000);
        const UtcTime from = recordNumber(100).time;
        const UtcTime to = recordNumber(2100).time;
        const auto all = journal->between(RecordType::Observation, from, to, 0, 10'000);
        QVERIFY(all);
        QCOMPARE(all->size(), std::size_t{2001});
        QCOMPARE(all->front().record.sequence, 100U);
        QCOMPARE(all->back().record.sequence, 70'000U);
        const auto page = journal->between(RecordType::Observation, from, to, 1500, 10);
        QVERIFY(page);
        QCOMPARE(page->front().position, 1501);
        QCOMPARE(page->size(), std::size_t{10});
        const auto beats = journal->between(RecordType::Heartbeat, from, to, 0, 10);
        QVERIFY(beats);
        QCOMPARE(beats->size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "test_journal.moc"
