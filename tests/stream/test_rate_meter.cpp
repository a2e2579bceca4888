#include "libfacetrack/base/rate_meter.h"

#include <QTest>

using namespace facetrack;
using namespace std::chrono_literals;

class TestRateMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isZeroBeforeTheSecondEvent()
    {
        RateMeter meter;
        QCOMPARE(meter.rate(1s), 0.0);
        meter.tick(1s);
        QCOMPARE(meter.rate(1s), 0.0);
    }

    void measuresAnEvenRate()
    {
        RateMeter meter;
        MonotonicTime now = 10s;
        for (int i = 0; i < 100; ++i)
            meter.tick(now += 40ms);
        QVERIFY(qAbs(meter.rate(now) - 25) < 0.01);
        QVERIFY(qAbs(meter.rate(now + 39ms) - 25) < 0.01);
    }

    void followsAChangeWithinItsWindow()
    {
        RateMeter meter(2s);
        MonotonicTime now = 10s;
        for (int i = 0; i < 100; ++i)
            meter.tick(now += 33ms);
        for (int i = 0; i < 21; ++i)
            meter.tick(now += 100ms);
        QVERIFY(qAbs(meter.rate(now) - 10) < 0.1);
    }

    void measuresRatesSlowerThanTheWindow()
    {
        RateMeter meter(2s);
        MonotonicTime now = 10s;
        for (int i = 0; i < 10; ++i)
            meter.tick(now += 4s);
        QVERIFY(qAbs(meter.rate(now + 3s) - 0.25) < 0.001);
    }

    void fallsToZeroWhenTheEventsStop()
    {
        RateMeter meter(2s);
        MonotonicTime now = 10s;
        for (int i = 0; i < 100; ++i)
            meter.tick(now += 33ms);
        QVERIFY(meter.rate(now + 1s) < 30);
        QVERIFY(meter.rate(now + 1s) > 0);
        QCOMPARE(meter.rate(now + 2100ms), 0.0);
    }

    void takesATimeThatGoesBackAsTheLastOne()
    {
        RateMeter meter;
        meter.tick(2s);
        meter.tick(1s);
        QCOMPARE(meter.rate(2s), 0.0);
        meter.tick(3s);
        QCOMPARE(meter.rate(3s), 2.0);
    }
};

QTEST_GUILESS_MAIN(TestRateMeter)
#include "test_rate_meter.moc"
