#include "libfacetrack/stream/scale.h"
#include "pictures.h"

#include <QTest>
#include <cstdlib>

using namespace facetrack;
using namespace facetrack::test;

class TestScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizesKeepTheAspectAndAreEven()
    {
        QVERIFY((scaledSize({1088, 720}, 544) == Size{544, 360}));
        QVERIFY((scaledSize({1088, 720}, 320) == Size{320, 212}));
        QVERIFY((scaledSize({1087, 719}, 333) == Size{332, 220}));
        QVERIFY((scaledSize({4000, 3}, 16) == Size{16, 2}));
    }

    void neverEnlarges()
    {
        QVERIFY((scaledSize({641, 481}, 641) == Size{641, 481}));
        QVERIFY((scaledSize({641, 481}, 4096) == Size{641, 481}));
        QVERIFY((scaledSize({641, 481}, 0) == Size{641, 481}));
        const FramePtr frame = smoothPicture(PixelFormat::I420, {640, 480});
        QCOMPARE(scaled(frame, 1280), frame);
    }

    void keepsColoursTimesAndSequence_data()
    {
        QTest::addColumn<int>("format");
        for (const auto format : {PixelFormat::I420, PixelFormat::NV12, PixelFormat::Grey})
            QTest::addRow("%s", pixelFormatName(format)) << static_cast<int>(format);
    }

    void keepsColoursTimesAndSequence()
    {
        QFETCH(const int, format);
        const auto pixels = static_cast<PixelFormat>(format);
        const FramePtr frame = painted(pixels, {641, 479}, smooth)
                                   .sequence(7)
                                   .captured(MonotonicTime(5), UtcTime(6))
                                   .build();
        const FramePtr small = scaled(frame, 160);
        const FramePtr expected = smoothPicture(pixels, small->size());
        QCOMPARE(small->width(), 160);
        QCOMPARE(small->height(), 120);
        QCOMPARE(small->sequence(), std::uint64_t(7));
        QCOMPARE(small->captured(), MonotonicTime(5));
        QCOMPARE(small->capturedUtc(), UtcTime(6));
        for (int i = 0; i < small->planeCount(); ++i) {
            const Plane &plane = small->plane(i);
            const int samples = pixels == PixelFormat::NV12 && i == 1 ? 2 : 1;
            for (int y = 0; y < plane.height; ++y)
                for (int x = 0; x < plane.width * samples; ++x)
                    QVERIFY(std::abs(at(plane, x, y) - at(expected->plane(i), x, y)) <= 3);
        }
    }
};

QTEST_GUILESS_MAIN(TestScale)
#include "test_scale.moc"
