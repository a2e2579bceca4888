// A real agent with a camera that a script stands in for: what it lists, asks of it and remembers, and what it does
// when the camera is away.
#include "tests/support/agent_process.h"
#include "tests/support/http_send.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSaveFile>
#include <QTest>
#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace {

/// Has `folder` for /dev in this thread and in processes that it starts: what is put into it is a device to
/// them. Needs root.
class OwnDev
{
public:
    explicit OwnDev(const QString &folder)
        : m_folder(folder), m_before(::open("/proc/thread-self/ns/mnt", O_RDONLY | O_CLOEXEC)),
          m_root(::open("/", O_PATH | O_CLOEXEC))
    {
        if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            return;
        QDir().mkpath(folder);
        for (const char *name : {"null", "zero", "random", "urandom"}) {
            const QString here = folder + QLatin1Char('/') + QLatin1String(name);
            QFile(here).open(QIODevice::WriteOnly);
            ::mount(("/dev/" + QByteArray(name)).constData(), QFile::encodeName(here).constData(), nullptr,
                    MS_BIND, nullptr);
        }
        m_works = ::mount(QFile::encodeName(folder).constData(), "/dev", nullptr, MS_BIND | MS_REC, nullptr) == 0;
    }
    ~OwnDev()
    {
        // What was mounted goes with the last process in there.
        const QString folder = QDir::currentPath();
        ::setns(m_before, CLONE_NEWNS);
        // Which leads out of a chroot.
        if (::fchdir(m_root) != 0 || ::chroot(".") != 0 || !QDir::setCurrent(folder))
            qFatal("no way back from a namespace");
        ::close(m_before);
        ::close(m_root);
    }
    OwnDev(const OwnDev &) = delete;
    OwnDev &operator=(const OwnDev &) = delete;

    bool works() const { return m_works; }

private:
    const QString m_folder;
    const int m_before;
    const int m_root;
    bool m_works = false;
};

} // namespace

class TestE2eCamera : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    void plug(const QByteArray &script = "{}") const
    {
        QSaveFile file(path("camera"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) >= 0 && file.commit());
    }
    void unplug() const { QVERIFY(QFile::remove(path("camera"))); }
    QByteArray told() const
    {
        QFile file(path("told"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("FACETRACK_STAND_IN"), m_folder->path());
        environment.insert(QStringLiteral("LD_LIBRARY_PATH"), QStringLiteral(STAND_IN_LIBRARY));
        return environment;
    }
    std::unique_ptr<AgentProcess> run(const QStringList &more = {}) const
    {
        auto agent = runAgent(QStringLiteral("qtcamera:"), path("state"), more, environment());
        return agent->waitReady() ? std::move(agent) : nullptr;
    }
    /// What `facetrack-agentd cameras` says.
    QByteArray listed(const QStringList &options = {}) const
    {
        QProcess program;
        program.setProcessEnvironment(environment());
        program.start(QStringLiteral(FACETRACK_AGENTD), QStringList{QStringLiteral("cameras")} + options);
        return program.waitForFinished() && program.exitCode() == 0 ? program.readAllStandardOutput() : QByteArray();
    }
    static QJsonObject source(const QJsonObject &status) { return status[u"source"].toObject(); }
    static bool runs(const QJsonObject &status)
    {
        return source(status)[u"state"].toString() == u"running" && source(status)[u"frames"].toInt() > 0;
    }
    static QByteArray patch(const AgentProcess &agent, const QByteArray &body)
    {
        return httpSend("PATCH", agent.url(QStringLiteral("api/v1/tuning")), body,
                        {{"Content-Type", "application/json"}}).body;
    }
    static QJsonObject tuning(const AgentProcess &agent)
    {
        return agent.get(QStringLiteral("api/v1/tuning")).json();
    }
    static QJsonObject cameraTuning(const AgentProcess &agent)
    {
        return tuning(agent)[u"values"][u"camera"].toObject();
    }
    static QStringList shown(const AgentProcess &agent)
    {
        QStringList keys;
        const QJsonObject schema = agent.get(QStringLiteral("api/v1/schema")).json();
        for (const QJsonValue parameter : schema[u"parameters"].toArray()) {
            const QString key = parameter[u"key"].toString();
            if (key.startsWith(u"camera."))
                keys << key.mid(7);
        }
        keys.sort();
        return keys;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatThereIsIsListedWithModesAndControls()
    {
        QVERIFY2(listed().contains("qtcamera: no camera\n"), listed());
        plug(R"x({"controls": {"exposure": [], "gain": [1, 8]}, "refuses": "in use by motion (process 412)"})x");
        const QByteArray words = listed();
        for (const char *line : {"qtcamera:0  Stand-in\n", "    in use by motion (process 412)\n",
                                 "    YUV420: 320x240@25\n", "    camera.exposure\n", "    camera.gain 1..8\n"})
            QVERIFY2(words.contains(line), words);
        const QJsonObject all = QJsonDocument::fromJson(listed({QStringLiteral("--json")})).object();
        QVERIFY(all[u"unavailable"].toArray().isEmpty());
        const QJsonArray cameras = all[u"cameras"].toArray();
        const auto ours = std::find_if(cameras.begin(), cameras.end(), [](const QJsonValue &camera) {
            return camera[u"id"].toString() == u"stand-in-0";
        });
        QVERIFY(ours != cameras.end());
        const QJsonObject camera = (*ours).toObject();
        QCOMPARE(camera[u"trouble"].toString(), QStringLiteral("in use by motion (process 412)"));
        const QJsonObject mode = camera[u"modes"][0].toObject();
        QCOMPARE(mode[u"format"].toString(), QStringLiteral("YUV420"));
        QCOMPARE(mode[u"width"].toInt(), 320);
        QCOMPARE(mode[u"fps"].toInt(), 25);
        QVERIFY(mode[u"understood"].toBool());
        const QJsonObject gain = camera[u"controls"][1].toObject();
        QCOMPARE(gain[u"parameter"].toString(), QStringLiteral("camera.gain"));
        QCOMPARE(gain[u"most"].toInt(), 8);
    }

    void onlyWhatTheCameraHasIsShownAndAskedOfIt()
    {
        plug(R"({"controls": {"exposure": [], "exposure_ms": [0.1, 33], "gain": [1, 8]}})");
        const auto agent = run();
        QVERIFY(agent && agent->waitStatus(runs));
        QCOMPARE(shown(*agent), (QStringList{QStringLiteral("exposure"), QStringLiteral("exposure_ms"),
                                             QStringLiteral("gain"), QStringLiteral("mirror"),
                                             QStringLiteral("rotation")}));
        patch(*agent, R"({"camera": {"exposure": "fixed", "gain": 20, "focus": "once"}})");
        QTRY_VERIFY(told().contains("gain 8.0"));
        QVERIFY2(!told().contains("focus"), told());
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return status[u"camera"][u"actual"][u"gain"].toDouble() == 8;
        }));
        QCOMPARE(agent->terminate(), 0);
    }

    void whatItHasAfterBeingPluggedInIsShownThen()
    {
        const auto agent = run();
        QVERIFY(agent);
        QVERIFY(shown(*agent).isEmpty());
        plug(R"({"controls": {"focus": [], "lens_position": [0, 10]}})");
        QVERIFY(agent->waitStatus(runs));
        QVERIFY(shown(*agent).contains(QStringLiteral("focus")));
        QVERIFY(!shown(*agent).contains(QStringLiteral("gain")));
    }

    void aFocusFoundOnceIsRememberedOverAStart()
    {
        plug(R"({"controls": {"focus": [], "lens_position": [0, 10]}})");
        auto agent = run();
        QVERIFY(agent && agent->waitStatus(runs));
        patch(*agent, R"({"camera": {"focus": "once"}})");
        QTRY_COMPARE_WITH_TIMEOUT(cameraTuning(*agent)[u"focus"].toString(), QStringLiteral("locked"), 30'000);
        QCOMPARE(cameraTuning(*agent)[u"lens_position"].toDouble(), 3.25);
        QTRY_VERIFY(told().endsWith("focus locked\nlens_position 3.250000\n"));
        QVERIFY(told().contains("focus once\n"));
        QTRY_COMPARE(tuning(*agent)[u"persisted"], tuning(*agent)[u"revision"]);
        QCOMPARE(agent->terminate(), 0);
        QVERIFY(QFile::remove(path("told")));
        agent = run();
        QVERIFY(agent && agent->waitStatus(runs));
        QTRY_COMPARE(told(), QByteArray("start\nfocus locked\nlens_position 3.250000\n"));
    }

    void givesUpAfterTheSetNumberOfFailures()
    {
        QElapsedTimer time;
        time.start();
        const auto agent = run({QStringLiteral("--set"), QStringLiteral("source.exit_after_failures=3")});
        QVERIFY(agent);
        QCOMPARE(agent->waitForEnd(), 3);
        // With pauses of 1 and 2 s between.
        QVERIFY2(time.elapsed() > 2900, qPrintable(QString::number(time.elapsed())));
        QVERIFY2(agent->errors().contains("given up after 3 failures in a row"), agent->errors());
    }

    void framesInBetweenCountAnew()
    {
        plug();
        const auto agent = run({QStringLiteral("--set"), QStringLiteral("source.exit_after_failures=2")});
        QVERIFY(agent);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(agent->waitStatus(runs));
            unplug();
            QVERIFY(agent->waitStatus([](const QJsonObject &status) {
                return source(status)[u"state"].toString() == u"failed"
                       && source(status)[u"reason"].toString().contains(u"unplugged");
            }));
            plug();
        }
        QVERIFY(agent->waitStatus(runs));
        QCOMPARE(agent->terminate(), 0);
    }

    void isTakenUpSoonAfterItIsPluggedIn()
    {
        if (::geteuid() != 0)
            QSKIP("needs root, for a /dev of the agent's own");
        const OwnDev dev(path("dev"));
        if (!dev.works())
            QSKIP("no mount namespaces here");
        const auto agent = run();
        QVERIFY(agent);
        // Until it looks again in 8 s only.
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return source(status)[u"failures"].toInt() >= 4;
        }));
        QElapsedTimer time;
        time.start();
        plug();
        QFile device(path("dev") + QStringLiteral("/video0"));
        QVERIFY(device.open(QIODevice::WriteOnly));
        QVERIFY(agent->waitStatus(runs));
        QVERIFY2(time.elapsed() < 5000, qPrintable(QString::number(time.elapsed())));
        qInfo("taken up after %lld ms", static_cast<long long>(time.elapsed()));
        QCOMPARE(agent->terminate(), 0);
    }

    void whoHoldsItIsToldUntilItIsFree()
    {
        plug(R"x({"refuses": "in use by motion (process 412)"})x");
        const auto agent = run();
        QVERIFY(agent && agent->waitStatus([](const QJsonObject &status) {
            return source(status)[u"reason"].toString().contains(u"in use by motion (process 412)");
        }));
        plug();
        QVERIFY(agent->waitStatus(runs));
    }

    void aCameraThatFallsSilentIsOpenedAgain()
    {
        plug();
        const auto agent = run({QStringLiteral("--set"), QStringLiteral("source.stall_seconds=1"),
                                QStringLiteral("--set"), QStringLiteral("source.reopen_seconds=3")});
        QVERIFY(agent && agent->waitStatus(runs));
        plug(R"({"silent": true})");
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &status) { return source(status)[u"state"].toString() == u"stalled"; }));
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return source(status)[u"reason"].toString().contains(u"no frame for 3 s");
        }));
        plug();
        QVERIFY(agent->waitStatus(runs));
        QCOMPARE(told().count("start"), 2);
    }
};

QTEST_GUILESS_MAIN(TestE2eCamera)
#include "test_e2e_camera.moc"
