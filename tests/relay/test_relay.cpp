// A relay as agents see it over HTTP: who is let in, what is kept, and what the answers say.
#include "libfacetrack/base/gzip.h"
#include "libfacetrack/http/token_secrets.h"
#include "libfacetrack/relay/relay.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/record_wire.h"
#include "tests/http/raw_client.h"

#include <QTemporaryDir>
#include <QTest>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <thread>

using namespace facetrack;
using Json = nlohmann::json;
using namespace std::chrono_literals;

namespace {

std::int64_t secondsNow()
{
    return std::chrono::duration_cast<std::chrono::seconds>(SystemClock::instance().utc()).count();
}

std::string rowsOf(std::uint64_t first, std::uint64_t count, const std::string &agent = "pi-1",
                   std::size_t faces = 1)
{
    std::string text;
    Observation observation;
    observation.frame = {1088, 720};
    observation.faces.assign(faces, {3, {0.1F, 0.25F, 0.05F, 0.0825F}, 0.987F});
    for (std::uint64_t i = first; i < first + count; ++i) {
        observation.sequence = i;
        observation.time = UtcTime(1'790'000'000'000 + static_cast<std::int64_t>(i) * 100);
        appendWireLine(encodeObservation(observation, agent, "0123456789abcdef"), text);
    }
    return text;
}

/// A relay with a folder and secrets of its own.
class Stage
{
public:
    explicit Stage(const std::function<void(AgentConfig &)> &set = {})
    {
        m_secrets = {http::TokenSecrets::random(std::chrono::seconds(secondsNow()))};
        writeSecrets();
        AgentConfig config;
        config.state.directory = m_folder.path().toStdString();
        config.relay.listen = "127.0.0.1:0";
        if (set)
            set(config);
        auto started = Relay::start(config);
        if (!started)
            qFatal("%s", describe(started.error()).c_str());
        m_relay = std::move(*started);
    }

    std::string token(const std::string &agent = "pi-1", const std::string &role = "agent") const
    {
        return http::signToken({agent, role, secondsNow() + 3600}, m_secrets.front());
    }

    std::uint16_t port() const
    {
        const std::string url = m_relay->url();
        return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    }

    RawResponse post(const std::string &path, const std::string &body, const std::string &headers) const
    {
        const auto answer = ask(port(), "POST " + path + " HTTP/1.1\r\nHost: relay\r\n" + headers
                                            + "Content-Length: " + std::to_string(body.size())
                                            + "\r\n\r\n" + body);
        return answer.value_or(RawResponse());
    }
    RawResponse records(const std::string &body, const std::string &bearer,
                        const std::string &headers = {}) const
    {
        return post("/api/v1/records", body, "Authorization: Bearer " + bearer + "\r\n" + headers);
    }
    Json status() const
    {
        return Json::parse(ask(port(), ::get("/api/v1/status"))->body);
    }

    /// Ends the relay and reads what it has kept.
    std::vector<StoredRecord> kept()
    {
        m_relay.reset();
        JournalOptions options;
        options.file = m_folder.filePath(QStringLiteral("relay.sqlite")).toStdString();
        return Journal::open(options).value()->undelivered(0, 1'000'000).value();
    }

    void writeSecrets() const
    {
        if (!http::TokenSecrets::write(secretsFile(), m_secrets))
            qFatal("secrets");
    }
    std::filesystem::path secretsFile() const
    {
        return m_folder.filePath(QStringLiteral("relay-secrets")).toStdString();
    }
    std::vector<http::TokenSecret> &secrets() { return m_secrets; }

private:
    QTemporaryDir m_folder;
    std::vector<http::TokenSecret> m_secrets;
    std::unique_ptr<Relay> m_relay;
};

std::mutex g_mutex;
std::vector<std::string> *g_warnings = nullptr;

void keepWarning(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    const std::lock_guard lock(g_mutex);
    if (type == QtWarningMsg && g_warnings)
        g_warnings->push_back(text.toStdString());
}

Json jsonOf(const RawResponse &response)
{
    return Json::parse(response.body, nullptr, false);
}

} // namespace

class TestRelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreKeptAndCounted()
    {
        Stage stage;
        const auto plain = stage.records(rowsOf(0, 3), stage.token());
        QCOMPARE(plain.status, 200);
        QVERIFY(jsonOf(plain) == Json::parse(R"({"rows":3,"kept":3,"refused":[]})"));
        const auto packed = stage.records(gzipped(rowsOf(3, 2)), stage.token(),
                                          "Content-Encoding: gzip\r\n");
        QCOMPARE(packed.status, 200);
        const Json status = stage.status();
        QCOMPARE(status["intake"]["kept"].get<int>(), 5);
        QCOMPARE(status["agents"][0]["id"].get<std::string>(), std::string("pi-1"));
        QCOMPARE(status["agents"][0]["rows"].get<int>(), 5);
        const auto rows = stage.kept();
        QCOMPARE(rows.size(), std::size_t{5});
        QCOMPARE(rows[4].record.sequence, std::uint64_t{4});
        QCOMPARE(rows[0].record.body, std::string("[1088,720,0,[[1000,2500,500,825,987,3]]]"));
    }

    void anAnswerMeansThatItIsOnDisk()
    {
        Stage stage;
        QCOMPARE(stage.records(rowsOf(0, 10), stage.token()).status, 200);
        // Read beside the running relay, by a connection that knows nothing of its queues.
        const Json journal = stage.status()["journal"];
        QCOMPARE(journal["committed"].get<int>(), 10);
        QCOMPARE(journal["rows"].get<int>(), 10);
    }

    void repeatsAreKeptOnce()
    {
        Stage stage;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(stage.records(rowsOf(0, 4), stage.token()).status, 200);
        QCOMPARE(stage.kept().size(), std::size_t{4});
    }

    void badRowsAreNamedAndTheOthersKept()
    {
        Stage stage;
        const auto answer = stage.records(rowsOf(0, 1) + "{}\n" + rowsOf(1, 1) + "junk\n",
                                          stage.token());
        QCOMPARE(answer.status, 200);
        const Json json = jsonOf(answer);
        QCOMPARE(json["rows"].get<int>(), 4);
        QCOMPARE(json["kept"].get<int>(), 2);
        QCOMPARE(json["refused"].size(), std::size_t{2});
        QCOMPARE(json["refused"][0]["line"].get<int>(), 2);
        QCOMPARE(json["refused"][0]["error"].get<std::string>(), std::string("type: is missing (a text)"));
        QCOMPARE(json["refused"][1]["line"].get<int>(), 4);
        QCOMPARE(stage.kept().size(), std::size_t{2});
    }

    void rowsOfSomebodyElseAreRefusedWithAllThatComesWithThem()
    {
        Stage stage;
        const auto answer = stage.records(rowsOf(0, 1) + rowsOf(0, 1, "pi-2"), stage.token());
        QCOMPARE(answer.status, 403);
        const std::string words = jsonOf(answer)["error"]["message"];
        QVERIFY2(words.find("\"pi-2\"") != words.npos, words.c_str());
        // Another relay brings rows of everybody.
        QCOMPARE(stage.records(rowsOf(0, 1, "pi-3"), stage.token("up", "relay")).status, 200);
        const auto rows = stage.kept();
        QCOMPARE(rows.size(), std::size_t{1});
        QCOMPARE(rows[0].record.agent, std::string("pi-3"));
    }

    void withoutAGoodTokenNothingIsKept()
    {
        Stage stage;
        const auto none = stage.post("/api/v1/records", rowsOf(0, 1), {});
        QCOMPARE(none.status, 401);
        QCOMPARE(none.headers.at("www-authenticate"), std::string("Bearer"));
        QCOMPARE(stage.records(rowsOf(0, 1), "junk").status, 401);
        const auto expired = http::signToken({"pi-1", "agent", secondsNow() - 61}, stage.secrets()[0]);
        const auto late = stage.records(rowsOf(0, 1), expired);
        QCOMPARE(late.status, 401);
        QCOMPARE(jsonOf(late)["error"]["message"].get<std::string>(), std::string("token: it has expired"));
        QCOMPARE(stage.records(rowsOf(0, 1), stage.token("pi-1", "console")).status, 403);
        // Two good tokens at once are no token.
        QCOMPARE(stage.records(rowsOf(0, 1), stage.token(),
                               "Authorization: Bearer " + stage.token() + "\r\n").status, 401);
        QCOMPARE(stage.status()["intake"]["bad_tokens"].get<int>(), 5);
        QVERIFY(stage.kept().empty());
    }

    void whoIsRefusedIsInTheLogOnce()
    {
        Stage stage;
        std::vector<std::string> lines;
        g_warnings = &lines;
        const auto before = qInstallMessageHandler(keepWarning);
        for (int i = 0; i < 2; ++i) {
            stage.records(rowsOf(0, 1), "junk");
            stage.records(rowsOf(0, 1), stage.token("pi-4", "console"));
            stage.records(rowsOf(0, 1, "pi-2"), stage.token());
            stage.records(rowsOf(0, 1, "pi-9"), stage.token("pi-9") + "x"); // another signature
        }
        qInstallMessageHandler(before);
        const std::lock_guard lock(g_mutex);
        g_warnings = nullptr;
        QCOMPARE(lines.size(), std::size_t{4});
        for (const std::string &line : lines)
            QVERIFY2(line.starts_with("127.0.0.1 was refused: token: "), line.c_str());
        QVERIFY2(lines[1].find("\"pi-4\"") != lines[1].npos, lines[1].c_str());
        QVERIFY2(lines[2].find("\"pi-2\"") != lines[2].npos, lines[2].c_str());
        QVERIFY2(lines[3].find("(the token says it is \"pi-9\"'s)") != lines[3].npos, lines[3].c_str());
    }

    void aRotatedSecretTakesEffectAtOnce()
    {
        Stage stage;
        const std::string old = stage.token();
        stage.secrets().insert(stage.secrets().begin(),
                               http::TokenSecrets::random(std::chrono::seconds(secondsNow())));
        stage.writeSecrets();
        QCOMPARE(stage.records(rowsOf(0, 1), old).status, 200);
        QCOMPARE(stage.records(rowsOf(0, 1), stage.token()).status, 200);
        stage.secrets().pop_back();
        stage.writeSecrets();
        QCOMPARE(stage.records(rowsOf(0, 1), old).status, 401);
        QCOMPARE(stage.records(rowsOf(0, 1), stage.token()).status, 200);
        // Others could read it: nothing is let in, and that is the relay's fault, not the agent's.
        QCOMPARE(::chmod(stage.secretsFile().c_str(), 0644), 0);
        QCOMPARE(stage.records(rowsOf(0, 1), stage.token()).status, 503);
    }

    void bombsAndWhatIsTooMuchAreRefused413()
    {
        Stage stage;
        const std::string bomb = gzipped(std::string(100 * 1024 * 1024, '\n'), 9);
        QCOMPARE(stage.records(bomb, stage.token(), "Content-Encoding: gzip\r\n").status, 413);
        std::string many;
        for (int i = 0; i <= 10'000; ++i)
            many += "{}\n";
        QCOMPARE(stage.records(many, stage.token()).status, 413);
        QCOMPARE(stage.records(std::string(4 * 1024 * 1024 + 1, ' '), stage.token()).status, 413);
        QCOMPARE(stage.status()["intake"]["malformed"].get<int>(), 2);
    }

    void whatCannotBeReadIsRefusedAsSuch()
    {
        Stage stage;
        QCOMPARE(stage.records("no gzip", stage.token(), "Content-Encoding: gzip\r\n").status, 400);
        QCOMPARE(stage.records("x", stage.token(), "Content-Encoding: br\r\n").status, 415);
        QCOMPARE(stage.records("x", stage.token(), "Content-Encoding: gzip, gzip\r\n").status, 415);
        const auto unsaid = stage.records(gzipped(rowsOf(0, 1)), stage.token());
        QCOMPARE(unsaid.status, 415);
        const std::string words = jsonOf(unsaid)["error"]["message"];
        QVERIFY2(words.find("Content-Encoding") != words.npos, words.c_str());
        QCOMPARE(stage.records("", stage.token()).status, 200);
        QCOMPARE(ask(stage.port(), ::get("/api/v1/records"))->status, 405);
    }

    void aFullJournalAnswers503AndForgetsNothing()
    {
        Stage stage([](AgentConfig &config) { config.journal.maxMegabytes = 1; });
        std::uint64_t kept = 0;
        RawResponse answer;
        for (int batch = 0; batch < 100; ++batch) {
            answer = stage.records(rowsOf(kept, 500, "pi-1", 5), stage.token());
            if (answer.status != 200)
                break;
            kept += 500;
        }
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.headers.at("retry-after"), std::string("10"));
        const std::string words = jsonOf(answer)["error"]["message"];
        QVERIFY2(words.find("full") != words.npos, words.c_str());
        QVERIFY(kept > 0);
        QCOMPARE(ask(stage.port(), ::get("/healthz"))->status, 503);
        QCOMPARE(ask(stage.port(), ::get("/"))->status, 503);
        QVERIFY(!stage.status()["healthy"].get<bool>());
        QCOMPARE(stage.kept().size(), std::size_t{kept});
    }

    void aRefusedUploadIsAFaultThoughRecordsAreStillKept()
    {
        Stage stage([](AgentConfig &config) {
            config.upload.urls = "http://127.0.0.1:1";
            config.upload.tokenFile = "/nowhere/token"; // refused before anything is sent
        });
        QCOMPARE(stage.records(rowsOf(0, 1), stage.token()).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(ask(stage.port(), ::get("/healthz"))->status, 503, 10'000);
        const Json status = stage.status();
        QVERIFY(!status["healthy"].get<bool>());
        const std::string words = status["warning"];
        QVERIFY2(words.starts_with("upload refused: "), words.c_str());
        const std::string metrics = ask(stage.port(), ::get("/metrics"))->body;
        const auto gauge = metrics.find("\nfacetrack_healthy{");
        QVERIFY(gauge != metrics.npos);
        QVERIFY(metrics.substr(gauge + 1, metrics.find('\n', gauge + 1) - gauge - 1).ends_with("} 0"));
        QCOMPARE(ask(stage.port(), ::get("/"))->status, 200);
        QCOMPARE(stage.records(rowsOf(1, 1), stage.token()).status, 200);
    }

    void manyAgentsAtOnceAreAllKept()
    {
        Stage stage;
        std::atomic<int> good{0};
        std::vector<std::jthread> agents;
        for (int agent = 0; agent < 8; ++agent) {
            agents.emplace_back([&, name = "pi-" + std::to_string(agent)] {
                const std::string token = stage.token(name);
                for (std::uint64_t batch = 0; batch < 10; ++batch)
                    good += stage.records(rowsOf(batch * 100, 100, name), token).status == 200;
            });
        }
        agents.clear();
        QCOMPARE(good.load(), 80);
        const Json status = stage.status();
        QCOMPARE(status["agents"].size(), std::size_t{8});
        QCOMPARE(stage.kept().size(), std::size_t{8000});
    }

    void oldAgentsNeedATokenToo()
    {
        const std::string entry = R"([{"timestamp":1790000000000,"data":[{"Simple":)"
                                  R"({"name":"frontal_faces","value":0}}],"meta":{"name":"pi-1"}}])";
        Stage stage;
        QCOMPARE(stage.post("/data", entry, {}).status, 401);
        const std::string bearer = "Authorization: Bearer " + stage.token() + "\r\n";
        for (int i = 0; i < 3; ++i) {
            const auto answer = stage.post("/data", entry, bearer);
            QCOMPARE(answer.status, 200);
            QCOMPARE(jsonOf(answer)["kept"].get<int>(), 1);
        }
        QCOMPARE(stage.post("/data", entry, "Authorization: Bearer " + stage.token("pi-2") + "\r\n").status, 403);
        QCOMPARE(stage.post("/data", "junk", bearer).status, 400);
        const auto rows = stage.kept();
        QCOMPARE(rows.size(), std::size_t{1});
        QCOMPARE(rows[0].record.agent, std::string("pi-1"));
        QCOMPARE(rows[0].record.time.count(), std::int64_t{1'790'000'000'000});
    }

    void oldAgentsMayBeLetInWithoutOneAndOnlyThere()
    {
        Stage stage([](AgentConfig &config) { config.relay.legacyOpen = true; });
        const std::string entry = R"([{"timestamp":1790000000000,"data":[{"Simple":)"
                                  R"({"name":"frontal_faces","value":0}}],"meta":{"name":"pi-1"}}])";
        QCOMPARE(stage.post("/data", entry, {}).status, 200);
        // A token that is given has to be good all the same.
        QCOMPARE(stage.post("/data", entry, "Authorization: Bearer junk\r\n").status, 401);
        QCOMPARE(stage.post("/api/v1/records", rowsOf(0, 1), {}).status, 401);
    }

    void itDoesNotStartWithoutSecretsOrWithOpenOnes()
    {
        QTemporaryDir folder;
        AgentConfig config;
        config.state.directory = folder.path().toStdString();
        config.relay.listen = "127.0.0.1:0";
        const auto none = Relay::start(config);
        QVERIFY(!none);
        QVERIFY(none.error().advice.find("relay secret") != std::string::npos);
        const std::filesystem::path file = folder.filePath(QStringLiteral("relay-secrets")).toStdString();
        QVERIFY(http::TokenSecrets::write(file, {http::TokenSecrets::random(1s)}));
        QCOMPARE(::chmod(file.c_str(), 0640), 0);
        QVERIFY(Relay::start(config).error().code == ErrorCode::Denied);
        QCOMPARE(::chmod(file.c_str(), 0600), 0);
        QVERIFY(Relay::start(config));
    }
};

QTEST_GUILESS_MAIN(TestRelay)
#include "test_relay.moc"
