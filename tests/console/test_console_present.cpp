// The big screen: what it shows in turn, that faces stay coarse, that it outlives its agents, and that the
// screen saver is held off.
#include "console/live/picture_view.h"
#include "console/present/present_dialog.h"
#include "console/present/presentation.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"

#include <QAction>
#include <QApplication>
#include <QDBusConnection>
#include <QDBusContext>
#include <QProcess>
#include <QPushButton>
#include <QTest>

using namespace facetrack;
using namespace facetrack::console;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x480&fps=10");
constexpr int Patience = 60'000; // ms, for a busy machine

} // namespace

/// A desktop's screen saver, as far as we ask it.
class FakeScreenSaver : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    int held = 0;

public Q_SLOTS:
    unsigned Inhibit(const QString &, const QString &)
    {
        ++held;
        return 42;
    }
    void UnInhibit(unsigned cookie) { held -= cookie == 42 ? 1 : 0; }
};

class TestConsolePresent : public QObject
{
    Q_OBJECT

private:
    QProcess m_bus;
    std::unique_ptr<ConsoleStage> m_stage;

    Presentation *presentation()
    {
        for (QWidget *const widget : QApplication::topLevelWidgets())
            if (auto *const shown = qobject_cast<Presentation *>(widget); shown && shown->isVisible())
                return shown;
        return nullptr;
    }
    static QString text(const Presentation *shown, const char *label) { return shown->findChild<QLabel *>(QLatin1String(label))->text(); }

    /// Turns the pages until one has this in its title.
    static bool turnTo(Presentation *shown, const QString &title)
    {
        for (int n = 0; n < 12; ++n) {
            if (text(shown, "presentTitle").contains(title))
                return true;
            QTest::keyClick(shown, Qt::Key_Right);
        }
        return false;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(m_bus.waitForStarted() && m_bus.waitForReadyRead());
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
        QVERIFY(QDBusConnection::sessionBus().isConnected());
    }
    void cleanupTestCase()
    {
        m_bus.terminate();
        m_bus.waitForFinished();
    }
    void init() { m_stage = std::make_unique<ConsoleStage>(); }
    void cleanup() { m_stage.reset(); }

    void f11FillsTheScreenAndEscapeReturns()
    {
        FakeScreenSaver saver;
        QDBusConnection desktop = QDBusConnection::connectToBus(QString::fromLocal8Bit(qgetenv("DBUS_SESSION_BUS_ADDRESS")), QStringLiteral("desktop"));
        QVERIFY(desktop.registerObject(QStringLiteral("/org/freedesktop/ScreenSaver"), &saver, QDBusConnection::ExportAllSlots));
        QVERIFY(desktop.registerService(QStringLiteral("org.freedesktop.ScreenSaver")));
        MainWindow &window = m_stage->window();
        QAction *const action = window.findChild<QAction *>(QStringLiteral("present"));
        QCOMPARE(action->shortcut(), QKeySequence(Qt::Key_F11));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_F11);
        QTRY_VERIFY(presentation());
        Presentation *const shown = presentation();
        QVERIFY(shown->isFullScreen());
        QCOMPARE(shown->size(), shown->screen()->size());
        QCOMPARE(shown->cursor().shape(), Qt::BlankCursor);
        // 1 cm of 50: legible from 3 m.
        QVERIFY(shown->font().pixelSize() * 36 + 36 > shown->height());
        QVERIFY2(!window.isVisible(), "it is covered");
        QTRY_COMPARE_WITH_TIMEOUT(saver.held, 1, Patience);
        QTest::keyClick(shown, Qt::Key_Escape);
        QTRY_VERIFY(!presentation());
        QVERIFY(window.isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(saver.held, 0, Patience);
        QVERIFY(desktop.unregisterService(QStringLiteral("org.freedesktop.ScreenSaver")));
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    }

    void withoutAScreenSaverTheLogSaysSo()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("no screen saver can be held off")));
        const ScreenSaverHold hold(QStringLiteral("a test"));
        QTRY_VERIFY_WITH_TIMEOUT(hold.isAnswered(), Patience);
        QVERIFY(!hold.isHeld());
    }

    void theDialogChoosesDisplayAndPace()
    {
        MainWindow &window = m_stage->window();
        window.findChild<QAction *>(QStringLiteral("presentChoose"))->trigger();
        auto *const dialog = window.findChild<PresentDialog *>();
        QVERIFY(dialog);
        dialog->findChild<QSpinBox *>(QStringLiteral("presentSeconds"))->setValue(3);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("presentStart")), Qt::LeftButton);
        QTRY_VERIFY(presentation());
        QCOMPARE(presentWish(m_stage->settings).each, std::chrono::seconds(3));
        QCOMPARE(presentWish(m_stage->settings).screen, 1);
        QCOMPARE(screenOf(7), QGuiApplication::screens().first()); // one that is not there any more
        presentation()->close();
    }

    void itTurnsThroughChartsAndCoarsePicturesAndOutlivesTheAgent()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path(), {QStringLiteral("--set"), QStringLiteral("agent.name=left lane")});
        QVERIFY(agent->waitReady());
        AgentSession *const session = m_stage->connectTo(agent->url());
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline() && session->hasReport(), Patience);
        // Whole seconds of data are there before the first question is asked.
        QVERIFY(agent->waitStatus([](const QJsonObject &status) {
            return status[QStringLiteral("uptime_s")].toDouble() > 3 || status[QStringLiteral("uptime")].toDouble() > 3;
        }));
        m_stage->window().present();
        Presentation *const shown = presentation();
        QVERIFY(shown);
        QTRY_VERIFY_WITH_TIMEOUT(text(shown, "presentLast").startsWith(QStringLiteral("last update ")), Patience);
        QVERIFY(text(shown, "presentVisits") != QString());
        QVERIFY(turnTo(shown, QStringLiteral("Mean faces visible by agent")));
        QVERIFY(turnTo(shown, QStringLiteral("Busiest hours")));
        QVERIFY(turnTo(shown, QStringLiteral("Live: left lane")));
        const auto *const view = shown->findChild<PictureView *>();
        QTRY_VERIFY_WITH_TIMEOUT(view->picture().isLive() && !view->pictureRect().isEmpty(), Patience);
        QVERIFY2(view->font().pixelSize() * 36 + 36 > shown->height(), "its words too");

        agent->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!view->picture().isLive(), Patience);
        QVERIFY2(text(shown, "presentLast").startsWith(QStringLiteral("last update ")), "of the last picture");
        QVERIFY(turnTo(shown, QStringLiteral("Mean faces visible by agent")));
        const QString last = text(shown, "presentLast");
        auto *const today = shown->findChild<Today *>();
        QVERIFY(today);
        today->askNow();
        QTRY_VERIFY2_WITH_TIMEOUT(!text(shown, "presentNote").isEmpty(), "it says that nobody answers", Patience);
        QCOMPARE(text(shown, "presentLast"), last);
        QVERIFY(turnTo(shown, QStringLiteral("Today")));
        QTest::keyClick(shown, Qt::Key_Left); // and back
        QVERIFY(!text(shown, "presentTitle").startsWith(QStringLiteral("Today")));
        QTest::keyClick(shown, Qt::Key_Escape);
        QTRY_VERIFY(!presentation());
    }
};

QTEST_MAIN(TestConsolePresent)
#include "test_console_present.moc"
