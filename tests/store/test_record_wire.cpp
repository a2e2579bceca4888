// Records as agents and relays send them: what comes back, and what is refused in which words.
#include "libfacetrack/store/agent_records.h"
#include "libfacetrack/store/record_wire.h"

#include <QRandomGenerator>
#include <QtTest>
#include <limits>

using namespace facetrack;

namespace {

Record observationRecord(std::size_t faces = 1)
{
    Observation observation;
    observation.sequence = 7;
    observation.time = UtcTime(1'790'000'000'123);
    observation.frame = {1088, 720};
    observation.revision = 3;
    observation.faces.assign(faces, {3, {0.1F, 0.25F, 0.05F, 0.0825F}, 0.987F});
    return encodeObservation(observation, "pi-1", "0123456789abcdef");
}

std::string lineOf(const Record &record)
{
    std::string text;
    appendWireLine(record, text);
    return text;
}

bool same(const Record &a, const Record &b)
{
    return a.type == b.type && a.agent == b.agent && a.run == b.run && a.sequence == b.sequence
           && a.time == b.time && a.clockTrusted == b.clockTrusted && a.faces == b.faces
           && a.body == b.body && !a.pending && !b.pending;
}

const std::string good = R"({"type":"observation","agent":"pi-1","run":"0123456789abcdef",)"
                         R"("sequence":7,"time":1790000000123,"faces":1,)"
                         R"("body":[1088,720,3,[[1000,2500,500,825,987,3]]]})";

/// The good line with one member said otherwise, or left out when `value` is empty.
std::string with(const std::string &key, const std::string &value)
{
    const auto from = good.find("\"" + key + "\":");
    auto to = key == "body" ? good.size() - 1 : good.find(",\"", from);
    if (!value.empty())
        return good.substr(0, from) + "\"" + key + "\":" + value + good.substr(to);
    const auto before = from == 1 ? from : from - 1; // its comma
    return good.substr(0, before) + good.substr(from == 1 ? to + 1 : to);
}

} // namespace

class TestRecordWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineIsAsDocumented() { QCOMPARE(lineOf(observationRecord()), good + "\n"); }

    void everyTypeComesBack()
    {
        std::vector<Record> records{observationRecord(0), observationRecord(1),
                                    observationRecord(30)};
        Visit visit;
        visit.sequence = 9;
        visit.start = UtcTime(1'790'000'000'000);
        visit.duration = visit.dwell = std::chrono::milliseconds(4000);
        visit.track = 3;
        visit.crossings = {{"door", "in", std::chrono::milliseconds(20)}};
        records.push_back(encodeVisit(visit, "pi-1", "0123456789abcdef"));
        Heartbeat beat;
        beat.agent.id = "pi-1";
        beat.agent.run = "0123456789abcdef";
        beat.agent.name = "ä \"b\" \\";
        beat.time = UtcTime(1'790'000'000'000);
        beat.captureFps = 29.5;
        records.push_back(encodeHeartbeat(beat));
        TuningChange change;
        change.sequence = std::numeric_limits<std::int64_t>::max();
        change.time = UtcTime(1'790'000'000'000);
        change.parameter = "detect.min_neighbors";
        records.push_back(encodeTuningChange(change, "pi-1", "0123456789abcdef"));
        Record old = observationRecord();
        old.clockTrusted = false;
        old.time = UtcTime(5);
        records.push_back(old);
        std::string text;
        for (const Record &record : records)
            appendWireLine(record, text);
        const auto batch = readWireBatch(text);
        QVERIFY(batch);
        QVERIFY2(batch->refused.empty(),
                 batch->refused.empty() ? "" : describe(batch->refused[0].error).c_str());
        QCOMPARE(batch->records.size(), records.size());
        for (std::size_t i = 0; i < records.size(); ++i)
            QVERIFY2(same(batch->records[i], records[i]), lineOf(records[i]).c_str());
    }

    void blanksAndOrderDoNotMatterAndTheBodyIsKeptCompact()
    {
        const auto record = readWireLine(
            R"( { "body" : [1088, 720, 3, [ [1000,2500,500,825,987,3] ]], "faces": 1,)"
            R"( "time":1790000000123, "sequence":7, "run":"0123456789abcdef", "agent":"pi-1",)"
            R"( "trusted":true, "type":"observ\u0061tion"} )");
        QVERIFY2(record, record ? "" : describe(record.error()).c_str());
        QVERIFY(same(*record, observationRecord()));
    }

    void whatIsWrongIsRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, const std::string &line, const char *words) {
            QTest::newRow(name) << QByteArray::fromStdString(line) << QByteArray(words);
        };
        row("no JSON", "hello", "no JSON");
        row("no object", "[]", "not an object");
        row("cut", good.substr(0, 50), "no JSON");
        row("twice", with("agent", R"("pi-1","agent":"pi-2")"), "\"agent\" comes twice");
        row("unknown key", with("faces", R"(1,"more":1)"), "not known here");
        for (const char *key : {"type", "agent", "run", "sequence", "time", "faces", "body"})
            row((std::string("without ") + key).c_str(), with(key, ""), "is missing");
        row("unknown type", with("type", R"("picture")"), "\"picture\" is not known");
        row("type as a number", with("type", "1"), "type: is not what it must be");
        row("no agent", with("agent", R"("")"), "agent: is no agent's id");
        row("agent with a blank", with("agent", R"("pi 1")"), "1 to 64 of A-Z");
        row("agent with a path", with("agent", R"("../pi")"), "1 to 64 of A-Z");
        row("agent with NUL", with("agent", R"("pi\u0000")"), "1 to 64 of A-Z");
        row("long agent", with("agent", "\"" + std::string(65, 'a') + "\""), "1 to 64 of A-Z");
        row("agent null", with("agent", "null"), "agent: is not what it must be");
        row("short run", with("run", R"("0123")"), "16 of 0-9 a-f");
        row("run in capitals", with("run", R"("0123456789ABCDEF")"), "16 of 0-9 a-f");
        row("negative sequence", with("sequence", "-1"), "sequence: is not what it must be");
        row("huge sequence", with("sequence", "9223372036854775808"), "0 to 9223372036854775807");
        row("sequence with a point", with("sequence", "7.0"), "sequence: is not");
        row("sequence as text", with("sequence", "\"7\""), "sequence: is not");
        row("time as an exponent", with("time", "1.79e12"), "time: is not");
        row("time as ISO text", with("time", "\"2026-09-21T14:13:20Z\""), "time: is not");
        row("time in seconds", with("time", "1790000000"), "not a sane time");
        row("time in microseconds", with("time", "1790000000123000"), "not a sane time");
        row("time of 1970", with("time", "5"), "not a sane time");
        row("trusted as a number", with("faces", R"(1,"trusted":1)"), "true or false");
        row("faces differ", with("faces", "2"), "as many faces as it says");
        row("faces negative", with("faces", "-1"), "faces: is not");
        row("faces beyond 32 bits", with("faces", "4294967297"), "0 to 2147483647");
        row("faces of a visit", R"({"type":"visit","agent":"a","run":"0123456789abcdef","sequence":1,)"
                                R"("time":1790000000123,"faces":0,"body":[]})", "not known here");
        row("no visit", R"({"type":"visit","agent":"a","run":"0123456789abcdef","sequence":1,)"
                        R"("time":1790000000123,"body":[]})", "is not a visit");
        for (const char *type : {"heartbeat", "tuning_change"})
            row(type, std::string("{\"type\":\"") + type + "\",\"agent\":\"a\",\"run\":\"0123456789abcdef\","
                          "\"sequence\":1,\"time\":1790000000123,\"body\":{\"who\":1}}",
                "body: is not a");
        row("body as text", with("body", "\"[]\""), "an array or an object");
        row("body of another form", with("body", "[1088,720,3]"), "is not an observation");
        row("body with fractions", with("body", "[1088,720,3,[[0.1,0.2,0.3,0.4,1,1]]]"),
            "is not an observation");
        row("frame too large", with("body", "[65536,720,3,[[0,0,1,1,1000,3]]]"), "0 to 65535");
        row("frame negative", with("body", "[-1,720,3,[[0,0,1,1,1000,3]]]"), "0 to 65535");
        row("revision negative", with("body", "[1,720,-3,[[0,0,1,1,1000,3]]]"),
            "is not an observation");
        row("face far away", with("body", "[10,10,3,[[20001,0,1,1,1000,3]]]"), "far out");
        row("face of negative size", with("body", "[10,10,3,[[0,0,-1,1,1000,3]]]"), "far out");
        row("too sure", with("body", "[10,10,3,[[0,0,1,1,1001,3]]]"), "far out");
        row("nested", with("body", std::string(20, '[') + std::string(20, ']')), "nested deeper");
        row("too many faces", lineOf(observationRecord(1001)), "at most 1000");
        row("too long", with("body", "[1,1,1,[]" + std::string(256 * 1024, ' ') + "]"),
            "at most 262144");
    }
    void whatIsWrongIsRefusedInWords()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, words);
        const auto record = readWireLine(line.toStdString());
        QVERIFY(!record);
        QVERIFY(record.error().code == ErrorCode::InvalidArgument);
        const std::string said = describe(record.error());
        QVERIFY2(said.find(words.toStdString()) != said.npos, said.c_str());
        QVERIFY2(said.size() < 300, said.c_str());
    }

    void refusalsNameTheirLineAndTheRestIsTaken()
    {
        const auto batch = readWireBatch("\n" + good + "\r\n{}\n \n" + with("sequence", "8") + "\nx");
        QVERIFY(batch);
        QCOMPARE(batch->records.size(), std::size_t{2});
        QCOMPARE(batch->refused.size(), std::size_t{2});
        QCOMPARE(batch->refused[0].line, std::size_t{3});
        QCOMPARE(batch->refused[1].line, std::size_t{6});
        QCOMPARE(batch->rows(), std::size_t{4});
        QCOMPARE(readWireBatch("")->rows(), std::size_t{0});
    }

    void aBatchOfTooManyRowsIsRefusedAsAWhole()
    {
        WireLimits limits;
        limits.rows = 2;
        const std::string two = good + "\nbad\n";
        QCOMPARE(readWireBatch(two, limits)->rows(), std::size_t{2});
        const auto three = readWireBatch(two + good, limits);
        QVERIFY(!three);
        QVERIFY(three.error().code == ErrorCode::Full);
    }

    void damagedRowsAreRefusedOrStillValid()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        const std::string alphabet = "\"{}[],:-0123456789eE.\\u \n\xff" + std::string(1, '\0');
        for (int round = 0; round < 20'000; ++round) {
            std::string line = good;
            for (int changes = 1 + static_cast<int>(random.bounded(3)); changes > 0; --changes) {
                const auto at = random.bounded(static_cast<quint32>(line.size()));
                const char letter = alphabet[random.bounded(static_cast<quint32>(alphabet.size()))];
                switch (random.bounded(3)) {
                case 0: line[at] = letter; break;
                case 1: line.erase(at, 1 + random.bounded(8)); break;
                default: line.insert(at, 1, letter);
                }
                if (line.empty())
                    line = "x";
            }
            const auto record = readWireLine(line);
            // What is taken must survive the way on to the next relay.
            if (record) {
                const auto again = readWireLine(lineOf(*record));
                QVERIFY2(again && same(*again, *record), line.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRecordWire)
#include "test_record_wire.moc"
