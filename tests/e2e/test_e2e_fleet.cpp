// The program facetrack with real agents, as scripts and people over SSH use it.
#include "libfacetrack/client/agent_stream.h"
#include "libfacetrack/client/known_agents.h"
#include "tests/support/agent_process.h"
#include "tests/support/tls_agent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace facetrack;

namespace {

struct Run
{
    int status = -1; ///< -1: it did not end by itself
    QByteArray out, errors;
    QJsonArray agents() const { return QJsonDocument::fromJson(out).object()[u"agents"].toArray(); }
    QJsonObject agent(int i) const { return agents().at(i).toObject(); }
};

} // namespace

class TestE2eFleet : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<AgentProcess> m_first, m_second;

    QString knownFile() const { return m_folder.filePath(QStringLiteral("config/known-agents.json")); }

    std::unique_ptr<QProcess> start(const QStringList &arguments, const QByteArray &input = {}) const
    {
        auto process = std::make_unique<QProcess>();
        process->setWorkingDirectory(m_folder.path());
        process->start(QStringLiteral(FACETRACK_CLI),
                       QStringList{QStringLiteral("--known-agents"), knownFile()} + arguments);
        process->write(input);
        process->closeWriteChannel();
        return process;
    }

    /// Lets the event loop run meanwhile: stand-ins may live in this process.
    Run run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        const auto process = start(arguments, input);
        Run result;
        if (!QTest::qWaitFor([&] { return process->state() == QProcess::NotRunning; }, 60'000))
            return result;
        result.status = process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
        result.out = process->readAllStandardOutput();
        result.errors = process->readAllStandardError();
        return result;
    }
    Run run(const char *line, const QByteArray &input = {}) const
    {
        return run(QString::fromUtf8(line).split(u' '), input);
    }

    std::unique_ptr<AgentProcess> agent(const char *id, const QStringList &more = {}) const
    {
        return runAgent(QStringLiteral("synthetic:booth?seed=1&people=2&size=320x240&fps=10"),
                        m_folder.filePath(QString::fromUtf8(id)),
                        QStringList{QStringLiteral("--set"),
                                    QStringLiteral("agent.id=%1").arg(QString::fromUtf8(id))}
                            + more);
    }

    static QString address(const AgentProcess &agent)
    {
        return QStringLiteral("127.0.0.1:%1").arg(agent.url().port());
    }

    int neighbours(const AgentProcess &of) const
    {
        return of.get(QStringLiteral("api/v1/tuning"))
            .json()[u"values"][u"detect"][u"min_neighbors"].toInt();
    }

    /// Its newest change is in effect and on its disk.
    bool isSettled(const AgentProcess &of) const
    {
        const QJsonObject tuning = of.get(QStringLiteral("api/v1/tuning")).json();
        const int newest = tuning[u"revision"].toInt();
        return newest > 0 && tuning[u"in_effect"].toInt() == newest
               && tuning[u"persisted"].toInt() == newest;
    }

    /// What bash would offer at the end of this line.
    QString completed(const QString &line) const
    {
        // As bash calls it, with words taken apart at COMP_WORDBREAKS left to the script.
        const QString script = QStringLiteral(
            "facetrack() { \"$CLI\" --known-agents \"$KNOWN\" \"$@\"; }\n"
            "source <(facetrack completion bash)\n"
            "COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
            "_facetrack 2>/dev/null; echo \"${COMPREPLY[*]}\"\n");
        QProcess bash;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CLI"), QStringLiteral(FACETRACK_CLI));
        environment.insert(QStringLiteral("KNOWN"), knownFile());
        bash.setProcessEnvironment(environment);
        bash.start(QStringLiteral("bash"), {QStringLiteral("-c"), script, QStringLiteral("bash"), line});
        if (!bash.waitForFinished())
            return QStringLiteral("it does not end");
        const QByteArray errors = bash.readAllStandardError();
        return QString::fromUtf8(errors.isEmpty() ? bash.readAllStandardOutput() : errors).trimmed();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_first = agent("cam-1");
        m_second = agent("cam-2");
        QVERIFY(m_first->waitReady() && m_second->waitReady());
        for (const auto *one : {m_first.get(), m_second.get()}) {
            const Run paired = run(QStringList{QStringLiteral("pair"), address(*one)});
            QVERIFY2(paired.status == 0, paired.errors.constData());
        }
    }

    void allAreListedInOrderWithTheirState()
    {
        const Run list = run("list --json");
        QCOMPARE(list.status, 0);
        QCOMPARE(list.agents().size(), 2);
        QCOMPARE(list.agent(0)[u"agent"].toString(), QStringLiteral("cam-1"));
        QCOMPARE(list.agent(1)[u"agent"].toString(), QStringLiteral("cam-2"));
        QVERIFY(list.agent(0)[u"result"][u"answers"].toBool());
        const Run status = run("status --agents cam-2,cam-1");
        QCOMPARE(status.status, 0);
        const auto lines = status.out.split('\n');
        QVERIFY2(lines.at(1).startsWith("cam-2  ") && lines.at(2).startsWith("cam-1  "), status.out.constData());
    }

    void valuesAreSetOnAllAndTakenBack()
    {
        const Run set = run("set detect.min_neighbors=7 --agents all --json");
        QCOMPARE(set.status, 0);
        for (int i : {0, 1}) {
            QVERIFY(set.agent(i)[u"ok"].toBool());
            QCOMPARE(set.agent(i)[u"result"][u"values"][u"detect.min_neighbors"].toInt(), 7);
        }
        QCOMPARE(neighbours(*m_first), 7);
        QCOMPARE(neighbours(*m_second), 7);
        QCOMPARE(run("get detect.min_neighbors -a cam-1").out, QByteArray("detect.min_neighbors=7\n"));
        QCOMPARE(run("undo -a all").status, 0);
        QCOMPARE(neighbours(*m_first), 3);
    }

    void aChangeForSeveralIsNotGuessed()
    {
        const Run set = run("set detect.min_neighbors=9");
        QCOMPARE(set.status, 2);
        QVERIFY2(set.errors.contains("cam-1, cam-2"), set.errors.constData());
        QCOMPARE(neighbours(*m_first), 3);
    }

    void aWrongValueChangesNothingAndNamesTheLimits()
    {
        const Run set = run("set detect.min_neighbors=7 detect.scale_factor=9 detect.min_neighbor=1 -a cam-1");
        QCOMPARE(set.status, 1);
        QVERIFY2(set.errors.contains("cam-1: refused: detect.scale_factor: '9' is above"), set.errors.constData());
        QVERIFY2(set.errors.contains("did you mean detect.min_neighbors?"), set.errors.constData());
        QCOMPARE(neighbours(*m_first), 3);
    }

    void oneRefusesAndTheOthersDoIt()
    {
        // Fits the smallest face of one agent, but not that of the other.
        QCOMPARE(run("set detect.max_size=200x200 -a cam-2").status, 0);
        const Run set = run("set detect.min_size=210x210 -a all --json");
        QCOMPARE(set.status, 1);
        QVERIFY(set.agent(0)[u"ok"].toBool());
        QVERIFY(!set.agent(1)[u"ok"].toBool());
        const QJsonObject error = set.agent(1)[u"error"].toObject();
        QCOMPARE(error[u"kind"].toString(), QStringLiteral("invalid"));
        QVERIFY(!error[u"problems"].toArray().isEmpty());
        QCOMPARE(run("reset -a all").status, 0);
    }

    void aCloneCopiesWhatFitsAndSaysWhatDoesNot()
    {
        QCOMPARE(run("set detect.min_neighbors=8 stream.quality=44 -a cam-1").status, 0);
        const Run clone = run("clone cam-1 cam-2");
        QVERIFY2(clone.status == 0, clone.errors.constData());
        QVERIFY2(clone.out.contains("detect.min_neighbors: 3 → 8"), clone.out.constData());
        QVERIFY2(clone.out.contains("2 copied"), clone.out.constData());
        QCOMPARE(neighbours(*m_second), 8);
        const Run again = run("clone cam-1 all --json");
        QVERIFY(again.agent(0)[u"result"][u"copied"].toObject().isEmpty());
        QCOMPARE(run("clone cam-1 cam-1").status, 2);
        QCOMPARE(run("reset -a all").status, 0);
    }

    void presetsLiveOnEachAgent()
    {
        QCOMPARE(run({QStringLiteral("preset"), QStringLiteral("save"), QStringLiteral("evening light"),
                      QStringLiteral("-a"), QStringLiteral("all")}).status, 0);
        QVERIFY(run("preset list -a cam-2").out.startsWith("evening light  ("));
        QCOMPARE(run("set detect.min_neighbors=6 -a cam-2").status, 0);
        const QString name = QStringLiteral("evening light");
        QCOMPARE(run({QStringLiteral("preset"), QStringLiteral("apply"), name, QStringLiteral("-a"), QStringLiteral("cam-2")}).status, 0);
        QCOMPARE(neighbours(*m_second), 3);
        QCOMPARE(run({QStringLiteral("preset"), QStringLiteral("delete"), name, QStringLiteral("-a"), QStringLiteral("all")}).status, 0);
        const Run gone = run({QStringLiteral("preset"), QStringLiteral("apply"), name, QStringLiteral("-a"), QStringLiteral("cam-2")});
        QCOMPARE(gone.status, 1);
        QVERIFY2(gone.errors.contains("there is no preset"), gone.errors.constData());
    }

    void aSnapshotIsAPicture()
    {
        const Run one = run("snapshot -a cam-1 -o one.jpg");
        QVERIFY2(one.status == 0, one.errors.constData());
        QFile file(m_folder.filePath(QStringLiteral("one.jpg")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("\xff\xd8"));
        QCOMPARE(run("snapshot -o one.jpg").status, 2); // two agents, one file
        QVERIFY(run("snapshot -a cam-1 -o -").out.startsWith("\xff\xd8"));
    }

    void theLivePictureIsReadUntilTheAgentIsGone()
    {
        auto camera = agent("cam-4");
        QVERIFY(camera->waitReady());
        const QUrl url = camera->url();
        int pictures = 0, connected = 0, lost = 0;
        qlonglong sequence = 0;
        AgentStream::Handlers handlers;
        handlers.picture = [&](const AgentStream::Part &part) {
            QVERIFY(part.jpeg.startsWith("\xff\xd8") && part.jpeg.endsWith("\xff\xd9"));
            sequence = std::stoll(part.headers.at("x-sequence"));
            ++pictures;
        };
        handlers.connected = [&] { ++connected; };
        handlers.lost = [&](const AgentFailure &, std::chrono::milliseconds) { ++lost; };
        AgentStream stream({url.toString(QUrl::RemovePath).toStdString(), {}, {}}, {{"width", "160"}}, handlers);
        stream.start();
        QTRY_VERIFY_WITH_TIMEOUT(pictures >= 3, 30'000);
        QVERIFY(sequence > 0);
        pictures = 0;
        stream.setOptions({{"width", "96"}});
        QTRY_VERIFY_WITH_TIMEOUT(connected >= 2 && pictures >= 3, 30'000);
        QCOMPARE(lost, 0);
        camera->kill();
        QTRY_VERIFY_WITH_TIMEOUT(lost >= 1, 30'000);
    }

    void anAgentThatIsGoneIsSaidAndTheOthersAnswer()
    {
        auto third = agent("cam-3");
        QVERIFY(third->waitReady());
        QCOMPARE(run(QStringList{QStringLiteral("pair"), address(*third)}).status, 0);
        third->kill();
        const Run status = run("status --json");
        QCOMPARE(status.status, 3);
        QVERIFY(status.agent(0)[u"ok"].toBool() && status.agent(1)[u"ok"].toBool());
        QCOMPARE(status.agent(2)[u"error"][u"kind"].toString(), QStringLiteral("unreachable"));
        QCOMPARE(run("forget cam-3").status, 0);
        QCOMPARE(run("status -a cam-3").status, 2);
    }

    void watchTellsChangesUntilInterrupted()
    {
        const auto watch = start(QString::fromUtf8("watch --json -a cam-1").split(u' '));
        QByteArray out;
        const auto came = [&](const char *what) {
            out += watch->readAllStandardOutput();
            return out.contains(what);
        };
        QTRY_VERIFY_WITH_TIMEOUT(came("\"event\":\"status\""), 30'000);
        QCOMPARE(run("set detect.min_neighbors=5 -a cam-1").status, 0);
        QTRY_VERIFY_WITH_TIMEOUT(came("\"min_neighbors\":5"), 30'000);
        ::kill(static_cast<pid_t>(watch->processId()), SIGINT);
        QTRY_VERIFY_WITH_TIMEOUT(watch->state() == QProcess::NotRunning, 30'000);
        QCOMPARE(watch->exitCode(), 130);
        out += watch->readAllStandardOutput();
        for (const QByteArray &line : out.trimmed().split('\n'))
            QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
        QCOMPARE(run("reset -a cam-1").status, 0);
    }

    void watchTellsPeopleWhatChangesOnly()
    {
        // What the test before changed is news until it is in effect and on disk.
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(*m_first), 30'000);
        const auto watch = start(QString::fromUtf8("watch -a cam-1").split(u' '));
        QByteArray out;
        const auto statuses = [&] {
            out += watch->readAllStandardOutput();
            return out.count("looks/s");
        };
        QTRY_VERIFY_WITH_TIMEOUT(statuses() >= 2, 30'000);
        QVERIFY2(!out.contains("revision") && !out.contains("source:"), out.constData());
        QCOMPARE(run("set detect.min_neighbors=5 -a cam-1").status, 0);
        QTRY_VERIFY_WITH_TIMEOUT(statuses() > 0 && out.contains("is kept"), 30'000);
        QVERIFY2(out.contains("by facetrack (127.0.0.1) (patch)"), out.constData());
        ::kill(static_cast<pid_t>(watch->processId()), SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(watch->state() == QProcess::NotRunning, 30'000);
        QCOMPARE(run("reset -a cam-1").status, 0);
    }

    void pairingNeedsTheRightToken()
    {
        TlsAgent camera("right-token");
        const QStringList pair{QStringLiteral("pair"), QString::fromStdString(camera.url())};
        const Run wrong = run(pair, "wrong-token\n");
        QCOMPARE(wrong.status, 1);
        QVERIFY2(wrong.errors.contains("facetrack-agentd token"), wrong.errors.constData());
        const Run right = run(pair, "right-token\n");
        QVERIFY2(right.status == 0, right.errors.constData());
        const auto known = KnownAgents::load(knownFile().toStdString());
        QVERIFY(known && known->find("cam-tls"));
        QCOMPARE(known->find("cam-tls")->token, std::string("right-token"));
        QCOMPARE(known->find("cam-tls")->fingerprint, camera.fingerprint());
        QVERIFY(!right.out.contains("right-token") && !right.errors.contains("right-token"));
        QCOMPARE(run("forget cam-tls").status, 0);
    }

    void aChangedFingerprintIsRefusedUntilForgotten()
    {
        TlsAgent camera("right-token");
        const QString url = QString::fromStdString(camera.url());
        QCOMPARE(run({QStringLiteral("pair"), url}, "right-token\n").status, 0);
        camera.changeCertificate();
        const int requests = camera.requests();
        for (const QStringList &line : {QStringList{QStringLiteral("set"), QStringLiteral("detect.min_neighbors=5"), QStringLiteral("-a"), url},
                                        QStringList{QStringLiteral("pair"), url},
                                        QStringList{QStringLiteral("watch"), QStringLiteral("-a"), url}}) {
            const Run refused = run(line, "right-token\n");
            QCOMPARE(refused.status, 4);
            QVERIFY2(refused.errors.contains("THE CERTIFICATE IS NOT THE ONE THAT IS KNOWN")
                         && refused.errors.contains(camera.fingerprint().c_str()),
                     refused.errors.constData());
        }
        QCOMPARE(camera.requests(), requests);
        QCOMPARE(run("forget cam-tls").status, 0);
        const QString wanted = QString::fromStdString(camera.fingerprint());
        QCOMPARE(run({QStringLiteral("pair"), url, QStringLiteral("--fingerprint"), QString(64, u'a')}, "right-token\n").status, 4);
        QCOMPARE(run({QStringLiteral("pair"), url, QStringLiteral("--fingerprint"), wanted}, "right-token\n").status, 0);
        QCOMPARE(run("forget cam-tls").status, 0);
    }

    void wrongCommandLinesAreRefusedWithWords_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("words");
        QTest::newRow("command") << QStringLiteral("stauts") << QStringLiteral("known: list, status");
        QTest::newRow("agent") << QStringLiteral("status -a cam-9") << QStringLiteral("did you mean cam-");
        QTest::newRow("assignment") << QStringLiteral("set x -a cam-1") << QStringLiteral("KEY=VALUE");
        QTest::newRow("nothing to set") << QStringLiteral("set -a cam-1") << QStringLiteral("required");
        QTest::newRow("event") << QStringLiteral("watch --event nothing") << QStringLiteral("nothing");
        QTest::newRow("time-out") << QStringLiteral("status --timeout x") << QStringLiteral("timeout");
    }

    void wrongCommandLinesAreRefusedWithWords()
    {
        QFETCH(QString, line);
        QFETCH(QString, words);
        const Run refused = run(line.split(u' '));
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.errors.contains(words.toUtf8()), refused.errors.constData());
        QVERIFY(refused.out.isEmpty());
    }

    void bashCompletes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("choices");
        const auto row = [](const char *line, const char *choices) {
            QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(choices);
        };
        row("facetrack st", "status");
        row("facetrack set detect.min_n", "detect.min_neighbors=");
        row("facetrack get detect.scale", "detect.scale_factor");
        row("facetrack status --agents cam-", "cam-1 cam-2");
        row("facetrack status -a cam-1,c", "cam-1,cam-1 cam-1,cam-2");
        row("facetrack clone cam-1 a", "all");
        row("facetrack preset a", "apply");
        row("facetrack --json wat", "watch");
        row("facetrack -a cam-1 und", "undo");
        row("facetrack pair --fing", "--fingerprint");
        row("facetrack set detect.min_neighbors=", "");
    }

    void bashCompletes()
    {
        QFETCH(QString, line);
        QFETCH(QString, choices);
        QCOMPARE(completed(line), choices);
    }

    void bashKnowsEveryOptionOfTheHelp_data()
    {
        QTest::addColumn<QString>("command");
        for (const char *command : {"list", "status", "get", "set", "snapshot", "watch", "pair", "report", "simulate", "provision"})
            QTest::newRow(command) << QString::fromLatin1(command);
    }

    void bashKnowsEveryOptionOfTheHelp()
    {
        QFETCH(QString, command);
        QProcess help;
        help.start(QStringLiteral(FACETRACK_CLI), {command, QStringLiteral("--help")});
        QVERIFY(help.waitForFinished());
        const QStringList known = completed(QStringLiteral("facetrack %1 --").arg(command)).split(u' ');
        static const QRegularExpression form(QStringLiteral("^ +(?:-\\w,)?(--[a-z-]+)"), QRegularExpression::MultilineOption);
        int options = 0;
        for (auto found = form.globalMatch(QString::fromUtf8(help.readAllStandardOutput())); found.hasNext(); ++options) {
            const QString option = found.next().captured(1);
            QVERIFY2(known.contains(option), qPrintable(option));
        }
        QVERIFY(options > 0);
    }

    void itNeedsNoDesktop()
    {
        QProcess ldd;
        ldd.start(QStringLiteral("ldd"), {QStringLiteral(FACETRACK_CLI)});
        QVERIFY(ldd.waitForFinished());
        const QByteArray libraries = ldd.readAllStandardOutput();
        QVERIFY(libraries.contains("libQt6Core") && libraries.contains("libfacetrack"));
        QVERIFY2(!libraries.contains("libQt6Gui") && !libraries.contains("libQt6Widgets"),
                 libraries.constData());
    }
};

QTEST_GUILESS_MAIN(TestE2eFleet)
#include "test_e2e_fleet.moc"
