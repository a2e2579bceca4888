#include "libfacetrack/stream/focus.h"
#include "pictures.h"

#include <QElapsedTimer>
#include <QTest>
#include <cmath>
#include <random>

using namespace facetrack;
using namespace facetrack::test;

namespace {

/// Tiles of many brightnesses with edges that take `blur` pixels, as seen with `gain` and noise.
FramePtr tiles(double blur, double gain = 1, double noise = 0)
{
    std::mt19937 random(1);
    std::normal_distribution<double> normal(0, 1);
    FrameBuilder builder(PixelFormat::Grey, {640, 480});
    const MutablePlane luma = builder.plane(0);
    const auto wave = [blur](int at) { return std::tanh(8 * std::sin(at * 0.12) / (0.5 + blur)); };
    for (int y = 0; y < luma.height; ++y)
        for (int x = 0; x < luma.width; ++x)
            at(luma, x, y) = static_cast<std::uint8_t>(std::clamp(
                gain * (100 + 50 * wave(x) * wave(y)) + noise * normal(random), 0.0, 255.0));
    return builder.build();
}

} // namespace

class TestFocus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growsWithSharpness()
    {
        double last = 1e9;
        for (const double blur : {0.0, 1.0, 2.0, 4.0, 8.0, 16.0}) {
            const double now = sharpness(tiles(blur)->luma());
            QVERIFY2(now < 0.95 * last, qPrintable(QString::number(now)));
            last = now;
        }
    }

    void isStableUnderBrightness()
    {
        const double reference = sharpness(tiles(2)->luma());
        for (const double gain : {0.5, 0.7, 1.3, 1.6}) {
            const double now = sharpness(tiles(2, gain)->luma());
            QVERIFY2(std::abs(now / reference - 1) < 0.1, qPrintable(QString::number(now)));
        }
    }

    void stillOrdersNoisyPictures()
    {
        QVERIFY(sharpness(tiles(0, 1, 4)->luma()) > 1.3 * sharpness(tiles(4, 1, 4)->luma()));
    }

    void looksAtTheRegionOnly()
    {
        FrameBuilder builder = FrameBuilder::copyOf(*tiles(0));
        const MutablePlane luma = builder.plane(0);
        for (int y = 0; y < luma.height; ++y)
            for (int x = 0; x < luma.width / 2; ++x)
                at(luma, x, y) = 100;
        const FramePtr frame = builder.build();
        QCOMPARE(sharpness(frame->luma(), {0, 0, 0.45F, 1}), 0.0);
        QVERIFY(sharpness(frame->luma(), {0.5F, 0, 0.5F, 1}) > 1);
    }

    void regionsWithoutPixelsAreZero()
    {
        const FramePtr frame = tiles(0);
        QCOMPARE(sharpness(Plane()), 0.0);
        QCOMPARE(sharpness(frame->luma(), {0.5F, 0.5F, 0, 0}), 0.0);
        QCOMPARE(sharpness(frame->luma(), {2, 2, 1, 1}), 0.0);
        QCOMPARE(sharpness(frame->luma(), {0.3F, 0.3F, -0.1F, 0.1F}), 0.0);
        QCOMPARE(sharpness(plainPicture(PixelFormat::Grey, {2, 2}, {})->luma()), 0.0);
    }

    void takesLittleTime()
    {
        const FramePtr frame = smoothPicture(PixelFormat::I420, {1088, 720});
        double sum = 0;
        QBENCHMARK {
            sum += sharpness(frame->luma());
        }
        QVERIFY(sum > 0);
    }
};

QTEST_GUILESS_MAIN(TestFocus)
#include "test_focus.moc"
