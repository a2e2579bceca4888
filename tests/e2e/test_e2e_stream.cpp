// The live stream, read by an independent reader: FFmpeg through OpenCV.
#include "tests/support/agent_process.h"
#include "tests/support/http_send.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x424");
constexpr int Patience = 60'000; // ms; only a hang comes near it

bool analysing(const QJsonObject &status)
{
    return status[u"detection"][u"frames"].toInt() > 0;
}

cv::VideoCapture openStream(const AgentProcess &agent, const QString &query = {})
{
    return cv::VideoCapture(agent.url(QStringLiteral("stream.mjpg") + query).toString().toStdString(),
                            cv::CAP_FFMPEG);
}

/// A viewer that asks and then reads nothing.
std::unique_ptr<QTcpSocket> deafViewer(const AgentProcess &agent)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->setReadBufferSize(1);
    socket->connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(agent.url().port()));
    socket->waitForConnected(Patience);
    socket->write("GET /stream.mjpg HTTP/1.1\r\nHost: localhost\r\n\r\n");
    socket->waitForBytesWritten(Patience);
    return socket;
}

/// The most memory that was ever resident, in units of 1,024 bytes.
int peakKilobytes(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray status = file.readAll();
    const QByteArray figure = status.mid(status.indexOf("VmHWM:") + 6).simplified();
    return figure.left(figure.indexOf(' ')).toInt();
}

/// Mean difference between neighbouring pixels.
double detailOf(const cv::Mat &picture)
{
    if (picture.empty())
        return 0;
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    cv::Mat differences;
    cv::absdiff(grey.colRange(1, grey.cols), grey.colRange(0, grey.cols - 1), differences);
    return cv::mean(differences)[0];
}

double detailOf(const QByteArray &jpeg)
{
    return detailOf(cv::imdecode(cv::Mat(1, static_cast<int>(jpeg.size()), CV_8UC1,
                                         const_cast<char *>(jpeg.constData())),
                                 cv::IMREAD_COLOR));
}

int streamFigure(const AgentProcess &agent, const char *name)
{
    return agent.status()[u"stream"][QLatin1String(name)].toInt();
}

} // namespace

class TestE2eStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ffmpegReadsTheStreamAndThePictureMoves()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        cv::VideoCapture viewer = openStream(*agent);
        QVERIFY(viewer.isOpened());
        cv::Mat first;
        cv::Mat later;
        QVERIFY(viewer.read(first));
        QCOMPARE(first.cols, 640);
        QCOMPARE(first.rows, 424);
        for (int i = 0; i < 30; ++i)
            QVERIFY(viewer.read(later));
        cv::Mat difference;
        cv::absdiff(first, later, difference);
        QVERIFY2(cv::mean(difference)[0] > 0.1, "the picture stands still");
    }

    void widthAndBoxesFollowTheQuery()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(analysing));
        cv::VideoCapture viewer = openStream(*agent, QStringLiteral("?width=320&boxes=exact"));
        cv::Mat picture;
        QVERIFY(viewer.read(picture));
        QCOMPARE(picture.cols, 320);
        QCOMPARE(agent->get(QStringLiteral("stream.mjpg?width=nine")).status, 400);
        QCOMPARE(agent->get(QStringLiteral("snapshot.jpg?quality=0")).status, 400);
    }

    void snapshotIsOneJpeg()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(analysing));
        const HttpAnswer answer = agent->get(QStringLiteral("snapshot.jpg?overlay=0&caption=0"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.contentType, QByteArray("image/jpeg"));
        const cv::Mat picture = cv::imdecode(
            std::vector<uchar>(answer.body.begin(), answer.body.end()), cv::IMREAD_COLOR);
        QCOMPARE(picture.cols, 640);
    }

    void nothingIsEncodedWithoutViewersAndOnceForMany()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(analysing));
        QCOMPARE(streamFigure(*agent, "encodes"), 0);

        std::vector<cv::VideoCapture> viewers;
        for (int i = 0; i < 4; ++i)
            viewers.push_back(openStream(*agent));
        cv::Mat picture;
        for (int i = 0; i < 40; ++i)
            for (cv::VideoCapture &viewer : viewers)
                QVERIFY(viewer.read(picture));
        const QJsonObject stream = agent->status()[u"stream"].toObject();
        QCOMPARE(stream[u"viewers"].toInt(), 4);
        const int encodes = stream[u"encodes"].toInt();
        const int frames = agent->status()[u"source"][u"frames"].toInt();
        QVERIFY2(encodes <= frames, "more than one encode for a frame");
        QVERIFY2(stream[u"pictures"].toInt() > 2 * encodes, "pictures are shared between viewers");
    }

    void aDeafViewerDelaysNobodyAndIsClosed()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path(),
                              {QStringLiteral("--set"),
                               QStringLiteral("http.viewer_timeout_seconds=2")});
        QVERIFY(agent->waitReady());
        const auto deaf = deafViewer(*agent);
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return s[u"stream"][u"viewers"].toInt() == 1; }));
        cv::VideoCapture viewer = openStream(*agent);
        cv::Mat picture;
        // The reader gets pictures all the time until the deaf one is gone, and after.
        int pictures = 0;
        QElapsedTimer timer;
        timer.start();
        while (streamFigure(*agent, "viewers") != 1 && timer.elapsed() < Patience) {
            QVERIFY(viewer.read(picture));
            ++pictures;
        }
        QCOMPARE(streamFigure(*agent, "viewers"), 1);
        QVERIFY(viewer.read(picture));
        QVERIFY(pictures > 10);
    }

    void aboveTheLimitViewersAreRefused()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path(),
                              {QStringLiteral("--set"), QStringLiteral("http.max_viewers=2")});
        QVERIFY(agent->waitReady());
        const auto first = deafViewer(*agent);
        const auto second = deafViewer(*agent);
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return s[u"stream"][u"viewers"].toInt() == 2; }));
        const HttpAnswer third = agent->get(QStringLiteral("stream.mjpg"));
        QCOMPARE(third.status, 503);
        QVERIFY2(third.json()[u"error"][u"message"].toString().contains(u"viewers"),
                 third.body.constData());
    }

    void facesAreForOwnersWhileCalibrationIsOpen()
    {
        // All is masked, so nothing is ever looked at, and all of the picture is coarse.
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path(),
                              {QStringLiteral("--set"),
                               QStringLiteral("detect.masks=all: 0,0 1,0 1,1 0,1")});
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(analysing));
        const auto detail = [&](const QString &query) {
            return detailOf(agent->get(QStringLiteral("snapshot.jpg?overlay=0&caption=0&shapes=0")
                                       + query).body);
        };
        const QString wish = QStringLiteral("&faces=visible");
        const double coarse = detail({});
        QVERIFY(coarse > 0);
        QVERIFY(detail(wish) < 1.2 * coarse);

        EventListener events(agent->url(QStringLiteral("api/v1/events")));
        const auto told = [&](bool open) { // the first may come twice: as it was, and as a change
            for (int i = 0; i < 3; ++i)
                if (events.next("calibration").data[u"open"] == QJsonValue(open))
                    return true;
            return false;
        };
        QVERIFY(told(false));
        const QUrl address = agent->url(QStringLiteral("api/v1/calibration"));
        QCOMPARE(httpSend("POST", address, R"({"open":1})").status, 422);
        QCOMPARE(httpSend("POST", address, R"({"open":true})").status, 200);
        QVERIFY(told(true));
        QVERIFY(agent->status()[u"calibration"][u"left_s"].toDouble() > 800);

        // Two viewers of the same frames at the same time.
        cv::VideoCapture owner = openStream(*agent, QStringLiteral("?overlay=0&caption=0&shapes=0&faces=visible"));
        cv::VideoCapture other = openStream(*agent, QStringLiteral("?overlay=0&caption=0&shapes=0"));
        cv::Mat sharp;
        cv::Mat veiled;
        for (int i = 0; i < 5; ++i)
            QVERIFY(owner.read(sharp) && other.read(veiled));
        QVERIFY2(detailOf(sharp) > 2 * detailOf(veiled),
                 qPrintable(QString::number(detailOf(sharp)) + u' '
                            + QString::number(detailOf(veiled))));
        QVERIFY(detail(wish) > 2 * coarse);

        QCOMPARE(httpSend("POST", address, R"({"open":false})").status, 200);
        QVERIFY(told(false));
        QVERIFY(detail(wish) < 1.2 * coarse);
        for (int i = 0; i < 200 && detailOf(sharp) > 1.2 * coarse; ++i)
            QVERIFY(owner.read(sharp)); // what was under way, then coarse ones
        QVERIFY(detailOf(sharp) < 1.2 * coarse);
    }

    void whoeverMayOnlyLookSeesNoFaces()
    {
        QTemporaryDir state;
        auto agent = runGuardedAgent(
            Booth, state.path(),
            {QStringLiteral("--set"), QStringLiteral("detect.masks=all: 0,0 1,0 1,1 0,1"),
             QStringLiteral("--set"), QStringLiteral("http.public_view=true"),
             QStringLiteral("--set"), QStringLiteral("http.tls=false")});
        QVERIFY(agent->waitReady());
        QVERIFY(agent->waitStatus(analysing));
        const HttpHeaders owner{{"Authorization", "Bearer " + accessToken(state.path())}};
        const auto detail = [&](const HttpHeaders &who) {
            return detailOf(
                httpSend("GET",
                         agent->url(QStringLiteral(
                             "snapshot.jpg?overlay=0&caption=0&shapes=0&faces=visible")),
                         {}, who).body);
        };
        const double coarse = detail(owner);
        QVERIFY(coarse > 0);
        const QUrl address = agent->url(QStringLiteral("api/v1/calibration"));
        QCOMPARE(httpSend("POST", address, R"({"open":true})").status, 401);
        QCOMPARE(httpSend("POST", address, R"({"open":true})", owner).status, 200);
        QVERIFY(detail(owner) > 2 * coarse);
        const double guest = detail({}); // at the same time, with the same wish
        QVERIFY(guest > 0 && guest < 1.2 * coarse);
    }

    void itNeverHolds120Megabytes()
    {
        QTemporaryDir state;
        auto agent = runAgent(QStringLiteral("synthetic:booth?seed=1&people=4&size=1088x720"),
                              state.path());
        QVERIFY(agent->waitReady());
        cv::VideoCapture viewer = openStream(*agent);
        cv::Mat picture;
        for (int i = 0; i < 60; ++i)
            QVERIFY(viewer.read(picture));
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return s[u"detection"][u"frames"].toInt() >= 20; }));
        const int most = peakKilobytes(agent->pid());
        qInfo("most resident memory so far: %d kB", most);
        QVERIFY(most > 0 && most < 120'000'000 / 1024);
    }

    void endsWithin2SecondsWithViewersConnected()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        cv::VideoCapture viewer = openStream(*agent);
        cv::Mat picture;
        QVERIFY(viewer.read(picture));
        const auto deaf = deafViewer(*agent);
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return s[u"stream"][u"viewers"].toInt() == 2; }));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(agent->terminate(), 0);
        qInfo("SIGTERM to exit: %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 2000);
    }
};

QTEST_GUILESS_MAIN(TestE2eStream)
#include "test_e2e_stream.moc"
