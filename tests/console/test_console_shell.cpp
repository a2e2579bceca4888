// The window round the pages: the search for commands, keys, room for pages, About, and the watch for
// stalls.
#include "console/shell/stall_watch.h"
#include "console/tune/tune_panel.h"
#include "console/wall/wall_grid.h"
#include "libfacetrack/base/version.h"
#include "tests/support/console_stage.h"

#include <QApplication>
#include <QDockWidget>
#include <QInputDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <thread>

using namespace facetrack;
using namespace facetrack::console;

namespace {

constexpr int Patience = 30'000; // ms, for a busy machine

void holdTheThreadUp(std::chrono::milliseconds time)
{
    std::this_thread::sleep_for(time);
}

} // namespace

class TestConsoleShell : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ConsoleStage> m_stage;

    MainWindow &window() { return m_stage->window(); }
    QString page() { return window().currentPage()->objectName(); }
    QDockWidget *tune() { return window().findChild<QDockWidget *>(QStringLiteral("tune")); }

    /// The search as Ctrl+K opens it, with this typed into it.
    QWidget *search(const QString &typed)
    {
        QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
        auto *const search = window().findChild<QWidget *>(QStringLiteral("commandSearch"));
        if (search)
            QTest::keyClicks(search->findChild<QLineEdit *>(), typed);
        return search;
    }
    static QStringList found(QWidget *search)
    {
        QStringList lines;
        const auto *const list = search->findChild<QListWidget *>();
        for (int row = 0; row < list->count(); ++row)
            lines << list->item(row)->text();
        return lines;
    }
    void press(Qt::Key key)
    {
        auto *const search = window().findChild<QWidget *>(QStringLiteral("commandSearch"));
        QTest::keyClick(search->findChild<QLineEdit *>(), key);
        QTRY_VERIFY(!window().findChild<QWidget *>(QStringLiteral("commandSearch")));
    }

private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<ConsoleStage>();
        window().resize(1280, 800);
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    void theSearchFindsPagesByAnyOfTheirLetters()
    {
        QWidget *const open = search(QStringLiteral("prefl"));
        QVERIFY(open);
        QVERIFY2(found(open).first().startsWith(QStringLiteral("Preflight")), qPrintable(found(open).join(u'|')));
        press(Qt::Key_Return);
        QCOMPARE(page(), QStringLiteral("preflight"));
    }

    void theSearchLeavesOutWhatMeansSomethingInOneListOnly()
    {
        QWidget *const open = search(QStringLiteral("copy"));
        QVERIFY(!found(open).isEmpty());
        for (const QString &line : found(open))
            QVERIFY2(!line.contains(QStringLiteral("Copy line")) && !line.contains(QStringLiteral("Copy picture")), qPrintable(line));
        press(Qt::Key_Escape);
    }

    void theSearchHasTheArrowKeysAndIsLeftByEscape()
    {
        QWidget *const open = search(QStringLiteral("page"));
        auto *const list = open->findChild<QListWidget *>();
        QTest::keyClick(open->findChild<QLineEdit *>(), Qt::Key_Up);
        QCOMPARE(list->currentRow(), 0); // it ends there
        const int rows = list->count();
        for (int i = 0; i < rows + 3; ++i)
            QTest::keyClick(open->findChild<QLineEdit *>(), Qt::Key_Down);
        QCOMPARE(list->currentRow(), rows - 1);
        press(Qt::Key_Escape);
        QCOMPARE(page(), QStringLiteral("wall"));
    }

    void whatFitsNothingDoesNothing()
    {
        QWidget *const open = search(QStringLiteral("xyzzy"));
        QVERIFY(found(open).isEmpty());
        QTest::keyClick(open->findChild<QLineEdit *>(), Qt::Key_Return);
        QVERIFY(open->isVisible());
        press(Qt::Key_Escape);
    }

    void theSearchGoesToAnAgentByItsAddress()
    {
        AgentSession *const first = m_stage->agents.addAddress(QStringLiteral("http://127.0.0.1:1"));
        AgentSession *const second = m_stage->agents.addAddress(QStringLiteral("http://127.0.0.1:2"));
        m_stage->current.set(first);
        QWidget *const open = search(QStringLiteral("0.0.1:2"));
        QCOMPARE(found(open).size(), 1);
        press(Qt::Key_Return);
        QCOMPARE(m_stage->current.session(), second);
    }

    void theFirstStartOffersToAddAnAgent()
    {
        QString asked;
        QTimer look;
        connect(&look, &QTimer::timeout, this, [&] {
            if (auto *const dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget())) {
                asked = dialog->labelText();
                dialog->setTextValue(QStringLiteral("127.0.0.1:1"));
                dialog->accept();
            }
        });
        look.start(20);
        auto *const add = window().findChild<QPushButton *>(QStringLiteral("noticeAdd"));
        QVERIFY(add->isVisible());
        QTest::mouseClick(add, Qt::LeftButton); // until the dialog is closed
        QVERIFY(asked.contains(QStringLiteral("address")));
        QCOMPARE(m_stage->agents.rowCount(), 1);
        QVERIFY(!add->isVisible());
    }

    void aPictureIsTakenOffTheWallAndThatIsKept()
    {
        m_stage->agents.addAddress(QStringLiteral("http://127.0.0.1:1"));
        AgentSession *const second = m_stage->agents.addAddress(QStringLiteral("http://127.0.0.1:2"));
        m_stage->current.set(second);
        const auto *const grid = window().findChild<WallGrid *>();
        QCOMPARE(grid->views().size(), 2);
        auto *const choice = window().findChild<QAction *>(QStringLiteral("onTheWall"));
        choice->trigger();
        QCOMPARE(grid->views().size(), 1);
        ConsoleStage next(m_stage->folder());
        next.window();
        next.agents.addAddress(QStringLiteral("http://127.0.0.1:2"));
        QCOMPARE(next.window().findChild<WallGrid *>()->views().size(), 0);
        choice->trigger();
        QCOMPARE(grid->views().size(), 2);
    }

    void noKeyMeansTwoThings()
    {
        QHash<QKeySequence, QString> keys;
        for (const PageKind &kind : pageKinds()) {
            QVERIFY(window().showPage(kind.id));
            keys.clear();
            for (const QAction *const action : window().findChildren<QAction *>()) {
                // Keys of a page that is not shown are not there.
                const bool elsewhere = qobject_cast<Page *>(action->parent()) && action->parent() != window().currentPage();
                for (const QKeySequence &key : action->shortcuts()) {
                    if (elsewhere || key.isEmpty() || action->shortcutContext() == Qt::WidgetShortcut)
                        continue;
                    QVERIFY2(!keys.contains(key), qPrintable(key.toString() + QLatin1String(": ") + keys.value(key)
                                                             + QLatin1String(", ") + action->text()));
                    keys.insert(key, action->text());
                }
            }
        }
        for (const char *const name : {"addAgentAction", "pair", "identify", "rename", "retry", "restartSource", "forget"})
            QVERIFY2(!window().findChild<QAction *>(QLatin1String(name))->shortcut().isEmpty(), name);
    }

    void aPageThatNeedsItHasTheRoomAndThePanelComesBack()
    {
        QVERIFY(tune()->isVisible());
        window().showPage(QStringLiteral("calibrate"));
        QVERIFY(!tune()->isVisible());
        window().showPage(QStringLiteral("wall"));
        QVERIFY(tune()->isVisible());
        window().showPage(QStringLiteral("preflight"));
        QVERIFY(!tune()->isVisible());
        window().resize(1600, 900);
        QTRY_VERIFY(tune()->isVisible());
        window().resize(1280, 800);
        QTRY_VERIFY(!tune()->isVisible());

        tune()->toggleViewAction()->trigger(); // who opens it there wants it there
        QVERIFY(tune()->isVisible());
        window().showPage(QStringLiteral("calibrate"));
        QVERIFY(tune()->isVisible());
        tune()->toggleViewAction()->trigger();
        QVERIFY(!tune()->isVisible());
        window().showPage(QStringLiteral("wall"));
        QVERIFY(!tune()->isVisible()); // closed by hand, it stays closed
    }

    void whatWasFoldedAwayIsThereAtTheNextStart()
    {
        window().showPage(QStringLiteral("calibrate"));
        window().close();
        ConsoleStage next(m_stage->folder());
        QCOMPARE(next.window().currentPage()->objectName(), QStringLiteral("calibrate"));
        next.window().showPage(QStringLiteral("wall"));
        QVERIFY(next.window().findChild<QDockWidget *>(QStringLiteral("tune"))->isVisible());
    }

    void aboutSaysVersionsAndLicences()
    {
        QString words;
        QTimer look;
        connect(&look, &QTimer::timeout, this, [&] {
            auto *const box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            if (!box)
                return;
            words = box->text() + box->informativeText();
            box->close();
        });
        look.start(20);
        auto *const search = this->search(QStringLiteral("about"));
        QCOMPARE(found(search).size(), 1);
        QTest::keyClick(search->findChild<QLineEdit *>(), Qt::Key_Return); // waits until it is closed
        for (const char *const word : {version(), qVersion(), "LGPL", "Apache", "GNU General Public License"})
            QVERIFY2(words.contains(QLatin1String(word)), word);
        QVERIFY(words.contains(m_stage->settings.file()));
    }

    void aThreadThatIsHeldUpIsToldOnceWithWhere()
    {
        using namespace std::chrono_literals;
        StallWatch watch(300ms);
        QTest::qWait(50);
        QCOMPARE(watch.stalls(), 0);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("busy for longer than 300 ms, in:\\n.*\\n")));
        holdTheThreadUp(900ms);
        QTRY_COMPARE_WITH_TIMEOUT(watch.stalls(), 1, Patience);
        QTest::qWait(50);
        QCOMPARE(watch.stalls(), 1);
    }
};

QTEST_MAIN(TestConsoleShell)
#include "test_console_shell.moc"
