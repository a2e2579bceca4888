#include "media.h"

#include "libfacetrack/capture/booth_scene.h"

#include <QtTest>
#include <cstring>
#include <thread>

using namespace facetrack;
using namespace facetrack::test;
using namespace std::chrono_literals;

namespace {

bool samePixels(const Frame &a, const Frame &b)
{
    for (int i = 0; i < a.planeCount(); ++i) {
        for (int row = 0; row < a.plane(i).height; ++row) {
            const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(row) * a.plane(i).stride;
            if (std::memcmp(a.plane(i).data + at, b.plane(i).data + at,
                            static_cast<std::size_t>(a.plane(i).width))
                != 0)
                return false;
        }
    }
    return true;
}

} // namespace

class TestSyntheticSource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void drawsTheScene();
    void endsAfterItsFrames();
    void sameSeedSamePictures();
    void stillStandsStill();
    void lateConsumersMissFrames();
    void stopEndsTheWaitForAFrame();
    void refuses_data();
    void refuses();
};

void TestSyntheticSource::drawsTheScene()
{
    const auto source
        = openSource("synthetic:booth?seed=7&people=3&size=160x121&fps=20", Pacing::AsFastAsPossible);
    QVERIFY(source);
    QCOMPARE((*source)->nominalFps(), 20.0);
    QVERIFY((*source)->isLive());
    BoothScene scene({7, 3, 160, 121, 20});
    const Read read = readAll(**source, 3);
    FrameBuilder drawn(PixelFormat::I420, {160, 121});
    const MutablePlane y = drawn.plane(0), u = drawn.plane(1), v = drawn.plane(2);
    scene.render(2, y.data, y.stride, u.data, u.stride, v.data, v.stride);
    QVERIFY(samePixels(*read.frames.at(2), *drawn.build()));
    QCOMPARE(read.frames.at(2)->sequence(), std::uint64_t(2));
    QCOMPARE(read.frames.at(2)->captured(), std::chrono::nanoseconds(100ms));
}

void TestSyntheticSource::endsAfterItsFrames()
{
    const auto source
        = openSource("synthetic:booth?size=64x48&frames=4", Pacing::AsFastAsPossible);
    QVERIFY(source);
    QVERIFY(!(*source)->isLive());
    QCOMPARE((*source)->expectedFrames(), std::uint64_t(4));
    QCOMPARE(readAll(**source).frames.size(), std::size_t(4));
}

void TestSyntheticSource::sameSeedSamePictures()
{
    const Read a = readAll("synthetic:booth?size=160x120&frames=2&seed=5");
    const Read b = readAll("synthetic:booth?size=160x120&frames=2&seed=5");
    const Read other = readAll("synthetic:booth?size=160x120&frames=2&seed=6");
    QVERIFY(samePixels(*a.frames.at(1), *b.frames.at(1)));
    QVERIFY(!samePixels(*a.frames.at(1), *other.frames.at(1)));
}

void TestSyntheticSource::stillStandsStill()
{
    const Read read = readAll("synthetic:still?size=160x120&frames=3");
    QCOMPARE(read.frames.size(), std::size_t(3));
    QVERIFY(samePixels(*read.frames[0], *read.frames[2]));
    QCOMPARE(read.frames[2]->sequence(), std::uint64_t(2));
}

void TestSyntheticSource::lateConsumersMissFrames()
{
    ManualClock clock;
    const auto source = openSource("synthetic:booth?size=64x48&fps=10", Pacing::RealTime, clock);
    QVERIFY(source);
    QCOMPARE((*(*source)->next({}))->sequence(), std::uint64_t(0));
    clock.advance(100ms);
    QCOMPARE((*(*source)->next({}))->sequence(), std::uint64_t(1));
    clock.advance(150ms); // late by half a frame: nothing is missed
    QCOMPARE((*(*source)->next({}))->sequence(), std::uint64_t(2));
    clock.advance(3s);
    const auto frame = (*source)->next({});
    QCOMPARE((*frame)->sequence(), std::uint64_t(32));
    QCOMPARE((*frame)->captured(), clock.monotonic());
}

void TestSyntheticSource::stopEndsTheWaitForAFrame()
{
    const ManualClock clock;
    const auto source = openSource("synthetic:still?size=64x48", Pacing::RealTime, clock);
    std::stop_source stop;
    QVERIFY(*(*source)->next(stop.get_token()));
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(20ms);
        stop.request_stop();
    });
    QVERIFY(!*(*source)->next(stop.get_token())); // never due: the clock stands still
}

void TestSyntheticSource::refuses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *url, const char *says) {
        QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(says);
    };
    row("synthetic:moon", "booth, still");
    row("synthetic:booth?people=33", "0 to 32");
    row("synthetic:booth?fps=0.5", "1 to 120");
    row("synthetic:booth?frames=0", "option frames");
    row("synthetic:booth?sede=1", "did you mean seed?");
}

void TestSyntheticSource::refuses()
{
    QFETCH(QString, url);
    QFETCH(QString, says);
    const auto source = openSource(url.toStdString(), Pacing::RealTime);
    QVERIFY(!source);
    QVERIFY(source.error().code == ErrorCode::InvalidArgument);
    const QString line = QString::fromStdString(describe(source.error()));
    QVERIFY2(line.contains(says), qPrintable(line));
}

QTEST_GUILESS_MAIN(TestSyntheticSource)
#include "test_synthetic_source.moc"
