#include "media.h"

#include <QtTest>
#include <sys/stat.h>

using namespace facetrack;
using namespace facetrack::test;

class TestFileDamage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cutOffFilesDeliverThenSayCorrupt_data();
    void cutOffFilesDeliverThenSayCorrupt();
    void garbageInsideIsCorrupt_data();
    void garbageInsideIsCorrupt();
    void aDamagedFileIsNotLooped();
    void joiningAStreamBetweenKeyFramesIsNoDamage();
    void skippedByEditListIsNoDamage();
    void unreadableFilesAreRefused_data();
    void unreadableFilesAreRefused();
    void fifoIsRefusedAtOnce();
    void playlistsAndAddressesAreRefused_data();
    void playlistsAndAddressesAreRefused();

private:
    Media m_media;
};

void TestFileDamage::initTestCase()
{
    if (!m_media.canMake())
        QSKIP("the program ffmpeg is not installed");
    QVERIFY(m_media.make("pattern.mp4",
                         "-f lavfi -i testsrc2=s=160x120:r=25:d=4 -pix_fmt yuv420p -c:v libx264 "
                         "-bf 3 -g 20 -movflags +faststart"));
    QVERIFY(m_media.remake("fragments.mp4", "pattern.mp4",
                           "-c copy -movflags frag_keyframe+empty_moov"));
    QVERIFY(m_media.remake("pattern.mkv", "pattern.mp4", "-c copy"));
    QVERIFY(m_media.remake("pattern.ts", "pattern.mp4", "-c copy"));
    QVERIFY(m_media.remake("pattern.webm", "pattern.mp4", "-c:v libvpx -b:v 1M"));
    QVERIFY(m_media.remake("pattern.avi", "pattern.mp4", "-c:v mjpeg -q:v 3"));
}

void TestFileDamage::cutOffFilesDeliverThenSayCorrupt_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"pattern.mp4", "fragments.mp4", "pattern.mkv", "pattern.webm",
                             "pattern.avi"})
        QTest::newRow(name) << QByteArray(name);
}

void TestFileDamage::cutOffFilesDeliverThenSayCorrupt()
{
    QFETCH(QByteArray, name);
    const QByteArray whole = m_media.bytes(name);
    const QByteArray cutName = "cut-" + name;
    m_media.write(cutName, whole.left(whole.size() * 7 / 10));
    const Read read = readAll(m_media.url("file", cutName));
    QVERIFY(read.frames.size() > 40 && read.frames.size() < 90);
    QVERIFY(read.error);
    QVERIFY(read.error->code == ErrorCode::Corrupt);
    QVERIFY(read.error->where.ends_with(cutName.toStdString()));
    const std::string ended = "ended after " + std::to_string(read.frames.size());
    QVERIFY2(read.error->message.find(ended) != std::string::npos, read.error->message.c_str());
}

void TestFileDamage::garbageInsideIsCorrupt_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"pattern.mp4", "pattern.mkv", "pattern.webm", "pattern.avi"})
        QTest::newRow(name) << QByteArray(name);
}

void TestFileDamage::garbageInsideIsCorrupt()
{
    QFETCH(QByteArray, name);
    QByteArray bytes = m_media.bytes(name);
    for (qsizetype i = 0; i < 3000; ++i)
        bytes[bytes.size() / 2 + i] = static_cast<char>(i * 7919 >> 3);
    const QByteArray badName = "bad-" + name;
    m_media.write(badName, bytes);
    const Read read = readAll(m_media.url("file", badName));
    QVERIFY2(read.frames.size() > 30, "the frames before the damage are delivered");
    QVERIFY(read.error);
    QVERIFY(read.error->code == ErrorCode::Corrupt);
    QVERIFY2(read.error->message.find("near frame ") != std::string::npos,
             read.error->message.c_str());
}

void TestFileDamage::aDamagedFileIsNotLooped()
{
    const QByteArray whole = m_media.bytes("pattern.mp4");
    m_media.write("loop.mp4", whole.left(whole.size() / 2));
    const Read read = readAll(m_media.url("file", "loop.mp4", "?loop=1"),
                              Pacing::AsFastAsPossible, 1000);
    QVERIFY(read.error);
    QVERIFY(read.frames.size() < 100);
}

void TestFileDamage::joiningAStreamBetweenKeyFramesIsNoDamage()
{
    const QByteArray whole = m_media.bytes("pattern.ts");
    const qsizetype packets = whole.size() / 188;
    m_media.write("joined.ts", whole.mid(packets / 2 * 188));
    const Read read = readAll(m_media.url("file", "joined.ts"));
    QVERIFY2(!read.error, read.error ? describe(*read.error).c_str() : "");
    QVERIFY(read.frames.size() >= 20);
}

void TestFileDamage::skippedByEditListIsNoDamage()
{
    QVERIFY(m_media.make("edited.mp4", "-ss 1.3 -i " + m_media.path("pattern.mp4").toUtf8()
                                           + " -c copy"));
    const Read read = readAll(m_media.url("file", "edited.mp4"));
    QVERIFY2(!read.error, read.error ? describe(*read.error).c_str() : "");
    QVERIFY(read.frames.size() > 60);
}

void TestFileDamage::unreadableFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("Hello, this is not a video at all.\n").repeated(50);
    QTest::newRow("zeroes") << QByteArray(100000, '\0');
    QTest::newRow("MP4 without its index") << m_media.bytes("fragments.mp4").left(20);
}

void TestFileDamage::unreadableFilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    m_media.write("bad.mp4", bytes);
    const auto source = openSource(m_media.url("file", "bad.mp4"), Pacing::RealTime);
    QVERIFY(!source);
    QVERIFY(source.error().code == ErrorCode::Corrupt);
    QVERIFY(source.error().where.ends_with("bad.mp4"));
}

void TestFileDamage::fifoIsRefusedAtOnce()
{
    QCOMPARE(::mkfifo(m_media.path("fifo").toUtf8().constData(), 0600), 0);
    const auto fifo = openSource(m_media.url("file", "fifo"), Pacing::RealTime); // could hang
    QVERIFY(!fifo);
    QVERIFY(fifo.error().message.find("FIFO") != std::string::npos);
    const auto device = openSource("file:/dev/zero", Pacing::RealTime);
    QVERIFY(device.error().message.find("character device") != std::string::npos);
    const auto directory = openSource(m_media.url("file", ""), Pacing::RealTime);
    QVERIFY(directory.error().message.find("directory") != std::string::npos);
    QVERIFY(directory.error().advice.find("images:") != std::string::npos);
}

void TestFileDamage::playlistsAndAddressesAreRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    const QByteArray video = m_media.path("pattern.ts").toUtf8();
    QTest::newRow("HLS") << QByteArray("list.m3u8")
                         << "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n" + video
                                + "\n#EXT-X-ENDLIST\n";
    QTest::newRow("concat") << QByteArray("list.ffconcat")
                            << "ffconcat version 1.0\nfile '" + video + "'\n";
    QTest::newRow("SDP") << QByteArray("list.sdp")
                         << QByteArray("v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"
                                       "a=rtpmap:96 H264/90000\n");
}

void TestFileDamage::playlistsAndAddressesAreRefused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    m_media.write(name, text);
    const auto source = openSource(m_media.url("file", name), Pacing::RealTime);
    QVERIFY(!source);
    QVERIFY2(source.error().code == ErrorCode::Unsupported, describe(source.error()).c_str());
    const auto address = openSource("file:http://127.0.0.1/x.mp4", Pacing::RealTime);
    QVERIFY(!address);
    QVERIFY(address.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestFileDamage)
#include "test_file_damage.moc"
