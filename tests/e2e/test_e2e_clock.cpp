// A real agent on machines whose clock is wrong, unknown, or set while it runs.
#include "libfacetrack/base/clock.h"
#include "libfacetrack/store/journal.h"
#include "tests/support/agent_process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?size=160x120&people=1&fps=30");

QStringList set(std::initializer_list<const char *> settings)
{
    QStringList arguments{QStringLiteral("--set"), QStringLiteral("journal.commit_milliseconds=50")};
    for (const char *setting : settings)
        arguments << QStringLiteral("--set") << QString::fromUtf8(setting);
    return arguments;
}

/// The wall clock that an agent sees, off by any amount, changed while it runs.
class WallClock
{
public:
    WallClock() { shift(0ms); }
    void shift(std::chrono::milliseconds by)
    {
        QFile file(path()); // written in place: the agent has it mapped
        const std::int64_t value = by.count();
        if (!file.open(QIODevice::ReadWrite)
            || file.write(reinterpret_cast<const char *>(&value), sizeof value) != sizeof value)
            qFatal("the clock cannot be set");
    }
    void showSecondsAfter1970()
    {
        shift(std::chrono::seconds(10) - SystemClock::instance().utc());
    }
    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LD_PRELOAD"), qEnvironmentVariable("SHIFTED_CLOCK"));
        environment.insert(QStringLiteral("SHIFTED_CLOCK_FILE"), path());
        return environment;
    }

private:
    QString path() const { return m_directory.filePath(QStringLiteral("shift")); }
    QTemporaryDir m_directory;
};

std::vector<Record> journaled(const QTemporaryDir &state, std::uint64_t *held = nullptr)
{
    JournalOptions options;
    options.file = state.filePath(QStringLiteral("journal.sqlite")).toStdString();
    const auto journal = Journal::open(options);
    if (!journal)
        qFatal("%s", describe(journal.error()).c_str());
    (*journal)->flush(20s);
    if (held)
        *held = (*journal)->state().held;
    std::vector<Record> records;
    const auto stored = (*journal)->undelivered(0, 1'000'000);
    for (const StoredRecord &record : stored ? *stored : std::vector<StoredRecord>())
        if (record.record.type == RecordType::Observation)
            records.push_back(record.record);
    std::sort(records.begin(), records.end(), [](const Record &a, const Record &b) {
        return std::pair(a.run, a.sequence) < std::pair(b.run, b.sequence);
    });
    return records;
}

/// Sequences 0, 1, 2, … with growing times.
bool isComplete(const std::vector<Record> &records)
{
    for (std::size_t i = 0; i < records.size(); ++i)
        if (records[i].sequence != i || (i > 0 && records[i].time < records[i - 1].time))
            return false;
    return !records.empty();
}

int held(const QJsonObject &status)
{
    return status[u"journal"][u"held"].toInt();
}

int rows(const QJsonObject &status)
{
    return status[u"journal"][u"rows"].toInt();
}

bool trusted(const QJsonObject &status)
{
    return status[u"clock"][u"trusted"].toBool();
}

} // namespace

class TestE2eClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("SHIFTED_CLOCK"))
            QSKIP("SHIFTED_CLOCK does not say where the clock's library is");
    }

    void countsOf1970GetTheirTimeOnceTheClockIsSet()
    {
        QTemporaryDir state;
        WallClock clock;
        clock.showSecondsAfter1970();
        const UtcTime begun = SystemClock::instance().utc();
        auto agent = runAgent(Booth, state.path(), set({}), clock.environment());
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return held(s) >= 5; }));
        QJsonObject status = agent->status();
        QVERIFY(!trusted(status));
        QVERIFY(status[u"clock"][u"reason"].toString().contains(QStringLiteral("1970")));
        QCOMPARE(rows(status), 0);
        QVERIFY(agent->get(QStringLiteral("metrics")).body.contains("facetrack_clock_trusted{"));
        clock.shift(0ms);
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return held(s) == 0 && trusted(s); }));
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return rows(s) >= 12; }));
        QCOMPARE(agent->terminate(), 0);
        std::uint64_t left = 1;
        const auto records = journaled(state, &left);
        QCOMPARE(left, 0U);
        QVERIFY(isComplete(records));
        for (const Record &record : records)
            QVERIFY(record.clockTrusted);
        QVERIFY(records.front().time >= begun);
        QVERIFY(records.back().time <= SystemClock::instance().utc());
    }

    void aClockSetBackwardsReordersAndDropsNothing()
    {
        QTemporaryDir state;
        WallClock clock;
        const UtcTime begun = SystemClock::instance().utc();
        auto agent = runAgent(Booth, state.path(), set({}), clock.environment());
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return rows(s) >= 5; }));
        clock.shift(-1h);
        const int before = rows(agent->status());
        QVERIFY(agent->waitStatus([&](const QJsonObject &s) { return rows(s) >= before + 5; }));
        QCOMPARE(agent->terminate(), 0);
        const auto records = journaled(state);
        QVERIFY(records.size() >= 10);
        for (std::size_t i = 0; i < records.size(); ++i)
            QCOMPARE(records[i].sequence, static_cast<std::uint64_t>(i));
        QVERIFY(records.front().time >= begun);
        QVERIFY(records.back().time < begun); // it is what the clock says, as was asked for
    }

    void withoutATrustedClockCountsGoMarkedAfterTheWait()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path(), set({"time.trust=never", "time.wait=2"}));
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return held(s) >= 3; }));
        QVERIFY(agent->waitStatus([](const QJsonObject &s) {
            return held(s) == 0 && rows(s) >= 5 && s[u"clock"][u"given_up"].toBool();
        }));
        QCOMPARE(agent->terminate(), 0);
        const auto records = journaled(state);
        QVERIFY(isComplete(records));
        for (const Record &record : records)
            QVERIFY(!record.clockTrusted);
    }

    void whatAKilledAgentHeldIsResolvedByTheNextInThisBoot()
    {
        QTemporaryDir state;
        const UtcTime begun = SystemClock::instance().utc();
        auto agent = runAgent(Booth, state.path(), set({"time.trust=never"}));
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return held(s) >= 5; }));
        const int least = held(agent->status());
        agent->kill();
        agent = runAgent(Booth, state.path(), set({}));
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([&](const QJsonObject &s) {
            return held(s) == 0 && rows(s) >= least;
        }));
        QCOMPARE(agent->terminate(), 0);
        const auto records = journaled(state);
        QVERIFY(records.size() > static_cast<std::size_t>(least));
        for (const Record &record : records)
            QVERIFY(record.clockTrusted && record.time >= begun);
    }
};

QTEST_GUILESS_MAIN(TestE2eClock)
#include "test_e2e_clock.moc"
