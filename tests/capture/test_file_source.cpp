#include "media.h"

#include <QtTest>
#include <thread>

using namespace facetrack;
using namespace facetrack::test;
using namespace std::chrono_literals;

class TestFileSource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void deliversEveryFrame_data();
    void deliversEveryFrame();
    void countsAndTimesFollowTheFile();
    void realDataIsComplete_data();
    void realDataIsComplete();
    void limitedRangeBecomesFull_data();
    void limitedRangeBecomesFull();
    void sizesMayBeOdd();
    void fitsAsAsked();
    void turnsPhoneVideosUpright();
    void loopGoesOnCounting();
    void realTimeBearsTheClocksTimes();
    void stopEndsTheWaitForAFrame();
    void refusesUnknownOptions();

private:
    Media m_media;
};

void TestFileSource::initTestCase()
{
    if (!m_media.canMake())
        QSKIP("the program ffmpeg is not installed");
    QVERIFY(m_media.make("pattern.mp4", "-f lavfi -i testsrc2=s=160x120:r=25:d=2 -pix_fmt yuv420p "
                                        "-c:v libx264 -bf 3 -g 20"));
}

void TestFileSource::deliversEveryFrame_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("arguments");
    QTest::newRow("H.264 with B-frames in MP4") << QByteArray("a.mp4") << QByteArray("-c copy");
    QTest::newRow("fragmented MP4") << QByteArray("f.mp4")
                                    << QByteArray("-c copy -movflags frag_keyframe+empty_moov");
    QTest::newRow("Matroska") << QByteArray("a.mkv") << QByteArray("-c copy");
    QTest::newRow("transport stream") << QByteArray("a.ts") << QByteArray("-c copy");
    QTest::newRow("FLV") << QByteArray("a.flv") << QByteArray("-c copy");
    QTest::newRow("bare H.264") << QByteArray("a.h264") << QByteArray("-c copy");
    QTest::newRow("VP8") << QByteArray("8.webm") << QByteArray("-c:v libvpx -b:v 1M");
    QTest::newRow("VP9") << QByteArray("9.webm")
                         << QByteArray("-c:v libvpx-vp9 -b:v 1M -cpu-used 8");
    QTest::newRow("Motion JPEG") << QByteArray("j.avi") << QByteArray("-c:v mjpeg -q:v 3");
    QTest::newRow("MPEG-4 part 2") << QByteArray("x.avi") << QByteArray("-c:v mpeg4");
    QTest::newRow("MPEG-2") << QByteArray("m.mpg") << QByteArray("-c:v mpeg2video -bf 2");
}

void TestFileSource::deliversEveryFrame()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, arguments);
    QVERIFY(m_media.remake(name, "pattern.mp4", arguments));
    const Read read = readAll(m_media.url("file", name));
    QVERIFY2(!read.error, read.error ? describe(*read.error).c_str() : "");
    QCOMPARE(read.frames.size(), std::size_t(50));
    QCOMPARE(read.frames.back()->size(), (Size{160, 120}));
}

void TestFileSource::countsAndTimesFollowTheFile()
{
    const auto source = openSource(m_media.url("file", "pattern.mp4"), Pacing::AsFastAsPossible);
    QVERIFY(source);
    QCOMPARE((*source)->nominalFps(), 25.0);
    QCOMPARE((*source)->expectedFrames(), std::uint64_t(50));
    QVERIFY(!(*source)->isLive());
    const Read read = readAll(**source);
    QCOMPARE(read.frames.size(), std::size_t(50));
    for (std::size_t i = 0; i < read.frames.size(); ++i) {
        const Frame &frame = *read.frames[i];
        QCOMPARE(frame.sequence(), i);
        QCOMPARE(frame.captured(), std::chrono::nanoseconds(i * 40ms));
        QCOMPARE(frame.capturedUtc(), UtcTime(i * 40ms));
        QVERIFY(frame.format() == PixelFormat::I420);
        QVERIFY(frame.file().empty());
    }
    QVERIFY(!*(*source)->next({})); // the end stays the end
}

void TestFileSource::realDataIsComplete_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("frames");
    QTest::newRow("talking") << QByteArray("talking.mp4") << 1202;
    QTest::newRow("walking") << QByteArray("walking.mp4") << 35;
}

void TestFileSource::realDataIsComplete()
{
    QFETCH(QByteArray, name);
    QFETCH(int, frames);
    if (!qEnvironmentVariableIsSet("FACETRACK_TEST_DATA"))
        QSKIP("FACETRACK_TEST_DATA does not say where the real videos are");
    const QByteArray path = qgetenv("FACETRACK_TEST_DATA") + "/video/" + name;
    const Read read = readAll("file:" + path.toStdString());
    QVERIFY2(!read.error, read.error ? describe(*read.error).c_str() : "");
    QCOMPARE(read.frames.size(), static_cast<std::size_t>(frames));
}

void TestFileSource::limitedRangeBecomesFull_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<int>("y");
    QTest::addColumn<int>("u");
    QTest::addColumn<int>("v");
    const auto row = [](const char *name, const char *colour, const char *arguments, Colour is) {
        QTest::newRow(name) << QByteArray(colour) << QByteArray(arguments) << is.y << is.u << is.v;
    };
    row("red", "red", "-pix_fmt yuv420p", Red);
    row("grey", "gray", "-pix_fmt yuv420p", Grey);
    row("white", "white", "-pix_fmt yuv420p", White);
    row("black", "black", "-pix_fmt yuv420p", Black);
    row("red 4:4:4", "red", "-pix_fmt yuv444p", Red);
    row("red full range", "red", "-pix_fmt yuvj420p", Red);
    row("red 10 bits", "red", "-pix_fmt yuv420p10le", Red);
    row("blue BT.709", "blue",
        "-vf scale=out_color_matrix=bt709 -colorspace bt709 -pix_fmt yuv420p", Blue);
    row("white BT.709", "white",
        "-vf scale=out_color_matrix=bt709 -colorspace bt709 -pix_fmt yuv420p", White);
}

void TestFileSource::limitedRangeBecomesFull()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, arguments);
    QFETCH(int, y);
    QFETCH(int, u);
    QFETCH(int, v);
    QVERIFY(m_media.make("colour.mp4", "-f lavfi -i color=" + source + ":s=64x48:r=5:d=0.4 "
                                           + arguments + " -c:v libx264 -qp 1"));
    for (const char *options : {"", "?size=96x64", "?size=33x17"}) {
        const Read read = readAll(m_media.url("file", "colour.mp4", options));
        QCOMPARE(read.frames.size(), std::size_t(2));
        const Frame &frame = *read.frames.front();
        QVERIFY(near(colourAt(frame, 0, 0), {y, u, v}));
        QVERIFY(near(colourAt(frame, frame.width() - 1, frame.height() - 1), {y, u, v}));
    }
}

void TestFileSource::sizesMayBeOdd()
{
    const Read read = readAll(m_media.url("file", "pattern.mp4", "?size=333x251"));
    QCOMPARE(read.frames.size(), std::size_t(50));
    QCOMPARE(read.frames.front()->size(), (Size{333, 251}));
    QCOMPARE(read.frames.front()->plane(1).width, 167);
    QCOMPARE(read.frames.front()->plane(2).height, 126);
}

void TestFileSource::fitsAsAsked()
{
    // Twice as wide as high: left half red, right half blue.
    QVERIFY(m_media.make("halves.mp4",
                         "-f lavfi -i color=red:s=64x64:r=5:d=0.4 -f lavfi "
                         "-i color=blue:s=64x64:r=5:d=0.4 -filter_complex hstack "
                         "-pix_fmt yuv420p -c:v libx264 -qp 1"));
    const auto first = [&](const char *options) {
        return readAll(m_media.url("file", "halves.mp4", options)).frames.at(0);
    };
    const FramePtr stretched = first("?size=64x64");
    QVERIFY(near(colourAt(*stretched, 4, 4), Red));
    QVERIFY(near(colourAt(*stretched, 59, 59), Blue));
    const FramePtr boxed = first("?size=64x64&fit=letterbox");
    QVERIFY(near(colourAt(*boxed, 32, 4), Black, 0));
    QVERIFY(near(colourAt(*boxed, 32, 60), Black, 0));
    QVERIFY(near(colourAt(*boxed, 8, 20), Red));
    QVERIFY(near(colourAt(*boxed, 56, 44), Blue));
    const FramePtr pillars = first("?size=320x80&fit=letterbox");
    QVERIFY(near(colourAt(*pillars, 76, 40), Black, 0));
    QVERIFY(near(colourAt(*pillars, 84, 40), Red));
    const FramePtr cropped = first("?size=32x64&fit=crop");
    QCOMPARE(cropped->size(), (Size{32, 64}));
    QVERIFY(near(colourAt(*cropped, 8, 4), Red));
    QVERIFY(near(colourAt(*cropped, 24, 60), Blue));
    // The aspect is kept: an edge stays where the middle of the picture is.
    QVERIFY(near(colourAt(*cropped, 13, 32), Red, 6));
    QVERIFY(near(colourAt(*cropped, 18, 32), Blue, 6));
}

void TestFileSource::turnsPhoneVideosUpright()
{
    QVERIFY(m_media.make("upright.mp4",
                         "-f lavfi -i color=red:s=64x64:r=5:d=0.4 -f lavfi "
                         "-i color=blue:s=64x64:r=5:d=0.4 -filter_complex hstack "
                         "-pix_fmt yuv420p -c:v libx264 -qp 1"));
    QVERIFY(m_media.remake("turned.mp4", "upright.mp4", "-c copy -metadata:s:v:0 rotate=90"));
    FramePtr frame = readAll(m_media.url("file", "turned.mp4")).frames.at(0);
    if (frame->width() > frame->height()) { // ffmpeg 6 and newer write it by another option
        QVERIFY(m_media.make("turned.mp4", "-display_rotation:v:0 90 -i "
                                               + m_media.path("upright.mp4").toUtf8()
                                               + " -c copy"));
        frame = readAll(m_media.url("file", "turned.mp4")).frames.at(0);
    }
    QCOMPARE(frame->size(), (Size{64, 128}));
    // The matrix that this option writes turns to the left: the right half comes to the top.
    QVERIFY(near(colourAt(*frame, 32, 8), Blue));
    QVERIFY(near(colourAt(*frame, 32, 120), Red));
    const FramePtr sized = readAll(m_media.url("file", "turned.mp4", "?size=48x160")).frames.at(0);
    QCOMPARE(sized->size(), (Size{48, 160}));
    QVERIFY(near(colourAt(*sized, 24, 8), Blue));
    QVERIFY(near(colourAt(*sized, 24, 150), Red));
}

void TestFileSource::loopGoesOnCounting()
{
    const auto source
        = openSource(m_media.url("file", "pattern.mp4", "?loop=1"), Pacing::AsFastAsPossible);
    QVERIFY(source);
    QCOMPARE((*source)->expectedFrames(), std::uint64_t(0));
    const Read read = readAll(**source, 120);
    QCOMPARE(read.frames.size(), std::size_t(120));
    for (std::size_t i = 0; i < read.frames.size(); ++i) {
        QCOMPARE(read.frames[i]->sequence(), i);
        QCOMPARE(read.frames[i]->captured(), std::chrono::nanoseconds(i * 40ms));
    }
}

void TestFileSource::realTimeBearsTheClocksTimes()
{
    ManualClock clock;
    clock.advance(7s);
    clock.setUtc(UtcTime(1'600'000'000'123));
    const auto source
        = openSource(m_media.url("file", "pattern.mp4", "?rate=max"), Pacing::RealTime, clock);
    QVERIFY(source);
    const Read read = readAll(**source); // hangs where it waits: the clock stands still
    QCOMPARE(read.frames.size(), std::size_t(50));
    QCOMPARE(read.frames.back()->captured(), std::chrono::nanoseconds(7s));
    QCOMPARE(read.frames.back()->capturedUtc(), UtcTime(1'600'000'000'123));
}

void TestFileSource::stopEndsTheWaitForAFrame()
{
    const ManualClock clock;
    const auto source = openSource(m_media.url("file", "pattern.mp4"), Pacing::RealTime, clock);
    QVERIFY(source);
    std::stop_source stop;
    QVERIFY(*(*source)->next(stop.get_token()));
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(20ms);
        stop.request_stop();
    });
    const auto frame = (*source)->next(stop.get_token()); // never due: the clock stands still
    QVERIFY(frame);
    QVERIFY(!*frame);
}

void TestFileSource::refusesUnknownOptions()
{
    const auto source
        = openSource(m_media.url("file", "pattern.mp4", "?fps=5"), Pacing::RealTime);
    QVERIFY(!source);
    QVERIFY(source.error().code == ErrorCode::InvalidArgument);
    QVERIFY(!openSource(m_media.url("file", "pattern.mp4", "?rate=fast"), Pacing::RealTime));
    QVERIFY(!openSource(m_media.url("file", "pattern.mp4", "?loop=2"), Pacing::RealTime));
}

QTEST_GUILESS_MAIN(TestFileSource)
#include "test_file_source.moc"
