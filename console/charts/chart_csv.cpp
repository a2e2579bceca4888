#include "console/charts/chart.h"
#include "libfacetrack/analytics/report_csv.h"

#include <QDateTime>
#include <charconv>
#include <map>

namespace facetrack::console {

namespace {

std::string number(double value)
{
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return {digits, end};
}

std::string field(const QString &text)
{
    return csvField(text.toStdString());
}

std::string timeField(qint64 time, const LineChart &chart)
{
    if (chart.clockOnly)
        return QDateTime::fromMSecsSinceEpoch(time, QTimeZone::utc()).toString(QStringLiteral("HH:mm")).toStdString();
    const QDateTime there = QDateTime::fromMSecsSinceEpoch(time, chart.zone);
    return there.toOffsetFromUtc(there.offsetFromUtc()).toString(Qt::ISODate).toStdString();
}

std::string csvOf(const LineChart &chart)
{
    std::map<qint64, std::vector<std::string>> rows;
    const std::size_t columns = chart.lines.size();
    std::string text = "time";
    for (std::size_t n = 0; n < columns; ++n) {
        text += ',' + field(chart.lines[n].name);
        for (const ChartPoint &point : chart.lines[n].points) {
            auto &row = rows[point.time];
            row.resize(columns);
            row[n] = number(point.value);
        }
    }
    std::map<qint64, QString> marks;
    for (const ChartMark &mark : chart.marks) {
        QString &words = marks[mark.time];
        words += (words.isEmpty() ? QString() : QStringLiteral("; ")) + mark.text;
        rows[mark.time].resize(columns);
    }
    text += ",mark\r\n";
    for (const auto &[time, values] : rows) {
        text += timeField(time, chart);
        for (const std::string &value : values)
            text += ',' + value;
        const auto mark = marks.find(time);
        text += ',' + (mark == marks.end() ? std::string() : field(mark->second)) + "\r\n";
    }
    return text;
}

std::string csvOf(const BarChart &chart)
{
    std::string text = field(chart.categoryName.isEmpty() ? QStringLiteral("category") : chart.categoryName);
    for (const ChartBars &series : chart.series)
        text += ',' + field(series.name);
    text += "\r\n";
    for (qsizetype row = 0; row < chart.categories.size(); ++row) {
        text += field(chart.categories[row]);
        for (const ChartBars &series : chart.series) {
            const auto n = static_cast<std::size_t>(row);
            text += ',' + (n < series.values.size() && series.values[n] ? number(*series.values[n]) : std::string());
        }
        text += "\r\n";
    }
    return text;
}

std::string csvOf(const HeatChart &chart)
{
    std::string text = "row,column," + field(chart.valueName) + "\r\n";
    for (std::size_t n = 0; n < chart.cells.size(); ++n) {
        const auto columns = static_cast<std::size_t>(chart.grid.width());
        text += std::to_string(n / columns) + ',' + std::to_string(n % columns) + ',' + number(chart.cells[n]) + "\r\n";
    }
    return text;
}

} // namespace

std::string chartCsv(const Chart &chart)
{
    return std::visit([](const auto &one) { return csvOf(one); }, chart);
}

} // namespace facetrack::console
