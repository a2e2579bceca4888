// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/http/raw_client.h"

#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

namespace {

json parsed(const char *text)
{
    return json::parse(text);
}

void createTable(const FakeCrate &crate)
{
    crate.sql("CREATE TABLE ft.obs (id TEXT, ts TIMESTAMP WITH TIME ZONE, part TIMESTAMP WITH TIME "
              "ZONE GENERATED ALWAYS AS date_trunc('day', ts), agent TEXT NOT NULL, n INTEGER, faces "
              "ARRAY(OBJECT(STRICT) AS (x REAL, y REAL)), PRIMARY KEY (id, part)) "
              "PARTITIONED BY (part)");
}

CrateAnswer insert(const FakeCrate &crate, const json &rows)
{
    return crate.sql("INSERT INTO ft.obs (id, ts, agent, n, faces) VALUES (?, ?, ?, ?, ?) "
                     "ON CONFLICT (id, part) DO NOTHING", rows, true);
}

json threeRows()
{
    return parsed(R"([["a","2026-03-29T00:30:00Z","pi-1",1,[{"x":0.25,"y":0.5}]],
                      ["b","2026-03-29T01:30:00Z","pi-2",2,[{"x":0.75,"y":0.5},{"x":0.5,"y":0}]],
                      ["c","2026-03-30T10:00:00Z","pi-1",null,[]]])");
}

} // namespace

/// What other tests rely on beside the recordings: options, and SQL that analytics asks.
class TestFakeCratedbServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreSeenAfterTheRefreshIntervalOnly()
    {
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("400")});
        createTable(crate);
        insert(crate, threeRows());
        const std::string count = "SELECT count(*) FROM ft.obs";
        QTRY_VERIFY(crate.rows(count) == parsed("[[3]]"));
        insert(crate, parsed(R"([["d","2026-03-30T10:00:00Z","pi-1",1,[]]])"));
        QVERIFY(crate.rows("SELECT id FROM ft.obs WHERE id = 'd' AND part = '2026-03-30'")
            == parsed(R"([["d"]])"));
        QTRY_VERIFY(crate.rows(count) == parsed("[[4]]"));
    }

    void analytics_data()
    {
        QTest::addColumn<QByteArray>("statement");
        QTest::addColumn<QByteArray>("rows");
        QTest::newRow("by agent") << QByteArray("SELECT agent, count(*), sum(n), avg(n) FROM ft.obs "
                                                "GROUP BY agent ORDER BY count(*) DESC, agent")
                                  << QByteArray(R"([["pi-1",2,1,1.0],["pi-2",1,2,2.0]])");
        QTest::newRow("local hour across the change to summer time")
            << QByteArray("SELECT extract(hour FROM timezone('Europe/Prague', ts)) AS h, count(*) "
                          "FROM ft.obs GROUP BY h ORDER BY h")
            << QByteArray("[[1,1],[3,1],[12,1]]");
        QTest::newRow("local day")
            << QByteArray("SELECT date_trunc('day', 'Europe/Prague', ts) AS d, count(*) AS c FROM "
                          "ft.obs GROUP BY d ORDER BY d")
            << QByteArray("[[1774738800000,2],[1774821600000,1]]");
        QTest::newRow("heat map") << QByteArray(
            "SELECT floor(f['x'] * 4) AS col, floor(f['y'] * 4) AS row, count(*) FROM (SELECT "
            "unnest(faces) AS f FROM ft.obs) AS u GROUP BY col, row ORDER BY col, row")
                                  << QByteArray("[[1,2,1],[2,0,1],[3,2,1]]");
        QTest::newRow("rows side by side") << QByteArray(
            "SELECT id, unnest(['a', 'b']) AS u, unnest([1, 2, 3]) AS v FROM ft.obs WHERE id = 'a' "
            "ORDER BY v")
                                           << QByteArray(R"([["a","a",1],["a","b",2],["a",null,3]])");
        QTest::newRow("percentile") << QByteArray("SELECT percentile(n, [0.0, 0.5, 1.0]) FROM ft.obs")
                                    << QByteArray("[[[1.0,1.5,2.0]]]");
        QTest::newRow("with, join, case") << QByteArray(
            "WITH totals AS (SELECT agent, sum(n) AS s FROM ft.obs GROUP BY agent) SELECT o.id, "
            "CASE WHEN t.s > 1 THEN 'many' ELSE 'few' END AS word FROM ft.obs o JOIN totals t ON "
            "o.agent = t.agent WHERE o.n IS NOT NULL ORDER BY o.id")
                                          << QByteArray(R"([["a","few"],["b","many"]])");
        QTest::newRow("every bin") << QByteArray(
            "SELECT g.m, count(o.id) FROM generate_series('2026-03-29T00:00:00Z'::timestamptz, "
            "'2026-03-29T02:00:00Z'::timestamptz, '1 hour'::interval) AS g(m) LEFT JOIN ft.obs o ON "
            "date_bin('1 hour'::interval, o.ts, 0) = g.m GROUP BY g.m ORDER BY g.m")
                                   << QByteArray(
                                          "[[1774742400000,1],[1774746000000,1],[1774749600000,0]]");
        QTest::newRow("window") << QByteArray(
            "SELECT id, row_number() OVER (PARTITION BY agent ORDER BY ts) AS k FROM ft.obs "
            "ORDER BY id")
                                << QByteArray(R"([["a",1],["b",1],["c",2]])");
        QTest::newRow("time bounds") << QByteArray(
            "SELECT id FROM ft.obs WHERE ts >= '2026-03-29T01:00:00Z' AND ts < "
            "'2026-03-30T00:00:00Z'::timestamptz + INTERVAL '1' DAY ORDER BY ts DESC")
                                     << QByteArray(R"([["c"],["b"]])");
    }
    void analytics()
    {
        QFETCH(QByteArray, statement);
        QFETCH(QByteArray, rows);
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        createTable(crate);
        insert(crate, threeRows());
        const json got = crate.rows(statement.toStdString());
        QVERIFY2(got == parsed(rows.constData()), got.dump().c_str());
    }

    void upsertAndRetention()
    {
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        crate.sql("CREATE TABLE ft.agents (id TEXT PRIMARY KEY, seen TIMESTAMP WITH TIME ZONE)");
        const std::string upsert = "INSERT INTO ft.agents (id, seen) VALUES (?, ?) ON CONFLICT (id) "
                                   "DO UPDATE SET seen = excluded.seen";
        for (const char *time : {"2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"})
            QCOMPARE(crate.sql(upsert, {"pi-1", time}).json()["rowcount"].get<int>(), 1);
        QVERIFY(crate.rows("SELECT seen FROM ft.agents")
            == parsed("[[1772409600000]]"));
        createTable(crate);
        insert(crate, threeRows());
        const json deleted
            = crate.sql("DELETE FROM ft.obs WHERE part < ?", {"2026-03-30T00:00:00Z"}).json();
        QCOMPARE(deleted["rowcount"].get<int>(), -1);
        QVERIFY(crate.rows("SELECT values['part'] FROM information_schema.table_partitions")
            == parsed("[[1774828800000]]"));
        QVERIFY(crate.ids("ft.obs") == std::vector<std::string>{"c\t1774828800000"});
    }

    void aFileKeepsWhatWasStored()
    {
        const QTemporaryDir folder;
        const QStringList arguments{QStringLiteral("--file"), folder.filePath(QStringLiteral("db"))};
        {
            const FakeCrate crate(arguments);
            createTable(crate);
            insert(crate, threeRows());
        }
        const FakeCrate crate(arguments);
        QVERIFY(crate.rows("SELECT count(*) FROM ft.obs")
            == parsed("[[3]]"));
        QCOMPARE(insert(crate, threeRows()).json()["results"][2]["rowcount"].get<int>(), 0);
    }

    void discardKeepsKeysOnly()
    {
        const FakeCrate crate({QStringLiteral("--discard")});
        createTable(crate);
        insert(crate, threeRows());
        QCOMPARE(insert(crate, threeRows()).json()["results"][0]["rowcount"].get<int>(), 0);
        QCOMPARE(crate.ids("ft.obs").size(), std::size_t(3));
    }

    void usersOfTheCommandLine()
    {
        const FakeCrate crate({QStringLiteral("--require-auth"), QStringLiteral("--user"),
            QStringLiteral("up:secret:DML@ft"), QStringLiteral("--token"),
            QStringLiteral("abc:tok")});
        const auto status = [&](const std::string &authorization, const std::string &statement) {
            const std::string body = json{{"stmt", statement}}.dump();
            return ask(crate.port(), "POST /_sql HTTP/1.1\r\nHost: t\r\n" + authorization
                       + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body)
                ->status;
        };
        const std::string basic = "Authorization: Basic dXA6c2VjcmV0\r\n";
        QCOMPARE(status("", "SELECT 1"), 401);
        QCOMPARE(status("Authorization: Basic dXA6d3Jvbmc=\r\n", "SELECT 1"), 401);
        QCOMPARE(status(basic, "SELECT 1"), 200);
        QCOMPARE(status(basic, "SELECT * FROM sys.nodes"), 404);
        QCOMPARE(status("Authorization: Bearer abc\r\n", "SELECT 1"), 200);
        QCOMPARE(status("Authorization: Bearer abd\r\n", "SELECT 1"), 500);
    }
};

QTEST_GUILESS_MAIN(TestFakeCratedbServer)
#include "test_fake_cratedb_server.moc"
