#include "console/agents/trust_dialogs.h"
#include "console/live/picture_view.h"
#include "console/wall/wall_grid.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace facetrack;
using namespace facetrack::console;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x480");
constexpr int Patience = 30'000; // ms, for a busy machine

QString listenAgain(const QUrl &url)
{
    return QStringLiteral("127.0.0.1:%1").arg(url.port());
}

} // namespace

class TestConsoleAgents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAgentByItsAddressIsListedWithItsFiguresAndItsPictureIsOnTheWall()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path(), {QStringLiteral("--set"), QStringLiteral("agent.name=left lane")});
        QVERIFY(agent->waitReady());
        ConsoleStage stage;
        const QAbstractItemModelTester tester(&stage.agents,
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        stage.window();
        AgentSession *const session = stage.connectTo(agent->url());
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline() && session->hasReport(), Patience);
        auto *const list = stage.window().findChild<QListView *>(QStringLiteral("agentList"));
        QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("left lane"));
        QTRY_VERIFY_WITH_TIMEOUT(list->model()->index(0, 0).data(AgentListModel::StateRole).toString().contains(QStringLiteral("fps")), Patience);
        const auto *const view = stage.window().findChild<WallGrid *>()->findChild<PictureView *>();
        QTRY_VERIFY_WITH_TIMEOUT(view->picture().isLive() && !view->pictureRect().isEmpty(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!view->picture().facts().faces.empty(), Patience);
        const QRectF box = view->picture().facts().faces.front().box;
        QVERIFY(QRectF(-0.1, -0.1, 1.2, 1.2).contains(box) && box.width() > 0);
        auto *const status = stage.window().findChild<QLabel *>(QStringLiteral("statusLine"));
        QTRY_VERIFY_WITH_TIMEOUT(status->text().contains(QStringLiteral("1 of 1 agents")), Patience);
    }

    void whatIsNotSeenIsNotAskedFor()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        const auto viewers = [&](int count) {
            return agent->waitStatus([count](const QJsonObject &status) {
                return status[QStringLiteral("stream")].toObject()[QStringLiteral("viewers")].toInt() == count;
            });
        };
        ConsoleStage stage;
        stage.window();
        stage.connectTo(agent->url());
        QVERIFY(viewers(1));
        stage.window().hide();
        QVERIFY(viewers(0));
        stage.window().show();
        QVERIFY(viewers(1));
    }

    void aWrongTokenIsRefusedAndTheRightOneIsKeptForYouOnly()
    {
        QTemporaryDir state;
        const auto agent = runGuardedAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        ConsoleStage stage;
        stage.window();
        AgentSession *const session = stage.connectTo(agent->url());
        QTRY_COMPARE_WITH_TIMEOUT(session->contact(), Contact::NeedsToken, Patience);
        QCOMPARE(session->fingerprint().toLatin1(), agent->fingerprint());

        pairWith(stage, *session, QStringLiteral("wrong"));
        QTRY_COMPARE_WITH_TIMEOUT(session->contact(), Contact::Connecting, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(session->contact(), Contact::NeedsToken, Patience);
        pairWith(stage, *session, QString::fromLatin1(accessToken(state.path())));
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline(), Patience);
        const auto *const view = stage.window().findChild<WallGrid *>()->findChild<PictureView *>();
        QTRY_VERIFY_WITH_TIMEOUT(view->picture().isLive() && !view->pictureRect().isEmpty(), Patience);

        const QFile kept(stage.folder() + QStringLiteral("/secrets.json"));
        QCOMPARE(kept.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        // The next start needs no person.
        ConsoleStage next(stage.folder());
        AgentSession *const again = next.connectTo(agent->url());
        QTRY_VERIFY_WITH_TIMEOUT(again->isOnline(), Patience);
    }

    void anotherCertificateGetsNothingUntilAPersonTrustsIt()
    {
        QTemporaryDir state;
        auto agent = runGuardedAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        ConsoleStage stage;
        AgentSession *const session = stage.connectTo(agent->url());
        QTRY_COMPARE_WITH_TIMEOUT(session->contact(), Contact::NeedsToken, Patience);
        session->pair(QString::fromLatin1(accessToken(state.path())));
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline(), Patience);

        const QString port = listenAgain(agent->url());
        agent->terminate();
        QVERIFY(QDir(state.filePath(QStringLiteral("tls"))).removeRecursively());
        agent = runGuardedAgent(Booth, state.path(), {QStringLiteral("--listen"), port});
        QVERIFY(agent->waitReady());
        QTRY_COMPARE_WITH_TIMEOUT(session->contact(), Contact::OtherCertificate, Patience);
        QCOMPARE(QByteArray::fromStdString(session->failure().fingerprint), agent->fingerprint());

        QDialog *const dialog = askForTrust(nullptr, *session, *stage.secrets);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("trustCertificate")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(session->fingerprint().toLatin1(), agent->fingerprint(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(session->contact() == Contact::NeedsToken, Patience);
        session->pair(QString::fromLatin1(accessToken(state.path())));
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline(), Patience);
    }

    void anAgentThatIsKilledStaysListedAndComesBack()
    {
        QTemporaryDir state;
        auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        const QString port = listenAgain(agent->url());
        ConsoleStage stage;
        stage.window();
        AgentSession *const session = stage.connectTo(agent->url());
        const auto *const view = stage.window().findChild<WallGrid *>()->findChild<PictureView *>();
        QTRY_VERIFY_WITH_TIMEOUT(session->hasReport() && view->picture().isLive(), Patience);
        agent->kill();
        QTRY_COMPARE_WITH_TIMEOUT(session->contact(), Contact::Lost, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!view->picture().isLive(), Patience);
        QVERIFY2(session->stateText().contains(QStringLiteral("lost")), qPrintable(session->stateText()));
        QVERIFY2(view->picture().trouble().contains(QStringLiteral("no picture since")),
                 qPrintable(view->picture().trouble()));
        QCOMPARE(stage.agents.rowCount(), 1);
        agent = runAgent(Booth, state.path(), {QStringLiteral("--listen"), port});
        QVERIFY(agent->waitReady());
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline() && view->picture().isLive(), Patience);
    }

    void aPictureIsSavedAndCopiedInTheCamerasFullSize()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path(), {QStringLiteral("--set"), QStringLiteral("agent.name=left lane")});
        QVERIFY(agent->waitReady());
        ConsoleStage stage;
        stage.window();
        AgentSession *const session = stage.connectTo(agent->url());
        auto *const view = stage.window().findChild<WallGrid *>()->findChild<PictureView *>();
        QTRY_VERIFY_WITH_TIMEOUT(session->hasReport() && view->picture().isLive(), Patience);
        QVERIFY(view->picture().image().width() <= 640);

        const QString file = stage.folder() + QStringLiteral("/picture.jpg");
        QString proposal;
        QTimer choose;
        connect(&choose, &QTimer::timeout, this, [&] {
            auto *const dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            if (!dialog || !proposal.isEmpty())
                return;
            proposal = dialog->selectedFiles().value(0);
            // As typed: selectFile() may be overtaken by the dialog's own reading of its folder.
            dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->setText(file);
            QMetaObject::invokeMethod(dialog, "accept");
        });
        choose.start(20);
        QSignalSpy failed(view, &PictureView::snapshotFailed);
        view->saveSnapshot(); // until the dialog is closed
        QVERIFY2(proposal.contains(QStringLiteral("left lane")) && proposal.endsWith(QStringLiteral(".jpg")), qPrintable(proposal));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file) || !failed.empty(), Patience);
        QVERIFY2(failed.empty(), failed.empty() ? "" : qPrintable(failed[0][0].toString()));
        QCOMPARE(QImage(file).size(), QSize(640, 480));

        QGuiApplication::clipboard()->clear();
        view->copySnapshot();
        QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->image().size(), QSize(640, 480), Patience);

        agent->kill();
        view->copySnapshot();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, Patience);
        QVERIFY(!failed[0][0].toString().isEmpty());
    }

    void twoConsolesOnOneAgentShowTheSame()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        ConsoleStage one, other;
        AgentSession *const here = one.connectTo(agent->url());
        AgentSession *const there = other.connectTo(agent->url());
        const auto neighbours = [](const AgentSession *session) {
            return valueOf(session->tuning().values, "detect.min_neighbors");
        };
        QTRY_VERIFY_WITH_TIMEOUT(neighbours(here).is_number() && neighbours(there).is_number(), Patience);
        here->patchTuning({{"detect.min_neighbors", 6}});
        QTRY_COMPARE_WITH_TIMEOUT(neighbours(there).get<int>(), 6, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(there->tuning().inEffect >= there->tuning().revision, Patience);
        there->undo();
        QTRY_VERIFY_WITH_TIMEOUT(neighbours(here).get<int>() != 6, Patience);
    }

    void thePicturesOrderIsDraggedAndKept()
    {
        QTemporaryDir first, second;
        const auto a = runAgent(Booth, first.path(), {QStringLiteral("--set"), QStringLiteral("agent.id=a")});
        const auto b = runAgent(Booth, second.path(), {QStringLiteral("--set"), QStringLiteral("agent.id=b")});
        QVERIFY(a->waitReady() && b->waitReady());
        ConsoleStage stage;
        AgentSession *const sessions[] = {stage.connectTo(a->url()), stage.connectTo(b->url())};
        for (const AgentSession *const session : sessions)
            QTRY_VERIFY_WITH_TIMEOUT(!session->id().isEmpty(), Patience);
        auto *const grid = stage.window().findChild<WallGrid *>();
        QCOMPARE(grid->order(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        PictureView *const from = grid->views()[0], *const to = grid->views()[1];
        QTest::mousePress(from, Qt::LeftButton, {}, from->rect().center());
        QTest::mouseMove(from, from->rect().center() + QPoint(30, 30));
        QTest::mouseRelease(from, Qt::LeftButton, {}, from->mapFrom(grid, to->geometry().center()));
        QCOMPARE(grid->order(), QStringList({QStringLiteral("b"), QStringLiteral("a")}));
        QCOMPARE(stage.current.session(), sessions[0]);

        QTest::mouseDClick(to, Qt::LeftButton);
        QVERIFY(to->isVisible() && !from->isVisible());
        QTest::keyClick(to, Qt::Key_Escape);
        QVERIFY(to->isVisible() && from->isVisible());

        ConsoleStage next(stage.folder());
        for (const QUrl &url : {a->url(), b->url()}) {
            const AgentSession *const session = next.connectTo(url);
            QTRY_VERIFY_WITH_TIMEOUT(!session->id().isEmpty(), Patience);
        }
        QTRY_COMPARE_WITH_TIMEOUT(next.window().findChild<WallGrid *>()->order(),
                                  QStringList({QStringLiteral("b"), QStringLiteral("a")}), Patience);
    }

private:
    static void pairWith(ConsoleStage &stage, AgentSession &session, const QString &token)
    {
        QDialog *const dialog = askForTrust(&stage.window(), session, *stage.secrets);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(QStringLiteral("token")), token);
        QTest::keyClick(dialog, Qt::Key_Return);
    }
};

QTEST_MAIN(TestConsoleAgents)
#include "test_console_agents.moc"
