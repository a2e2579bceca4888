// The real agent and the stand-in CrateDB: what was counted ends in the database, once.
#include "libfacetrack/store/journal.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/http_send.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <set>

using namespace facetrack;
using nlohmann::json;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=3&size=160x120&fps=30");

QStringList set(const QString &key, const QString &value)
{
    return {QStringLiteral("--set"), key + u'=' + value};
}

/// facetrack-agentd with other commands than run; its standard output, or its errors when it fails.
QByteArray command(const QStringList &arguments, int expected = 0)
{
    QProcess process;
    process.start(QStringLiteral(FACETRACK_AGENTD), arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != expected)
        qWarning() << "ended with" << process.exitCode() << process.readAllStandardError();
    return expected == 0 ? process.readAllStandardOutput() : process.readAllStandardError();
}

void makeTables(const FakeCrate &crate, const QStringList &more = {})
{
    command(QStringList{QStringLiteral("database"), QStringLiteral("--apply"),
                        QStringLiteral("--url"), crate.url()} + more);
}

std::unique_ptr<AgentProcess> uploading(const QString &urls, const QTemporaryDir &state,
                                        const QStringList &more = {},
                                        const QString &source = Booth)
{
    return runAgent(source, state.path(),
                    set(QStringLiteral("upload.urls"), urls)
                        + set(QStringLiteral("upload.interval_seconds"), QStringLiteral("0.2"))
                        + set(QStringLiteral("upload.heartbeat_seconds"), QStringLiteral("1"))
                        + set(QStringLiteral("upload.longest_pause_seconds"), QStringLiteral("1"))
                        + set(QStringLiteral("journal.commit_milliseconds"), QStringLiteral("50"))
                        + set(QStringLiteral("agent.id"), QStringLiteral("pi-1")) + more);
}

int delivered(const QJsonObject &status)
{
    return status[u"upload"][u"delivered"].toInt();
}

QString phase(const QJsonObject &status)
{
    return status[u"upload"][u"state"].toString();
}

auto deliveredMoreThan(int rows)
{
    return [rows](const QJsonObject &status) { return delivered(status) > rows; };
}

auto phaseIs(const char *name)
{
    return [name](const QJsonObject &status) { return phase(status) == QLatin1String(name); };
}

/// Ids of observations, as the database's keys: agent, run, sequence, day.
std::set<std::string> storedIds(const FakeCrate &crate)
{
    std::set<std::string> ids;
    for (const std::string &key : crate.ids("facetrack.observations"))
        ids.insert(key.substr(0, key.rfind('\t')));
    return ids;
}

/// Ids of all observations that the agent ever kept, delivered or not, of every run.
std::set<std::string> journaledIds(const QTemporaryDir &state)
{
    JournalOptions options;
    options.file = state.filePath(QStringLiteral("journal.sqlite")).toStdString();
    const auto journal = Journal::open(options);
    if (!journal)
        return {};
    std::set<std::string> ids;
    const auto found = (*journal)->between(RecordType::Observation, UtcTime(0),
                                           UtcTime(4'102'444'800'000), 0, 1'000'000);
    for (const StoredRecord &stored : found.value())
        ids.insert(stored.record.agent + "\t" + stored.record.run + "\t"
                   + std::to_string(stored.record.sequence));
    return ids;
}

/// Runs an agent again without a camera to speak of until all its rows are delivered.
bool drain(const QString &urls, const QTemporaryDir &state, const QStringList &more = {})
{
    auto agent = runAgent(QStringLiteral("synthetic:booth?frames=1&size=160x120"), state.path(),
                          set(QStringLiteral("upload.urls"), urls)
                              + set(QStringLiteral("upload.interval_seconds"), QStringLiteral("0.1"))
                              + set(QStringLiteral("upload.heartbeat_seconds"), QStringLiteral("0"))
                              + set(QStringLiteral("agent.id"), QStringLiteral("pi-1")) + more);
    return agent->waitReady() && agent->waitStatus([](const QJsonObject &status) {
        return status[u"source"][u"state"].toString() == QStringLiteral("ended")
               && status[u"journal"][u"undelivered"].toInt() == 0
               && status[u"journal"][u"committed"].toInt() > 0;
    }) && agent->terminate() == 0;
}

void writeSecret(const QString &name, const QByteArray &secret, QFile::Permissions permissions)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.setPermissions(permissions);
    file.write(secret);
}

constexpr QFile::Permissions OwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

} // namespace

class TestE2eUpload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowEndsInTheDatabaseOnce()
    {
        const FakeCrate crate;
        makeTables(crate);
        const QTemporaryDir state;
        {
            auto agent = uploading(crate.url(), state);
            QVERIFY(agent->waitReady());
            QVERIFY(agent->waitStatus(deliveredMoreThan(60)));
            const QJsonObject status = agent->status();
            QCOMPARE(status[u"upload"][u"refused"].toInt(), 0);
            QCOMPARE(status[u"upload"][u"endpoints"][0][u"healthy"].toBool(), true);
            QVERIFY(status[u"healthy"].toBool());
            QCOMPARE(agent->terminate(), 0);
        }
        QVERIFY(drain(crate.url(), state));
        QVERIFY(storedIds(crate) == journaledIds(state));
        QVERIFY(!storedIds(crate).empty());
        // One row for the agent, however often it spoke, and its address works.
        crate.control("POST", "/refresh");
        const json agents = crate.rows("SELECT agent, run, address, warning FROM facetrack.agents");
        QCOMPARE(agents.size(), std::size_t(1));
        QVERIFY(agents[0][2].get<std::string>().starts_with("http://127.0.0.1:"));
    }

    void facesArriveAsObjects()
    {
        const FakeCrate crate;
        makeTables(crate);
        const QTemporaryDir state;
        auto agent = uploading(crate.url(), state, {},
                               QStringLiteral("synthetic:booth?seed=1&people=4&size=320x240"));
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return status[u"faces"][u"total"].toInt() > 0 && delivered(status) > 0;
        }));
        QVERIFY(agent->waitStatus(deliveredMoreThan(delivered(agent->status()) + 10)));
        crate.control("POST", "/refresh");
        const json rows = crate.rows("SELECT face_count, faces, frame_width, clock_trusted, ts, day"
                                     " FROM facetrack.observations WHERE face_count > 0 LIMIT 1");
        QCOMPARE(rows.size(), std::size_t(1));
        const json faces = rows[0][1];
        QCOMPARE(faces.size(), rows[0][0].get<std::size_t>());
        for (const char *side : {"x", "y", "w", "h", "score"})
            QVERIFY(faces[0][side].get<double>() >= 0 && faces[0][side].get<double>() <= 1);
        QCOMPARE(rows[0][2].get<int>(), 320);
        QCOMPARE(rows[0][3].get<bool>(), true);
        const std::int64_t day = 86'400'000;
        QCOMPARE(rows[0][5].get<std::int64_t>(), rows[0][4].get<std::int64_t>() / day * day);
    }

    void whoTunedWhatArrives()
    {
        const FakeCrate crate;
        makeTables(crate);
        const QTemporaryDir state;
        auto agent = uploading(crate.url(), state,
                               set(QStringLiteral("stream.quality"), QStringLiteral("60")));
        QVERIFY(agent->waitReady());
        const QUrl tuning = agent->url(QStringLiteral("api/v1/tuning"));
        const json patch{{"detect", {{"min_neighbors", 5}, {"min_size", "40x40"}}}};
        QCOMPARE(httpSend("PATCH", tuning, QByteArray::fromStdString(patch.dump())).status, 200);
        QCOMPARE(httpSend("POST", agent->url(QStringLiteral("api/v1/tuning/undo"))).status, 200);
        json rows;
        QTRY_VERIFY_WITH_TIMEOUT((crate.control("POST", "/refresh"),
                                  rows = crate.rows("SELECT revision, who, parameter, old_value,"
                                                    " new_value FROM facetrack.tuning_changes"
                                                    " ORDER BY seq"),
                                  rows.size() >= 5), 60'000);
        const std::string small = json("30x30").dump();
        const std::string large = json("40x40").dump();
        const json expected{{1, "start", "stream.quality", "80", "60"},
                            {2, "127.0.0.1", "detect.min_neighbors", "3", "5"},
                            {2, "127.0.0.1", "detect.min_size", small, large},
                            {3, "127.0.0.1: undo", "detect.min_neighbors", "5", "3"},
                            {3, "127.0.0.1: undo", "detect.min_size", large, small}};
        QVERIFY2(rows == expected, rows.dump().c_str());
    }

    void anotherNodeTakesOverAndTheFirstIsUsedAgain()
    {
        const FakeCrate crate({QStringLiteral("--nodes"), QStringLiteral("2")});
        makeTables(crate);
        const QTemporaryDir state;
        auto agent = uploading(crate.url(0) + u',' + crate.url(1), state);
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(deliveredMoreThan(10)));
        crate.down(0);
        const auto node = [](const QJsonObject &status, int i) {
            return status[u"upload"][u"endpoints"][i].toObject();
        };
        QVERIFY(agent->waitStatus(
            [&](const QJsonObject &status) { return !node(status, 0)[u"healthy"].toBool(); }));
        QVERIFY(agent->waitStatus(deliveredMoreThan(delivered(agent->status()))));
        QVERIFY(phase(agent->status()) != QStringLiteral("waiting"));
        crate.up(0);
        const int before = node(agent->status(), 0)[u"requests"].toInt();
        QVERIFY(agent->waitStatus([&](const QJsonObject &status) {
            return node(status, 0)[u"healthy"].toBool()
                   && node(status, 0)[u"requests"].toInt() > before;
        }));
    }

    void rowsWaitWhileTheDatabaseIsAwayAndGoWhenItIsBack()
    {
        const FakeCrate crate;
        makeTables(crate);
        const QTemporaryDir state;
        auto agent = uploading(crate.url(), state);
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(deliveredMoreThan(10)));
        crate.fault({{"match", "any"}, {"action", "http_error"}, {"error", "503"}});
        QVERIFY(agent->waitStatus(phaseIs("waiting")));
        QVERIFY(agent->status()[u"healthy"].toBool()); // the agent itself is well
        crate.clearFaults();
        QVERIFY(agent->waitStatus(deliveredMoreThan(delivered(agent->status()))));
        QCOMPARE(agent->terminate(), 0);
        QVERIFY(drain(crate.url(), state));
        QVERIFY(storedIds(crate) == journaledIds(state));
    }

    void aWrongPasswordIsToldAndARightOneIsTriedAtOnce()
    {
        const FakeCrate crate({QStringLiteral("--require-auth"), QStringLiteral("--user"),
                               QStringLiteral("facetrack:good"), QStringLiteral("--user"),
                               QStringLiteral("admin:root")});
        const QTemporaryDir state;
        const QString secret = state.filePath(QStringLiteral("password"));
        writeSecret(secret, "root\n", OwnerOnly);
        makeTables(crate, set(QStringLiteral("upload.user"), QStringLiteral("admin"))
                              + set(QStringLiteral("upload.password_file"), secret));
        writeSecret(secret, "bad-secret\n", OwnerOnly);
        auto agent = uploading(crate.url(), state,
                               set(QStringLiteral("upload.user"), QStringLiteral("facetrack"))
                                   + set(QStringLiteral("upload.password_file"), secret));
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(phaseIs("refused")));
        const QJsonObject status = agent->status();
        const QString words = status[u"upload"][u"error"].toString();
        QVERIFY2(words.contains(QStringLiteral("credentials")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("upload.user")), qPrintable(words));
        QVERIFY(!status[u"healthy"].toBool());
        QCOMPARE(agent->get(QStringLiteral("healthz")).status, 503);
        writeSecret(secret, "good\n", OwnerOnly);
        QVERIFY(agent->waitStatus(deliveredMoreThan(10)));
        QCOMPARE(agent->get(QStringLiteral("healthz")).status, 200);
        QCOMPARE(agent->terminate(), 0);
        QVERIFY(!agent->errors().contains("bad-secret"));
    }

    void aSecretThatOthersMayReadIsNotUsed()
    {
        const FakeCrate crate;
        makeTables(crate);
        const QTemporaryDir state;
        const QString secret = state.filePath(QStringLiteral("token"));
        writeSecret(secret, "a.b.c", OwnerOnly | QFile::ReadGroup);
        auto agent = uploading(crate.url(), state,
                               set(QStringLiteral("upload.token_file"), secret));
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(phaseIs("refused")));
        const QString words = agent->status()[u"upload"][u"error"].toString();
        QVERIFY2(words.contains(QStringLiteral("chmod 600")), qPrintable(words));
        QCOMPARE(crate.stats()["requests"].get<int>() > 0, true); // of makeTables
        QCOMPARE(delivered(agent->status()), 0);
    }

    void aMissingTableIsToldAndNeverMadeByTheAgent()
    {
        const FakeCrate crate;
        const QTemporaryDir state;
        const QString secret = state.filePath(QStringLiteral("password"));
        writeSecret(secret, "x", OwnerOnly);
        auto agent = uploading(crate.url(), state,
                               set(QStringLiteral("upload.user"), QStringLiteral("crate"))
                                   + set(QStringLiteral("upload.password_file"), secret));
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(phaseIs("refused")));
        const QString words = agent->status()[u"upload"][u"error"].toString();
        QVERIFY2(words.contains(QStringLiteral("database --apply")), qPrintable(words));
        QVERIFY(crate.stats().dump().find("create") == std::string::npos);
        makeTables(crate);
        writeSecret(secret, "y", OwnerOnly); // a change: it need not wait a minute
        QVERIFY(agent->waitStatus(deliveredMoreThan(10)));
        QCOMPARE(agent->terminate(), 0);
        QVERIFY(drain(crate.url(), state));
        QVERIFY(storedIds(crate) == journaledIds(state));
    }

    void applyBringsBackATableThatSomebodyDropped()
    {
        const FakeCrate crate;
        makeTables(crate);
        crate.rows("INSERT INTO facetrack.agents (agent, run, seq, last_heartbeat, clock_trusted)"
                   " VALUES ('pi-9', 'r', 1, 0, true)");
        crate.rows("DROP TABLE facetrack.visits");
        makeTables(crate);
        const json visits = crate.rows("SELECT table_name FROM information_schema.tables WHERE"
                                       " table_schema = 'facetrack' AND table_name = 'visits'");
        QCOMPARE(visits.size(), std::size_t(1));
        crate.control("POST", "/refresh");
        QCOMPARE(crate.rows("SELECT agent FROM facetrack.agents").size(), std::size_t(1));
    }

    void aRefusedRowGoesToTheQuarantineAndTheRestIsStored()
    {
        const FakeCrate crate;
        makeTables(crate);
        crate.fault({{"match", "insert"}, {"contains", "observations"}, {"action", "row_error"},
                     {"code", 4000}, {"message", "SQLParseException[no]"}, {"rows", {0}},
                     {"times", 1}});
        const QTemporaryDir state;
        auto agent = uploading(crate.url(), state);
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(deliveredMoreThan(30)));
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return status[u"journal"][u"quarantined"].toInt() == 1;
        }));
        const QJsonObject status = agent->status();
        QCOMPARE(status[u"upload"][u"refused"].toInt(), 1);
        const QJsonObject refused = status[u"quarantine"][0].toObject();
        QCOMPARE(refused[u"type"].toString(), QStringLiteral("observation"));
        QVERIFY(refused[u"error"].toString().contains(QStringLiteral("SQLParseException[no]")));
        QCOMPARE(agent->terminate(), 0);
        QVERIFY(drain(crate.url(), state));
        QVERIFY(storedIds(crate) == journaledIds(state)); // what is quarantined is in neither
    }

    void itEndsSoonWhileTheDatabaseHangs()
    {
        const FakeCrate crate;
        makeTables(crate);
        crate.fault({{"match", "any"}, {"action", "stall"}});
        const QTemporaryDir state;
        auto agent = uploading(crate.url(), state);
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return status[u"upload"][u"under_way"].toInt() > 0;
        }));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(agent->terminate(), 0);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

    void metricsTellOfTheUpload()
    {
        const FakeCrate crate;
        makeTables(crate);
        const QTemporaryDir state;
        auto agent = uploading(crate.url(), state,
                               set(QStringLiteral("agent.name"), QStringLiteral("a \"b\"\\c ü")));
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(deliveredMoreThan(0)));
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"),
                     {QStringLiteral(SOURCE_DIR "/tests/e2e/read_metrics.py"),
                      agent->url(QStringLiteral("metrics")).toString()});
        QVERIFY(python.waitForFinished(60'000));
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        const QByteArray text = agent->get(QStringLiteral("metrics")).body;
        QVERIFY(text.contains("facetrack_upload_delivered_total{agent=\"pi-1\"}"));
        QVERIFY(text.contains("facetrack_upload_endpoint_healthy{agent=\"pi-1\",endpoint=\""
                              + crate.url().toLatin1() + "\"} 1"));
        // The backlog and the trouble behind it.
        crate.down();
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return status[u"upload"][u"state"].toString() == QStringLiteral("waiting")
                   && status[u"journal"][u"oldest_undelivered_s"].toDouble() > 0.5;
        }));
        const QByteArray later = agent->get(QStringLiteral("metrics")).body;
        QVERIFY(later.contains("facetrack_upload_info{agent=\"pi-1\",state=\"waiting\",error=\"http"));
        const QByteArray oldest = "facetrack_journal_oldest_undelivered_seconds{agent=\"pi-1\"} ";
        const auto at = later.indexOf(oldest);
        QVERIFY2(at >= 0, later.constData());
        QVERIFY(later.mid(at + oldest.size()).split('\n').front().toDouble() > 0.5);
    }

    void makingTheTablesTwiceChangesNothing()
    {
        const FakeCrate crate;
        const QStringList apply{QStringLiteral("database"), QStringLiteral("--apply"),
                                QStringLiteral("--url"), crate.url()};
        QVERIFY(command(apply).contains("makes the tables"));
        const QByteArray second = command(apply);
        QVERIFY(!second.contains("makes the tables"));
        QVERIFY2(second.contains("have version 2"), second.constData());
        crate.sql(R"(INSERT INTO facetrack.schema_versions ("version") VALUES (99))");
        QVERIFY(command(apply, 2).contains("newer facetrack-agentd"));
    }

    void printedTablesAreTheOnesThatAreMade()
    {
        const FakeCrate crate;
        const QByteArray printed = command({QStringLiteral("database")});
        for (const QByteArray &statement : printed.split(';')) {
            if (statement.trimmed().isEmpty())
                continue;
            const CrateAnswer answer = crate.sql(statement.toStdString());
            QVERIFY2(answer.status == 200, answer.body.c_str());
        }
        const FakeCrate other;
        makeTables(other);
        for (const char *table : {"observations", "visits", "agents", "tuning_changes"}) {
            const std::string show = std::string("SHOW CREATE TABLE facetrack.") + table;
            QVERIFY(crate.rows(show) == other.rows(show));
        }
    }

    void retentionDropsWholeOldPartitionsOnly()
    {
        const FakeCrate crate;
        makeTables(crate);
        const auto insert = [&](const char *time) {
            crate.sql("INSERT INTO facetrack.observations (agent, run, seq, ts, clock_trusted,"
                      " face_count) VALUES (?, ?, ?, ?, true, 0)", {"a", "r", 1, time});
        };
        const QString recent = QDateTime::currentDateTimeUtc().addDays(-10).toString(Qt::ISODate);
        insert("2026-01-01T10:00:00Z");
        insert("2026-01-02T10:00:00Z");
        insert(recent.toUtf8().constData());
        const QStringList retention{QStringLiteral("retention"), QStringLiteral("--url"),
                                    crate.url(), QStringLiteral("--days"), QStringLiteral("30")};
        QVERIFY(command(retention + QStringList{QStringLiteral("--dry-run")})
                    .contains("would drop observations from 2026-01-01"));
        QCOMPARE(crate.ids("facetrack.observations").size(), std::size_t(3));
        QVERIFY(command(retention).contains("2 partitions"));
        QCOMPARE(crate.ids("facetrack.observations").size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestE2eUpload)
#include "test_e2e_upload.moc"
