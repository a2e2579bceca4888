#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/latest_slot.h"
#include "libfacetrack/base/rate_meter.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/base/text.h"

#include <QTest>
#include <memory>
#include <thread>

using namespace facetrack;
using namespace std::chrono_literals;

class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anErrorReadsAsOneLine()
    {
        const Error error{ErrorCode::NotFound, "file:x.mp4", "there is no such file", "check the name"};
        QCOMPARE(describe(error), std::string("file:x.mp4: there is no such file (check the name)"));
        QCOMPARE(describe(Error{ErrorCode::Io, {}, "lost", {}}), std::string("lost"));
    }

    void latestSlotKeepsTheNewestAndCountsTheRest()
    {
        LatestSlot<int> slot;
        for (int i = 1; i <= 5; ++i)
            slot.put(i);
        QCOMPARE(slot.tryTake(), std::optional(5));
        QCOMPARE(slot.dropped(), std::uint64_t(4));
        QCOMPARE(slot.tryTake(), std::nullopt);
    }

    void latestSlotWaitsUntilAValueComes()
    {
        LatestSlot<int> slot;
        std::optional<int> taken;
        std::jthread consumer([&](std::stop_token stop) { taken = slot.take(stop); });
        slot.put(7);
        consumer.join();
        QCOMPARE(taken, std::optional(7));
    }

    void latestSlotGivesUpWhenAskedToStop()
    {
        LatestSlot<int> slot;
        std::optional<int> taken = 1;
        std::jthread consumer([&](std::stop_token stop) { taken = slot.take(stop); });
        consumer.request_stop();
        consumer.join();
        QVERIFY(!taken);
    }

    void percentEncodingIsDecodedAndBrokenIsRefused()
    {
        QCOMPARE(percentDecoded("a%20b%41"), std::optional<std::string>("a bA"));
        QCOMPARE(percentDecoded("%2f%2F"), std::optional<std::string>("//"));
        for (const char *broken : {"%", "%4", "a%", "%g0", "%0g", "%%41"})
            QCOMPARE(percentDecoded(broken), std::optional<std::string>());
    }

    void editDistanceCountsLetters()
    {
        QCOMPARE(editDistance("kitten", "sitting"), std::size_t(3));
        QCOMPARE(editDistance("", "abc"), std::size_t(3));
        QCOMPARE(editDistance("people", "people"), std::size_t(0));
    }

    void rateMeterTellsTheTrueRateAndNoticesSilence()
    {
        RateMeter meter(2s);
        MonotonicTime now = 100s;
        QCOMPARE(meter.rate(now), 0.0);
        for (int i = 0; i < 100; ++i)
            meter.tick(now += 40ms);
        QVERIFY(std::abs(meter.rate(now) - 25) < 0.01);
        QVERIFY2(meter.rate(now + 1s) < 20, "silence lowers the rate");
        QCOMPARE(meter.rate(now + 3s), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "test_base.moc"
