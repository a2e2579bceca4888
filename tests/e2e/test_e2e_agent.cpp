// A whole agent on the synthetic booth: counts, keeps, survives, ends.
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/store/journal.h"
#include "tests/support/agent_process.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <set>
#include <sys/mount.h>
#include <unistd.h>

using namespace facetrack;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x424");

std::vector<StoredRecord> journaled(const QString &stateDirectory)
{
    JournalOptions options;
    options.file = (stateDirectory + QStringLiteral("/journal.sqlite")).toStdString();
    auto journal = Journal::open(options);
    if (!journal) {
        qCritical("%s", describe(journal.error()).c_str());
        return {};
    }
    return (*journal)->undelivered(0, 1'000'000).value();
}

/// Only these: tuning changes are in the Journal too.
std::size_t facesIn(const std::vector<StoredRecord> &rows)
{
    std::size_t faces = 0;
    for (const StoredRecord &row : rows)
        faces += static_cast<std::size_t>(row.record.faces);
    return faces;
}

std::vector<StoredRecord> only(RecordType type, std::vector<StoredRecord> rows)
{
    std::erase_if(rows, [type](const StoredRecord &row) { return row.record.type != type; });
    return rows;
}

/// Sequences of each run and type must be 0, 1, 2, … without a hole or a repeat.
bool isComplete(const std::vector<StoredRecord> &rows)
{
    std::map<std::pair<std::string, RecordType>, std::uint64_t> next;
    for (const StoredRecord &row : rows)
        if (row.record.sequence != next[{row.record.run, row.record.type}]++)
            return false;
    return true;
}

/// A file system of 4 MB over a folder, while it lives.
class SmallDisk
{
public:
    explicit SmallDisk(const QString &folder)
        : m_folder(folder.toUtf8()),
          m_mounted(::geteuid() == 0 && ::mount("none", m_folder, "tmpfs", 0, "size=4m") == 0)
    {}
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_folder, MNT_DETACH);
    }
    bool mounted() const { return m_mounted; }

private:
    const QByteArray m_folder;
    const bool m_mounted;
};

int analysed(const QJsonObject &status)
{
    return status[u"detection"][u"frames"].toInt();
}

int committed(const QJsonObject &status)
{
    return status[u"journal"][u"committed"].toInt();
}

} // namespace

class TestE2eAgent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatIsTrulyThereAndKeepsEveryRow()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return analysed(s) >= 60; }));
        const QJsonObject before = agent->status();
        QCOMPARE(agent->terminate(), 0);

        const auto kept = journaled(state.path());
        QVERIFY(isComplete(kept));
        const auto rows = only(RecordType::Observation, kept);
        QVERIFY(rows.size() >= static_cast<std::size_t>(analysed(before)));

        // The scene's frames up to now, in truth and as counted: the live agent looks at some of
        // them only, so the means are compared.
        const auto frames = static_cast<std::uint64_t>(before[u"source"][u"frames"].toInteger());
        const BoothScene scene({.seed = 1, .people = 4, .width = 640, .height = 424, .fps = 30});
        std::size_t truth = 0;
        for (std::uint64_t i = 0; i < frames; ++i)
            truth += scene.truth(i).size();
        const double expected = static_cast<double>(truth) / static_cast<double>(frames);
        const double counted
            = static_cast<double>(facesIn(rows)) / static_cast<double>(rows.size());
        qInfo("mean faces: %.2f in truth, %.2f counted", expected, counted);
        QVERIFY(counted > 0.6 * expected && counted < 1.2 * expected);
    }

    void visitsInProgressAreKeptWhenTheAgentStops()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path(),
                              {QStringLiteral("--set"),
                               QStringLiteral("track.zones=all: 0,0 1,0 1,1 0,1")});
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) {
            return s[u"visits"][u"now"].toInt() > 0
                   && s[u"visits"][u"zones"][u"all"].toInt() > 0;
        }));
        const int begun = agent->status()[u"visits"][u"total"].toInt();
        const QByteArray metrics = agent->get(QStringLiteral("metrics")).body;
        QVERIFY(metrics.contains("facetrack_visits_total{"));
        QVERIFY(metrics.contains("zone=\"all\"} "));
        QCOMPARE(agent->terminate(), 0);

        int whole = 0;
        int inProgress = 0;
        for (const StoredRecord &row : only(RecordType::Visit, journaled(state.path()))) {
            const auto visit = decodeVisit(row.record);
            QVERIFY(visit);
            QVERIFY(visit->clockTrusted && visit->start.count() > 1'600'000'000'000);
            whole += visit->zone.empty() ? 1 : 0;
            inProgress += visit->complete ? 0 : 1;
        }
        QVERIFY(whole >= begun);
        QVERIFY(inProgress >= 2); // the whole picture, and the zone
    }

    void statusAgentAndHealthAnswer()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path(),
                              {QStringLiteral("--set"), QStringLiteral("agent.id=pi-ber-1"),
                               QStringLiteral("--set"), QStringLiteral("agent.location=left lane")});
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return analysed(s) >= 2; }));
        const QJsonObject status = agent->status();
        QCOMPARE(status[u"agent"][u"id"].toString(), QStringLiteral("pi-ber-1"));
        QCOMPARE(status[u"source"][u"state"].toString(), QStringLiteral("running"));
        QCOMPARE(status[u"source"][u"width"].toInt(), 640);
        QVERIFY(status[u"source"][u"fps"].toDouble() > 0);
        QVERIFY(status[u"healthy"].toBool());
        const QJsonObject self = agent->get(QStringLiteral("api/v1/agent")).json();
        QCOMPARE(self[u"location"].toString(), QStringLiteral("left lane"));
        QCOMPARE(self[u"run"].toString().size(), 16);
        QCOMPARE(agent->get(QStringLiteral("healthz")).status, 200);
    }

    void metricsAreReadByPrometheusOwnParser()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path(),
                              {QStringLiteral("--set"), QStringLiteral("agent.name=a \"b\"\\c ü")});
        QVERIFY(agent->waitReady());
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"), // whose packages ./check installed
                     {QStringLiteral(SOURCE_DIR "/tests/e2e/read_metrics.py"),
                      agent->url(QStringLiteral("metrics")).toString()});
        QVERIFY(python.waitForFinished(60'000));
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    }

    void aSecondAgentOnTheSameJournalIsRefused()
    {
        QTemporaryDir state;
        auto first = runAgent(Booth, state.path());
        QVERIFY(first->waitReady());
        auto second = runAgent(Booth, state.path());
        QCOMPARE(second->waitForEnd(), 2);
        QVERIFY2(second->errors().contains("journal"), second->errors().constData());
    }

    void aFileEndsAndTheAgentGoesOnServing()
    {
        QTemporaryDir state;
        auto agent = runAgent(QStringLiteral("synthetic:booth?frames=20&size=320x240&fps=60"),
                              state.path());
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) {
            return s[u"source"][u"state"].toString() == QStringLiteral("ended");
        }));
        QCOMPARE(agent->get(QStringLiteral("snapshot.jpg")).status, 200);
        QCOMPARE(agent->terminate(), 0);
    }

    void aFullDiskStopsTheJournalButNotTheAgentUntilThereIsRoom()
    {
        QTemporaryDir folder;
        const SmallDisk disk(folder.path());
        if (!disk.mounted())
            QSKIP("needs the right to mount a tmpfs");
        auto agent = runAgent(QStringLiteral("synthetic:booth?size=160x120&people=2&fps=60"),
                              folder.path(),
                              {QStringLiteral("--set"),
                               QStringLiteral("journal.commit_milliseconds=20")});
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) { return committed(s) > 0; }));
        QFile ballast(folder.filePath(QStringLiteral("ballast")));
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (ballast.write(QByteArray(4096, 'x')) == 4096) {
        }
        ballast.close();
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return !s[u"journal"][u"writable"].toBool(true); }));

        const QJsonObject full = agent->status();
        QVERIFY2(full[u"journal"][u"error"].toString().contains(u"full"),
                 qPrintable(full[u"journal"][u"error"].toString()));
        QVERIFY(!full[u"healthy"].toBool());
        QCOMPARE(agent->get(QStringLiteral("healthz")).status, 503);
        QCOMPARE(agent->get(QStringLiteral("snapshot.jpg")).status, 200);
        QVERIFY2(agent->waitStatus([&](const QJsonObject &s) {
            return analysed(s) > analysed(full) + 10;
        }), "it goes on counting");

        QVERIFY(ballast.remove());
        QVERIFY(agent->waitStatus([](const QJsonObject &s) {
            return s[u"journal"][u"writable"].toBool() && s[u"healthy"].toBool();
        }));
        const int counted = analysed(agent->status());
        QCOMPARE(agent->terminate(), 0);
        const auto rows = journaled(folder.path());
        QVERIFY2(rows.size() >= static_cast<std::size_t>(counted), "what waited was kept");
        QVERIFY(isComplete(rows));
    }

    void killed20TimesItLosesNothingCommitted()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        QTemporaryDir state;
        std::size_t sure = 0;
        for (int run = 0; run < 20; ++run) {
            auto agent = runAgent(QStringLiteral("synthetic:booth?size=160x120&people=2&fps=60"),
                                  state.path(),
                                  {QStringLiteral("--set"),
                                   QStringLiteral("journal.commit_milliseconds=50")});
            QVERIFY(agent->waitReady());
            const int atLeast = random.bounded(1, 20);
            QVERIFY(agent->waitStatus(
                [&](const QJsonObject &s) { return committed(s) >= atLeast; }));
            const int rows = committed(agent->status());
            agent->kill();
            sure += static_cast<std::size_t>(rows);
        }
        const auto rows = journaled(state.path());
        qInfo("%zu rows were told as committed, %zu are there", sure, rows.size());
        QVERIFY(rows.size() >= sure);
        QVERIFY(isComplete(rows));
        std::set<std::string> runs;
        for (const StoredRecord &row : rows)
            runs.insert(row.record.run);
        QCOMPARE(runs.size(), std::size_t(20));
    }
};

QTEST_GUILESS_MAIN(TestE2eAgent)
#include "test_e2e_agent.moc"
