// The report after an event: from the program itself without a desktop, against what the simulation knows
// to be true, and from the dialog with real clicks.
#include "console/report/report_dialog.h"
#include "console/charts/report_numbers.h"
#include "console/report/report_pdf.h"
#include "libfacetrack/analytics/answer_json.h"
#include "libfacetrack/base/file_text.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"

#include <QAction>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace facetrack;
using namespace facetrack::console;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=1&size=320x240&fps=2");
constexpr int Patience = 60'000; // ms, for a busy machine

struct Done
{
    int status = -1;
    QString out, errors;
};

Done run(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(120'000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

/// Nothing that a desktop gives.
QProcessEnvironment withoutDesktop(const QString &language)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "DBUS_SESSION_BUS_ADDRESS", "LC_ALL", "LANGUAGE", "LC_TIME", "LC_NUMERIC"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("LANG"), language);
    return environment;
}

/// The text of a PDF, with each run of white space as one space.
QString textOf(const QString &pdf)
{
    return run(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), pdf, QStringLiteral("-")}).out.simplified();
}

int pagesOf(const QString &pdf)
{
    const QString facts = run(QStringLiteral("pdfinfo"), {pdf}).out;
    return QRegularExpression(QStringLiteral("Pages:\\s+(\\d+)")).match(facts).captured(1).toInt();
}

} // namespace

class TestConsoleReport : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_event; ///< an agent's state, with the event as its past
    nlohmann::json m_truth;
    std::unique_ptr<AgentProcess> m_agent;

    std::uint64_t total(const char *figure) const { return m_truth["totals"][figure].get<std::uint64_t>(); }

    /// Of one of the event's days, by the truth.
    Figures day(const QDate &date) const
    {
        const auto local = LocalTime::of("Europe/Berlin");
        Figures sum;
        const auto counts = countsFrom(m_truth["counts"]);
        if (!counts)
            return sum;
        for (const auto &[minute, agents] : counts->stretches)
            if (local->date(minute) == date)
                for (const auto &[agent, figures] : agents)
                    sum += figures;
        return sum;
    }

    QString address() const { return m_agent->url().toString(QUrl::RemovePath | QUrl::StripTrailingSlash); }

    Done report(const QStringList &more, const QString &folder, const QString &language = QStringLiteral("en_US.UTF-8"))
    {
        return run(QStringLiteral(FACETRACK_CONSOLE),
                   QStringList{QStringLiteral("--report"), QStringLiteral("--from"), QStringLiteral("2026-05-04"), QStringLiteral("--to"),
                               QStringLiteral("2026-05-05"), QStringLiteral("--hours"), QStringLiteral("09:00-18:00"), QStringLiteral("--tz"),
                               QStringLiteral("Europe/Berlin"), QStringLiteral("--no-keychain"), QStringLiteral("--settings"),
                               folder + QStringLiteral("/console.ini"), QStringLiteral("--out"), folder}
                       + more,
                   withoutDesktop(language));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const Done made = run(QStringLiteral(FACETRACK_CLI),
                              QStringLiteral("simulate --from 2026-05-04 --days 2 --total 166066 --rate 1 --outages 2 --hours 09:00-18:00 "
                                             "--tz Europe/Berlin --seed 3 --journal %1/journal.sqlite --truth %1/truth.json")
                                  .arg(m_event.path())
                                  .split(u' '));
        QVERIFY2(made.status == 0, qPrintable(made.errors));
        const auto text = readText(m_event.filePath(QStringLiteral("truth.json")).toStdString(), 1 << 28);
        QVERIFY(text.has_value());
        m_truth = nlohmann::json::parse(*text);
        m_agent = runAgent(Booth, m_event.path(), {QStringLiteral("--set"), QStringLiteral("journal.max_days=3650")});
        QVERIFY(m_agent->waitReady());
    }

    void withoutADesktopThePaperHasTheTruthToTheDigit()
    {
        QTemporaryDir folder;
        const Done done = report({QStringLiteral("--connect"), address()}, folder.path());
        QVERIFY2(done.status == 0, qPrintable(done.errors));
        const QString pdf = folder.filePath(QStringLiteral("report.pdf"));
        QVERIFY2(pagesOf(pdf) >= 2 && pagesOf(pdf) <= 4, qPrintable(QString::number(pagesOf(pdf))));
        const QString text = textOf(pdf);
        const ReportNumbers numbers("Europe/Berlin");
        QVERIFY(text.contains(QStringLiteral("166,066 faces in 2 days")));
        QCOMPARE(total("face_detections"), std::uint64_t(166'066));
        QVERIFY(text.contains(QStringLiteral("followed %1 visits").arg(numbers.whole(total("visits")))));
        const Figures first = day(QDate(2026, 5, 4)), second = day(QDate(2026, 5, 5));
        QCOMPARE(first.visits + second.visits, total("visits"));
        for (const auto &[title, one, other, all] :
             {std::tuple{"Visits", first.visits, second.visits, total("visits")},
              std::tuple{"Face detections", first.detections, second.detections, total("face_detections")}}) {
            const QString row = QStringLiteral("%1 %2 %3 %4 ").arg(QLatin1String(title), numbers.whole(one), numbers.whole(other), numbers.whole(all));
            QVERIFY2(text.contains(row), qPrintable(row + text));
        }
        Figures both = first;
        both += second;
        QVERIFY(text.contains(QStringLiteral("Mean faces visible %1 %2 %3 ")
                                  .arg(numbers.fixed(first.meanFaces(), 2), numbers.fixed(second.meanFaces(), 2), numbers.fixed(both.meanFaces(), 2))));
        for (const auto &[agent, figures] : m_truth["by_agent"].items()) {
            const QString row = QString::fromStdString(agent) + QLatin1Char(' ') + numbers.whole(figures["visits"].get<std::uint64_t>());
            QVERIFY2(text.contains(row), qPrintable(row));
        }
        // Loud, on each page.
        QVERIFY(text.contains(QStringLiteral("MADE UP: %1 of %1 pictures").arg(numbers.whole(total("observations")))));
        QCOMPARE(text.count(QStringLiteral("MADE UP: simulated data")), pagesOf(pdf));
        for (const char *words : {"How it was counted", "Counted by hand", "Changes of the settings", "Times without data", "Europe/Berlin", "Busiest hours",
                                  "Day against day", "Share by agent", "Where faces were", "How long visits lasted"})
            QVERIFY2(text.contains(QLatin1String(words)), words);
        // The tables of `facetrack report` beside it.
        QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*.csv")}).size(), 12);
        QFile days(folder.filePath(QStringLiteral("days.csv")));
        QVERIFY(days.open(QIODevice::ReadOnly));
        QVERIFY(days.readAll().contains(QByteArray::number(static_cast<qulonglong>(first.visits))));
    }

    void aGermanDesktopGetsAGermanReport()
    {
        QTemporaryDir folder;
        const Done done = report({QStringLiteral("--connect"), address()}, folder.path(), QStringLiteral("de_DE.UTF-8"));
        QVERIFY2(done.status == 0, qPrintable(done.errors));
        const QString text = textOf(folder.filePath(QStringLiteral("report.pdf")));
        for (const char *words : {"166.066 Gesichter in 2 Tagen", "ERFUNDEN", "So wurde gezählt", "Montag, 4. Mai 2026"})
            QVERIFY2(text.contains(QString::fromUtf8(words)), qPrintable(text));
    }

    void aDatabaseIsAskedWithTheSameAnswer()
    {
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        QVERIFY(crate.isReady());
        QCOMPARE(run(QStringLiteral(FACETRACK_AGENTD), {QStringLiteral("database"), QStringLiteral("--apply"), QStringLiteral("--url"), crate.url()}).status, 0);
        const Done made = run(QStringLiteral(FACETRACK_CLI), QStringLiteral("simulate --from 2026-05-04 --days 1 --total 1234 --rate 0.02 --hours 09:00-18:00 --tz Europe/Berlin --url %1").arg(crate.url()).split(u' '));
        QVERIFY2(made.status == 0, qPrintable(made.errors));
        QTemporaryDir folder;
        const Done done = report({QStringLiteral("--url"), crate.url()}, folder.path());
        QVERIFY2(done.status == 0, qPrintable(done.errors));
        QVERIFY2(done.out.contains(QStringLiteral("1,234 faces in 2 days")), qPrintable(done.out));
        QVERIFY(textOf(folder.filePath(QStringLiteral("report.pdf"))).contains(QStringLiteral("1,234 faces in 2 days")));
    }

    void whoDoesNotAnswerIsNamedAndWhatCannotBeAskedIsRefused()
    {
        QTemporaryDir folder;
        const Done done = report({QStringLiteral("--connect"), address(), QStringLiteral("--connect"), QStringLiteral("http://127.0.0.1:9")}, folder.path());
        QCOMPARE(done.status, 3);
        QVERIFY2(done.errors.contains(QStringLiteral("127.0.0.1:9 did not answer")), qPrintable(done.errors));
        QVERIFY(textOf(folder.filePath(QStringLiteral("report.pdf"))).contains(QStringLiteral("127.0.0.1:9 did not answer")));
        QCOMPARE(report({QStringLiteral("--connect"), address(), QStringLiteral("--to"), QStringLiteral("2026-04-01")}, folder.path()).status, 2);
        QCOMPARE(report({}, folder.path()).status, 2); // no agent is known
        QCOMPARE(report({QStringLiteral("--connect"), address(), QStringLiteral("--out"), QStringLiteral("/proc/no/such")}, folder.path()).status, 1);
    }

    void theDialogMakesTheSame()
    {
        ConsoleStage stage;
        AgentSession *const session = stage.connectTo(m_agent->url());
        stage.window().findChild<QAction *>(QStringLiteral("report"))->trigger();
        auto *const dialog = stage.window().findChild<ReportDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline(), Patience);
        const QString folder = stage.folder() + QStringLiteral("/paper");
        dialog->findChild<QDateEdit *>(QStringLiteral("reportFrom"))->setDate(QDate(2026, 5, 4));
        dialog->findChild<QDateEdit *>(QStringLiteral("reportTo"))->setDate(QDate(2026, 5, 5));
        auto *const zone = dialog->findChild<QComboBox *>(QStringLiteral("reportZone"));
        zone->setCurrentText(QStringLiteral("Europe/Nowhere"));
        auto *const line = dialog->findChild<QLineEdit *>(QStringLiteral("reportFolder"));
        line->selectAll();
        QTest::keyClicks(line, folder);
        auto *const make = dialog->findChild<QPushButton *>(QStringLiteral("reportMake"));
        const auto *const state = dialog->findChild<QLabel *>(QStringLiteral("reportState"));
        QTest::mouseClick(make, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(state->text().contains(QStringLiteral("Nowhere")), Patience);
        zone->setCurrentText(QStringLiteral("Europe/Berlin"));
        QTRY_VERIFY(make->isEnabled());
        QTest::mouseClick(make, Qt::LeftButton);
        QTRY_VERIFY2_WITH_TIMEOUT(state->text().startsWith(QStringLiteral("Written: ")), qPrintable(state->text()), Patience);
        QVERIFY(state->text().contains(QStringLiteral("made up")));
        QVERIFY(dialog->findChild<QPushButton *>(QStringLiteral("reportOpen"))->isEnabled());
        const QString pdf = folder + QStringLiteral("/report.pdf");
        QVERIFY(textOf(pdf).contains(QStringLiteral("166,066 faces in 2 day(s)"))); // no translation here
        QCOMPARE(stage.settings.value(QStringLiteral("report/zone")).toString(), QStringLiteral("Europe/Berlin"));
        for (const QWidget *const widget : dialog->findChildren<QWidget *>(QRegularExpression(QStringLiteral("^report(From|To|Opens|Closes|Zone|Source|Folder)$"))))
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }

    void manyDaysAndAgentsStillFitOnFourPages()
    {
        EventReport report;
        report.zone = "Europe/Berlin";
        report.plan.zone = report.zone;
        report.plan.hours = {9 * 60, 18 * 60};
        const auto local = LocalTime::of(report.zone);
        for (int n = 0; n < 14; ++n) {
            const QDate date = QDate(2026, 5, 4).addDays(n);
            report.plan.days.push_back(date);
            report.days.push_back({date, spanOf(date, report.plan.hours, *local), {}});
        }
        report.minutes.span = {report.days.front().span.from, report.days.back().span.to};
        for (int agent = 0; agent < 16; ++agent) {
            const std::string name = "camera-" + std::to_string(agent);
            for (const EventReport::Day &day : report.days)
                for (Minute minute = day.span.from; minute < day.span.to; minute += 7)
                    report.minutes.stretches[minute][name] = {1, 60, 60, 30, 2, 500'000, 0};
            report.heatMap[name] = std::vector<std::uint64_t>(HeatGrid::cells, 3);
            for (int n = 0; n < 60; ++n) {
                report.gaps.push_back({name, {report.days[0].span.from + n * 3, report.days[0].span.from + n * 3 + 2}});
                report.marks.push_back({UtcTime(report.days[0].span.from * 60'000), name, 1, "192.168.1.2", "detect.min_neighbors", "3", "4"});
                report.checked.push_back({name, UtcTime(report.days[0].span.from * 60'000), UtcTime(report.days[0].span.to * 60'000), 10, 9, 0.9, 1, "a note"});
            }
        }
        report.agents = byAgent(report.minutes);
        report.total = totals(report.minutes);
        report.curves = dayAgainstDay(report.minutes, *local, 15);
        QTemporaryDir folder;
        const QString pdf = folder.filePath(QStringLiteral("report.pdf"));
        QCOMPARE(writeReportPdf(report, {}, pdf), QString());
        QVERIFY2(pagesOf(pdf) >= 2 && pagesOf(pdf) <= 4, qPrintable(QString::number(pagesOf(pdf))));
        const QString text = textOf(pdf);
        QVERIFY(text.contains(QStringLiteral("more in gaps.csv")) && text.contains(QStringLiteral("more in settings-changes.csv")));
        QVERIFY(!text.contains(QStringLiteral("MADE UP")));
    }
};

QTEST_MAIN(TestConsoleReport)
#include "test_console_report.moc"
