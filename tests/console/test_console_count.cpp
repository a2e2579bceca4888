// Counting by hand with a real agent: what the keys do, what is stored, and that no count is lost
// when the agent or the console goes.
#include "console/count/count_page.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"

#include <QJsonArray>
#include <QTest>

using namespace facetrack;
using namespace facetrack::console;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x480&fps=10");
constexpr int Patience = 60'000; // ms, for a busy machine

QJsonArray storedBy(const AgentProcess &agent)
{
    return agent.get(QStringLiteral("api/v1/validation")).json()[QStringLiteral("validations")].toArray();
}

qint64 msOf(const QJsonValue &isoTime)
{
    return QDateTime::fromString(isoTime.toString(), Qt::ISODateWithMs).toMSecsSinceEpoch();
}

} // namespace

class TestConsoleCount : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ConsoleStage> m_stage;

    template<typename T>
    T *find(const char *name)
    {
        return m_stage->window().findChild<T *>(QLatin1String(name));
    }
    QString text(const char *label) { return find<QLabel>(label)->text(); }
    void click(const char *name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }

    /// The page with this agent on it.
    AgentSession *open(const AgentProcess &agent)
    {
        AgentSession *const session = m_stage->connectTo(agent.url());
        m_stage->window().showPage(QStringLiteral("count"));
        m_stage->window().activateWindow();
        m_stage->current.set(session);
        return QTest::qWaitFor([&] { return session->isOnline() && find<QPushButton>("countStart")->isEnabled(); }, Patience)
                   ? session
                   : nullptr;
    }

    /// Starts, and counts so many by the space bar.
    void count(int visitors)
    {
        click("countStart");
        for (int i = 0; i < visitors; ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTest::qWait(1'100); // shorter ones are not kept
    }

private Q_SLOTS:
    void init() { m_stage = std::make_unique<ConsoleStage>(); }
    void cleanup() { m_stage.reset(); }

    void theSpaceBarCountsBackspaceTakesBackAndTheAgentKeepsIt()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        QVERIFY(open(*agent));
        auto *const picture = find<PictureView>("countPicture");
        QTRY_VERIFY_WITH_TIMEOUT(picture->picture().isLive(), Patience);
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        count(4);
        QCOMPARE(text("countNumber"), QStringLiteral("4"));
        QCOMPARE(find<QLabel>("countNumber")->accessibleName(), QStringLiteral("Counted: 4"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backspace);
        QCOMPARE(text("countNumber"), QStringLiteral("3"));
        click("countOne");
        click("countOne");
        click("countBack");
        QCOMPARE(text("countNumber"), QStringLiteral("4"));
        QVERIFY2(text("countLeft").startsWith(QStringLiteral("4:5")), qPrintable(text("countLeft")));
        // In the note it is a space.
        QTest::keyClicks(find<QLineEdit>("countNote"), QStringLiteral("left lane"));
        QCOMPARE(text("countNumber"), QStringLiteral("4"));
        click("countStart"); // "End now"
        QTRY_COMPARE_WITH_TIMEOUT(storedBy(*agent).size(), 1, Patience);
        const QJsonObject stored = storedBy(*agent)[0].toObject();
        QCOMPARE(stored[QStringLiteral("count")].toInt(), 4);
        QCOMPARE(stored[QStringLiteral("note")].toString(), QStringLiteral("left lane"));
        const qint64 from = msOf(stored[QStringLiteral("from")]), to = msOf(stored[QStringLiteral("to")]);
        QVERIFY2(qAbs(from - before) < 10'000, "by the agent's clock, which is this machine's here");
        QVERIFY(to - from >= 1'000 && to - from < 60'000);

        auto *const list = find<ValidationList>("validationList");
        QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 1, Patience);
        QCOMPARE(list->topLevelItem(0)->text(ValidationList::ByHand), QStringLiteral("4"));
        QCOMPARE(list->topLevelItem(0)->text(ValidationList::Note), QStringLiteral("left lane"));
        QTRY_VERIFY_WITH_TIMEOUT(text("countResult").startsWith(QStringLiteral("You counted 4, the agent ")), Patience);
        QVERIFY(text("countResult").contains(QStringLiteral("Recall ")));
        QVERIFY(text("countResult").contains(QStringLiteral("Precision ")));
        // A space bar that comes too late starts nothing and counts nothing.
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(find<QPushButton>("countStart")->text(), QStringLiteral("Start counting"));
        QVERIFY(find<QLabel>("countKept")->isHidden());
    }

    void anAgentThatGoesInTheMiddleLosesNoCount()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        AgentSession *session = open(*agent);
        QVERIFY(session);
        count(2);
        agent->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!session->isOnline(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(text("countLeft").contains(QStringLiteral("away")), Patience);
        QTest::keyClick(find<QPushButton>("countOne"), Qt::Key_Space);
        QCOMPARE(text("countNumber"), QStringLiteral("3"));
        click("countStart");
        QVERIFY2(text("countResult").contains(QStringLiteral("is kept")), qPrintable(text("countResult")));
        QVERIFY(!find<QLabel>("countKept")->isHidden());

        // Not even with the console, and it goes out as soon as the agent is there.
        const QString folder = m_stage->folder();
        {
            const ConsoleSettings settings(folder + QStringLiteral("/console.ini"));
            QVERIFY(settings.value(QStringLiteral("count/waiting")).toByteArray().contains("\"count\":3"));
        }
        agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        session->moveTo(agent->url().toString(QUrl::RemovePath | QUrl::StripTrailingSlash));
        QTRY_COMPARE_WITH_TIMEOUT(storedBy(*agent).size(), 1, Patience);
        QCOMPARE(storedBy(*agent)[0].toObject()[QStringLiteral("count")].toInt(), 3);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("countKept")->isHidden(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(text("countResult").contains(QStringLiteral("out of reach")), Patience);
    }

    void aConsoleThatEndsInTheMiddleSendsItNextTimeAndOnlyOnce()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        QTemporaryDir folder;
        m_stage = std::make_unique<ConsoleStage>(folder.path());
        QVERIFY(open(*agent));
        count(5);
        m_stage.reset();
        const QString file = folder.path() + QStringLiteral("/console.ini");
        const QString key = QStringLiteral("count/waiting");
        const QByteArray waiting = ConsoleSettings(file).value(key).toByteArray();
        QVERIFY2(waiting.contains("\"count\":5"), waiting.constData());
        // In the second round as if the first answer had been lost.
        for (int round = 1; round <= 2; ++round) {
            ConsoleSettings(file).set(key, waiting);
            m_stage = std::make_unique<ConsoleStage>(folder.path());
            QVERIFY(open(*agent));
            QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("countKept")->isHidden(), Patience);
            QCOMPARE(storedBy(*agent).size(), 1);
            QCOMPARE(storedBy(*agent)[0].toObject()[QStringLiteral("count")].toInt(), 5);
        }
    }
};

QTEST_MAIN(TestConsoleCount)
#include "test_console_count.moc"
