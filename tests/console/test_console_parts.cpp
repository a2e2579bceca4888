#include "console/core/network_thread.h"
#include "console/core/secret_store.h"
#include "console/live/picture_decoder.h"
#include "console/live/picture_link.h"
#include "console/shell/page.h"
#include "console/wall/wall_grid.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <opencv2/imgcodecs.hpp>
#include <semaphore>
#include <vector>

using namespace facetrack::console;

namespace {

QByteArray jpegOf(int width, int height, const cv::Scalar &bgr)
{
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", cv::Mat(height, width, CV_8UC3, bgr), bytes);
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

} // namespace

class TestConsoleParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPictureIsDecodedAtTheSmallestScaleThatIsEnough_data()
    {
        QTest::addColumn<int>("wanted");
        QTest::addColumn<QSize>("size");
        QTest::newRow("all of it") << 0 << QSize(1088, 720);
        QTest::newRow("half") << 540 << QSize(544, 360);
        QTest::newRow("an eighth") << 10 << QSize(136, 90);
        QTest::newRow("no more than there is") << 4000 << QSize(1088, 720);
    }
    void aPictureIsDecodedAtTheSmallestScaleThatIsEnough()
    {
        QFETCH(int, wanted);
        QFETCH(QSize, size);
        PictureDecoder decoder;
        const QImage image = decoder.decode(jpegOf(1088, 720, {40, 80, 200}), wanted);
        QCOMPARE(image.size(), size);
        const QColor middle = image.pixelColor(size.width() / 2, size.height() / 2);
        QVERIFY(qAbs(middle.red() - 200) < 6 && qAbs(middle.green() - 80) < 6 && qAbs(middle.blue() - 40) < 6);
    }

    void whatIsNoPictureGivesNone()
    {
        PictureDecoder decoder;
        QVERIFY(decoder.decode("no JPEG", 0).isNull());
        QVERIFY(decoder.decode({}, 0).isNull());
        QVERIFY(decoder.decode(jpegOf(64, 64, {}).left(40), 0).isNull());
    }

    void aPartTellsWhereFacesAre()
    {
        facetrack::AgentStream::Part part;
        part.headers = {{"x-faces", "12:0.1,0.2,0.05,0.08;0:0.5,0.5,0.1,0.1"},
                        {"x-sequence", "77"}, {"x-timestamp", "1700000000.250"},
                        {"x-revision", "4"}, {"x-latency-ms", "3.5"}};
        const PictureFacts facts = factsFrom(part);
        QCOMPARE(facts.faces.size(), 2U);
        QCOMPARE(facts.faces[0].track, 12U);
        QCOMPARE(facts.faces[0].box, QRectF(0.1, 0.2, 0.05, 0.08));
        QCOMPARE(facts.sequence, 77);
        QCOMPARE(facts.capturedUtc, 1'700'000'000'250);
        QCOMPARE(facts.revision, 4U);
        part.headers["x-faces"] = "rubbish;1:2;;3:a,b,c";
        QVERIFY(factsFrom(part).faces.empty());
        QVERIFY(factsFrom({}).faces.empty()); // an older agent
    }

    void noMorePixelsAreAskedForThanAreShown()
    {
        PictureWish wish;
        wish.pixels = {533, 300};
        QCOMPARE(optionsFor(wish).at("width"), std::string("640"));
        wish.pixels = {9000, 5000};
        QCOMPARE(optionsFor(wish).at("width"), std::string("4096"));
        QCOMPARE(optionsFor(wish).count("faces"), 0U);
        wish.facesVisible = true;
        QCOMPARE(optionsFor(wish).at("faces"), std::string("visible"));
        wish.facesCoarse = true; // what a presentation asks for wins
        QCOMPARE(optionsFor(wish).at("faces"), std::string("pixelated"));
    }

    void theGridIsTheOneInWhichPicturesAreLargest_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QSize>("space");
        QTest::addColumn<int>("columns");
        QTest::newRow("one") << 1 << QSize(1600, 900) << 1;
        QTest::newRow("three") << 3 << QSize(1600, 900) << 2;
        QTest::newRow("sixteen") << 16 << QSize(1600, 900) << 4;
        QTest::newRow("upright") << 3 << QSize(500, 1200) << 1;
        QTest::newRow("a strip") << 3 << QSize(1600, 200) << 3;
    }
    void theGridIsTheOneInWhichPicturesAreLargest()
    {
        QFETCH(int, count);
        QFETCH(QSize, space);
        QTEST(columnsFor(count, space), "columns");
    }

    void aMailboxWhoseOwnerIsGoneSwallowsWhatComes()
    {
        NetworkThread thread(QStringLiteral("network"));
        auto owner = std::make_unique<QObject>();
        const auto mailbox = std::make_shared<Mailbox>(owner.get());
        QThread *heardOn = nullptr;
        thread.post([&] { mailbox->post([&] { heardOn = QThread::currentThread(); }); });
        QTRY_COMPARE(heardOn, QThread::currentThread());
        mailbox->close();
        owner.reset();
        std::binary_semaphore posted(0);
        bool heard = false;
        thread.post([&] {
            mailbox->post([&] { heard = true; });
            posted.release();
        });
        posted.acquire();
        QCoreApplication::processEvents();
        QVERIFY(!heard);
    }

    void secretsAreForThisUserOnlyAndGoWhenTheyAreEmpty()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("new/secrets.json"));
        const auto store = makeFileSecrets(file, {});
        QObject context;
        QString trouble = QStringLiteral("not yet"), found;
        store->write(tokenKey(QStringLiteral("pi-1")), QStringLiteral("t0ken"), &context,
                     [&](const QString &words) { trouble = words; });
        QTRY_COMPARE(trouble, QString());
        QCOMPARE(QFile(file).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        store->read(tokenKey(QStringLiteral("pi-1")), &context, [&](const QString &secret) { found = secret; });
        QTRY_COMPARE(found, QStringLiteral("t0ken"));
        store->write(tokenKey(QStringLiteral("pi-1")), {}, &context, [](const QString &) {});
        store->read(tokenKey(QStringLiteral("pi-1")), &context, [&](const QString &secret) { found = secret; });
        QTRY_COMPARE(found, QString());
    }

    void eachPageHasAnIdATitleAndAnIcon()
    {
        QStringList ids;
        for (const PageKind &kind : pageKinds()) {
            QVERIFY(!kind.title.isEmpty() && !ids.contains(kind.id));
            QVERIFY(!icon(kind.icon).pixmap(24, 24).toImage().isNull());
            ids << kind.id;
        }
        QVERIFY(ids.contains(QStringLiteral("wall")));
    }
};

QTEST_MAIN(TestConsoleParts)
#include "test_console_parts.moc"
