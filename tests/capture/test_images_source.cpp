#include "media.h"

#include <QDir>
#include <QtTest>

using namespace facetrack;
using namespace facetrack::test;
using namespace std::chrono_literals;

class TestImagesSource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void goesByTheNamesBytes();
    void coloursSurvive_data();
    void coloursSurvive();
    void realPhotographsAreRead();
    void sizeMakesAllAlike();
    void timesFollowFps();
    void loopStartsAgain();
    void honoursExifOrientation();
    void namesTheDamagedPicture_data();
    void namesTheDamagedPicture();
    void saysWhatIsMissing();

private:
    /// A fresh directory of that name in m_media.
    void makeDirectory(const char *name)
    {
        QDir(m_media.path(name)).removeRecursively();
        QVERIFY(QDir().mkpath(m_media.path(name)));
    }

    Media m_media;
};

void TestImagesSource::initTestCase()
{
    if (!m_media.canMake())
        QSKIP("the program ffmpeg is not installed");
    QVERIFY(m_media.make("red.jpg", "-f lavfi -i color=red:s=66x50 -frames:v 1 -pix_fmt yuvj420p"));
}

void TestImagesSource::goesByTheNamesBytes()
{
    makeDirectory("order");
    for (const char *name : {"order/b.jpg", "order/10.jpg", "order/9.jpg", "order/B.JPG",
                             "order/a.jpeg", "order/notes.txt"})
        m_media.write(name, m_media.bytes("red.jpg"));
    makeDirectory("order/below.jpg");
    const auto source = openSource(m_media.url("images", "order"), Pacing::AsFastAsPossible);
    QVERIFY(source);
    QVERIFY((*source)->isUnrelatedPictures());
    QVERIFY(!(*source)->isLive());
    QCOMPARE((*source)->expectedFrames(), std::uint64_t(5));
    const Read read = readAll(**source);
    QStringList names;
    for (const FramePtr &frame : read.frames) {
        QCOMPARE(frame->sequence(), static_cast<std::uint64_t>(names.size()));
        names += QString::fromStdString(frame->file());
    }
    QCOMPARE(names.join(QLatin1Char(' ')), QStringLiteral("10.jpg 9.jpg B.JPG a.jpeg b.jpg"));
}

void TestImagesSource::coloursSurvive_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("format");
    const auto row = [](const char *name, const char *format) {
        QTest::addRow("%s %s", name, format) << QByteArray(name) << QByteArray(format);
    };
    row("x.jpg", "yuvj420p");
    row("x.jpg", "yuvj422p");
    row("x.jpg", "yuvj444p");
    row("x.jpg", "gray");
    row("x.png", "rgb24");
    row("x.png", "rgba");
    row("x.png", "pal8");
    row("x.png", "gray");
    row("x.png", "gray16be");
    row("x.png", "rgb48be");
    row("x.bmp", "bgr24");
    row("x.bmp", "bgra");
    row("x.webp", "yuv420p");
    row("x.webp", "bgra");
}

void TestImagesSource::coloursSurvive()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, format);
    const bool grey = format.startsWith("gray");
    makeDirectory("colour");
    // 4:4:4 first, so that the picture may have an odd size.
    QVERIFY(m_media.make("colour/" + name, QByteArray("-f lavfi -i color=")
                                               + (grey ? "gray" : "red")
                                               + ":s=68x52,format=rgb24,crop=67:51 -frames:v 1 "
                                                 "-pix_fmt " + format));
    const Colour wanted = grey ? Grey : Red;
    for (const char *options : {"", "?size=99x64", "?size=40x80&fit=crop"}) {
        const Read read = readAll(m_media.url("images", "colour", options));
        QVERIFY2(!read.error, read.error ? describe(*read.error).c_str() : "");
        QCOMPARE(read.frames.size(), std::size_t(1));
        const Frame &frame = *read.frames.front();
        QVERIFY(near(colourAt(frame, 0, 0), wanted));
        // Not the last column: where the width is odd, ffmpeg's own encoding spoils its chroma.
        QVERIFY(near(colourAt(frame, frame.width() * 3 / 4, frame.height() - 1), wanted));
        if (!*options)
            QCOMPARE(frame.size(), (Size{67, 51}));
    }
}

void TestImagesSource::realPhotographsAreRead()
{
    if (!qEnvironmentVariableIsSet("FACETRACK_TEST_DATA"))
        QSKIP("FACETRACK_TEST_DATA does not say where the photographs are");
    const QByteArray path = qgetenv("FACETRACK_TEST_DATA") + "/faces";
    const Read read = readAll("images:" + path.toStdString());
    QVERIFY2(!read.error, read.error ? describe(*read.error).c_str() : "");
    QCOMPARE(read.frames.size(), std::size_t(4));
}

void TestImagesSource::sizeMakesAllAlike()
{
    makeDirectory("sizes");
    QVERIFY(m_media.make("sizes/a.png", "-f lavfi -i color=red:s=40x80 -frames:v 1"));
    QVERIFY(m_media.make("sizes/b.png", "-f lavfi -i color=red:s=80x40 -frames:v 1"));
    const Read own = readAll(m_media.url("images", "sizes"));
    QCOMPARE(own.frames.at(0)->size(), (Size{40, 80}));
    QCOMPARE(own.frames.at(1)->size(), (Size{80, 40}));
    const Read boxed = readAll(m_media.url("images", "sizes", "?size=60x60&fit=letterbox"));
    QCOMPARE(boxed.frames.at(0)->size(), (Size{60, 60}));
    QVERIFY(near(colourAt(*boxed.frames.at(0), 2, 30), Black, 0));
    QVERIFY(near(colourAt(*boxed.frames.at(0), 30, 2), Red));
    QVERIFY(near(colourAt(*boxed.frames.at(1), 2, 30), Red));
    QVERIFY(near(colourAt(*boxed.frames.at(1), 30, 2), Black, 0));
}

void TestImagesSource::timesFollowFps()
{
    makeDirectory("fps");
    m_media.write("fps/a.jpg", m_media.bytes("red.jpg"));
    m_media.write("fps/b.jpg", m_media.bytes("red.jpg"));
    const Read slow = readAll(m_media.url("images", "fps"));
    QCOMPARE(slow.frames.at(1)->captured(), std::chrono::nanoseconds(1s));
    const Read quick = readAll(m_media.url("images", "fps", "?fps=20"));
    QCOMPARE(quick.frames.at(1)->capturedUtc(), UtcTime(50ms));
}

void TestImagesSource::loopStartsAgain()
{
    makeDirectory("loop");
    m_media.write("loop/a.jpg", m_media.bytes("red.jpg"));
    m_media.write("loop/b.jpg", m_media.bytes("red.jpg"));
    const Read read = readAll(m_media.url("images", "loop", "?loop=1"),
                              Pacing::AsFastAsPossible, 5);
    QCOMPARE(read.frames.size(), std::size_t(5));
    QCOMPARE(read.frames[4]->file(), std::string("a.jpg"));
    QCOMPARE(read.frames[4]->sequence(), std::uint64_t(4));
    QCOMPARE(read.frames[4]->captured(), std::chrono::nanoseconds(4s));
}

void TestImagesSource::honoursExifOrientation()
{
    // A big-endian TIFF with one entry: tag 0x0112, SHORT, 6 ("turn right to see it upright").
    const QByteArray exif = QByteArray::fromHex("ffe1002245786966000"
                                                "04d4d002a00000008000101120003000000010006000000000000");
    makeDirectory("exif");
    QVERIFY(m_media.make("halves.jpg",
                         "-f lavfi -i color=red:s=64x64 -f lavfi -i color=blue:s=64x64 "
                         "-filter_complex hstack,format=yuvj444p -frames:v 1 -q:v 1"));
    QByteArray bytes = m_media.bytes("halves.jpg");
    m_media.write("exif/a.jpg", bytes.insert(2, exif));
    const Read read = readAll(m_media.url("images", "exif"));
    QVERIFY2(!read.error, read.error ? describe(*read.error).c_str() : "");
    const Frame &frame = *read.frames.at(0);
    QCOMPARE(frame.size(), (Size{64, 128}));
    QVERIFY(near(colourAt(frame, 32, 8), Red));
    QVERIFY(near(colourAt(frame, 32, 120), Blue));
}

void TestImagesSource::namesTheDamagedPicture_data()
{
    QTest::addColumn<QByteArray>("ending");
    QTest::addColumn<int>("percent");
    for (const char *ending : {"jpg", "png", "bmp", "webp"}) {
        QTest::addRow("%s cut in half", ending) << QByteArray(ending) << 50;
        QTest::addRow("%s cut near its end", ending) << QByteArray(ending) << 95;
        QTest::addRow("%s empty", ending) << QByteArray(ending) << 0;
    }
}

void TestImagesSource::namesTheDamagedPicture()
{
    QFETCH(QByteArray, ending);
    QFETCH(int, percent);
    makeDirectory("damage");
    const QByteArray name = "damage/b." + ending;
    QVERIFY(m_media.make(name, "-f lavfi -i testsrc2=s=160x120 -frames:v 1"));
    const QByteArray whole = m_media.bytes(name);
    m_media.write(name, whole.left(whole.size() * percent / 100));
    m_media.write("damage/a.jpg", m_media.bytes("red.jpg"));
    const Read read = readAll(m_media.url("images", "damage"));
    QCOMPARE(read.frames.size(), std::size_t(1));
    QVERIFY(read.error);
    QVERIFY(read.error->code == ErrorCode::Corrupt);
    QVERIFY(read.error->where.ends_with(name.toStdString()));
}

void TestImagesSource::saysWhatIsMissing()
{
    const auto missing = openSource(m_media.url("images", "nowhere"), Pacing::RealTime);
    QVERIFY(missing.error().code == ErrorCode::NotFound);
    makeDirectory("bare");
    const auto bare = openSource(m_media.url("images", "bare"), Pacing::RealTime);
    QVERIFY(bare.error().code == ErrorCode::NotFound);
    for (const char *ending : {".jpg", ".jpeg", ".png", ".bmp", ".webp"})
        QVERIFY(bare.error().advice.find(ending) != std::string::npos);
    const auto file = openSource(m_media.url("images", "red.jpg"), Pacing::RealTime);
    QVERIFY(file.error().code == ErrorCode::InvalidArgument);
    QVERIFY(!openSource(m_media.url("images", "bare", "?fps=0"), Pacing::RealTime));
}

QTEST_GUILESS_MAIN(TestImagesSource)
#include "test_images_source.moc"
