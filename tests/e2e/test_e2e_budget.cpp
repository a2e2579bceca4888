// detect.cpu_budget of a running agent, on a scene that would take all there is.
#include "tests/support/agent_process.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

class TestE2eBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void detectionStaysWithinItsShareAndSaysWhatItLeavesOut_data()
    {
        QTest::addColumn<QString>("schedule");
        QTest::newRow("every_frame") << QStringLiteral("every_frame");
        QTest::newRow("adaptive") << QStringLiteral("adaptive");
    }

    void detectionStaysWithinItsShareAndSaysWhatItLeavesOut()
    {
        QFETCH(QString, schedule);
        constexpr double Percent = 5;
        const double rate = Percent / 100 * std::max(1U, std::thread::hardware_concurrency());
        QTemporaryDir state;
        // Without a limit this takes more than a core.
        auto agent = runAgent(QStringLiteral("synthetic:booth?seed=1&people=8"), state.path(),
                              {QStringLiteral("--set"),
                               QStringLiteral("detect.cpu_budget=%1").arg(Percent),
                               QStringLiteral("--set"), QStringLiteral("detect.max_delay=100"),
                               QStringLiteral("--set"),
                               QStringLiteral("detect.schedule=") + schedule});
        QVERIFY(agent->waitReady());
        const auto detection = [&] { return agent->status()[u"detection"].toObject(); };
        QVERIFY(agent->waitStatus(
            [](const QJsonObject &s) { return s[u"detection"][u"frames"].toInt() >= 2; }));

        QElapsedTimer timer;
        timer.start();
        const QJsonObject before = detection();
        QVERIFY(agent->waitStatus([&](const QJsonObject &s) {
            const QJsonValue now = s[u"detection"];
            return now[u"held_back"].toInt() >= before[u"held_back"].toInt() + 60
                   && now[u"frames"].toInt() >= before[u"frames"].toInt() + 3
                   && s[u"faces"][u"total"].toInt() > 0; // and people are still found
        }));
        const QJsonObject after = detection();
        const double passed = double(timer.nsecsElapsed()) * 1e-9;

        const double spent = after[u"cpu_s"].toDouble() - before[u"cpu_s"].toDouble();
        const int frames = after[u"frames"].toInt() - before[u"frames"].toInt();
        // What was left of a second's budget, and the look that overdrew it, come on top.
        const double most = rate * (passed + 1) + 2 * spent / frames;
        const QString figures
            = QStringLiteral("%1 s of CPU in %2 s for %3 frames, at most %4; held back %5, skipped %6")
                  .arg(spent).arg(passed).arg(frames).arg(most).arg(after[u"held_back"].toInt())
                  .arg(after[u"skipped"].toInt());
        qInfo("%s", qPrintable(figures));
        QVERIFY2(spent > 0 && spent <= most, qPrintable(figures));
        QVERIFY2(after[u"held_back"].toInt() <= after[u"skipped"].toInt(), qPrintable(figures));
        const QByteArray metrics = agent->get(QStringLiteral("metrics")).body;
        QVERIFY(metrics.contains("facetrack_held_back_frames_total "));
    }
};

QTEST_GUILESS_MAIN(TestE2eBudget)
#include "test_e2e_budget.moc"
