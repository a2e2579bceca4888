// What the client makes of text: addresses, streams of events, schemas and copies of tunings.
#include "libfacetrack/client/agent_access.h"
#include "libfacetrack/client/agent_answers.h"
#include "libfacetrack/client/event_parser.h"
#include "libfacetrack/client/part_parser.h"
#include "libfacetrack/client/tuning_copy.h"
#include "libfacetrack/config/reference.h"
#include "libfacetrack/config/schema.h"
#include "libfacetrack/config/schema_reader.h"

#include <QList>
#include <QTest>
#include <algorithm>
#include <random>

using namespace facetrack;
using nlohmann::json;

namespace {

std::vector<std::pair<std::string, std::string>> parsed(const std::string &stream, std::size_t piece)
{
    std::vector<std::pair<std::string, std::string>> events;
    EventParser parser([&](EventParser::Event event) { events.emplace_back(event.name, event.data); });
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        if (!parser.feed(std::string_view(stream).substr(at, piece)))
            break;
    }
    return events;
}

std::vector<Parameter> ownSchema()
{
    return parametersFrom(json::parse(parametersJson(-1)));
}

} // namespace

class TestClientParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAddressIsCompletedAsPeopleTypeIt_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url"); // empty: refused
        const auto row = [](const char *typed, const char *url) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(url);
        };
        row("cam-1", "https://cam-1:7420");
        row("cam-1:7421", "https://cam-1:7421");
        row("[::1]:7000", "https://[::1]:7000");
        row("http://127.0.0.1:7420/", "http://127.0.0.1:7420");
        row("https://cam-1", "https://cam-1:7420");
        row("ftp://cam-1", "");
        row("user:secret@cam-1", "");
        row("http://cam-1/x", "");
        row("", "");
        row("two words", "");
    }

    void anAddressIsCompletedAsPeopleTypeIt()
    {
        QFETCH(QString, typed);
        QFETCH(QString, url);
        const auto made = agentUrl(typed.toStdString());
        QCOMPARE(made.has_value(), !url.isEmpty());
        if (made)
            QCOMPARE(QString::fromStdString(*made), url);
        else
            QVERIFY(!made.error().advice.empty());
    }

    void fingerprintsAreOneTextHoweverWritten()
    {
        const std::string hex(64, 'a');
        const std::string made = fingerprintText(hex);
        QCOMPARE(made.size(), std::size_t{95});
        QVERIFY(made.starts_with("AA:AA:"));
        QCOMPARE(fingerprintText(made), made);
        QCOMPARE(fingerprintText("abc"), std::string());
        QCOMPARE(fingerprintText(std::string(64, 'g')), std::string());
    }

    void eventsAreTheSameInAnyPiecesAndLineEnds()
    {
        const std::string stream = "retry: 1000\n\n: hello\nid: r-1\nevent: tuning\ndata: {\"a\":1}\n\n"
                                   "data: one\ndata:two\n\nevent: nothing\n\n: end\n"
                                   "id: r-2\nevent: status\ndata: x\n\nevent: cut off\ndata: y\n";
        const std::vector<std::pair<std::string, std::string>> wanted{
            {"tuning", "{\"a\":1}"}, {"message", "one\ntwo"}, {"status", "x"}};
        for (const std::string end : {"\n", "\r\n", "\r"}) {
            std::string changed;
            for (const char c : stream)
                changed += c == '\n' ? end : std::string(1, c);
            for (std::size_t piece = 1; piece < 30; ++piece)
                QVERIFY2(parsed(changed, piece) == wanted, qPrintable(QString::number(piece)));
        }
    }

    void theLastIdIsThatOfAWholeEvent()
    {
        EventParser parser([](const EventParser::Event &) {});
        QVERIFY(parser.feed("id: r-7\ndata: x\n\nid: r-8\ndata: y\n"));
        QCOMPARE(parser.lastId(), std::string("r-7"));
        parser.reset();
        QVERIFY(parser.feed("data: z\n\n"));
        QCOMPARE(parser.lastId(), std::string("r-7"));
        QVERIFY(!parser.retry());
        QVERIFY(parser.feed("retry: 250\nretry: soon\n"));
        QCOMPARE(parser.retry().value(), std::chrono::milliseconds(250));
    }

    void aStreamWithoutEndOfLineIsGivenUp()
    {
        EventParser parser([](const EventParser::Event &) {});
        const std::string piece(1 << 20, 'x');
        bool good = true;
        for (int i = 0; i < 8 && good; ++i)
            good = parser.feed(piece);
        QVERIFY(!good);
    }

    void anyBytesAreTakenWithoutHarm()
    {
        const unsigned seed = std::random_device{}();
        qInfo("seed %u", seed);
        std::minstd_rand random(seed);
        const std::string letters = "id: \n\rdata:evnt\xef\xbb\xbf\0";
        for (int round = 0; round < 200; ++round) {
            std::string bytes;
            for (int i = 0; i < 500; ++i)
                bytes += letters[random() % letters.size()];
            const auto whole = parsed(bytes, bytes.size());
            QVERIFY(whole == parsed(bytes, 1 + random() % 40));
        }
    }

    void picturesAreTheSameInAnyPieces()
    {
        // A picture may hold what looks like a boundary.
        const QByteArray second("\xff\xd8\r\n--frame\r\n\r\n");
        const QByteArray stream = "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 3\r\n"
                                  "X-Sequence: 7\r\n\r\nabc\r\n--frame\r\ncontent-length: "
                                  + QByteArray::number(second.size()) + "\r\n\r\n" + second + "\r\n--frame\r\n";
        for (qsizetype piece = 1; piece <= stream.size(); ++piece) {
            QList<QByteArray> bodies;
            std::string sequence;
            PartParser parser([&](const PartParser::Headers &headers, const QByteArray &body) {
                if (bodies.isEmpty())
                    sequence = headers.at("x-sequence");
                bodies << body;
            });
            for (qsizetype at = 0; at < stream.size(); at += piece)
                QVERIFY(parser.feed(stream.mid(at, piece)));
            QCOMPARE(bodies, (QList<QByteArray>{"abc", second}));
            QCOMPARE(sequence, std::string("7"));
        }
    }

    void whatIsNoStreamOfPicturesIsGivenUp_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a page") << QByteArray("<html>\r\n\r\n");
        QTest::newRow("no length") << QByteArray("--frame\r\nContent-Type: image/jpeg\r\n\r\n");
        QTest::newRow("negative") << QByteArray("--frame\r\nContent-Length: -1\r\n\r\n");
        QTest::newRow("huge") << QByteArray("--frame\r\nContent-Length: 99999999999\r\n\r\n");
        QTest::newRow("no end") << QByteArray(100'000, 'x');
    }

    void whatIsNoStreamOfPicturesIsGivenUp()
    {
        QFETCH(QByteArray, bytes);
        PartParser parser([](const PartParser::Headers &, const QByteArray &) { QFAIL("a part"); });
        QVERIFY(!parser.feed(bytes));
    }

    void theSchemaOfAnAgentHoldsValuesAsItsOwnDoes()
    {
        const std::vector<Parameter> read = ownSchema();
        QCOMPARE(read.size(), parameters().size());
        for (std::size_t i = 0; i < read.size(); ++i) {
            const Parameter &own = parameters()[i];
            QCOMPARE(read[i].key, own.key);
            QCOMPARE(QString::fromStdString(limits(read[i])), QString::fromStdString(limits(own)));
            QVERIFY2(own.secret || toText(read[i].defaultValue) == toText(own.defaultValue),
                     own.key.c_str());
            QVERIFY(read[i].applies == own.applies);
        }
    }

    void parametersOfAnotherVersionAreReadAsFarAsTheyCanBe()
    {
        const auto read = parametersFrom(json::parse(
            R"([{"key": "a.b", "group": "a", "type": "bool", "new": {"thing": 1}},
                {"key": "a.c", "group": "a", "type": "hologram"}, 7, {"key": "x"}, null])"));
        QCOMPARE(read.size(), std::size_t{1});
        QVERIFY(parametersFrom(json("none")).empty());
    }

    void aCopyTakesWhatFitsAndSaysWhatDoesNot()
    {
        auto schema = ownSchema();
        std::erase_if(schema, [](const Parameter &p) { return p.key == "stream.fps"; });
        const auto narrower = std::find_if(schema.begin(), schema.end(), [](const Parameter &p) {
            return p.key == "detect.min_neighbors";
        });
        QVERIFY(narrower != schema.end());
        narrower->max = 4;
        const json from{{"detect", {{"min_neighbors", 9}, {"scale_factor", 1.3}}},
                        {"stream", {{"fps", 3}, {"quality", 50}}}};
        const json own{{"detect", {{"min_neighbors", 3}, {"scale_factor", 1.1}}},
                       {"stream", {{"quality", 50}}}};
        TuningCopy copy = planTuningCopy(from, schema, own);
        QVERIFY((copy.patch == json{{"detect.scale_factor", 1.3}}));
        QCOMPARE(copy.same, std::vector<std::string>{"stream.quality"});
        QCOMPARE(copy.refused.size(), std::size_t{2});
        QCOMPARE(copy.refused[0].key, std::string("detect.min_neighbors"));
        QVERIFY(copy.refused[0].limits.find("4") != std::string::npos);
        QCOMPARE(copy.refused[1].key, std::string("stream.fps"));

        QVERIFY(!leaveOut(copy, {{ErrorCode::InvalidArgument, {}, "other.key", "no", {}}}));
        QVERIFY(leaveOut(copy, {{ErrorCode::InvalidArgument, {}, "detect.scale_factor", "no", {}}}));
        QVERIFY(copy.patch.empty());
        QCOMPARE(copy.refused.size(), std::size_t{3});
    }

    void aStatusOfAnotherVersionIsNoError()
    {
        const AgentReport report = reportFrom(json::parse(
            R"({"agent": {"id": "a", "name": 7}, "source": [], "faces": {"now": 2}})"));
        QCOMPARE(report.agent.id, std::string("a"));
        QVERIFY(report.agent.name.empty());
        QCOMPARE(report.facesNow, 2);
        QVERIFY(!report.temperature);
        QVERIFY(valueOf(json{{"detect", {{"yunet.model", "x"}}}}, "detect.yunet.model") == json("x"));
        QVERIFY(valueOf(json::array(), "a.b").is_null());
    }
};

QTEST_GUILESS_MAIN(TestClientParts)
#include "test_client_parts.moc"
