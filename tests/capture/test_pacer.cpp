#include "libfacetrack/capture/media_timeline.h"
#include "libfacetrack/capture/pacer.h"

#include <QtTest>
#include <future>
#include <thread>

using namespace facetrack;
using namespace std::chrono_literals;

class TestPacer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstFrameIsDueAtOnce();
    void lateFramesAreDueAtOnce();
    void waitsForTheMoment();
    void delaysDoNotAddUp();
    void startsAnewInsteadOfABurst();
    void doesNotWaitOutAHole();
    void stopEndsTheWait();
    void timelineStartsAtZeroAndRises();
    void timelineGoesOnInTheNextPass();
};

void TestPacer::firstFrameIsDueAtOnce()
{
    const ManualClock clock;
    Pacer pacer(clock);
    QVERIFY(pacer.wait({}, 5min)); // hangs where it is not
    QCOMPARE(pacer.lateness(5min), 0ns);
}

void TestPacer::lateFramesAreDueAtOnce()
{
    ManualClock clock;
    Pacer pacer(clock);
    QVERIFY(pacer.wait({}, 0ns));
    clock.advance(900ms);
    for (int i = 1; i <= 9; ++i)
        QVERIFY(pacer.wait({}, i * 100ms));
    QCOMPARE(pacer.resyncs(), 0);
}

void TestPacer::waitsForTheMoment()
{
    ManualClock clock;
    Pacer pacer(clock);
    QVERIFY(pacer.wait({}, 0ns));
    auto waiting = std::async(std::launch::async, [&] { return pacer.wait({}, 10s); });
    clock.advance(9999ms);
    QVERIFY(waiting.wait_for(200ms) == std::future_status::timeout);
    clock.advance(1ms);
    QVERIFY(waiting.get());
}

void TestPacer::delaysDoNotAddUp()
{
    ManualClock clock;
    Pacer pacer(clock);
    QVERIFY(pacer.wait({}, 0ns));
    clock.advance(130ms);
    QVERIFY(pacer.wait({}, 100ms));
    // The next is due 200 ms after the first, not 100 ms after the late one.
    QCOMPARE(pacer.lateness(200ms), -70ms);
}

void TestPacer::startsAnewInsteadOfABurst()
{
    ManualClock clock;
    Pacer pacer(clock);
    QVERIFY(pacer.wait({}, 0ns));
    clock.advance(5s);
    QVERIFY(pacer.wait({}, 100ms));
    QCOMPARE(pacer.resyncs(), 1);
    QCOMPARE(pacer.lateness(200ms), -100ms);
}

void TestPacer::doesNotWaitOutAHole()
{
    const ManualClock clock;
    Pacer pacer(clock);
    QVERIFY(pacer.wait({}, 0ns));
    QVERIFY(pacer.wait({}, 1h)); // hangs where it does
    QCOMPARE(pacer.resyncs(), 1);
}

void TestPacer::stopEndsTheWait()
{
    const ManualClock clock;
    Pacer pacer(clock);
    std::stop_source stop;
    QVERIFY(pacer.wait(stop.get_token(), 0ns));
    auto waiting = std::async(std::launch::async,
                              [&] { return pacer.wait(stop.get_token(), 9s); });
    QVERIFY(waiting.wait_for(20ms) == std::future_status::timeout);
    stop.request_stop();
    QVERIFY(!waiting.get()); // the clock stands still: only the stop can end it
    QVERIFY(!pacer.wait(stop.get_token(), 0ns));
}

void TestPacer::timelineStartsAtZeroAndRises()
{
    MediaTimeline line(40ms);
    QCOMPARE(line.place(10s), 0ns);
    QCOMPARE(line.place(10s + 50ms), std::chrono::nanoseconds(50ms));
    QCOMPARE(line.place(std::nullopt), std::chrono::nanoseconds(90ms));
    QCOMPARE(line.place(10s), std::chrono::nanoseconds(130ms)); // went back
    QCOMPARE(line.place(11s), std::chrono::nanoseconds(1s));
}

void TestPacer::timelineGoesOnInTheNextPass()
{
    MediaTimeline line(40ms);
    line.place(5s);
    line.place(5s + 40ms);
    line.startPass();
    QCOMPARE(line.place(5s), std::chrono::nanoseconds(80ms));
    QCOMPARE(line.place(5s + 40ms), std::chrono::nanoseconds(120ms));
}

QTEST_GUILESS_MAIN(TestPacer)
#include "test_pacer.moc"
