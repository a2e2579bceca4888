// The page Charts with a real agent whose past is a simulated event, and with the stand-in CrateDB:
// what is clicked, and that what is shown is what was simulated, to the digit.
#include "console/charts/chart_view.h"
#include "console/charts/charts_page.h"
#include "libfacetrack/store/crate_schema.h"
#include "libfacetrack/store/uploader.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/console_stage.h"
#include "tests/support/event_agent.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTimeZone>
#include <QToolButton>
#include <numeric>

using namespace fixture;
using namespace facetrack::console;

namespace {

constexpr int patience = 60'000; // ms, for a busy machine
const QDate saturday(2026, 10, 24), sunday(2026, 10, 25); // when summer time ends

double sum(const LineChart &chart)
{
    double all = 0;
    for (const ChartLine &line : chart.lines)
        for (const ChartPoint &point : line.points)
            all += point.value;
    return all;
}

} // namespace

class TestConsoleCharts : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ConsoleStage> m_stage;

    ChartsPage &page() { return *m_stage->window().findChild<ChartsPage *>(); }
    PastCharts &past() { return *page().findChild<PastCharts *>(); }
    template<typename T>
    T *find(const char *name)
    {
        return page().findChild<T *>(QLatin1String(name));
    }
    ChartView *chart(const char *name) { return find<ChartView>(name); }
    const LineChart &lines() { return std::get<LineChart>(chart("faces-by-agent")->chart()); }
    bool meet(EventAgent &agent)
    {
        if (!agent.waitReady())
            return false;
        const AgentSession *const session = m_stage->connectTo(agent.url());
        return QTest::qWaitFor([&] { return session->isOnline(); }, patience);
    }
    void choose(const char *box, int index)
    {
        auto *const combo = find<QComboBox>(box);
        combo->setFocus();
        combo->setCurrentIndex(index);
        Q_EMIT combo->activated(index); // as a click does
    }
    void showEvent(const QDate &from, const QDate &to)
    {
        m_stage->window().showPage(QStringLiteral("charts"));
        auto *const tabs = find<QTabBar>("chartsTabs");
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        auto *const zone = find<QComboBox>("eventZone");
        zone->lineEdit()->selectAll();
        QTest::keyClicks(zone->lineEdit(), QStringLiteral("Europe/Berlin"));
        QTest::keyClick(zone->lineEdit(), Qt::Key_Return);
        find<QDateEdit>("eventFrom")->setDate(from);
        find<QDateEdit>("eventTo")->setDate(to);
    }
    bool waitForReport(const std::vector<QDate> &days)
    {
        return QTest::qWaitFor([&] {
            return !past().isAsking() && past().report() && past().report()->plan.days == days && past().report()->total.hasData();
        }, patience);
    }
    void typeHours(const QString &hours)
    {
        auto *const edit = find<QLineEdit>("eventHours");
        edit->selectAll();
        QTest::keyClicks(edit, hours);
        QTest::keyClick(edit, Qt::Key_Return);
    }

private Q_SLOTS:
    void init() { m_stage = std::make_unique<ConsoleStage>(); }
    void cleanup() { m_stage.reset(); }

    void anAgentsPastIsShownToTheDigit()
    {
        EventAgent agent;
        QVERIFY(meet(agent));
        showEvent(saturday, sunday);
        QVERIFY(waitForReport({saturday, sunday}));
        QVERIFY(find<QLabel>("chartsAbout")->text().contains(QStringLiteral("1 agent")));
        QVERIFY(find<QLabel>("chartsHeadline")->text().contains(QStringLiteral("9,001")));
        QVERIFY(find<QLabel>("chartsHeadline")->text().contains(QStringLiteral("made up")));
        QCOMPARE(sum(lines()), static_cast<double>(past().report()->total.visits));
        choose("chartsMeasure", 2);
        QCOMPARE(sum(lines()), 9'001.0);
        QCOMPARE(lines().about, aboutMeasure(Measure::Detections));
        QCOMPARE(lines().span.length(), qint64(49) * 3'600'000);
        QCOMPARE(std::get<BarChart>(chart("share-by-agent")->chart()).categories.size(), 3);
        QCOMPARE(std::get<LineChart>(chart("day-against-day")->chart()).lines.size(), 2U);
        QVERIFY(!std::get<HeatChart>(chart("heat-map")->chart()).cells.empty());

        // Closer, there is a value for each minute.
        QCOMPARE(lines().lines[0].step, 5 * 60'000);
        ChartView *const view = chart("faces-by-agent");
        view->setFocus();
        for (int n = 0; n < 12; ++n)
            QTest::keyClick(view, Qt::Key_Plus);
        QCOMPARE(lines().lines[0].step, 60'000);
        QCOMPARE(sum(lines()), 9'001.0);
        QTest::keyClick(view, Qt::Key_0);
        QCOMPARE(lines().lines[0].step, 5 * 60'000);
    }

    void theMachinesOwnZoneStandsThereAtFirst()
    {
        m_stage->window().showPage(QStringLiteral("charts"));
        QCOMPARE(find<QComboBox>("eventZone")->currentText(), QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    }

    void daysAndOpeningHoursAreChosenAndKept()
    {
        EventAgent agent;
        QVERIFY(meet(agent));
        showEvent(saturday, sunday);
        QVERIFY(waitForReport({saturday, sunday}));
        typeHours(QStringLiteral("09:00-18:00"));
        QTRY_VERIFY_WITH_TIMEOUT(past().report() && past().report()->openMinutes() == 2 * 9 * 60, patience);
        QCOMPARE(std::get<BarChart>(chart("busiest-hours")->chart()).categories.size(), 9);
        const auto days = page().findChild<EventForm *>()->findChildren<QToolButton *>();
        QToolButton *first = nullptr;
        for (QToolButton *const button : days)
            if (button->property("day").toDate() == saturday)
                first = button;
        QVERIFY(first);
        QTest::mouseClick(first, Qt::LeftButton);
        QVERIFY(waitForReport({sunday}));

        // What cannot be is said, and asks nothing.
        typeHours(QStringLiteral("18:00-9"));
        QVERIFY(find<QLabel>("eventWrong")->isVisible());
        QVERIFY(!past().isAsking());
        auto *const zone = find<QComboBox>("eventZone");
        zone->lineEdit()->selectAll();
        QTest::keyClicks(zone->lineEdit(), QStringLiteral("Europe/Atlantis"));
        QTest::keyClick(zone->lineEdit(), Qt::Key_Return);
        QVERIFY(find<QLabel>("eventWrong")->isVisible());

        const EventChoice kept = EventChoice::of(m_stage->settings, {});
        QCOMPARE(kept.zone, QStringLiteral("Europe/Berlin"));
        QCOMPARE(kept.days(), std::vector<QDate>{sunday});
        QCOMPARE(kept.hours, (OpeningHours{9 * 60, 18 * 60}));
    }

    void theVenuesDatabaseIsAskedWhereThereIsOneAndSaysTheSame()
    {
        EventJournal journal;
        journal.fill(hardEvent());
        FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        SinkSettings settings;
        settings.servers.urls = {crate.url().toStdString()};
        QVERIFY(applyCrateSchema(*cratedb::Client::make(settings.servers).value(), {}, [](const std::string &) {}));
        {
            Uploader uploader(journal.journal(), [&settings] { return makeSink(settings); }, {});
            uploader.start();
            QTRY_COMPARE_WITH_TIMEOUT(journal.journal().state().undelivered, 0U, patience);
        }
        VenueProfile venue;
        venue.name = QStringLiteral("Berlin / hall 3");
        venue.databases = QStringList{crate.url()};
        m_stage->workspace.venues->save(venue);
        showEvent(saturday, sunday);
        QVERIFY(waitForReport({saturday, sunday}));
        QVERIFY(find<QLabel>("chartsAbout")->text().contains(QStringLiteral("the database of Berlin / hall 3")));
        choose("chartsMeasure", 2);
        QCOMPARE(sum(lines()), 9'001.0);
        const EventChoice kept = EventChoice::of(m_stage->settings, venue.name);
        QCOMPARE(kept.from, saturday);

        choose("chartsSource", 1); // the agents, of which none is known
        QTRY_VERIFY_WITH_TIMEOUT(chart("faces-by-agent")->message().contains(QStringLiteral("nobody to ask")), patience);
        QVERIFY(!chart("busiest-hours")->isVisible());
        choose("chartsSource", 0);
        QVERIFY(waitForReport({saturday, sunday}));

        // A range that is changed again at once: only the last answer is shown.
        for (int n = 1; n < 6; ++n)
            find<QDateEdit>("eventTo")->setDate(sunday.addDays(n));
        find<QDateEdit>("eventTo")->setDate(saturday);
        QVERIFY(waitForReport({saturday}));
        QTest::qWait(300);
        QCOMPARE(past().report()->plan.days, std::vector<QDate>{saturday});
    }

    void aDatabaseThatIsAwayIsSaidInPlace()
    {
        VenueProfile venue;
        venue.name = QStringLiteral("Berlin");
        venue.databases = QStringList{QStringLiteral("http://127.0.0.1:1")};
        m_stage->workspace.venues->save(venue);
        showEvent(saturday, sunday);
        ChartView *const view = chart("faces-by-agent");
        QTRY_VERIFY_WITH_TIMEOUT(view->message().contains(QStringLiteral("could not be made")), patience);
        QVERIFY(view->message().contains(QStringLiteral("127.0.0.1:1")));
        QVERIFY(view->message().contains(QStringLiteral("Ask again")));
        QVERIFY(!find<QPushButton>("chartsSaveAll")->isEnabled());
        QTest::mouseClick(find<QPushButton>("chartsAgain"), Qt::LeftButton);
        QVERIFY(past().isAsking());
        m_stage->window().showPage(QStringLiteral("wall")); // gives up
        QVERIFY(!past().isAsking());
    }

    void daysWithoutDataAreNoEmptyCharts()
    {
        EventAgent agent;
        QVERIFY(meet(agent));
        showEvent(QDate(2026, 7, 1), QDate(2026, 7, 1));
        QTRY_VERIFY_WITH_TIMEOUT(chart("faces-by-agent")->message().startsWith(QStringLiteral("No data")), patience);
    }

    void allChartsAreSavedAsPicturesDrawingsAndTables()
    {
        EventAgent agent;
        QVERIFY(meet(agent));
        QTemporaryDir folder;
        m_stage->window().showPage(QStringLiteral("charts"));
        QVERIFY(!past().saveAll(folder.path()).isEmpty()); // there is nothing yet
        showEvent(saturday, sunday);
        QVERIFY(waitForReport({saturday, sunday}));
        QVERIFY(find<QPushButton>("chartsSaveAll")->isEnabled());
        QCOMPARE(past().saveAll(folder.path()), QString());
        const QDir saved(folder.path());
        for (const char *kind : {"*.png", "*.svg", "*.csv"})
            QCOMPARE(saved.entryList({QLatin1String(kind)}).size(), 7);
        QCOMPARE(QDir(saved.filePath(QStringLiteral("tables"))).entryList({QStringLiteral("*.csv")}).size(), 12);
        QFile csv(saved.filePath(QStringLiteral("4-share-by-agent.csv")));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QVERIFY(csv.readAll().startsWith("agent,Visits\r\npi-ber-1,"));
    }

    void theLastMinutesGrowEachSecondAndHaveAGapWhenTheAgentIsAway()
    {
        QTemporaryDir state;
        std::unique_ptr<AgentProcess> agent = runAgent(QStringLiteral("synthetic:booth?seed=1&people=4&size=640x480&fps=10"), state.path());
        QVERIFY(agent->waitReady());
        AgentSession *const session = m_stage->connectTo(agent->url());
        m_stage->window().showPage(QStringLiteral("charts"));
        choose("chartsMeasure", 1);
        ChartView *const live = chart("liveChart");
        const auto points = [&] {
            const auto &all = std::get<LineChart>(live->chart()).lines;
            return all.empty() ? std::size_t(0) : all[0].points.size();
        };
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline() && points() >= 4, patience);
        const LineChart shown = std::get<LineChart>(live->chart());
        QCOMPARE(shown.span.length(), LiveRecord::span);
        QVERIFY(qAbs(shown.span.to - QDateTime::currentMSecsSinceEpoch()) < 5'000);
        QCOMPARE(shown.lines[0].colour, m_stage->agents.colour(session));
        agent.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!session->isOnline(), patience);
        const std::size_t before = points();
        const qint64 last = std::get<LineChart>(live->chart()).lines[0].points.back().time;
        QTRY_VERIFY_WITH_TIMEOUT(std::get<LineChart>(live->chart()).span.to > last + 6'000, patience);
        QVERIFY(points() <= before + 1); // time goes on, the line does not
        const QString newest = live->valuesAt({live->plot().right() - 1, live->plot().center().y()});
        QVERIFY2(newest.contains(QStringLiteral("no data")), qPrintable(newest));
    }

    void visitsAndDetectionsAreThoseOfTheLastMinute()
    {
        AgentSession *const session = m_stage->agents.addAddress(QStringLiteral("http://127.0.0.1:1"));
        LiveRecord record(m_stage->agents);
        const qint64 begin = 1'800'000'000'000;
        for (int second = 0; second <= 120; ++second)
            record.add(session, begin + second * 1'000, 2, 20 * second, second / 10);
        const auto last = [&](Measure measure) {
            return record.chart(measure, begin + 120'000).lines.at(0).points;
        };
        QCOMPARE(last(Measure::MeanFaces).size(), 121U);
        QCOMPARE(last(Measure::Visits).size(), 64U); // from the first whole minute on, as nearly as is told
        QCOMPARE(last(Measure::Visits).back().value, 6.0);
        QCOMPARE(last(Measure::Detections).back().value, 1'200.0);
        record.add(session, begin + 121'000, 0, 0, 0); // began anew
        QCOMPARE(record.chart(Measure::Visits, begin + 121'000).lines.at(0).points.back().time, begin + 120'000);
        // What was before comes from the past.
        Counts past{{begin / 60'000 - 2, begin / 60'000}, 1, {}};
        past.stretches[begin / 60'000 - 2][session->id().toStdString()] = Figures{1, 60, 600, 300, 7, 500'000, 0};
        record.setPast(past);
        const auto points = record.chart(Measure::Visits, begin + 121'000).lines.at(0).points;
        QCOMPARE(points.front().time, begin - 120'000);
        QCOMPARE(points.front().value, 7.0);
    }
};

QTEST_MAIN(TestConsoleCharts)
#include "test_console_charts.moc"
