#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/latest_slot.h"
#include "libfacetrack/base/rate_meter.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/base/text.h"
#include "libfacetrack/model/frame.h"

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

    void frameRowsAreAlignedAndOddSizesHaveRoomForTheirChroma()
    {
        FrameBuilder builder(PixelFormat::I420, {33, 17});
        for (int i = 0; i < 3; ++i) {
            const MutablePlane plane = builder.plane(i);
            QCOMPARE(reinterpret_cast<std::uintptr_t>(plane.data) % 64, std::uintptr_t(0));
            QVERIFY(plane.stride >= plane.width);
            QCOMPARE(plane.width, i == 0 ? 33 : 17);
            QCOMPARE(plane.height, i == 0 ? 17 : 9);
        }
        const FramePtr frame = builder.sequence(5).captured(3ns, 4ms).file("a.jpg").build();
        QCOMPARE(frame->sequence(), std::uint64_t(5));
        QCOMPARE(frame->captured(), MonotonicTime(3));
        QCOMPARE(frame->file(), std::string("a.jpg"));
    }

    void lumaOfOddSizeRepeatsItsEdgeForEncodersThatReadInPairs()
    {
        for (const PixelFormat format : {PixelFormat::I420, PixelFormat::NV12}) {
            FrameBuilder builder(format, {5, 3});
            const MutablePlane luma = builder.plane(0);
            for (int y = 0; y < 3; ++y)
                for (int x = 0; x < 5; ++x)
                    luma.data[y * luma.stride + x] = static_cast<std::uint8_t>(10 * y + x);
            const FramePtr frame = builder.build();
            const Plane plane = frame->luma();
            QCOMPARE(plane.data[5], std::uint8_t(4));
            QCOMPARE(plane.data[2 * plane.stride + 5], std::uint8_t(24));
            QCOMPARE(plane.data[3 * plane.stride], std::uint8_t(20));
            QCOMPARE(plane.data[3 * plane.stride + 5], std::uint8_t(24));
        }
    }

    void aCopyOfAFrameHasItsPixelsButNotItsMemory()
    {
        FrameBuilder builder(PixelFormat::Grey, {4, 2});
        builder.plane(0).data[0] = 42;
        const FramePtr frame = builder.sequence(9).file("a.jpg").build();
        FrameBuilder copy = FrameBuilder::copyOf(*frame);
        QCOMPARE(copy.plane(0).data[0], std::uint8_t(42));
        copy.plane(0).data[0] = 1;
        QCOMPARE(frame->plane(0).data[0], std::uint8_t(42));
        const FramePtr copied = copy.build();
        QCOMPARE(copied->sequence(), std::uint64_t(9));
        QCOMPARE(copied->file(), std::string("a.jpg"));
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "test_base.moc"
