// `facetrack-agentd sweep`, and the schema that an agent serves.
#include "tests/support/agent_process.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

namespace {

struct Outcome
{
    int status = -1;
    QByteArray output;
    QByteArray errors;
};

Outcome sweep(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(FACETRACK_AGENTD), QStringList{QStringLiteral("sweep")} + arguments);
    Outcome outcome;
    if (process.waitForFinished(120'000))
        outcome = {process.exitCode(), process.readAllStandardOutput(),
                   process.readAllStandardError()};
    return outcome;
}

const QString Booth = QStringLiteral("synthetic:booth?size=480x320&fps=2&frames=8");

} // namespace

class TestE2eSweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySetHasItsFigures()
    {
        const Outcome outcome = sweep({Booth, QStringLiteral("--vary"),
                                       QStringLiteral("detect.min_neighbors=2..4"),
                                       QStringLiteral("--json")});
        QCOMPARE(outcome.status, 0);
        const QJsonObject all = QJsonDocument::fromJson(outcome.output).object();
        QCOMPARE(all[u"frames"].toInt(), 8);
        const QJsonArray sets = all[u"sets"].toArray();
        QCOMPARE(sets.size(), 3);
        QCOMPARE(sets[0][u"agreement"].toDouble(), 1.0);
        int front = 0;
        for (const QJsonValue &set : sets) {
            QVERIFY(set[u"cpu_ms"].toDouble() > 0);
            QVERIFY(set[u"set"].toObject().contains(QStringLiteral("detect.min_neighbors")));
            front += set[u"front"].toBool();
        }
        QVERIFY(front >= 1);
    }

    void aTruthOfTheUnscaledVideoHoldsForTheScaledOne()
    {
        if (qEnvironmentVariableIsEmpty("FACETRACK_TEST_DATA"))
            QSKIP("FACETRACK_TEST_DATA is not set: real videos are not at hand");
        const QString data = qEnvironmentVariable("FACETRACK_TEST_DATA");
        const Outcome outcome = sweep(
            {QStringLiteral("file:") + data + QStringLiteral("/video/walking.mp4?size=1088x720"),
             QStringLiteral("--vary"), QStringLiteral("detect.yunet.score=0.5,0.6"),
             QStringLiteral("--set"), QStringLiteral("detect.detector=yunet"),
             QStringLiteral("--set"), QStringLiteral("detect.yunet.model=") + data
                 + QStringLiteral("/models/yunet_s_640_640.onnx"),
             QStringLiteral("--truth"), data + QStringLiteral("/video/walking.reference.json"),
             QStringLiteral("--json")});
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        const QJsonArray sets = QJsonDocument::fromJson(outcome.output).object()[u"sets"].toArray();
        QCOMPARE(sets.size(), 2);
        QVERIFY(sets[1][u"recall"].toDouble() >= 0.95);
        QVERIFY(sets[1][u"precision"].toDouble() >= 0.98);
    }

    void theTableNamesTheSetsAndMarksTheFront()
    {
        const Outcome outcome
            = sweep({Booth, QStringLiteral("--vary"), QStringLiteral("detect.min_size=30x30,200x200")});
        QCOMPARE(outcome.status, 0);
        QVERIFY(outcome.output.contains("detect.min_size=200x200"));
        QVERIFY(outcome.output.contains("\n* "));
        QVERIFY(outcome.output.contains("8 frames."));
    }

    void anInterruptGivesWhatIsDone()
    {
        QProcess process;
        process.start(QStringLiteral(FACETRACK_AGENTD),
                      {QStringLiteral("sweep"), QStringLiteral("synthetic:booth?size=320x240"),
                       QStringLiteral("--json")});
        QVERIFY(process.waitForStarted());
        QTest::qWait(1500); // some frames; none at all would be told as well
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 130);
        const QJsonObject all = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QVERIFY(all[u"interrupted"].toBool());
        QCOMPARE(all[u"sets"].toArray().size(), 1);
    }

    void mistakesAreSaidAndExitWith2()
    {
        const QStringList wrong{QStringLiteral("detect.min_neighbours=2..3"),
                                QStringLiteral("detect.min_neighbors=3..2")};
        for (const QString &vary : wrong) {
            const Outcome outcome = sweep({Booth, QStringLiteral("--vary"), vary});
            QCOMPARE(outcome.status, 2);
            QVERIFY(outcome.errors.startsWith("facetrack-agentd: "));
        }
        QCOMPARE(sweep({Booth, QStringLiteral("--truth"), QStringLiteral("/no/such.json")}).status, 2);
        const Outcome model = sweep({Booth, QStringLiteral("--set"),
                                     QStringLiteral("detect.detector=yunet"), QStringLiteral("--set"),
                                     QStringLiteral("detect.yunet.model=none.onnx")});
        QCOMPARE(model.status, 2);
        QVERIFY(model.errors.contains("none.onnx"));
    }

    void theSchemaListsTheFilesOfThisMachine()
    {
        QTemporaryDir folder;
        const auto agent = runAgent(Booth, folder.path(),
                                    {QStringLiteral("--set"), QStringLiteral("detect.detector=yunet"),
                                     QStringLiteral("--set"),
                                     QStringLiteral("detect.yunet.model=none.onnx")});
        QVERIFY(agent->waitReady());
        const HttpAnswer answer = agent->get(QStringLiteral("api/v1/schema"));
        QCOMPARE(answer.status, 200);
        const QJsonArray schema = answer.json()[u"parameters"].toArray();
        bool found = false;
        for (const QJsonValue &parameter : schema)
            if (parameter[u"key"].toString() == u"detect.cascade")
                for (const QJsonValue &choice : parameter[u"choices"].toArray())
                    found |= choice[u"value"].toString() == u"haarcascade_frontalface_alt2.xml"
                             && !choice[u"about"].toString().isEmpty();
        QVERIFY(found);
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            const QJsonObject detection = status[u"detection"].toObject();
            return detection[u"detector"].toString() == u"haar"
                   && detection[u"warning"].toString().contains(u"none.onnx")
                   && detection[u"frames"].toInt() > 0;
        }));
    }
};

QTEST_GUILESS_MAIN(TestE2eSweep)
#include "test_e2e_sweep.moc"
