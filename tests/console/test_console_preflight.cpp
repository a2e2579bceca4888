// Preflight with a real agent and a stand-in for CrateDB: green, what it says when something is
// amiss, and the paper.
#include "console/preflight/agent_findings.h"
#include "console/preflight/finding_list.h"
#include "console/preflight/preflight_page.h"
#include "console/preflight/preflight_report.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"
#include "tests/support/notify_socket.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace facetrack;
using namespace facetrack::console;

namespace {

// Large faces in a small picture, so that a busy machine keeps up.
const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x480&fps=10");
constexpr int Patience = 60'000; // ms, for a busy machine

} // namespace

class TestConsolePreflight : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ConsoleStage> m_stage;

    FindingList *list() { return m_stage->window().findChild<FindingList *>(QStringLiteral("preflightList")); }
    QString headline() { return m_stage->window().findChild<QLabel *>(QStringLiteral("preflightHeadline"))->text(); }

    Finding find(const QString &subject, const QString &item)
    {
        for (const Finding &finding : list()->findings())
            if (finding.subject == subject && finding.item == item)
                return finding;
        return {};
    }

    QString notGood()
    {
        QStringList lines;
        for (const Finding &finding : list()->findings())
            if (finding.state != FindingState::Good)
                lines << finding.subject + QStringLiteral(" / ") + finding.item + QStringLiteral(": ") + finding.words;
        return lines.join(QLatin1Char('\n'));
    }

    void useVenue(const QString &database)
    {
        VenueProfile venue;
        venue.name = QStringLiteral("Berlin");
        venue.databases = {database};
        m_stage->workspace.venues->save(venue);
    }

private Q_SLOTS:
    void init() { m_stage = std::make_unique<ConsoleStage>(); }

    void itIsGreenAndWithTheAgentKilledSaysSoAndGoesToPaper()
    {
        const FakeCrate crate;
        QVERIFY(crate.isReady());
        QCOMPARE(QProcess::execute(QStringLiteral(FACETRACK_AGENTD),
                                   {QStringLiteral("database"), QStringLiteral("--url"), crate.url(), QStringLiteral("--apply")}),
                 0);
        QTemporaryDir state;
        const NotifySocket systemd;
        const auto agent = runAgent(Booth, state.path(),
                                    {QStringLiteral("--set"), QStringLiteral("agent.name=left lane"), QStringLiteral("--set"),
                                     QStringLiteral("upload.urls=%1").arg(crate.url())},
                                    systemd.environment(30'000));
        QVERIFY(agent->waitReady());
        useVenue(crate.url());
        m_stage->connectTo(agent->url());
        QVERIFY(m_stage->window().showPage(QStringLiteral("preflight")));
        const QString lane = QStringLiteral("left lane");
        QTRY_VERIFY2_WITH_TIMEOUT(headline() == QStringLiteral("All is well"), qPrintable(notGood()), Patience);
        for (const char *item : {"Camera", "Focus", "Face size", "Detection", "Clock", "Temperature", "Disk", "Backlog", "Certificate", "Watchdog"})
            QVERIFY2(!find(lane, QLatin1String(item)).words.isEmpty(), item);
        QVERIFY(find(lane, QStringLiteral("Watchdog")).words.contains(QStringLiteral("30 s")));
        QCOMPARE(find(QStringLiteral("Database"), QStringLiteral("Read")).state, FindingState::Good);
        // What a screen reader reads.
        QCOMPARE(list()->topLevelItem(0)->text(FindingList::What), lane);
        QVERIFY(list()->topLevelItem(0)->child(0)->text(FindingList::State).contains(QStringLiteral("good")));

        agent->kill();
        QTRY_COMPARE_WITH_TIMEOUT(find(lane, QStringLiteral("Contact")).state, FindingState::Bad, Patience);
        QVERIFY(!find(lane, QStringLiteral("Contact")).advice.isEmpty());
        QCOMPARE(headline(), QStringLiteral("1 not working"));

        const auto *const page = m_stage->window().findChild<PreflightPage *>(QStringLiteral("preflight"));
        const QString file = m_stage->folder() + QStringLiteral("/preflight.pdf");
        QCOMPARE(page->savePdf(file), QString());
        QFile pdf(file);
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QByteArray bytes = pdf.readAll();
        QVERIFY(bytes.startsWith("%PDF-") && bytes.trimmed().endsWith("%%EOF"));
        QVERIFY(bytes.size() > 5'000);
        const QString reader = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
        if (reader.isEmpty())
            return; // theReportNamesVenueDateAndAgents() reads what is put there
        QProcess read;
        read.start(reader, {file, QStringLiteral("-")});
        QVERIFY(read.waitForFinished());
        const QByteArray text = read.readAll().simplified(); // cells have several lines
        QVERIFY2(text.contains("Berlin") && text.contains("left lane") && text.contains("does not"), text.constData());
    }

    void aDatabaseThatIsAwayAndAnAgentThatUploadsNowhereSayWhatToDo()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        useVenue(QStringLiteral("http://127.0.0.1:1"));
        AgentSession *const session = m_stage->connectTo(agent->url());
        QVERIFY(m_stage->window().showPage(QStringLiteral("preflight")));
        QTRY_COMPARE_WITH_TIMEOUT(find(QStringLiteral("http://127.0.0.1:1"), QStringLiteral("Reachable")).state, FindingState::Bad, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(find(session->name(), QStringLiteral("Watchdog")).state, FindingState::Attention, Patience);
        QVERIFY(find(session->name(), QStringLiteral("Watchdog")).advice.contains(QStringLiteral("systemd")));
        QCOMPARE(find(session->name(), QStringLiteral("Backlog")).state, FindingState::Attention);
        QVERIFY(find(session->name(), QStringLiteral("Backlog")).advice.contains(QStringLiteral("upload.urls")));

        // The database comes, and "Run again" sees it.
        const FakeCrate crate;
        QVERIFY(crate.isReady());
        useVenue(crate.url());
        QTest::mouseClick(m_stage->window().findChild<QPushButton *>(QStringLiteral("runAgain")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(find(QStringLiteral("Database"), QStringLiteral("Tables")).state, FindingState::Bad, Patience);
        QVERIFY(find(QStringLiteral("Database"), QStringLiteral("Tables")).advice.contains(QStringLiteral("--apply")));
    }

    void aPictureFarLessSharpThanItWasIsToldAndSmallFacesToo()
    {
        QTemporaryDir state;
        const auto agent = runAgent(Booth, state.path());
        QVERIFY(agent->waitReady());
        const AgentSession *const session = m_stage->connectTo(agent->url());
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline() && session->hasReport() && !session->tuning().values.is_null(), Patience);
        AgentMemory memory;
        memory.sawFocus(100);
        memory.sawFocus(60);
        memory.faces = {80, 90, 20};
        const auto state1 = [&](const QString &item) {
            for (const Finding &finding : findingsOf(*session, memory, false))
                if (finding.item == item)
                    return finding;
            return Finding{};
        };
        QCOMPARE(state1(QStringLiteral("Focus")).state, FindingState::Good);
        QCOMPARE(state1(QStringLiteral("Face size")).state, FindingState::Good);
        memory.sawFocus(40);
        memory.faces = {80, 25, 20};
        QCOMPARE(state1(QStringLiteral("Focus")).state, FindingState::Attention);
        QVERIFY(!state1(QStringLiteral("Focus")).advice.isEmpty());
        QCOMPARE(state1(QStringLiteral("Face size")).state, FindingState::Attention);
        QVERIFY(!state1(QStringLiteral("Face size")).advice.isEmpty());
    }

    void theReportNamesVenueDateAndAgents()
    {
        const PreflightReport report{QStringLiteral("Hall <3>"), QDateTime(QDate(2026, 11, 25), QTime(9, 30)),
                                     {{QStringLiteral("left lane"), QStringLiteral("Focus"), FindingState::Attention, QStringLiteral("12"), QStringLiteral("focus anew")}}};
        const QString html = reportHtml(report);
        for (const char *words : {"Hall &lt;3&gt;", "2026", "left lane", "Focus", "look at it", "focus anew", "1 to look at"})
            QVERIFY2(html.contains(QLatin1String(words)), words);
        QVERIFY(!writePdf(report, QStringLiteral("/nowhere/at/all.pdf")).isEmpty());
    }
};

QTEST_MAIN(TestConsolePreflight)
#include "test_console_preflight.moc"
