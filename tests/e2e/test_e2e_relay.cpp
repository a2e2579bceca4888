// Agents, relays and the stand-in CrateDB as processes: what was counted ends in the database, once,
// by whatever way it went.
#include "libfacetrack/http/token_secrets.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/record_wire.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/http/raw_client.h"
#include "tests/support/agent_process.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace facetrack;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=3&size=160x120&fps=60");
using Ids = std::set<std::string>;

QStringList set(const char *key, const QString &value)
{
    return {QStringLiteral("--set"), QString::fromUtf8(key) + u'=' + value};
}

QByteArray command(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(FACETRACK_AGENTD), arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != 0)
        qWarning() << arguments << "ended with" << process.exitCode() << process.readAllStandardError();
    return process.readAllStandardOutput();
}

void makeTables(const FakeCrate &crate)
{
    command({QStringLiteral("database"), QStringLiteral("--apply"), QStringLiteral("--url"), crate.url()});
}

const QStringList Quick = set("upload.interval_seconds", QStringLiteral("0.1"))
    + set("upload.longest_pause_seconds", QStringLiteral("1"))
    + set("journal.commit_milliseconds", QStringLiteral("50"));

/// A relay with a folder of its own, which can be killed and started again on the same port.
class RelayStage
{
public:
    explicit RelayStage(QStringList more = {}) : m_more(std::move(more))
    {
        command(QStringList{QStringLiteral("relay"), QStringLiteral("secret")} + place());
    }

    bool start()
    {
        m_process = std::make_unique<AgentProcess>(
            QStringList{QStringLiteral("relay"), QStringLiteral("--listen"), m_listen} + place()
            + Quick + m_more);
        if (!m_process->waitReady())
            return false;
        m_listen = QStringLiteral("127.0.0.1:%1").arg(m_process->url().port());
        return true;
    }
    void setMore(const QStringList &more) { m_more = more; }
    AgentProcess &process() { return *m_process; }
    QString url() const { return QStringLiteral("relay+http://") + m_listen; }
    std::uint16_t port() const { return static_cast<std::uint16_t>(m_process->url().port()); }

    /// The file of a new token.
    QString tokenFile(const QString &agent, const QString &role = QStringLiteral("agent")) const
    {
        QFile file(m_folder.filePath(QStringLiteral("token-") + agent));
        if (!file.open(QIODevice::WriteOnly)
            || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            qFatal("token");
        file.write(token(agent, role));
        return file.fileName();
    }
    QByteArray token(const QString &agent, const QString &role = QStringLiteral("agent")) const
    {
        return command(QStringList{QStringLiteral("relay"), QStringLiteral("token"),
                                   QStringLiteral("--agent"), agent, QStringLiteral("--role"), role}
                       + place());
    }
    QString secretsFile() const { return m_folder.filePath(QStringLiteral("relay-secrets")); }
    bool waitDrained() const
    {
        return m_process->waitStatus([](const QJsonObject &status) {
            return status[u"journal"][u"undelivered"].toInt(-1) == 0;
        });
    }

private:
    QStringList place() const { return {QStringLiteral("--state-dir"), m_folder.path()}; }

    QTemporaryDir m_folder;
    QString m_listen = QStringLiteral("127.0.0.1:0");
    QStringList m_more;
    std::unique_ptr<AgentProcess> m_process;
};

QStringList through(const RelayStage &relay, const QString &agent = QStringLiteral("pi-1"))
{
    return Quick + set("agent.id", agent) + set("upload.urls", relay.url())
           + set("upload.heartbeat_seconds", QStringLiteral("1"))
           + set("upload.token_file", relay.tokenFile(agent));
}

Ids storedIds(const FakeCrate &crate, const char *table = "facetrack.observations")
{
    Ids ids;
    for (const std::string &key : crate.ids(table))
        ids.insert(key.substr(0, key.rfind('\t')));
    return ids;
}

/// All observations that the agent with this state ever kept.
Ids journaledIds(const QTemporaryDir &state)
{
    JournalOptions options;
    options.file = state.filePath(QStringLiteral("journal.sqlite")).toStdString();
    const auto journal = Journal::open(options);
    if (!journal)
        return {};
    Ids ids;
    const auto found = (*journal)->between(RecordType::Observation, UtcTime(0),
                                           UtcTime(4'102'444'800'000), 0, 1'000'000);
    for (const StoredRecord &stored : found.value())
        ids.insert(stored.record.agent + "\t" + stored.record.run + "\t"
                   + std::to_string(stored.record.sequence));
    return ids;
}

auto deliveredMoreThan(int rows)
{
    return [rows](const QJsonObject &status) {
        return status[u"upload"][u"delivered"].toInt() > rows;
    };
}

/// Runs the agent once more, with a source that ends, until nothing waits any more.
bool drain(const QTemporaryDir &state, const QStringList &settings)
{
    auto agent = runAgent(QStringLiteral("synthetic:booth?frames=1&size=160x120"), state.path(),
                          settings + set("upload.heartbeat_seconds", QStringLiteral("0")));
    return agent->waitReady() && agent->waitStatus([](const QJsonObject &status) {
        return status[u"source"][u"state"].toString() == QStringLiteral("ended")
               && status[u"journal"][u"undelivered"].toInt() == 0
               && status[u"journal"][u"committed"].toInt() > 0;
    }) && agent->terminate() == 0;
}

RawResponse post(std::uint16_t port, const std::string &path, const QByteArray &token,
                 const std::string &body)
{
    return ask(port, "POST " + path + " HTTP/1.1\r\nHost: relay\r\nAuthorization: Bearer "
                         + token.trimmed().toStdString() + "\r\nContent-Length: "
                         + std::to_string(body.size()) + "\r\n\r\n" + body)
        .value_or(RawResponse());
}

} // namespace

class TestE2eRelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAgentWithoutRightsInTheDatabaseUploadsThroughARelay()
    {
        const FakeCrate crate;
        makeTables(crate);
        RelayStage relay(set("upload.urls", crate.url()));
        QVERIFY(relay.start());
        const QTemporaryDir state;
        const QStringList settings = through(relay);
        {
            auto agent = runAgent(Booth, state.path(), settings);
            QVERIFY(agent->waitReady());
            QVERIFY(agent->waitStatus(deliveredMoreThan(20)));
            QCOMPARE(agent->terminate(), 0);
        }
        QVERIFY(drain(state, settings));
        QVERIFY(relay.waitDrained());
        const Ids journaled = journaledIds(state);
        QVERIFY(journaled.size() > 20);
        QCOMPARE(storedIds(crate), journaled);
        // The heartbeat has come through as well.
        const auto agents = crate.control("GET", "/ids?table=facetrack.agents");
        QVERIFY2(agents.find("pi-1") != agents.npos, agents.c_str());
        const QJsonObject status = relay.process().status();
        QCOMPARE(status[u"agents"][0][u"id"].toString(), QStringLiteral("pi-1"));
        QVERIFY(status[u"upload"][u"delivered"].toInt() > 20);
    }

    void itsMetricsAreReadByPrometheusOwnParser()
    {
        RelayStage relay(set("upload.urls", QStringLiteral("http://127.0.0.1:1")));
        QVERIFY(relay.start());
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"),
                     {QStringLiteral(SOURCE_DIR "/tests/e2e/read_metrics.py"),
                      relay.process().url(QStringLiteral("metrics")).toString(),
                      QStringLiteral("facetrack_relay_rows"), QStringLiteral("facetrack_journal_rows"),
                      QStringLiteral("facetrack_upload_delivered")});
        QVERIFY(python.waitForFinished(60'000));
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        QCOMPARE(relay.process().get(QStringLiteral("healthz")).status, 200);
    }

    void aRelayThatIsKilledAgainAndAgainLosesAndDoublesNothing()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        const FakeCrate crate;
        makeTables(crate);
        RelayStage relay(set("upload.urls", crate.url()));
        QVERIFY(relay.start());
        const QTemporaryDir state;
        const QStringList settings = through(relay);
        {
            auto agent = runAgent(Booth, state.path(), settings);
            QVERIFY(agent->waitReady());
            for (int round = 0; round < 5; ++round) {
                const int before = agent->status()[u"upload"][u"delivered"].toInt();
                QVERIFY(agent->waitStatus(deliveredMoreThan(before)));
                QTest::qWait(static_cast<int>(random.bounded(300U)));
                relay.process().kill();
                QTest::qWait(static_cast<int>(random.bounded(300U)));
                QVERIFY(relay.start());
            }
            agent->kill();
        }
        QVERIFY(drain(state, settings));
        QVERIFY(relay.waitDrained());
        QCOMPARE(storedIds(crate), journaledIds(state));
    }

    void rowsThatWentThroughTwoRelaysAreStoredOnce()
    {
        const FakeCrate crate;
        makeTables(crate);
        RelayStage first(set("upload.urls", crate.url()));
        QVERIFY(first.start());
        RelayStage second(set("upload.urls", crate.url())
                          + set("relay.secrets_file", first.secretsFile()));
        QVERIFY(second.start());
        // An agent that spreads its batches over both, one of which dies in between.
        const QTemporaryDir state;
        const QStringList settings = through(first)
            + set("upload.urls", first.url() + u',' + second.url());
        {
            auto agent = runAgent(Booth, state.path(), settings);
            QVERIFY(agent->waitReady());
            QVERIFY(agent->waitStatus(deliveredMoreThan(20)));
            second.process().kill();
            QVERIFY(agent->waitStatus(
                deliveredMoreThan(agent->status()[u"upload"][u"delivered"].toInt() + 20)));
            QVERIFY(second.start());
            QCOMPARE(agent->terminate(), 0);
        }
        QVERIFY(drain(state, settings));
        // And the same rows said to both on purpose.
        std::string rows;
        Observation observation;
        observation.time = UtcTime(1'790'000'000'000);
        Ids twice;
        for (; observation.sequence < 100; ++observation.sequence) {
            appendWireLine(encodeObservation(observation, "pi-2", "0123456789abcdef"), rows);
            twice.insert("pi-2\t0123456789abcdef\t" + std::to_string(observation.sequence));
        }
        const QByteArray token = first.token(QStringLiteral("pi-2"));
        QCOMPARE(post(first.port(), "/api/v1/records", token, rows).status, 200);
        QCOMPARE(post(second.port(), "/api/v1/records", token, rows).status, 200);
        QVERIFY(first.waitDrained());
        QVERIFY(second.waitDrained());
        Ids expected = journaledIds(state);
        expected.merge(twice);
        QCOMPARE(storedIds(crate), expected);
        QCOMPARE(crate.ids("facetrack.observations").size(), expected.size());
    }

    void whileARelayIsFullTheAgentKeepsItsRows()
    {
        const FakeCrate crate;
        makeTables(crate);
        crate.down();
        RelayStage relay(set("upload.urls", crate.url())
                         + set("journal.max_megabytes", QStringLiteral("1")));
        QVERIFY(relay.start());
        // Others have filled it.
        const QByteArray token = relay.token(QStringLiteral("filler"));
        Observation observation;
        observation.frame = {1088, 720};
        observation.time = UtcTime(1'790'000'000'000);
        observation.faces.assign(20, {3, {0.1F, 0.25F, 0.05F, 0.0825F}, 0.987F});
        Ids expected;
        for (int status = 200; status == 200;) {
            std::string rows;
            Ids batch;
            for (int i = 0; i < 20; ++i, ++observation.sequence) {
                appendWireLine(encodeObservation(observation, "filler", "0123456789abcdef"), rows);
                batch.insert("filler\t0123456789abcdef\t" + std::to_string(observation.sequence));
            }
            status = post(relay.port(), "/api/v1/records", token, rows).status;
            QVERIFY(status == 200 || status == 503);
            if (status == 200)
                expected.merge(batch);
        }
        const QTemporaryDir state;
        const QStringList settings = through(relay);
        {
            auto agent = runAgent(Booth, state.path(), settings);
            QVERIFY(agent->waitReady());
            QVERIFY(agent->waitStatus([](const QJsonObject &status) {
                return status[u"journal"][u"undelivered"].toInt() > 100
                       && status[u"upload"][u"state"].toString() == QStringLiteral("waiting")
                       && status[u"upload"][u"error"].toString().contains(QStringLiteral("full"));
            }));
            QCOMPARE(agent->status()[u"journal"][u"quarantined"].toInt(), 0);
            QCOMPARE(agent->terminate(), 0);
        }
        crate.up();
        QVERIFY(drain(state, settings));
        QVERIFY(relay.waitDrained());
        expected.merge(journaledIds(state));
        QCOMPARE(storedIds(crate), expected);
    }

    void relaysCanBeChained()
    {
        const FakeCrate crate;
        makeTables(crate);
        RelayStage central(set("upload.urls", crate.url()));
        QVERIFY(central.start());
        RelayStage hall(set("upload.urls", central.url())
                        + set("upload.token_file",
                              central.tokenFile(QStringLiteral("hall"), QStringLiteral("relay"))));
        QVERIFY(hall.start());
        const QTemporaryDir state;
        const QStringList settings = through(hall);
        QVERIFY(drain(state, settings));
        {
            auto agent = runAgent(Booth, state.path(), settings);
            QVERIFY(agent->waitReady());
            QVERIFY(agent->waitStatus(deliveredMoreThan(10)));
            QCOMPARE(agent->terminate(), 0);
        }
        QVERIFY(drain(state, settings));
        QVERIFY(hall.waitDrained());
        QVERIFY(central.waitDrained());
        QCOMPARE(storedIds(crate), journaledIds(state));
        QCOMPARE(central.process().status()[u"agents"][0][u"id"].toString(), QStringLiteral("pi-1"));
    }

    void aTokenThatIsDroppedStopsTheAgentAndANewOneLetsItGoOn()
    {
        RelayStage relay;
        QVERIFY(relay.start());
        const QTemporaryDir state;
        const QStringList settings = through(relay);
        auto agent = runAgent(Booth, state.path(), settings);
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(deliveredMoreThan(5)));
        const QStringList secret{QStringLiteral("relay"), QStringLiteral("secret"),
                                 QStringLiteral("--set"),
                                 QStringLiteral("relay.secrets_file=") + relay.secretsFile()};
        const QByteArray list = command(secret + QStringList{QStringLiteral("--list")});
        const QByteArray old = list.split('\n').at(1).trimmed().split(' ').first();
        command(secret);
        command(secret + QStringList{QStringLiteral("--drop"), QString::fromUtf8(old)});
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return status[u"upload"][u"state"].toString() == QStringLiteral("refused")
                   && status[u"journal"][u"undelivered"].toInt() > 0;
        }));
        const int before = agent->status()[u"upload"][u"delivered"].toInt();
        relay.tokenFile(QStringLiteral("pi-1")); // the same file, the new secret
        QVERIFY(agent->waitStatus(deliveredMoreThan(before)));
        QCOMPARE(agent->status()[u"journal"][u"quarantined"].toInt(), 0);
    }

    void anOldAgentsListEndsInTheDatabaseOnce()
    {
        const FakeCrate crate;
        makeTables(crate);
        RelayStage relay(set("upload.urls", crate.url()));
        QVERIFY(relay.start());
        const std::string list
            = R"([{"timestamp":1790000000000,"data":[{"Simple":{"name":"frontal_faces","value":1}},)"
              R"({"Geometry":{"Rectangle":{"x":100,"y":50,"w":200,"h":100}}},)"
              R"({"Tuple":{"name":"image","value":[1000,500]}}],"meta":{"name":"eden-1"}},)"
              R"({"timestamp":1790000000500,"data":[{"Simple":{"name":"frontal_faces","value":0}}],)"
              R"("meta":{"name":"eden-1"}}])";
        const QByteArray token = relay.token(QStringLiteral("eden-1"));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(post(relay.port(), "/data", token, list).status, 200);
        QVERIFY(relay.waitDrained());
        QCOMPARE(crate.ids("facetrack.observations").size(), std::size_t{2});
        crate.control("POST", "/refresh");
        const auto rows = crate.rows("SELECT agent, face_count FROM facetrack.observations ORDER BY ts");
        QVERIFY2(rows == nlohmann::json::parse(R"([["eden-1",1],["eden-1",0]])"), rows.dump().c_str());
    }
};

QTEST_GUILESS_MAIN(TestE2eRelay)
#include "test_e2e_relay.moc"
