// The time of records on a machine that does not always know it.
#include "libfacetrack/agent/timekeeper.h"
#include "tests/store/journal_fixture.h"

#include <map>

using namespace fixture;

namespace {

constexpr UtcTime built{1'790'000'000'000};
constexpr UtcTime today{1'800'000'000'000};

struct Evidence
{
    bool synchronised = false;
    bool batteryClock = true;
};

class FakeProbe final : public ClockProbe
{
public:
    explicit FakeProbe(const Evidence &evidence) : m_evidence(evidence) {}
    ClockEvidence look() override
    {
        ClockEvidence evidence;
        evidence.kernelSynchronized = m_evidence.synchronised;
        evidence.batteryClock = m_evidence.batteryClock;
        return evidence;
    }

private:
    const Evidence &m_evidence;
};

/// A machine with a Journal that can be restarted and rebooted.
class Machine
{
public:
    Machine() { clock().setUtc(today); }
    ~Machine() { stopAgent(); }

    void startAgent(TrustRule rule = TrustRule::Auto)
    {
        stopAgent();
        journal = openOrDie(optionsFor(m_directory), clock());
        TimeSettings settings;
        settings.rule = rule;
        settings.wait = 1h;
        settings.earliest = built;
        settings.boot = "boot-" + std::to_string(m_boot);
        keeper = std::make_unique<Timekeeper>(*journal, clock(), std::make_unique<FakeProbe>(evidence),
                                              settings);
        m_run = "run-" + std::to_string(++m_runs);
        m_sequence = 0;
    }
    void stopAgent()
    {
        keeper.reset();
        journal.reset();
    }
    /// Power off, on: all clocks of the boot begin anew, the wall clock shows what it may.
    void reboot(UtcTime shown)
    {
        stopAgent();
        ++m_boot;
        m_clock = std::make_unique<ManualClock>();
        clock().setUtc(shown);
    }

    /// One record now.
    void observe()
    {
        Record record = recordNumber(m_sequence++, m_run);
        keeper->stamp(record, clock().monotonic());
        QVERIFY(journal->append(std::move(record)));
    }
    /// One record after each of `count` seconds.
    void observeFor(int count)
    {
        for (int i = 0; i < count; ++i) {
            clock().advance(1s);
            keeper->look();
            observe();
        }
    }

    std::vector<Record> waiting()
    {
        std::vector<Record> records;
        if (!journal->flush(patience))
            return records;
        const auto stored = journal->undelivered(0, 100'000);
        for (const StoredRecord &record : stored ? *stored : std::vector<StoredRecord>())
            records.push_back(record.record);
        return records;
    }
    std::uint64_t held()
    {
        journal->flush(patience);
        return journal->state().held;
    }

    ManualClock &clock() { return *m_clock; }

    Evidence evidence;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Timekeeper> keeper;

private:
    QTemporaryDir m_directory;
    std::unique_ptr<ManualClock> m_clock = std::make_unique<ManualClock>();
    std::string m_run;
    int m_runs = 0;
    int m_boot = 1;
    std::uint64_t m_sequence = 0;
};

/// Times of records in their own order: run by run, sequence by sequence.
bool inOrder(const std::vector<Record> &records)
{
    std::map<std::string, std::map<std::uint64_t, UtcTime>> runs;
    for (const Record &record : records)
        runs[record.run][record.sequence] = record.time;
    for (const auto &[run, times] : runs) {
        UtcTime before{0};
        for (const auto &[sequence, time] : times) {
            if (time <= before)
                return false;
            before = time;
        }
    }
    return true;
}

bool allTrusted(const std::vector<Record> &records, bool trusted)
{
    return std::all_of(records.begin(), records.end(),
                       [&](const Record &record) { return record.clockTrusted == trusted; });
}

} // namespace

class TestTimekeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTrustedClockHoldsNothing()
    {
        Machine machine;
        machine.evidence.synchronised = true;
        machine.startAgent();
        machine.observeFor(3);
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(3));
        QVERIFY(allTrusted(records, true));
        QCOMPARE(records.front().time.count(), (today + 1s).count());
        QVERIFY(machine.keeper->state().trusted);
    }

    void recordsOf1970GetTheirTimeOnceItIsKnown()
    {
        Machine machine;
        machine.clock().setUtc(UtcTime(12'000)); // 1970
        machine.startAgent();
        machine.observeFor(5);
        QCOMPARE(machine.held(), 5U);
        QCOMPARE(machine.waiting().size(), std::size_t(0));
        QVERIFY(!machine.keeper->state().trusted);
        machine.clock().setUtc(today);
        machine.evidence.synchronised = true;
        machine.observeFor(1);
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(6));
        QVERIFY(allTrusted(records, true));
        std::map<std::uint64_t, UtcTime> times;
        for (const Record &record : records)
            times[record.sequence] = record.time;
        for (std::uint64_t i = 0; i < 6; ++i)
            QCOMPARE(times[i].count(), (today - 4s + std::chrono::seconds(i)).count());
    }

    void afterTheWaitTheyGoMarked()
    {
        Machine machine;
        machine.clock().setUtc(UtcTime(0));
        machine.startAgent();
        machine.observeFor(10);
        machine.clock().advance(1h - 12s);
        machine.observeFor(1);
        QCOMPARE(machine.held(), 11U);
        QVERIFY(machine.keeper->state().givesUpIn <= 1s);
        machine.observeFor(2);
        QVERIFY(machine.keeper->state().givenUp);
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(13));
        QCOMPARE(machine.held(), 0U);
        QVERIFY(allTrusted(records, false));
        QVERIFY(inOrder(records));
        QVERIFY(records.front().time >= built); // no partition of 1970 in the database
    }

    void aTimeOnceGivenIsFrozen()
    {
        Machine machine;
        machine.startAgent(TrustRule::Never);
        machine.observe();
        machine.clock().advance(1h);
        machine.observeFor(1);
        const auto before = machine.waiting();
        QCOMPARE(before.size(), std::size_t(2));
        machine.clock().setUtc(today + 48h);
        machine.startAgent(TrustRule::Always);
        machine.observeFor(1);
        const auto after = machine.waiting();
        QCOMPARE(after.size(), std::size_t(3));
        QCOMPARE(after[0].time, before[0].time);
        QCOMPARE(after[1].time, before[1].time);
        QVERIFY(!after[0].clockTrusted && after[2].clockTrusted);
    }

    void aClockSetBackwardsIsDoubtedAndNothingIsReordered()
    {
        Machine machine;
        machine.evidence.synchronised = true;
        machine.startAgent();
        machine.observeFor(5);
        machine.evidence.synchronised = false;
        machine.clock().setUtc(machine.clock().utc() - 1h);
        machine.observe(); // at once, before the next look
        machine.observeFor(5);
        QCOMPARE(machine.held(), 6U);
        QCOMPARE(machine.waiting().size(), std::size_t(5));
        // The time service puts it right.
        machine.clock().setUtc(machine.clock().utc() + 1h);
        machine.evidence.synchronised = true;
        machine.observeFor(1);
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(12));
        QVERIFY(allTrusted(records, true));
        QCOMPARE(records[5].time.count(), records[4].time.count()); // the same moment
        QCOMPARE(records.back().time - records.front().time, UtcTime(10s));
    }

    void aClockSetBackwardsForGoodLosesNoRow()
    {
        Machine machine;
        machine.evidence.synchronised = true;
        machine.startAgent();
        machine.observeFor(5);
        machine.evidence.synchronised = false;
        machine.clock().setUtc(machine.clock().utc() - 365 * 24h);
        machine.observeFor(5);
        machine.clock().advance(1h);
        machine.observeFor(5);
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(15));
        QVERIFY(inOrder(records)); // time went on as it was known before
        QVERIFY(records[4].clockTrusted && !records[5].clockTrusted);
    }

    void aMachineThatSleptKeepsItsTime()
    {
        Machine machine;
        machine.evidence.synchronised = true;
        machine.startAgent();
        machine.observeFor(1);
        machine.clock().sleep(8h);
        machine.evidence.synchronised = false;
        machine.observeFor(1);
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(2));
        QVERIFY(allTrusted(records, true));
        QCOMPARE(records[1].time - records[0].time, UtcTime(8h + 1s));
    }

    void anAgentStartedAgainInTheSameBootResolvesWhatTheFirstLeft()
    {
        Machine machine;
        machine.clock().setUtc(UtcTime(0));
        machine.startAgent();
        machine.observeFor(3);
        machine.startAgent();
        machine.observeFor(3);
        QCOMPARE(machine.held(), 6U);
        machine.clock().setUtc(today);
        machine.evidence.synchronised = true;
        machine.startAgent();
        QCOMPARE(machine.held(), 0U);
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(6));
        QVERIFY(allTrusted(records, true) && inOrder(records));
        QCOMPARE(records.back().time, today);
    }

    void restartsDoNotProlongTheWait()
    {
        Machine machine;
        machine.startAgent();
        machine.observeFor(1);
        for (int restart = 0; restart < 7; ++restart) {
            machine.clock().advance(10min);
            machine.startAgent();
        }
        QCOMPARE(machine.held(), 0U);
        QVERIFY(allTrusted(machine.waiting(), false));
    }

    void whatWasRightBeforeARestartIsStillRight()
    {
        Machine machine;
        machine.evidence.synchronised = true;
        machine.startAgent();
        machine.observeFor(1);
        machine.waiting();
        machine.evidence.synchronised = false; // the network is gone, the clock goes on
        machine.startAgent();
        machine.observeFor(1);
        QVERIFY(allTrusted(machine.waiting(), true));
        QCOMPARE(machine.held(), 0U);
    }

    void anEarlierBootsRecordsKeepWhatABatteryClockSaid()
    {
        Machine machine;
        machine.startAgent();
        machine.observeFor(3);
        machine.reboot(today + 24h);
        machine.evidence.synchronised = true;
        machine.startAgent();
        machine.observeFor(1);
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(4));
        QCOMPARE(records[0].run, std::string("run-1"));
        QCOMPARE(records[0].time, today + 1s);
        QVERIFY(!records[0].clockTrusted && records[3].clockTrusted);
    }

    void withoutABatteryAnEarlierBootEndedAsTheNextBegan()
    {
        Machine machine;
        machine.evidence.batteryClock = false;
        machine.clock().setUtc(UtcTime(0));
        machine.startAgent();
        machine.observeFor(3);
        machine.reboot(UtcTime(0));
        machine.startAgent();
        machine.observeFor(2);
        machine.reboot(UtcTime(0));
        machine.startAgent();
        machine.observeFor(60);
        QCOMPARE(machine.held(), 65U);
        machine.clock().setUtc(today);
        machine.evidence.synchronised = true;
        machine.observeFor(1);
        const auto records = machine.waiting();
        QCOMPARE(machine.held(), 0U);
        QCOMPARE(records.size(), std::size_t(66));
        QVERIFY(inOrder(records));
        std::map<std::string, UtcTime> last;
        for (const Record &record : records)
            last[record.run] = std::max(last[record.run], record.time);
        QCOMPARE(last["run-2"], today + 1s - 61s);
        QCOMPARE(last["run-1"], last["run-2"] - 2s);
        QVERIFY(!records[0].clockTrusted);
    }

    void earlierBootsRecordsGoWithTheirOwnAfterTheWait()
    {
        Machine machine;
        machine.startAgent();
        machine.observeFor(3);
        machine.reboot(today + 24h);
        machine.startAgent();
        machine.observeFor(1);
        QCOMPARE(machine.held(), 4U);
        machine.clock().advance(1h);
        machine.keeper->look();
        const auto records = machine.waiting();
        QCOMPARE(records.size(), std::size_t(4));
        QVERIFY(allTrusted(records, false));
        QVERIFY(inOrder(records));
    }

    void theThreadNoticesByItself()
    {
        Machine machine;
        machine.clock().setUtc(UtcTime(0));
        machine.journal = openOrDie(JournalOptions{.file = m_directory.filePath(
                                                       QStringLiteral("j")).toStdString()});
        std::atomic<bool> synchronised = false;
        struct Probe : ClockProbe
        {
            explicit Probe(std::atomic<bool> &s) : value(s) {}
            ClockEvidence look() override
            {
                ClockEvidence evidence;
                evidence.kernelSynchronized = value.load();
                return evidence;
            }
            std::atomic<bool> &value;
        };
        TimeSettings settings;
        settings.earliest = built;
        settings.every = 5ms;
        Timekeeper keeper(*machine.journal, machine.clock(), std::make_unique<Probe>(synchronised),
                          settings);
        keeper.start();
        Record record = recordNumber(0);
        keeper.stamp(record, machine.clock().monotonic());
        QVERIFY(record.pending);
        QVERIFY(machine.journal->append(record));
        machine.clock().setUtc(today);
        synchronised = true;
        QTRY_VERIFY(keeper.state().trusted);
        QTRY_COMPARE(machine.journal->state().undelivered, 1U);
    }

private:
    QTemporaryDir m_directory;
};

QTEST_GUILESS_MAIN(TestTimekeeper)
#include "test_timekeeper.moc"
