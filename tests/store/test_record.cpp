#include "libfacetrack/store/record.h"

#include <QtTest>
#include <cmath>
#include <limits>

using namespace facetrack;

class TestRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodyIsAsDocumented()
    {
        Observation observation;
        observation.frame = {1088, 720};
        observation.revision = 7;
        QCOMPARE(encodeObservation(observation, "a", "r").body, std::string("[1088,720,7,[]]"));
        observation.faces = {{3, {0.1F, 0.25F, 0.05F, 0.0825F}, 0.987F}, {4, {0, 0, 1, 1}, 1}};
        QCOMPARE(encodeObservation(observation, "a", "r").body,
                 std::string("[1088,720,7,[[1000,2500,500,825,987,3],[0,0,10000,10000,1000,4]]]"));
    }

    void everythingComesBack()
    {
        Observation observation;
        observation.sequence = std::numeric_limits<std::uint64_t>::max();
        observation.time = UtcTime(1'700'000'000'123);
        observation.clockTrusted = false;
        observation.frame = {4056, 3040};
        observation.revision = std::numeric_limits<std::uint32_t>::max();
        observation.faces = {{std::numeric_limits<std::uint32_t>::max(), {-0.01F, 0.5F, 0.2F, 0.3F},
                              0.5F}};
        const Record record = encodeObservation(observation, "agent", "run");
        QCOMPARE(record.agent, std::string("agent"));
        QCOMPARE(record.run, std::string("run"));
        QCOMPARE(record.faces, 1);
        const auto back = decodeObservation(record);
        QVERIFY(back);
        QCOMPARE(back->sequence, observation.sequence);
        QCOMPARE(back->time.count(), observation.time.count());
        QCOMPARE(back->clockTrusted, false);
        QVERIFY(back->frame == observation.frame);
        QCOMPARE(back->revision, observation.revision);
        QCOMPARE(back->faces.size(), std::size_t{1});
        QCOMPARE(back->faces[0].id, observation.faces[0].id);
        QVERIFY(std::abs(back->faces[0].box.x - -0.01F) < 0.0001F);
        QVERIFY(std::abs(back->faces[0].score - 0.5F) < 0.001F);
    }

    void numbersThatAreNoneBecomeZero()
    {
        Observation observation;
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinity = std::numeric_limits<float>::infinity();
        observation.faces = {{1, {nan, infinity, -infinity, 0}, nan}};
        const auto back = decodeObservation(encodeObservation(observation, "a", "r"));
        QVERIFY(back);
        QCOMPARE(back->faces[0].box.x, 0.0F);
        QCOMPARE(back->faces[0].score, 0.0F);
    }

    void damagedBodyIsCorrupt_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char *body : {"", "[", "[]", "[1,2,3]", "[1,2,3,[]", "[1,2,3,[]]x", "[1,2,3,[[]]]",
                                 "[1,2,3,[[1,2,3,4,5]]]", "[1,2,3,[[1,2,3,4,5,6],]]", "{}",
                                 "[1,2,-3,[]]", "[1,2,99999999999,[]]", "[ 1,2,3,[]]"})
            QTest::newRow(body) << QByteArray(body);
    }

    void damagedBodyIsCorrupt()
    {
        QFETCH(QByteArray, body);
        Record record;
        record.body = body.toStdString();
        const auto back = decodeObservation(record);
        QVERIFY(!back);
        QCOMPARE(back.error().code, ErrorCode::Corrupt);
    }

    void otherNumberOfFacesIsCorrupt()
    {
        Record record;
        record.body = "[1,2,3,[[1,2,3,4,5,6]]]";
        record.faces = 2;
        QVERIFY(!decodeObservation(record));
        record.faces = 1;
        QVERIFY(decodeObservation(record));
    }
};

QTEST_GUILESS_MAIN(TestRecord)
#include "test_record.moc"
