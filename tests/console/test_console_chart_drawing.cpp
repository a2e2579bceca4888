#include "console/charts/chart_thin.h"
#include "console/charts/chart_ticks.h"
#include "console/charts/chart_view.h"
#include "console/core/agent_colours.h"
#include "console/shell/theme.h"

#include <QApplication>
#include <QDateTime>
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>

using namespace facetrack::console;

namespace {

constexpr qint64 minute = 60'000, hour = 60 * minute;
constexpr qint64 nine = 1'777'878'000'000; // 2026-05-04T07:00Z, 9 h in Berlin

ChartLine lineOf(const char *name, int number, qint64 from, qint64 to, double (*value)(int))
{
    ChartLine line{QString::fromLatin1(name), agentColour(number), minute, {}, {}};
    int n = 0;
    for (qint64 time = from; time < to; time += minute, ++n)
        line.points.push_back({time, value(n)});
    return line;
}

/// An hour of two agents: nobody seen by the first in its second half, both away from minute 20 to 30.
LineChart anHour()
{
    LineChart chart;
    chart.title = QStringLiteral("Faces by camera");
    chart.about = QStringLiteral("how it is made");
    chart.zone = QTimeZone("Europe/Berlin");
    chart.span = {nine, nine + hour};
    chart.lines = {lineOf("pi-ber-1", 0, nine, nine + hour, [](int n) { return n < 30 ? 4.0 : 0.0; }),
                   lineOf("pi-ber-2", 1, nine, nine + hour, [](int) { return 2.0; })};
    for (ChartLine &line : chart.lines)
        std::erase_if(line.points, [](const ChartPoint &point) {
            return point.time >= nine + 20 * minute && point.time < nine + 30 * minute;
        });
    chart.marks = {{nine + 40 * minute, ChartMark::Kind::Change, QStringLiteral("detect.scale 1.1 to 1.2")}};
    return chart;
}

/// Pixels of this colour in a part of the picture.
int pixels(const QImage &image, const QRect &where, const QColor &colour)
{
    int count = 0;
    for (int y = where.top(); y <= where.bottom(); ++y)
        for (int x = where.left(); x <= where.right(); ++x) {
            const QColor there = image.pixelColor(x, y);
            count += qAbs(there.red() - colour.red()) + qAbs(there.green() - colour.green())
                         + qAbs(there.blue() - colour.blue()) < 30;
        }
    return count;
}

ChartLook bare()
{
    return {false, 12, false, {}};
}

} // namespace

class TestConsoleChartDrawing : public QObject
{
    Q_OBJECT

private:
    /// Whether there is nothing of the bare ground between two minutes of anHour().
    static bool hatched(const Chart &chart, int from, int to)
    {
        const QImage image = chartPicture(chart, {660, 200}, 1, bare());
        return isHatched(image, QRect(QPoint(40 + 600 * from / 60, 30), QPoint(40 + 600 * to / 60, 160)));
    }
    static bool isHatched(const QImage &image, const QRect &where)
    {
        const int bare = exactly(image, where, Qt::white);
        return bare == 0 && exactly(image, where, image.pixelColor(where.center())) < where.width() * where.height();
    }
    static int exactly(const QImage &image, const QRect &where, const QColor &colour)
    {
        int count = 0;
        for (int y = where.top(); y <= where.bottom(); ++y)
            for (int x = where.left(); x <= where.right(); ++x)
                count += image.pixelColor(x, y) == colour;
        return count;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(Theme::Light); }

    void noDataIsHatchedAndNoFacesAreALineAtZero()
    {
        QVERIFY(hatched(anHour(), 22, 28));
        QVERIFY(!hatched(anHour(), 45, 58)); // nobody there, but looked at
        LineChart nobody = anHour();
        nobody.lines.pop_back();
        const QImage image = chartPicture(nobody, {660, 200}, 1, bare());
        QVERIFY(pixels(image, QRect(500, 150, 100, 45), agentColour(0)) > 80); // the line at 0
        QCOMPARE(pixels(image, QRect(QPoint(262, 10), QPoint(325, 170)), agentColour(0)), 0);
    }

    void aLineHasAGapWhereThereIsNoData()
    {
        const LineChart chart = anHour();
        const auto pieces = piecesOf(chart.lines[0], chart.span, 600);
        QCOMPARE(pieces.size(), 2U);
        QCOMPARE(pieces[0].back().x(), 19.0 * minute);
        QCOMPARE(pieces[1].front().x(), 30.0 * minute);
        const auto holes = withoutData({&chart.lines[0], &chart.lines[1]}, chart.span);
        QCOMPARE(holes.size(), 2U); // and the last half minute, after the middle of the last
        QCOMPARE(holes[0], (ChartSpan{nine + 19 * minute + minute / 2, nine + 29 * minute + minute / 2}));
    }

    void thinningKeepsPeaksAndEdges()
    {
        ChartLine line = lineOf("a", 0, nine, nine + 10 * hour, [](int n) { return n == 301 ? 50.0 : n == 302 ? 0.5 : 1.0; });
        const auto pieces = piecesOf(line, {nine, nine + 10 * hour}, 60);
        QCOMPARE(pieces.size(), 1U);
        QVERIFY2(pieces[0].size() <= 4 * 61, qPrintable(QString::number(pieces[0].size())));
        double most = 0, least = 9;
        for (const QPointF &point : pieces[0]) {
            most = std::max(most, point.y());
            least = std::min(least, point.y());
        }
        QCOMPARE(most, 50.0);
        QCOMPARE(least, 0.5);
        const auto part = piecesOf(line, {nine + 30'000, nine + 90'000}, 100);
        QCOMPARE(part.front().front().x(), 0.0);
        QCOMPARE(part.front().back().x(), 60'000.0);
    }

    /// A day's first stretch, of which only the beginning is shown yet.
    void aPointOnItsOwnIsSeenAlsoWhenItsMiddleIsNot()
    {
        ChartLine line;
        line.step = 5 * minute;
        line.points = {{nine + 5 * minute / 2, 3}};
        const auto pieces = piecesOf(line, {nine, nine + minute}, 100);
        QCOMPARE(pieces.size(), 1U);
        QCOMPARE(pieces[0], (QList<QPointF>{{0, 3}, {double(minute), 3}}));
        QVERIFY(piecesOf(line, {nine + 5 * minute, nine + 6 * minute}, 100).empty());
    }

    void aMinuteOnItsOwnIsSeen()
    {
        ChartLine line{QStringLiteral("a"), Qt::red, minute, {{nine + 30 * minute, 3}}, {}};
        const auto pieces = piecesOf(line, {nine, nine + hour}, 100);
        QCOMPARE(pieces.size(), 1U);
        QCOMPARE(pieces[0].back().x() - pieces[0].front().x(), double(minute));
    }

    void hoursAreThoseOfThePlaceAcrossChangesOfSummerTime()
    {
        const QTimeZone berlin("Europe/Berlin");
        // 2026-10-25 has 25 hours, 2026-03-29 has 23.
        for (const auto &[date, hours] : {std::pair(QDate(2026, 10, 25), 25), std::pair(QDate(2026, 3, 29), 23)}) {
            const qint64 begin = date.startOfDay(berlin).toMSecsSinceEpoch();
            const auto ticks = timeTicks({begin, begin + hours * hour}, berlin, 9);
            QCOMPARE(ticks.front().at, double(begin));
            QVERIFY(ticks.front().strong);
            QCOMPARE(ticks[1].text, QStringLiteral("03:00"));
            QCOMPARE(ticks[1].at, double(begin + (hours == 25 ? 4 : 2) * hour));
            QCOMPARE(ticks.back().at, double(begin + hours * hour));
            QVERIFY(ticks.back().strong); // the next midnight
        }
    }

    void valuesHaveRoundTicksUpToTheMost()
    {
        for (const double most : {0.3, 1.0, 7.0, 99.0, 100.0, 166066.0}) {
            const auto ticks = valueTicks(most, 5);
            QVERIFY(ticks.front().at == 0 && ticks.back().at >= most && ticks.back().at < 2.6 * most);
            QVERIFY(ticks.size() >= 3 && ticks.size() <= 8);
        }
        QCOMPARE(valueTicks(166066, 5).back().text, QStringLiteral("200,000"));
    }

    void bothThemesHaveTheirOwnGroundAndTheSameColoursOfAgents()
    {
        for (const bool dark : {false, true}) {
            ChartLook look = bare();
            look.dark = dark;
            const QImage image = chartPicture(anHour(), {660, 200}, 1, look);
            QCOMPARE(image.pixelColor(655, 2).lightness() < 128, dark);
            QVERIFY(pixels(image, image.rect(), agentColour(0)) > 100);
            QVERIFY(pixels(image, image.rect(), agentColour(1)) > 100);
        }
    }

    void sixteenLinesAreAllThere()
    {
        LineChart chart = anHour();
        chart.lines.clear();
        for (int n = 0; n < 16; ++n) {
            ChartLine line = lineOf("", n, nine, nine + hour, [](int) { return 0.0; });
            line.name = QString::number(n);
            for (ChartPoint &point : line.points)
                point.value = n + 1;
            chart.lines.push_back(line);
        }
        const QImage image = chartPicture(chart, {660, 400}, 1, bare());
        int inColour = 0;
        for (int y = 0; y < image.height(); ++y) // across the middle, where nothing else is coloured
            for (int x = 300; x < 340; ++x)
                inColour += image.pixelColor(x, y).saturation() > 40;
        QVERIFY2(inColour >= 16 * 10, qPrintable(QString::number(inColour))); // dashes and dots too
    }

    void barsWithoutDataAreHatched()
    {
        BarChart chart;
        chart.categories = {QStringLiteral("9"), QStringLiteral("10"), QStringLiteral("11")};
        chart.series = {{QStringLiteral("visits"), agentColour(0), {10, std::nullopt, 0}}};
        const QImage image = chartPicture(chart, {640, 200}, 1, bare());
        const QRect left(40, 20, 190, 150), middle(270, 20, 110, 150), right(430, 20, 190, 150);
        QVERIFY(pixels(image, left, agentColour(0)) > 5000);
        QCOMPARE(pixels(image, middle, agentColour(0)), 0);
        QVERIFY(isHatched(image, middle));
        QVERIFY(!isHatched(image, right));
    }

    void aHeatMapLiesOverItsPicture()
    {
        HeatChart chart;
        chart.grid = {4, 2};
        chart.cells = {0, 0, 0, 0, 0, 0, 0, 9};
        chart.picture = QImage(160, 90, QImage::Format_RGB32);
        chart.picture.fill(Qt::blue);
        const QImage image = chartPicture(chart, {640, 400}, 1, bare());
        QCOMPARE(image.pixelColor(60, 60), QColor(Qt::blue));
        const QColor most = image.pixelColor(560, 300);
        QVERIFY(most.red() > 180 && most.green() > 180);
    }

    void tablesSayTimesWithTheirOffsetAndLeaveOutWhatIsNotKnown()
    {
        const QByteArray csv = QByteArray::fromStdString(chartCsv(anHour()));
        QVERIFY(csv.startsWith("time,pi-ber-1,pi-ber-2,mark\r\n2026-05-04T09:00:00+02:00,4,2,\r\n"));
        QVERIFY(!csv.contains("09:20"));
        QVERIFY(csv.contains("T09:40:00+02:00,0,2,detect.scale 1.1 to 1.2\r\n"));
        BarChart bars;
        bars.categoryName = QStringLiteral("hour");
        bars.categories = {QStringLiteral("=9"), QStringLiteral("10")};
        bars.series = {{QStringLiteral("a, b"), {}, {1.5, std::nullopt}}};
        QCOMPARE(QByteArray::fromStdString(chartCsv(bars)), QByteArray("hour,\"a, b\"\r\n'=9,1.5\r\n10,\r\n"));
    }

    void aChartIsWrittenAsPictureDrawingPageAndTable()
    {
        QTemporaryDir folder;
        const auto at = [&](const char *name) { return folder.filePath(QString::fromLatin1(name)); };
        for (const char *name : {"a.png", "a.svg", "a.pdf", "a.csv"}) {
            QCOMPARE(saveChart(anHour(), at(name), {}), QString());
            QVERIFY(QFile(at(name)).size() > 500);
        }
        QCOMPARE(QImage(at("a.png")).size(), QSize(1920, 960));
        QSvgRenderer svg(at("a.svg"));
        QVERIFY(svg.isValid());
        QImage drawn(960, 480, QImage::Format_RGB32);
        QPainter painter(&drawn);
        svg.render(&painter);
        QVERIFY(pixels(drawn, drawn.rect(), agentColour(0)) > 200);
        QVERIFY(isHatched(drawn, {360, 200, 60, 100}));
        QFile pdf(at("a.pdf"));
        QVERIFY(pdf.open(QIODevice::ReadOnly) && pdf.read(5) == "%PDF-");
        QVERIFY(!saveChart(anHour(), at("a.bmp"), {}).isEmpty());
        QVERIFY(!QFile::exists(at("a.bmp")));
        QVERIFY(!saveChart(anHour(), at("nowhere/a.png"), {}).isEmpty());
    }

    void theLegendShowsAndHides()
    {
        ChartView view;
        view.resize(700, 320);
        view.show();
        view.replace(anHour());
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto blue = [&] {
            return pixels(view.canvas()->grab().toImage(), view.canvas()->rect(), agentColour(0));
        };
        QVERIFY(blue() > 100);
        const auto buttons = view.findChildren<QToolButton *>();
        QCOMPARE(buttons.size(), 2);
        QTest::mouseClick(buttons[0], Qt::LeftButton);
        QCOMPARE(view.hidden(), QStringList{QStringLiteral("pi-ber-1")});
        QCOMPARE(blue(), 0);
        view.replace(anHour()); // new values do not bring it back
        QCOMPARE(blue(), 0);
        QTest::keyClick(buttons[0], Qt::Key_Space);
        QVERIFY(blue() > 100);
    }

    void theMouseTellsValuesAndTheKeyboardZooms()
    {
        ChartView view;
        view.resize(700, 320);
        view.show();
        view.replace(anHour());
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto at = [&](double minutes) {
            return QPointF(view.plot().left() + view.plot().width() * minutes / 60, view.plot().center().y());
        };
        QVERIFY(view.valuesAt(at(10)).contains(QStringLiteral("09:10")));
        QVERIFY(view.valuesAt(at(10)).contains(QStringLiteral("pi-ber-1: 4")));
        QVERIFY(view.valuesAt(at(50)).contains(QStringLiteral("pi-ber-1: 0")));
        QVERIFY(view.valuesAt(at(25)).contains(QStringLiteral("pi-ber-1: no data")));
        QVERIFY(view.valuesAt(at(40)).contains(QStringLiteral("detect.scale 1.1 to 1.2")));

        QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(view.shown().length(), qint64(0.7 * hour));
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(view.shown().from > nine + hour * 15 / 100);
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.shown().to, nine + hour);
        QTest::keyClick(&view, Qt::Key_0);
        QCOMPARE(view.shown(), (ChartSpan{nine, nine + hour}));
    }

    void theWheelZoomsAboutThePointerAndDraggingPans()
    {
        ChartView view;
        view.resize(700, 320);
        view.show();
        view.replace(anHour());
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QPoint quarter(static_cast<int>(view.plot().left() + view.plot().width() / 4), 100);
        QTest::mouseClick(view.canvas(), Qt::LeftButton, {}, quarter);
        QWheelEvent wheel(quarter, view.canvas()->mapToGlobal(QPointF(quarter)), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.canvas(), &wheel);
        const ChartSpan closer = view.shown();
        QVERIFY(qAbs(closer.length() - qint64(0.64 * hour)) < 1000);
        QVERIFY(qAbs(closer.from + closer.length() / 4 - (nine + hour / 4)) < minute);
        QTest::mousePress(view.canvas(), Qt::LeftButton, {}, {300, 100});
        QMouseEvent move(QEvent::MouseMove, QPointF(200, 100), view.canvas()->mapToGlobal(QPointF(200, 100)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view.canvas(), &move);
        QTest::mouseRelease(view.canvas(), Qt::LeftButton, {}, {200, 100});
        QVERIFY(view.shown().from > closer.from + minute);
        QCOMPARE(view.shown().length(), closer.length());
        QTest::mouseDClick(view.canvas(), Qt::LeftButton, {}, quarter);
        QCOMPARE(view.shown().length(), hour);
    }

    void manyReplacementsKeepNothing()
    {
        ChartView view;
        view.resize(700, 320);
        view.show();
        LineChart chart = anHour();
        for (int n = 0; n < 50; ++n) {
            chart.span = {nine + n * minute, nine + n * minute + hour};
            view.replace(chart);
            QCOMPARE(view.shown(), chart.span);
        }
        QCOMPARE(view.findChildren<QToolButton *>().size(), 2);
        BarChart bars;
        bars.categories = {QStringLiteral("9")};
        bars.series = {{QStringLiteral("a"), Qt::red, {1.0}}};
        view.replace(bars); // of another kind
        QVERIFY(!view.canvas()->grab().isNull());
        view.replace(anHour());
        view.setMessage(QStringLiteral("no contact"));
        QVERIFY(!view.canvas()->isVisible());
    }
};

QTEST_MAIN(TestConsoleChartDrawing)
#include "test_console_chart_drawing.moc"
