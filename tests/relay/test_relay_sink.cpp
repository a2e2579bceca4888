// An agent's side of a relay: what its answers mean, and records going all the way.
#include "libfacetrack/http/token_secrets.h"
#include "libfacetrack/relay/relay.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/record_sink.h"
#include "libfacetrack/store/relay_sink.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;
using Verdict = BatchAnswer::Verdict;
using Outcome = RecordResult::Outcome;

namespace {

StoredRecord recordNumber(std::uint64_t sequence, const std::string &agent = "pi-1")
{
    Observation observation;
    observation.sequence = sequence;
    observation.time = UtcTime(1'790'000'000'000 + static_cast<std::int64_t>(sequence));
    return {static_cast<std::int64_t>(sequence) + 1,
            encodeObservation(observation, agent, "0123456789abcdef")};
}

std::vector<StoredRecord> records(std::uint64_t count)
{
    std::vector<StoredRecord> list;
    for (std::uint64_t i = 0; i < count; ++i)
        list.push_back(recordNumber(i));
    return list;
}

BatchAnswer meaning(int status, const QByteArray &body, std::size_t rows = 3)
{
    net::PostAnswer said;
    said.status = status;
    said.body = body;
    said.endpoint = "http://relay:6200";
    BatchAnswer blank;
    blank.records.resize(rows);
    std::vector<std::uint32_t> sent;
    for (std::uint32_t i = 0; i < rows; ++i)
        sent.push_back(i);
    return relayAnswer(said, sent, blank);
}

/// Sends and waits.
BatchAnswer deliver(RecordSink &sink, const std::vector<StoredRecord> &list)
{
    std::optional<BatchAnswer> answer;
    sink.deliver(list, [&](BatchAnswer given) { answer = std::move(given); });
    if (answer)
        qFatal("called back before deliver() returned");
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 30'000))
        qFatal("no answer");
    return *answer;
}

/// A relay and the file of a token for it.
struct Stage
{
    Stage()
    {
        const auto now = std::chrono::duration_cast<std::chrono::seconds>(
            SystemClock::instance().utc());
        const auto secret = http::TokenSecrets::random(now);
        if (!http::TokenSecrets::write(path("relay-secrets"), {secret}))
            qFatal("secrets");
        writeToken(http::signToken({"pi-1", "agent", now.count() + 3600}, secret));
        config.state.directory = folder.path().toStdString();
        config.relay.listen = "127.0.0.1:0";
        start();
    }
    void start()
    {
        auto started = Relay::start(config);
        if (!started)
            qFatal("%s", describe(started.error()).c_str());
        relay = std::move(*started);
        // The same port after a restart.
        const std::string url = relay->url();
        config.relay.listen = url.substr(7, url.size() - 8);
    }
    std::string path(const char *name) const
    {
        return folder.filePath(QString::fromUtf8(name)).toStdString();
    }
    void writeToken(const std::string &token) const
    {
        QFile file(QString::fromStdString(path("token")));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
            || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            qFatal("token");
        file.write(QByteArray::fromStdString(token) + "\n");
    }
    std::unique_ptr<RecordSink> sink(const std::vector<std::string> &more = {}) const
    {
        SinkSettings settings;
        settings.servers.urls = more;
        settings.servers.urls.push_back("relay+http://" + config.relay.listen);
        settings.servers.tokenFile = path("token");
        auto made = makeSink(settings);
        if (!made)
            qFatal("%s", describe(made.error()).c_str());
        return std::move(*made);
    }
    std::vector<StoredRecord> kept()
    {
        relay.reset();
        JournalOptions options;
        options.file = path("relay.sqlite");
        return Journal::open(options).value()->undelivered(0, 1'000'000).value();
    }

    QTemporaryDir folder;
    AgentConfig config;
    std::unique_ptr<Relay> relay;
};

} // namespace

class TestRelaySink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersMeanWhatTheySay_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, int status, const char *body, Verdict verdict,
                            const char *words) {
            QTest::newRow(name) << status << QByteArray(body) << static_cast<int>(verdict)
                                << QByteArray(words);
        };
        const char *denied = R"({"error":{"code":"bad_token","message":"it has expired","advice":"ask"}})";
        row("bad token", 401, denied, Verdict::Permanent, "it has expired (ask)");
        row("wrong agent", 403, denied, Verdict::Permanent, "it has expired (ask)");
        row("a proxy's 403", 403, "<html>no</html>", Verdict::Permanent, "upload.token_file");
        row("no relay", 404, "", Verdict::Permanent, "check that a facetrack relay serves there");
        row("elsewhere", 302, "", Verdict::Permanent, "answered 302");
        row("too slow", 408, "", Verdict::Passing, "answered 408");
        row("too much", 413, "", Verdict::TooLarge, "answered 413");
        row("too often", 429, "", Verdict::Passing, "answered 429");
        row("broken", 500, "", Verdict::Passing, "answered 500");
        row("full", 503, R"({"error":{"code":"full","message":"the journal is full"}})",
            Verdict::Passing, "the journal is full");
        row("a portal", 200, "<html>", Verdict::Passing, "not one of a relay");
        row("other rows", 200, R"({"rows":2,"kept":2,"refused":[]})", Verdict::Passing, "not one of");
        row("kept too few", 200, R"({"rows":3,"kept":2,"refused":[]})", Verdict::Passing, "not one of");
        row("line 0", 200, R"({"rows":3,"kept":2,"refused":[{"line":0,"error":"x"}]})",
            Verdict::Passing, "not one of");
        row("line 4", 200, R"({"rows":3,"kept":2,"refused":[{"line":4,"error":"x"}]})",
            Verdict::Passing, "not one of");
    }
    void answersMeanWhatTheySay()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, verdict);
        QFETCH(QByteArray, words);
        const BatchAnswer answer = meaning(status, body);
        QCOMPARE(static_cast<int>(answer.verdict), verdict);
        QVERIFY(answer.error);
        const std::string said = describe(*answer.error);
        QVERIFY2(said.find(words.toStdString()) != said.npos, said.c_str());
        QCOMPARE(answer.waitLong, status == 503);
        for (const RecordResult &record : answer.records)
            QVERIFY(record.outcome == Outcome::Retry);
    }

    void refusedRowsAreToldApart()
    {
        const auto answer = meaning(200, R"({"rows":3,"kept":2,"refused":[{"line":2,"error":"bad"}]})");
        QVERIFY(answer.verdict == Verdict::Answered);
        QVERIFY(!answer.error);
        QVERIFY(answer.records[0].outcome == Outcome::Delivered);
        QVERIFY(answer.records[1].outcome == Outcome::Refused);
        QCOMPARE(answer.records[1].error, std::string("bad"));
        QVERIFY(answer.records[2].outcome == Outcome::Delivered);
    }

    void whenEveryRowIsRefusedItIsNotTheRows()
    {
        QByteArray refused;
        for (int i = 1; i <= 20; ++i)
            refused += QByteArray(i > 1 ? "," : "") + R"({"line":)" + QByteArray::number(i) + R"(,"error":"x"})";
        const auto answer = meaning(200, R"({"rows":20,"kept":0,"refused":[)" + refused + "]}", 20);
        QVERIFY(answer.verdict == Verdict::Permanent);
        for (const RecordResult &record : answer.records)
            QVERIFY(record.outcome == Outcome::Retry);
        const auto one = meaning(200, R"({"rows":1,"kept":0,"refused":[{"line":1,"error":"x"}]})", 1);
        QVERIFY(one.records[0].outcome == Outcome::Refused);
    }

    void oneRecordThatIsTooLargeForARequestIsRefused()
    {
        const auto answer = meaning(413, "", 1);
        QVERIFY(answer.verdict == Verdict::Answered);
        QVERIFY(answer.records[0].outcome == Outcome::Refused);
    }

    void recordsArriveAsTheyWere()
    {
        Stage stage;
        const auto sink = stage.sink();
        const auto list = records(1000);
        const BatchAnswer answer = deliver(*sink, list);
        QVERIFY2(answer.verdict == Verdict::Answered, answer.error ? describe(*answer.error).c_str() : "");
        for (const RecordResult &record : answer.records)
            QVERIFY(record.outcome == Outcome::Delivered);
        const auto kept = stage.kept();
        QCOMPARE(kept.size(), list.size());
        for (std::size_t i = 0; i < list.size(); ++i) {
            QCOMPARE(kept[i].record.sequence, list[i].record.sequence);
            QCOMPARE(kept[i].record.time.count(), list[i].record.time.count());
            QCOMPARE(kept[i].record.body, list[i].record.body);
        }
    }

    void badRecordsAreRefusedAloneAndLongOnesNotEvenSent()
    {
        Stage stage;
        const auto sink = stage.sink();
        auto list = records(4);
        list[1].record.body = "[1,2]";
        list[2].record.body = "[" + std::string(300 * 1024, '1') + "]";
        const BatchAnswer answer = deliver(*sink, list);
        QVERIFY(answer.verdict == Verdict::Answered);
        QVERIFY(answer.records[0].outcome == Outcome::Delivered);
        QVERIFY(answer.records[1].outcome == Outcome::Refused);
        QVERIFY2(answer.records[1].error.find("not an observation") != std::string::npos,
                 answer.records[1].error.c_str());
        QVERIFY(answer.records[2].outcome == Outcome::Refused);
        QVERIFY(answer.records[3].outcome == Outcome::Delivered);
    }

    void rowsOfSomebodyElseStopTheUploadAndAreKept()
    {
        Stage stage;
        const auto sink = stage.sink();
        const BatchAnswer answer = deliver(*sink, {recordNumber(1), recordNumber(2, "pi-2")});
        QVERIFY(answer.verdict == Verdict::Permanent);
        QVERIFY(describe(*answer.error).find("\"pi-2\"") != std::string::npos);
        QVERIFY(stage.kept().empty());
    }

    void aBadTokenStopsTheUploadAndIsNotTold()
    {
        Stage stage;
        stage.writeToken("c2VjcmV0.c2VjcmV0.c2VjcmV0");
        const auto sink = stage.sink();
        const BatchAnswer answer = deliver(*sink, records(1));
        QVERIFY(answer.verdict == Verdict::Permanent);
        QVERIFY(answer.error->code == ErrorCode::Denied);
        QVERIFY(describe(*answer.error).find("c2VjcmV0") == std::string::npos);
    }

    void aRelayThatIsAwayIsWaitedForAndAnotherTakesOver()
    {
        Stage stage;
        const auto alone = stage.sink();
        const auto pair = stage.sink({"relay+http://127.0.0.1:1"}); // where nobody listens
        const BatchAnswer there = deliver(*pair, records(1));
        QVERIFY(there.verdict == Verdict::Answered);
        stage.relay.reset();
        QVERIFY(deliver(*alone, records(2)).verdict == Verdict::Passing);
        stage.start();
        QTRY_VERIFY_WITH_TIMEOUT(deliver(*alone, records(2)).verdict == Verdict::Answered, 30'000);
        QCOMPARE(stage.kept().size(), std::size_t{2});
    }

    void databasesAndRelaysAreNotMixed()
    {
        SinkSettings settings;
        settings.servers.urls = {"relay+http://a:1", "http://b:4200"};
        QVERIFY(!makeSink(settings));
        settings.servers.urls = {"relay+ftp://a:1"};
        QVERIFY(!makeSink(settings));
    }
};

QTEST_GUILESS_MAIN(TestRelaySink)
#include "test_relay_sink.moc"
