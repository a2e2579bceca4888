// What the agents of 2017 post, in the forms that their words allow.
#include "libfacetrack/relay/legacy_data.h"

#include <QTest>

using namespace facetrack;

namespace {

const std::string image = R"({"Tuple":{"name":"image","value":[1000,500]}})";
const std::string box = R"({"Geometry":{"name":"face","shape":{"Rectangle":{"x":100,"y":50,"w":200,"h":100}}}})";

std::string simple(const std::string &count)
{
    return R"({"Simple":{"name":"frontal_faces","value":)" + count + "}}";
}

std::string entry(const std::string &data, const std::string &time = "1490000000000",
                  const std::string &meta = R"({"name":"eden-1"})")
{
    return R"({"timestamp":)" + time + R"(,"data":[)" + data + R"(],"meta":)" + meta + "}";
}

std::string oneOf(const std::string &text)
{
    const auto batch = readLegacyData("[" + text + "]");
    if (!batch)
        return describe(batch.error());
    return batch->refused.empty() ? batch->records.at(0).body : describe(batch->refused[0].error);
}

Record recordIn(const std::string &text)
{
    const auto batch = readLegacyData("[" + text + "]");
    return batch && batch->records.size() == 1 ? batch->records[0] : Record();
}

} // namespace

class TestLegacyData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEntryBecomesAnObservation()
    {
        const Record record = recordIn(entry(simple("1") + "," + box + "," + image));
        QCOMPARE(record.agent, std::string("eden-1"));
        QCOMPARE(record.time.count(), std::int64_t{1'490'000'000'000});
        QCOMPARE(record.faces, 1);
        QCOMPARE(record.body, std::string("[1000,500,0,[[1000,1000,2000,2000,1000,0]]]"));
        QCOMPARE(record.run.size(), std::size_t{16});
    }

    void itsFormMayVary_data()
    {
        QTest::addColumn<QByteArray>("data");
        const auto row = [](const char *name, const std::string &data) {
            QTest::newRow(name) << QByteArray::fromStdString(data);
        };
        row("tagged by a member",
            R"({"type":"Simple","name":"frontal_faces","value":1},)"
            R"({"type":"Geometry","name":"face","x":100,"y":50,"width":200,"height":100},)"
            R"({"type":"Tuple","name":"image","width":1000,"height":500})");
        row("content apart", R"({"kind":"Simple","content":{"name":"frontal_faces","value":1}},)"
                             R"({"kind":"Geometry","content":{"Rectangle":[100,50,200,100]}},)"
                             R"({"kind":"Tuple","content":{"name":"image","value":[1000,500]}})");
        row("lists", R"({"Simple":["frontal_faces",1]},{"Geometry":["face",[100,50,200,100]]},)"
                     R"({"Tuple":["image",[1000,500]]})");
        row("name as key", R"({"Simple":{"frontal_faces":1}},{"Geometry":{"Rectangle":[100,50,200,100]}},)"
                           R"({"Tuple":{"image":[1000,500]}})");
        row("no count", box + "," + image);
        row("other order, and more than is known",
            image + R"(,{"Simple":{"name":"temperature","value":48.5}},7,null,)" + box + ","
                + simple("1.0") + R"(,{"Tuple":{"name":"gps","value":[52.5,13.4]}})");
    }
    void itsFormMayVary()
    {
        QFETCH(QByteArray, data);
        QCOMPARE(oneOf(entry(data.toStdString())),
                 std::string("[1000,500,0,[[1000,1000,2000,2000,1000,0]]]"));
    }

    void countsWithoutPlacesAreKept()
    {
        QCOMPARE(oneOf(entry(simple("0"))), std::string("[0,0,0,[]]"));
        QCOMPARE(oneOf(entry(simple("0") + "," + image)), std::string("[1000,500,0,[]]"));
        QCOMPARE(oneOf(entry(simple("2"))), std::string("[0,0,0,[[0,0,0,0,1000,0],[0,0,0,0,1000,0]]]"));
    }

    void secondsAreTakenForSeconds()
    {
        QCOMPARE(recordIn(entry(simple("0"), "1490000000")).time.count(), std::int64_t{1'490'000'000'000});
        QCOMPARE(recordIn(entry(simple("0"), "1490000000.25")).time.count(), std::int64_t{1'490'000'000'250});
    }

    void theSameEntryHasTheSameIdAndAnotherHasNot()
    {
        const Record first = recordIn(entry(simple("1") + "," + box + "," + image));
        const Record again = recordIn(R"({"meta":{"name":"eden-1","version":"2"}, "timestamp":1490000000000,)"
                                      R"("data":[ {"Simple":{"value":1,"name":"frontal_faces"}},)"
                                      + box + "," + image + "]}");
        QCOMPARE(again.sequence, first.sequence);
        QCOMPARE(again.run, first.run);
        const Record later = recordIn(entry(simple("1") + "," + box + "," + image, "1490000000001"));
        QVERIFY(later.sequence != first.sequence);
        QCOMPARE(later.run, first.run);
        const Record other = recordIn(entry(simple("1") + "," + box + "," + image, "1490000000000",
                                            R"({"name":"eden-2"})"));
        QVERIFY(other.run != first.run && other.sequence != first.sequence);
        QVERIFY(first.sequence <= 0x7fff'ffff'ffff'ffffU);
    }

    void namesBecomeIds()
    {
        QCOMPARE(recordIn(entry(simple("0"), "1490000000", "{\"name\":\"Eden Köln #1\"}")).agent,
                 std::string("Eden-K--ln--1"));
        QCOMPARE(recordIn(entry(simple("0"), "1490000000",
                                "{\"name\":\"" + std::string(100, 'a') + "\"}")).agent,
                 std::string(64, 'a'));
    }

    void whatIsWrongIsRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, const std::string &text, const char *words) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(words);
        };
        row("a number", "7", "data: there is no list");
        row("no data", R"({"timestamp":1490000000,"meta":{"name":"a"}})", "data: there is no list");
        row("nothing in it", entry(""), "neither frontal_faces nor a rectangle");
        row("no name", entry(simple("0"), "1490000000", "{}"), "no name");
        row("empty name", entry(simple("0"), "1490000000", R"({"name":""})"), "no name");
        row("meta as a list", entry(simple("0"), "1490000000", "[]"), "no name");
        row("no time", entry(simple("0"), "null"), "timestamp: is missing");
        row("time as text", entry(simple("0"), "\"2017\""), "timestamp: is missing");
        row("time before all", entry(simple("0"), "5"), "not a sane time");
        row("time after all", entry(simple("0"), "99999999999999"), "not a sane time");
        row("huge time", entry(simple("0"), "1e300"), "timestamp: is missing");
        row("half a face", entry(simple("1.5")), "no number of faces");
        row("minus a face", entry(simple("-1")), "no number of faces");
        row("far too many", entry(simple("1e18")), "no number of faces");
        row("fewer than rectangles", entry(simple("0") + "," + box + "," + image), "fewer than");
        row("no image", entry(simple("1") + "," + box), "no size of the image");
        row("image of no size", entry(box + R"(,{"Tuple":{"name":"image","value":[0,500]}})"),
            "no size of the image");
        row("rectangle far away", entry(R"({"Geometry":{"Rectangle":[9000,0,1,1]}},)" + image), "far out");
        row("rectangle of minus size", entry(R"({"Geometry":{"Rectangle":[0,0,-5,1]}},)" + image), "far out");
    }
    void whatIsWrongIsRefusedInWords()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QByteArray, words);
        const std::string said = oneOf(entry.toStdString());
        QVERIFY2(said.find(words.toStdString()) != said.npos, said.c_str());
    }

    void oneBadEntryDoesNotSpoilTheOthers()
    {
        const auto batch = readLegacyData("[" + entry(simple("0")) + ",{}," + entry(simple("1")) + "]");
        QVERIFY(batch);
        QCOMPARE(batch->records.size(), std::size_t{2});
        QCOMPARE(batch->refused.size(), std::size_t{1});
        QCOMPARE(batch->refused[0].line, std::size_t{2});
    }

    void whatIsNoListIsRefusedAsAWhole()
    {
        QVERIFY(readLegacyData("").error().code == ErrorCode::InvalidArgument);
        QVERIFY(readLegacyData("{}").error().code == ErrorCode::InvalidArgument);
        QVERIFY(readLegacyData("[{]").error().code == ErrorCode::InvalidArgument);
        WireLimits limits;
        limits.rows = 1;
        QVERIFY(readLegacyData("[{},{}]", limits).error().code == ErrorCode::Full);
        QVERIFY(readLegacyData("[]"));
    }
};

QTEST_GUILESS_MAIN(TestLegacyData)
#include "test_legacy_data.moc"
