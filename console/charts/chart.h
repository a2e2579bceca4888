#pragma once
#include <QColor>
#include <QImage>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <QTimeZone>
#include <optional>
#include <variant>
#include <vector>

class QPainter;

namespace facetrack::console {

// What charts show, as plain values; how they are drawn is known to the .cpp files of this folder
// only. Times are milliseconds since 1970, UTC.

struct ChartSpan
{
    qint64 from = 0;
    qint64 to = 0;

    qint64 length() const { return to - from; }
    bool operator==(const ChartSpan &) const = default;
};

struct ChartPoint
{
    qint64 time = 0;
    double value = 0;

    bool operator==(const ChartPoint &) const = default;
};

/// How much of a stretch of time is known: 0 (no data) to 1.
struct ChartCoverage
{
    ChartSpan span;
    double share = 1;
};

/// Something over time. Where there is no data there is no point: two points further apart than one
/// and a half steps are not joined, and a stretch in which no line has a point is hatched. So "no
/// data" and "no faces", a line at 0, never look the same.
struct ChartLine
{
    QString name;
    QColor colour; ///< a second line of this colour is dashed, a third one dotted
    qint64 step = 60'000;           ///< between two points of a line without a hole
    std::vector<ChartPoint> points; ///< in order of time
    std::vector<ChartCoverage> coverage; ///< a strip beneath the chart; empty: no strip
};

/// A moment that may explain a jump.
struct ChartMark
{
    enum class Kind { Change, Outage };
    qint64 time = 0;
    Kind kind = Kind::Change;
    QString text;
};

struct LineChart
{
    QString title;
    QString about;     ///< one line below: how the measure is made
    QString valueName; ///< "mean faces visible"
    QTimeZone zone = QTimeZone::utc(); ///< of the place: what its clocks show
    ChartSpan span;
    std::vector<ChartSpan> open; ///< what was asked about, in order; the rest is shaded. Empty: all
    std::vector<ChartLine> lines;
    std::vector<ChartMark> marks; ///< in order of time
    bool clockOnly = false; ///< times are those of any day (1970-01-01 in UTC): days laid over each other
};

struct ChartBars
{
    QString name;
    QColor colour;
    std::vector<std::optional<double>> values; ///< by category; nothing: no data, which is hatched
};

/// Bars by category; of a histogram when they touch.
struct BarChart
{
    QString title, about, valueName;
    QString categoryName;   ///< "hour"
    QStringList categories;
    std::vector<ChartBars> series;
    std::vector<QColor> categoryColours; ///< of a chart with one series: each bar's own; or none
    QStringList labels;     ///< above the bars of a chart with one series: "42 %"; or none
    bool touching = false;
};

/// Counts by cell, over a picture where there is one.
struct HeatChart
{
    QString title, about, valueName;
    QSize grid;                ///< columns x rows
    std::vector<double> cells; ///< by row from the top left; empty: no data
    QImage picture;            ///< null: none
};

using Chart = std::variant<LineChart, BarChart, HeatChart>;

QString chartTitle(const Chart &chart);

/// What a chart looks like.
struct ChartLook
{
    bool dark = false;
    double text = 12; ///< size of the letters, in pixels
    bool words = true; ///< title, legend and the line on how it is made
    QStringList hidden; ///< names of lines or bars that are not shown

    bool operator==(const ChartLook &) const = default;
};

/// Draws it on anything: a picture, a PDF, a screen. `unit` is how many of the painter's units make a
/// pixel of the chart (of the letters' size, for instance): dpi / 96 on paper. Nothing is animated,
/// and lines are thinned to the pixels there are.
void paintChart(const Chart &chart, QPainter &painter, const QRectF &where, const ChartLook &look = {},
                double unit = 1);
/// `size` in pixels of the chart; the picture has `ratio` times as many.
QImage chartPicture(const Chart &chart, QSize size, double ratio = 1, const ChartLook &look = {});

/// Its values for a spreadsheet, those hidden or thinned out too: CSV as RFC 4180 has it, UTF-8, times
/// with their offset from UTC; no data is empty, never 0.
std::string chartCsv(const Chart &chart);

} // namespace facetrack::console
