#include "libfacetrack/store/delivery_marks.h"

#include <QtTest>
#include <random>
#include <set>

using namespace facetrack;

class TestDeliveryMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void watermarkWaitsForTheGapToClose()
    {
        DeliveryMarks marks;
        marks.mark({3, 4});
        QCOMPARE(marks.watermark(), 0);
        QCOMPARE(marks.marksBeyond(), 2);
        marks.mark({1, 1});
        QCOMPARE(marks.watermark(), 1);
        marks.mark({2, 2});
        QCOMPARE(marks.watermark(), 4);
        QCOMPARE(marks.marksBeyond(), 0);
    }

    void openStretchesLeaveOutWhatIsMarked()
    {
        DeliveryMarks marks(10);
        marks.mark({13, 15});
        PositionRange open = marks.nextOpen(0, 20);
        QCOMPARE(open.first, 11);
        QCOMPARE(open.last, 12);
        open = marks.nextOpen(open.last, 20);
        QCOMPARE(open.first, 16);
        QCOMPARE(open.last, 20);
        QVERIFY(marks.nextOpen(20, 20).empty());
        QCOMPARE(marks.nextOpen(13, 20).first, 16);
    }

    void raisingCountsWhatWasNotMarked()
    {
        DeliveryMarks marks;
        marks.mark({3, 6});
        QCOMPARE(marks.raise(4), std::uint64_t{2});
        QCOMPARE(marks.watermark(), 6); // 5 and 6 were marked already
        QCOMPARE(marks.marksBeyond(), 0);
        QCOMPARE(marks.raise(2), std::uint64_t{0});
    }

    void agreesWithAPlainSetOnRandomMarks()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            DeliveryMarks marks;
            std::set<std::int64_t> plain;
            for (int i = 0; i < 60; ++i) {
                const auto first = std::uniform_int_distribution<std::int64_t>(1, 100)(random);
                const auto last =
                    first + std::uniform_int_distribution<std::int64_t>(0, 6)(random);
                marks.mark({first, last});
                for (std::int64_t at = first; at <= last; ++at)
                    plain.insert(at);
                std::int64_t watermark = 0;
                while (plain.contains(watermark + 1))
                    ++watermark;
                QCOMPARE(marks.watermark(), watermark);
                QCOMPARE(marks.marksBeyond(), static_cast<std::int64_t>(plain.size()) - watermark);
                std::set<std::int64_t> open;
                for (auto range = marks.nextOpen(0, 110); !range.empty();
                     range = marks.nextOpen(range.last, 110))
                    for (std::int64_t at = range.first; at <= range.last; ++at)
                        open.insert(at);
                QCOMPARE(open.size() + plain.size(), std::size_t{110});
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestDeliveryMarks)
#include "test_delivery_marks.moc"
