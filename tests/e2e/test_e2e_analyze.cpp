// `facetrack-agentd analyze`: the command that later figures rely on.
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/model/box.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

namespace {

struct Outcome
{
    int status = -1;
    QByteArrayList lines;
    QByteArray errors;
};

Outcome analyze(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(FACETRACK_AGENTD), QStringList{QStringLiteral("analyze")} + arguments);
    Outcome outcome;
    if (!process.waitForFinished(250'000))
        return outcome;
    outcome.status = process.exitCode();
    outcome.lines = process.readAllStandardOutput().trimmed().split('\n');
    outcome.errors = process.readAllStandardError();
    return outcome;
}

facetrack::Box boxOf(const QJsonObject &face)
{
    const auto number = [&](const char *key) {
        return static_cast<float>(face[QLatin1String(key)].toDouble());
    };
    return {number("x"), number("y"), number("w"), number("h")};
}

QString testData(const char *path)
{
    return qEnvironmentVariable("FACETRACK_TEST_DATA") + u'/' + QLatin1String(path);
}

QString makeVideo(const QTemporaryDir &folder)
{
    const QString file = folder.filePath(QStringLiteral("video.mp4"));
    QProcess::execute(QStringLiteral("ffmpeg"),
                      {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-f"),
                       QStringLiteral("lavfi"), QStringLiteral("-i"),
                       QStringLiteral("testsrc=size=320x240:rate=25:duration=4"),
                       QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), file});
    return file;
}

} // namespace

class TestE2eAnalyze : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheBoothsPeople()
    {
        // One frame a second: a minute of the scene, in which people come and go.
        const Outcome outcome
            = analyze({QStringLiteral("synthetic:booth?seed=1&people=4&frames=60&fps=1")});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.lines.size(), 60);
        const facetrack::BoothScene scene(
            {.seed = 1, .people = 4, .width = 1088, .height = 720, .fps = 1});
        int truth = 0;
        int found = 0;
        int boxes = 0;
        for (int i = 0; i < outcome.lines.size(); ++i) {
            const QJsonObject line = QJsonDocument::fromJson(outcome.lines[i]).object();
            QCOMPARE(line[u"frame"].toInt(), i);
            QCOMPARE(line[u"width"].toInt(), 1088);
            const QJsonArray faces = line[u"faces"].toArray();
            boxes += static_cast<int>(faces.size());
            for (const auto &person : scene.truth(static_cast<std::uint64_t>(i))) {
                ++truth;
                found += std::any_of(faces.begin(), faces.end(), [&](const QJsonValue &face) {
                    return facetrack::overlap(boxOf(face.toObject()),
                                              {person.x, person.y, person.w, person.h}) >= 0.3F;
                });
            }
        }
        qInfo("%d faces in truth, %d of them found, %d boxes", truth, found, boxes);
        QVERIFY(truth > 0 && found >= 0.75 * truth);
        QVERIFY(found >= 0.85 * boxes);
        QVERIFY2(outcome.errors.contains("60 frames"), outcome.errors.constData());
        QVERIFY2(outcome.errors.contains("CPU"), outcome.errors.constData());
    }

    void visitsArePrintedWhenAskedFor()
    {
        const QStringList booth{QStringLiteral("synthetic:booth?seed=1&frames=90&size=640x424")};
        const Outcome plain = analyze(booth);
        QCOMPARE(plain.lines.size(), 90);
        QVERIFY2(plain.errors.contains(" visits, from "), plain.errors.constData());
        const Outcome outcome = analyze(
            booth + QStringList{QStringLiteral("--visits"), QStringLiteral("--set"),
                                QStringLiteral("track.zones=all: 0,0 1,0 1,1 0,1")});
        QVERIFY(outcome.lines.size() >= 92);
        const QJsonObject visit = QJsonDocument::fromJson(outcome.lines[90]).object()[u"visit"].toObject();
        QVERIFY(visit[u"track"].toInt() > 0);
        QVERIFY(visit[u"dwell_ms"].toInt() > 500);
        QCOMPARE(visit[u"end_ms"].toInt() - visit[u"start_ms"].toInt(), visit[u"dwell_ms"].toInt());
        QVERIFY(visit[u"crossings"].isArray() && !visit[u"complete"].toBool());
        QVERIFY(visit[u"observations"].toInt() > 3 && visit[u"size"].toDouble() > 0);
        const QJsonObject zone = QJsonDocument::fromJson(outcome.lines[91]).object()[u"visit"].toObject();
        QCOMPARE(zone[u"zone"].toString(), QStringLiteral("all"));
        QCOMPARE(zone[u"dwell_ms"].toInt(), visit[u"dwell_ms"].toInt());
    }

    void theSameSourceGivesTheSameLines()
    {
        const QStringList arguments{QStringLiteral("synthetic:booth?seed=7&frames=10&size=640x424")};
        QCOMPARE(analyze(arguments).lines, analyze(arguments).lines);
    }

    void csvHasALinePerFaceAndAHeader()
    {
        const Outcome outcome = analyze({QStringLiteral("synthetic:booth?frames=5&size=640x424"),
                                         QStringLiteral("--format"), QStringLiteral("csv")});
        QCOMPARE(outcome.status, 0);
        const auto columns = outcome.lines.first().count(',');
        QVERIFY(outcome.lines.first().startsWith("frame,ts_ms,width,height,file,faces,"));
        for (const QByteArray &line : outcome.lines)
            QCOMPARE(line.count(','), columns);
        QVERIFY(outcome.lines.size() >= 6);
    }

    void settingsHold()
    {
        const Outcome outcome = analyze({QStringLiteral("synthetic:booth?frames=3&size=640x424"),
                                         QStringLiteral("--set"),
                                         QStringLiteral("detect.min_size=400x400")});
        for (const QByteArray &line : outcome.lines)
            QVERIFY2(line.contains("\"faces\":[]"), line.constData());
    }

    void videoFramesComeInOrderWithTheirTime()
    {
        QTemporaryDir folder;
        const Outcome outcome = analyze({QStringLiteral("file:") + makeVideo(folder)});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.lines.size(), 100);
        const QJsonObject last = QJsonDocument::fromJson(outcome.lines.last()).object();
        QCOMPARE(last[u"frame"].toInt(), 99);
        QCOMPARE(last[u"ts_ms"].toInt(), 3960);
    }

    void damagedSourcesAreSaidAndExitWith2_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"missing", "zero bytes", "noise", "cut short", "no pictures"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void damagedSourcesAreSaidAndExitWith2()
    {
        QFETCH(QString, kind);
        QTemporaryDir folder;
        QString source = QStringLiteral("file:") + folder.filePath(QStringLiteral("bad.mp4"));
        QByteArray bytes;
        if (kind == u"noise") {
            bytes = QByteArray(5000, 'x');
        } else if (kind == u"cut short") {
            QFile good(makeVideo(folder));
            QVERIFY(good.open(QIODevice::ReadOnly));
            bytes = good.readAll();
            bytes.chop(bytes.size() / 3);
        } else if (kind == u"no pictures") {
            source = QStringLiteral("images:") + folder.path();
        }
        if (kind != u"missing") {
            QFile bad(folder.filePath(QStringLiteral("bad.mp4")));
            QVERIFY(bad.open(QIODevice::WriteOnly));
            bad.write(bytes);
        }
        const Outcome outcome = analyze({source});
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.errors.contains("facetrack-agentd: "), outcome.errors.constData());
        QVERIFY2(outcome.errors.contains(folder.path().toUtf8()), outcome.errors.constData());
    }

    void photographsHaveTheirFileNames()
    {
        if (qEnvironmentVariableIsEmpty("FACETRACK_TEST_DATA"))
            QSKIP("FACETRACK_TEST_DATA is not set: real photographs are not at hand");
        const Outcome outcome = analyze({QStringLiteral("images:") + testData("faces")});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.lines.size(), 4);
        QByteArray previous;
        for (const QByteArray &line : outcome.lines) {
            const QByteArray name
                = QJsonDocument::fromJson(line).object()[u"file"].toString().toUtf8();
            QVERIFY2(name > previous, "in order of name");
            previous = name;
        }
    }

    void endedByAnInterruptItSaysSo()
    {
        QProcess process;
        process.start(QStringLiteral(FACETRACK_AGENTD),
                      {QStringLiteral("analyze"), QStringLiteral("synthetic:booth?size=320x240")});
        QVERIFY(process.waitForReadyRead(60'000));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(process.readAllStandardError().contains("frames per second"));
    }

    void endsWhenNobodyReadsItAnyMore()
    {
        QProcess pipe; // the shell waits for both; the drawn scene itself never ends
        pipe.start(QStringLiteral("sh"),
                   {QStringLiteral("-c"),
                    QStringLiteral("\"$0\" analyze 'synthetic:booth?seed=1&size=160x120' | head -n 1"),
                    QStringLiteral(FACETRACK_AGENTD)});
        QVERIFY(pipe.waitForFinished(60'000));
        QCOMPARE(pipe.readAllStandardOutput().count('\n'), 1);
        QVERIFY2(pipe.readAllStandardError().contains("standard output: cannot be written"), "");
    }

    void everyFrameOfARealVideoIsThere()
    {
        if (qEnvironmentVariableIsEmpty("FACETRACK_TEST_DATA"))
            QSKIP("FACETRACK_TEST_DATA is not set: real videos are not at hand");
        const Outcome outcome = analyze({QStringLiteral("file:") + testData("video/walking.mp4")
                                         + QStringLiteral("?size=1088x720")});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.lines.size(), 35);
    }
};

QTEST_GUILESS_MAIN(TestE2eAnalyze)
#include "test_e2e_analyze.moc"
