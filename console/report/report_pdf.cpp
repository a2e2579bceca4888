#include "console/report/report_pdf.h"

#include "console/report/page_flow.h"
#include "console/report/report_words.h"
#include "libfacetrack/analytics/report_csv.h"
#include "libfacetrack/base/version.h"

#include <QCoreApplication>
#include <QDir>
#include <QPageSize>
#include <QPainter>
#include <QSaveFile>
#include <algorithm>
#include <memory>
#include <numeric>

namespace facetrack::console {

namespace {

constexpr int Resolution = 300; // dots per inch of the layout; text and lines stay text and lines
constexpr int MostPages = 4;
constexpr std::size_t HeatsInARow = 3;
constexpr qint64 MinuteMs = 60'000;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(report)
};

/// One day of it, with what was tuned then: gaps are hatched, and listed on the last page.
LineChart dayOf(LineChart chart, const EventReport::Day &day, const QString &title)
{
    chart.title = title;
    chart.about += QLatin1Char(' ') + Text::tr("The strips show how much is known.");
    chart.span = {day.span.from * MinuteMs, day.span.to * MinuteMs};
    std::erase_if(chart.marks, [&chart](const ChartMark &mark) {
        return mark.kind == ChartMark::Kind::Outage || mark.time < chart.span.from || mark.time >= chart.span.to;
    });
    return chart;
}

void addOverTime(PageFlow &flow, const EventReport &report, const ReportLook &look, const ReportDetail &detail)
{
    if (report.days.size() > detail.dayCharts) {
        LineChart chart = facesOverTime(report, Measure::MeanFaces, look.styles, report.days.size() > 7 ? 60 : 15);
        std::erase_if(chart.marks, [](const ChartMark &mark) { return mark.kind == ChartMark::Kind::Outage; });
        flow.addCharts({chart}, 66);
        return;
    }
    const ReportNumbers numbers(report.zone);
    const double height = report.days.size() == 1 ? 96 : report.days.size() == 2 ? 67 : 48;
    const LineChart all = facesOverTime(report, Measure::MeanFaces, look.styles, 5);
    for (const EventReport::Day &day : report.days)
        flow.addCharts({dayOf(all, day, Text::tr("Faces by agent, %1").arg(numbers.day(day.date)))}, height);
}

/// Agents with positions, those with most face detections, at most so many; by their names.
std::vector<std::string> agentsOfHeat(const EventReport &report, std::size_t most)
{
    std::vector<std::pair<std::uint64_t, std::string>> order;
    for (const auto &[agent, cells] : report.heatMap)
        order.emplace_back(std::accumulate(cells.begin(), cells.end(), std::uint64_t{0}), agent);
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    order.resize(std::min(order.size(), most));
    std::vector<std::string> agents;
    for (const auto &[unused, agent] : order)
        agents.push_back(agent);
    std::sort(agents.begin(), agents.end());
    return agents;
}

/// Small: what it shows stands above all of them.
HeatChart smallHeatMap(const EventReport &report, const ReportLook &look, const std::string &agent)
{
    HeatChart chart = heatMapChart(report, agent, look.styles);
    chart.title = look.name(agent);
    chart.about.clear();
    chart.valueName.clear();
    return chart;
}

void addHeat(PageFlow &flow, const EventReport &report, const ReportLook &look, const ReportDetail &detail)
{
    const std::vector<std::string> agents = agentsOfHeat(report, detail.heatMaps);
    const std::size_t inARow = std::min(agents.size(), HeatsInARow);
    if (!agents.empty())
        flow.addText(ReportWords(report, look).placesHtml());
    for (std::size_t first = 0; first < agents.size(); first += HeatsInARow) {
        std::vector<Chart> row;
        for (std::size_t n = first; n < std::min(agents.size(), first + HeatsInARow); ++n)
            row.push_back(smallHeatMap(report, look, agents[n]));
        flow.addCharts(row, inARow == 1 ? 90 : inARow == 2 ? 62 : 45);
    }
}

void fill(PageFlow &flow, const EventReport &report, const ReportLook &look, const ReportDetail &detail)
{
    const ReportWords words(report, look);
    flow.addText(words.headHtml());
    flow.addText(words.measuresHtml());
    if (report.total.hasData()) {
        addOverTime(flow, report, look, detail);
        flow.addCharts({busiestHours(report, Measure::Visits)}, 60);
        if (report.days.size() > 1)
            flow.addCharts({dayAgainstDayChart(report, Measure::MeanFaces)}, 58);
        flow.addCharts({shareByAgent(report, Measure::Visits, look.styles), dwellHistogram(report)}, 62);
        addHeat(flow, report, look, detail);
    }
    flow.addText(words.agentsHtml());
    flow.addText(words.gapsHtml(detail.gaps));
    flow.addText(words.howHtml());
    flow.addText(words.checkedHtml(detail.checked));
    flow.addText(words.changesHtml(detail.changes));
}

/// With as much as fits on four pages.
std::unique_ptr<PageFlow> layOut(QPdfWriter &writer, const EventReport &report, const ReportLook &look)
{
    const std::vector<ReportDetail> levels{{}, {6, 6, 5, 3, 2}, {3, 3, 3, 3, 1}, {2, 2, 2, 1, 1}};
    std::unique_ptr<PageFlow> flow;
    for (const ReportDetail &detail : levels) {
        flow = std::make_unique<PageFlow>(writer);
        fill(*flow, report, look, detail);
        if (flow->pages() <= MostPages)
            break;
    }
    return flow;
}

void paintEdge(QPainter &painter, const QRectF &page, int number, const PageFlow &flow, const EventReport &report)
{
    const ReportNumbers numbers(report.zone);
    QFont font;
    font.setPointSizeF(7.5);
    painter.setFont(font);
    painter.setPen(QColor(0x55, 0x55, 0x55));
    const QDateTime made = numbers.at(report.made);
    painter.drawText(page, Qt::AlignLeft | Qt::AlignTop, Text::tr("facetrack %1 · report after the event").arg(QString::fromLatin1(version())));
    painter.drawText(page, Qt::AlignLeft | Qt::AlignBottom,
                     Text::tr("Made %1, %2 (%3)").arg(numbers.day(made.date()), made.time().toString(QStringLiteral("HH:mm")), made.timeZoneAbbreviation()));
    painter.drawText(page, Qt::AlignRight | Qt::AlignBottom, Text::tr("Page %1 of %2").arg(number).arg(flow.pages()));
    if (!report.isSimulated())
        return;
    font.setBold(true);
    font.setPointSizeF(9);
    painter.setFont(font);
    painter.setPen(QColor(0xb3, 0x26, 0x1e));
    painter.drawText(page, Qt::AlignRight | Qt::AlignTop, Text::tr("MADE UP: simulated data"));
}

} // namespace

QString writeReportPdf(const EventReport &report, const ReportLook &look, const QString &file)
{
    QSaveFile to(file);
    if (!to.open(QIODevice::WriteOnly))
        return to.errorString();
    {
        QPdfWriter writer(&to);
        writer.setTitle(ReportWords(report, look).headline());
        writer.setCreator(QStringLiteral("facetrack-console"));
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(15, 12, 15, 12), QPageLayout::Millimeter);
        writer.setResolution(Resolution);
        const auto flow = layOut(writer, report, look);
        flow->paint([&](QPainter &painter, const QRectF &page, int number) { paintEdge(painter, page, number, *flow, report); });
    }
    return to.commit() ? QString() : to.errorString();
}

QString writeReport(const EventReport &report, const ReportLook &look, const QString &folder)
{
    if (const auto written = writeTables(report, folder.toStdString()); !written)
        return QString::fromStdString(describe(written.error()));
    return writeReportPdf(report, look, QDir(folder).filePath(QStringLiteral("report.pdf")));
}

} // namespace facetrack::console
