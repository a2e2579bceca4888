#include "libfacetrack/store/record.h"

#include <QtTest>
#include <cmath>
#include <limits>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

Visit someVisit()
{
    Visit visit;
    visit.sequence = 12;
    visit.start = UtcTime(1'700'000'000'123);
    visit.clockTrusted = false;
    visit.duration = 61'250ms;
    visit.dwell = 12'000ms;
    visit.track = std::numeric_limits<std::uint32_t>::max();
    visit.zone = "Tür 1";
    visit.crossings = {{"gate", "in", 0ms}, {"gate", "out", 61'000ms}};
    visit.size = 0.1234F;
    visit.observations = 1800;
    visit.revision = 3;
    visit.complete = false;
    return visit;
}

} // namespace

class TestVisitRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodyIsAsDocumented()
    {
        const Record record = encodeVisit(someVisit(), "agent", "run");
        QCOMPARE(record.type, RecordType::Visit);
        QCOMPARE(record.agent, std::string("agent"));
        QCOMPARE(record.run, std::string("run"));
        QCOMPARE(record.sequence, std::uint64_t(12));
        QCOMPARE(record.time.count(), 1'700'000'000'123);
        QCOMPARE(record.body,
                 std::string("[61250,12000,4294967295,\"Tür 1\",[[\"gate\",\"in\",0],"
                             "[\"gate\",\"out\",61000]],1234,1800,3,0]"));
    }

    void everythingComesBack()
    {
        const auto back = decodeVisit(encodeVisit(someVisit(), "agent", "run"));
        QVERIFY(back);
        QVERIFY(*back == someVisit());
        QVERIFY(*decodeVisit(encodeVisit(Visit(), "agent", "run")) == Visit());
    }

    void aSizeThatIsNoneBecomesZero()
    {
        Visit visit;
        visit.size = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(decodeVisit(encodeVisit(visit, "a", "r"))->size, 0.0F);
        visit.size = 5;
        QCOMPARE(decodeVisit(encodeVisit(visit, "a", "r"))->size, 1.0F);
    }

    void otherBodiesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QByteArray name = "\"" + QByteArray(65, 'z') + "\"";
        const QByteArray crossing = "[\"l\",\"w\",1]";
        for (const QByteArray &body :
             {QByteArray(), QByteArray("[]"), QByteArray("{}"), QByteArray("null"),
              QByteArray("[2,1,1,\"\",[],0,1,1]"), QByteArray("[2,1,1,\"\",[],0,1,1,1,1]"),
              QByteArray("[1,2,1,\"\",[],0,1,1,1]"), QByteArray("[-1,-1,1,\"\",[],0,1,1,1]"),
              QByteArray("[2,1.5,1,\"\",[],0,1,1,1]"), QByteArray("[2,1,1,5,[],0,1,1,1]"),
              QByteArray("[18446744073709551615,1,1,\"\",[],0,1,1,1]"),
              QByteArray("[9223372036854775807,1,1,\"\",[],0,1,1,1]"),
              QByteArray("[2,1,4294967296,\"\",[],0,1,1,1]"),
              QByteArray("[2,1,1,\"\",[],10001,1,1,1]"), QByteArray("[2,1,1,\"\",[],0,1,1,2]"),
              QByteArray("[2,1,1,\"\",[],0,1,1,true]"), QByteArray("[2,1,1,\"\xff\",[],0,1,1,1]"),
              "[2,1,1," + name + ",[],0,1,1,1]", QByteArray("[2,1,1,\"\",[[]],0,1,1,1]"),
              QByteArray("[2,1,1,\"\",[[\"l\",\"w\",-1]],0,1,1,1]"),
              "[2,1,1,\"\",[" + QByteArray(crossing + ",").repeated(64) + crossing + "],0,1,1,1]",
              QByteArray(100'000, '[')})
            QTest::addRow("%s", body.left(40).constData()) << body;
    }

    void otherBodiesAreRefused()
    {
        QFETCH(QByteArray, body);
        Record record = encodeVisit(someVisit(), "agent", "run");
        record.body = body.toStdString();
        const auto back = decodeVisit(record);
        QVERIFY(!back);
        QCOMPARE(back.error().code, ErrorCode::Corrupt);
    }

    void anObservationIsNoVisit()
    {
        Record record = encodeVisit(someVisit(), "agent", "run");
        record.type = RecordType::Observation;
        QVERIFY(!decodeVisit(record));
    }
};

QTEST_GUILESS_MAIN(TestVisitRecord)
#include "test_visit_record.moc"
