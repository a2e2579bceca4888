// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/http/raw_client.h"

#include <QElapsedTimer>
#include <QTest>
#include <memory>

using nlohmann::json;

namespace {

constexpr const char *Insert = "INSERT INTO t (id, v) VALUES (?, ?) ON CONFLICT (id) DO NOTHING";

json rowsFrom(int first, int count)
{
    json rows = json::array();
    for (int i = first; i < first + count; ++i)
        rows.push_back({std::to_string(i), i});
    return rows;
}

int withRowcount(const CrateAnswer &answer, int rowcount)
{
    int count = 0;
    const json body = answer.json();
    for (const json &result : body["results"])
        count += result["rowcount"] == rowcount ? 1 : 0;
    return count;
}

std::string post(const std::string &body)
{
    return "POST /_sql HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(body.size())
        + "\r\n\r\n" + body;
}

} // namespace

/// Every fault does what README.md says, and only that.
class TestFakeCratedbFaults : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FakeCrate> m_crate;

    CrateAnswer insert(int first, int count, std::size_t node = 0) const
    {
        return m_crate->sql(Insert, rowsFrom(first, count), true, node);
    }
    std::size_t stored() const { return m_crate->ids("t").size(); }

private Q_SLOTS:
    void init()
    {
        m_crate = std::make_unique<FakeCrate>(QStringList{QStringLiteral("--nodes"),
            QStringLiteral("2"), QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        QVERIFY(m_crate->isReady());
        QCOMPARE(m_crate->sql("CREATE TABLE t (id TEXT PRIMARY KEY, v INTEGER)").status, 200);
    }

    void delayComesBeforeTheAnswer()
    {
        m_crate->fault({{"match", "insert"}, {"action", "delay_ms"}, {"delay_ms", 150},
            {"times", 1}});
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(insert(0, 1).status, 200);
        QVERIFY(timer.elapsed() >= 150);
    }

    void resetBeforeStoresNothing()
    {
        m_crate->fault({{"match", "insert"}, {"action", "reset_before"}, {"times", 1}});
        QCOMPARE(insert(0, 5).status, 0);
        QCOMPARE(stored(), std::size_t(0));
        QCOMPARE(insert(0, 5).status, 200);
    }

    void resetAfterApplyHasStored()
    {
        m_crate->fault({{"match", "insert"}, {"action", "reset_after_apply"}, {"times", 1}});
        QCOMPARE(insert(0, 5).status, 0);
        QCOMPARE(stored(), std::size_t(5));
        QCOMPARE(withRowcount(insert(0, 5), 0), 5);
    }

    void resetMidAnswerSendsHalf()
    {
        m_crate->fault({{"match", "insert"}, {"action", "reset_mid_answer"}, {"times", 1}});
        RawClient client(m_crate->port());
        const json body = {{"stmt", Insert}, {"bulk_args", rowsFrom(0, 100)}};
        client.send(post(body.dump()));
        QVERIFY(client.head().starts_with("HTTP/1.1 200 OK"));
        const auto rest = client.untilClosed();
        QVERIFY(rest && rest->size() > 100 && !json::accept(*rest));
        QCOMPARE(stored(), std::size_t(100));
    }

    void halfApplyTellsNoReason()
    {
        m_crate->fault({{"match", "insert"}, {"action", "half_apply"}, {"times", 1}, {"seed", 3}});
        const CrateAnswer answer = insert(0, 100);
        const int failed = withRowcount(answer, -2);
        QVERIFY(failed > 25 && failed < 75);
        const json body = answer.json();
        for (const json &result : body["results"])
            QVERIFY(!result.contains("error"));
        QCOMPARE(stored(), std::size_t(100 - failed));
    }

    void halfApplyMayStoreWhatItReportsAsFailed()
    {
        m_crate->fault({{"match", "insert"}, {"action", "half_apply"}, {"times", 1},
            {"store", true}});
        QVERIFY(withRowcount(insert(0, 100), -2) > 0);
        QCOMPARE(stored(), std::size_t(100));
    }

    void halfApplyMayReset()
    {
        m_crate->fault({{"match", "insert"}, {"action", "half_apply"}, {"times", 1},
            {"then", "reset"}});
        QCOMPARE(insert(0, 100).status, 0);
        QVERIFY(stored() > 0 && stored() < 100);
    }

    void rowErrors_data()
    {
        QTest::addColumn<int>("code");
        for (const int code : {5002, 5031, 4035, 4037, 4091, 4000})
            QTest::addRow("%d", code) << code;
    }
    void rowErrors()
    {
        QFETCH(int, code);
        m_crate->fault({{"match", "insert"}, {"action", "row_error"}, {"code", code},
            {"rows", {1, 3}}});
        const json results = insert(0, 5).json()["results"];
        for (std::size_t i = 0; i < 5; ++i) {
            const bool hit = i == 1 || i == 3;
            QCOMPARE(results[i]["rowcount"].get<int>(), hit ? -2 : 1);
            if (hit)
                QCOMPARE(results[i]["error"]["code"].get<int>(), code);
        }
        QCOMPARE(stored(), std::size_t(3));
    }

    void httpErrors_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code"); ///< 0: plain text
        QTest::newRow("no master") << QStringLiteral("no_master") << 503 << 5031;
        QTest::newRow("bad password") << QStringLiteral("401_plain") << 401 << 0;
        QTest::newRow("no privilege") << QStringLiteral("401_json") << 401 << 4011;
        QTest::newRow("no table") << QStringLiteral("4041") << 404 << 4041;
        QTest::newRow("no column") << QStringLiteral("4043") << 404 << 4043;
        QTest::newRow("bad value") << QStringLiteral("400") << 400 << 4000;
        QTest::newRow("closed") << QStringLiteral("4007") << 400 << 4007;
        QTest::newRow("too many") << QStringLiteral("429") << 429 << 0;
        QTest::newRow("too large") << QStringLiteral("413") << 413 << 0;
        QTest::newRow("broken") << QStringLiteral("500") << 500 << 5000;
    }
    void httpErrors()
    {
        QFETCH(QString, error);
        QFETCH(int, status);
        QFETCH(int, code);
        m_crate->fault({{"match", "sql"}, {"action", "http_error"}, {"error", error.toStdString()},
            {"times", 1}});
        const CrateAnswer answer = insert(0, 1);
        QCOMPARE(answer.status, status);
        if (code != 0)
            QCOMPARE(answer.json()["error"]["code"].get<int>(), code);
        else
            QVERIFY(!json::accept(answer.body));
        QCOMPARE(stored(), std::size_t(0));
        QCOMPARE(insert(0, 1).status, 200);
    }

    void stallNeverAnswers()
    {
        m_crate->fault({{"match", "insert"}, {"action", "stall"}, {"times", 1}});
        RawClient client(m_crate->port());
        const json body = {{"stmt", Insert}, {"bulk_args", rowsFrom(0, 1)}};
        client.send(post(body.dump()));
        QTest::qWait(200);
        QCOMPARE(insert(1, 1).status, 200); // others are served
        client.shutdownSend();
        const auto rest = client.untilClosed();
        QVERIFY(rest && rest->empty());
    }

    void skipTimesAndProbability()
    {
        m_crate->fault({{"match", "insert"}, {"action", "http_error"}, {"error", "503"}, {"skip", 1},
            {"times", 2}});
        QList<int> statuses;
        for (int i = 0; i < 4; ++i)
            statuses << insert(i, 1).status;
        QCOMPARE(statuses, (QList<int>{200, 503, 503, 200}));
        m_crate->clearFaults();
        m_crate->fault({{"match", "insert"}, {"action", "http_error"}, {"error", "503"},
            {"probability", 0.5}, {"seed", 7}});
        int failed = 0;
        for (int i = 0; i < 60; ++i)
            failed += insert(10 + i, 1).status == 503 ? 1 : 0;
        QVERIFY(failed > 12 && failed < 48);
        m_crate->clearFaults();
        QVERIFY(json::parse(m_crate->control("GET", "/faults")).empty());
    }

    void onlyWhatMatchesIsHit()
    {
        m_crate->fault({{{"match", "health"}, {"action", "no_master"}},
            {{"match", "insert"}, {"node", 1}, {"action", "http_error"}, {"error", "503"}}});
        QCOMPARE(insert(0, 1).status, 200);
        QCOMPARE(insert(1, 1, 1).status, 503);
        QCOMPARE(ask(m_crate->port(), get("/"))->status, 503);
        QVERIFY(m_crate->rows("SELECT count(*) FROM t") == json::parse("[[1]]"));
    }

    void aNodeDownIsRefusedAndComesBackWithItsRows()
    {
        insert(0, 3);
        RawClient open(m_crate->port(1));
        open.send(post(R"({"stmt":"SELECT 1"})"));
        QVERIFY(open.response());
        m_crate->down(1);
        QVERIFY(!open.response()); // reset
        QCOMPARE(insert(3, 1, 1).status, 0);
        QCOMPARE(insert(3, 1, 0).status, 200);
        m_crate->up(1);
        QCOMPARE(withRowcount(insert(0, 4, 1), 0), 4);
    }

    void statsCount()
    {
        m_crate->control("DELETE", "/stats");
        insert(0, 10);
        insert(5, 10);
        m_crate->fault({{"match", "insert"}, {"action", "row_error"}, {"rows", {0}}});
        insert(20, 2);
        const json stats = m_crate->stats();
        QCOMPARE(stats["requests"].get<int>(), 3);
        QCOMPARE(stats["statements"]["insert"].get<int>(), 3);
        QCOMPARE(stats["rows_received"].get<int>(), 22);
        QCOMPARE(stats["rows_inserted"].get<int>(), 16);
        QCOMPARE(stats["rows_already_there"].get<int>(), 5);
        QCOMPARE(stats["rows_failed"].get<int>(), 1);
        QVERIFY(stats["body_bytes"].get<int>() > 200);
        QCOMPARE(stats["connections"].get<int>(), 3);
    }

    void wrongRulesAreRefused()
    {
        const std::string answer
            = m_crate->control("POST", "/faults", R"([{"action":"explode"}])");
        QVERIFY(answer.find("unknown action") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestFakeCratedbFaults)
#include "test_fake_cratedb_faults.moc"
