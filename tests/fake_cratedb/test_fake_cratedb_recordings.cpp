// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/recordings.h"

#include <QHash>
#include <QTest>
#include <functional>

namespace {

struct Exception
{
    Agreement agreement;
    const char *reason;
};

/// What cannot agree in full, each with why. Keep it short.
const QHash<QString, Exception> &exceptions()
{
    static const Exception parser{Agreement::Wording, "the parser's list of what it expected"};
    static const Exception shards{Agreement::Wording, "names shards by random ids"};
    static const Exception machine{Agreement::Facts, "facts of that machine or moment"};
    static const Exception dynamic{Agreement::Skip, "members of DYNAMIC objects get no types here"};
    static const QHash<QString, Exception> table{
        {QStringLiteral("alter_add_column_if_not_exists"), parser},
        {QStringLiteral("missing_args"), {Agreement::Wording, "prints a Java plan"}},
        {QStringLiteral("gzip_body_wrong_header_missing"),
            {Agreement::Wording, "how Java replaces bytes that are not UTF-8"}},
        {QStringLiteral("invalid_utf8"),
            {Agreement::Wording, "how Java replaces bytes that are not UTF-8"}},
        {QStringLiteral("insert_returning"), {Agreement::Facts, "_seq_no counts otherwise"}},
        {QStringLiteral("bulk_object_dynamic"), dynamic},
        {QStringLiteral("types_all"), {Agreement::Facts, "has now() in it"}},
        {QStringLiteral("accept_encoding_gzip"), machine},
        {QStringLiteral("sys_cluster"), machine},
        {QStringLiteral("sys_nodes"), machine},
        {QStringLiteral("sys_checks"), machine},
        {QStringLiteral("sys_health"), machine},
        {QStringLiteral("sys_shards"), machine},
        {QStringLiteral("partitions"), {Agreement::Facts, "sorts values of partitions as text"}},
        {QStringLiteral("version"), machine},
        {QStringLiteral("agent_update_dml_only"),
            {Agreement::Skip, "there lost against an ON CONFLICT UPDATE not yet refreshed"}},
        {QStringLiteral("health_two_nodes"), machine},
        {QStringLiteral("nr_select_primary_missing"), shards},
        {QStringLiteral("nr_bulk_insert_primary_missing"), shards},
        {QStringLiteral("wall_bulk_insert_wait_all"), shards},
        {QStringLiteral("nr_bulk_3s_timeout"), shards},
        {QStringLiteral("nr_bulk_3s_timeout_do_nothing"), shards},
        {QStringLiteral("nr_args_single_0"), shards},
        {QStringLiteral("nr_args_single_same_do_nothing"), shards},
        {QStringLiteral("sys_cluster_no_master"), machine},
        {QStringLiteral("sys_health_no_master"), machine},
        {QStringLiteral("sys_node_name"), machine},
    };
    return table;
}

QString bearerOf(const std::vector<Exchange> &exchanges, const QString &name)
{
    for (const Exchange &exchange : exchanges) {
        for (const auto &[key, value] : exchange.headers) {
            if (exchange.name == name && key == "Authorization")
                return QString::fromStdString(value.substr(7));
        }
    }
    return {};
}

} // namespace

/// The stand-in against what a real CrateDB answered to the same requests in the same order.
class TestFakeCratedbRecordings : public QObject
{
    Q_OBJECT

private:
    using Before = std::function<void(const QString &)>;

    QString m_folder;
    int m_full = 0;
    int m_partly = 0;
    int m_skipped = 0;

    void replayFiles(const FakeCrate &crate, const QStringList &files, const Before &before = {})
    {
        QStringList wrong;
        for (const QString &file : files) {
            const std::vector<Exchange> exchanges = loadRecording(m_folder, file);
            QVERIFY2(!exchanges.empty(), qPrintable(file));
            for (const Exchange &exchange : exchanges) {
                if (before)
                    before(exchange.name);
                const QString message = compared(exchange, replay(exchange, crate.port()));
                if (!message.isEmpty())
                    wrong << file + QLatin1Char(' ') + exchange.name + QLatin1Char(' ') + message;
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    static void losePrimary(const FakeCrate &crate)
    {
        crate.down(2);
        crate.fault({{{"match", "insert"}, {"action", "missing_primary"}, {"table", "evg.nr"},
                         {"contains", "evg.nr"}, {"shard", 2}},
            {{"match", "insert"}, {"contains", "evg.wall"}, {"action", "row_error"}, {"code", 5002}},
            {{"match", "select"}, {"contains", "count(*) FROM evg.nr"}, {"action", "http_error"},
                {"error", "5002"}}});
    }

    QString compared(const Exchange &exchange, const CrateAnswer &answer)
    {
        const auto found = exceptions().constFind(exchange.name);
        const Agreement agreement
            = found == exceptions().constEnd() ? Agreement::Full : found->agreement;
        if (agreement == Agreement::Skip) {
            ++m_skipped;
            return {};
        }
        ++(agreement == Agreement::Full ? m_full : m_partly);
        return difference(exchange, answer, agreement);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = recordingsFolder();
        if (m_folder.isEmpty())
            QSKIP("no recordings: set FACETRACK_CRATEDB_RECORDINGS or FACETRACK_TEST_DATA");
    }

    void statementsAndHttp()
    {
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("-1")});
        QVERIFY(crate.isReady());
        replayFiles(crate, {QStringLiteral("01-ddl.ndjson"), QStringLiteral("02-insert.ndjson"),
            QStringLiteral("02b-insert-more.ndjson"), QStringLiteral("03-select-and-errors.ndjson"),
            QStringLiteral("04-http.ndjson")},
            [&](const QString &name) {
                if (name == QLatin1String("refresh2")) // what bulk_object_dynamic refused there
                    crate.control("POST", "/sql",
                        R"(DELETE FROM "evg.observations" WHERE id = 'o1')");
            });
    }

    void usersAndTokens()
    {
        const QString jwt = QStringLiteral("05b-auth-jwt.ndjson");
        const QString good
            = bearerOf(loadRecording(m_folder, jwt), QStringLiteral("jwt_ok"));
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("-1"),
            QStringLiteral("--token"), good + QStringLiteral(":jwtu")});
        QVERIFY(crate.isReady());
        replayFiles(crate, {QStringLiteral("05-auth.ndjson"), jwt});
    }

    void nodeLostThenNoMaster()
    {
        const FakeCrate crate({QStringLiteral("--nodes"), QStringLiteral("3"),
            QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        QVERIFY(crate.isReady());
        crate.sql("CREATE TABLE evg.fo (id TEXT, ts TIMESTAMP WITH TIME ZONE, part TIMESTAMP WITH "
                  "TIME ZONE GENERATED ALWAYS AS date_trunc('day', ts), agent TEXT, PRIMARY KEY "
                  "(id, part)) PARTITIONED BY (part)");
        const CrateAnswer filled = crate.sql(
            "INSERT INTO evg.fo (id, ts, agent) (SELECT g::text, '2026-03-01T10:00:00Z', 'x' FROM "
            "generate_series(1, 95201) AS numbers(g))");
        QCOMPARE(filled.status, 200);
        replayFiles(crate,
            {QStringLiteral("07b-degraded.ndjson"), QStringLiteral("07c-no-master.ndjson")},
            [&](const QString &name) {
                if (name == QLatin1String("select1_two_nodes"))
                    losePrimary(crate);
                else if (name == QLatin1String("get_root_1s"))
                    crate.fault({{{"match", "any"}, {"action", "no_master"}}});
            });
    }

    void cleanupTestCase()
    {
        if (m_folder.isEmpty())
            return;
        qInfo("%d exchanges agree in full, %d but for words or facts of that server, %d left out",
            m_full, m_partly, m_skipped);
        QVERIFY(m_full + m_partly + m_skipped >= 354);
    }
};

QTEST_GUILESS_MAIN(TestFakeCratedbRecordings)
#include "test_fake_cratedb_recordings.moc"
