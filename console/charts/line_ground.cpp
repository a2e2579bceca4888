#include "console/charts/line_ground.h"

#include "console/charts/chart_thin.h"
#include "console/charts/chart_words.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace facetrack::console {

namespace {

constexpr double belowSeries = 1.5; // QChart draws its series at 4 and up

double mostOf(const std::vector<const ChartLine *> &lines, ChartSpan shown)
{
    double most = 0;
    for (const ChartLine *line : lines)
        for (const ChartPoint &point : line->points)
            if (point.time >= shown.from - line->step && point.time <= shown.to + line->step)
                most = std::max(most, point.value);
    return most;
}

} // namespace

LineGround::LineGround(QGraphicsItem *chart) : QGraphicsItem(chart)
{
    setZValue(belowSeries);
}

double LineGround::set(Content content)
{
    prepareGeometryChange();
    m_content = std::move(content);
    m_palette = chartPalette(m_content.look.dark);
    const QFontMetricsF metrics(chartFont(m_content.look));
    const double line = metrics.height();
    const bool marked = !m_content.chart->marks.empty();
    const double top = std::max(6.0, m_content.look.text / 2) + (marked ? line : 0), bottom = line + 6 + stripHeight();
    m_scale.lay(std::max(1.0, 1.02 * mostOf(m_content.lines, m_content.shown)), m_content.size, top, bottom, m_content.look);
    m_times = timeTicks(m_content.shown, m_content.chart->zone,
                        std::max(2, static_cast<int>(plot().width() / (metrics.horizontalAdvance(QStringLiteral("00:00:00")) * 1.6))));
    m_holes = withoutData(m_content.lines, m_content.shown);
    m_closed.clear();
    if (const auto &open = m_content.chart->open; !open.empty()) {
        m_holes = inside(m_holes, open);
        m_closed = outside(m_content.shown, open);
    }
    QGraphicsItem::update();
    return m_scale.top();
}

double LineGround::x(qint64 time) const
{
    return plot().left()
           + plot().width() * static_cast<double>(time - m_content.shown.from)
                 / static_cast<double>(std::max<qint64>(1, m_content.shown.length()));
}

qint64 LineGround::timeAt(double x) const
{
    return m_content.shown.from
           + static_cast<qint64>((x - plot().left()) / plot().width() * static_cast<double>(m_content.shown.length()));
}

double LineGround::stripHeight() const
{
    const auto strips = std::count_if(m_content.lines.begin(), m_content.lines.end(),
                                      [](const ChartLine *line) { return !line->coverage.empty(); });
    return strips == 0 ? 0 : 4 + static_cast<double>(strips) * std::clamp(48.0 / static_cast<double>(strips), 3.0, 8.0);
}

qint64 LineGround::step() const
{
    qint64 step = 3'600'000;
    for (const ChartLine *line : m_content.lines)
        step = std::min(step, line->step);
    return step;
}

QRectF LineGround::columnOf(const ChartSpan &span) const
{
    return {QPointF(x(span.from), plot().top()), QPointF(x(span.to), plot().bottom())};
}

void LineGround::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    if (!m_content.chart)
        return;
    painter->setFont(chartFont(m_content.look));
    for (const ChartSpan &closed : m_closed)
        painter->fillRect(columnOf(closed), m_palette.closed);
    for (const ChartSpan &hole : m_holes)
        hatch(*painter, columnOf(hole), m_palette);
    m_scale.paint(*painter, m_palette);
    paintTimes(*painter);
    paintStrips(*painter);
    paintMarks(*painter);
    paintPointer(*painter);
}

void LineGround::paintTimes(QPainter &painter) const
{
    const double below = plot().bottom() + stripHeight() + 3;
    double free = 0;
    for (const ChartTick &tick : m_times) {
        const double at = x(static_cast<qint64>(tick.at));
        const bool strong = tick.strong && !m_content.chart->clockOnly;
        painter.setPen(QPen(strong ? m_palette.faint : m_palette.line, 1));
        painter.drawLine(QPointF(at, plot().top()), QPointF(at, plot().bottom() + 3));
        const QString text = tick.strong && m_content.chart->clockOnly ? QStringLiteral("00:00") : tick.text;
        const double width = painter.fontMetrics().horizontalAdvance(text);
        const double begin = std::clamp(at - width / 2, 0.0, std::max(0.0, m_content.size.width() - width));
        if (begin < free)
            continue;
        painter.setPen(strong ? m_palette.text : m_palette.faint);
        painter.drawText(QRectF(begin, below, width + 2, 40), Qt::AlignLeft | Qt::AlignTop, text);
        free = begin + width + 8;
    }
}

void LineGround::paintMarks(QPainter &painter) const
{
    const auto &marks = m_content.chart->marks;
    const QFontMetricsF metrics(painter.font());
    for (std::size_t n = 0; n < marks.size(); ++n) {
        const ChartMark &mark = marks[n];
        if (mark.time < m_content.shown.from || mark.time > m_content.shown.to)
            continue;
        const bool outage = mark.kind == ChartMark::Kind::Outage;
        const double at = x(mark.time);
        painter.setPen(QPen(m_palette.faint, 1, outage ? Qt::DotLine : Qt::DashLine));
        painter.drawLine(QPointF(at, plot().top()), QPointF(at, plot().bottom()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_palette.text);
        const double foot = plot().top(), head = foot - 7;
        if (outage)
            painter.drawRect(QRectF(at - 3, head + 1, 6, 6));
        else
            painter.drawPolygon(QPolygonF({{at - 4, head}, {at + 4, head}, {at, foot}}));
        // Words where there is room for them before the next one.
        const double until = n + 1 < marks.size() ? std::min(plot().right(), x(marks[n + 1].time) - 8) : plot().right();
        if (const double room = until - at - 8; room > 60) {
            painter.setPen(m_palette.faint);
            painter.drawText(QPointF(at + 7, plot().top() - 3 - metrics.descent() / 2),
                             metrics.elidedText(mark.text, Qt::ElideRight, room));
        }
    }
}

void LineGround::paintStrips(QPainter &painter) const
{
    std::vector<const ChartLine *> lines;
    for (const ChartLine *line : m_content.lines)
        if (!line->coverage.empty())
            lines.push_back(line);
    if (lines.empty())
        return;
    const double each = (stripHeight() - 4) / static_cast<double>(lines.size());
    double top = plot().bottom() + 4;
    for (const ChartLine *line : lines) {
        for (const ChartCoverage &part : line->coverage) {
            const double from = std::max(plot().left(), x(part.span.from)), to = std::min(plot().right(), x(part.span.to));
            if (to <= from)
                continue;
            const QRectF where(from, top, std::max(to - from, 0.5), each - 1);
            QColor colour = line->colour;
            colour.setAlphaF(static_cast<float>(0.25 + 0.75 * part.share));
            if (part.share <= 0)
                hatch(painter, where, m_palette);
            else
                painter.fillRect(where, colour);
        }
        top += each;
    }
}

void LineGround::paintPointer(QPainter &painter) const
{
    if (!m_pointer)
        return;
    painter.setPen(QPen(m_palette.text, 1));
    painter.drawLine(QPointF(*m_pointer, plot().top()), QPointF(*m_pointer, plot().bottom()));
}

void LineGround::setPointer(std::optional<QPointF> point)
{
    const auto before = m_pointer;
    m_pointer.reset();
    if (point && plot().contains(*point))
        m_pointer = point->x();
    if (m_pointer != before)
        QGraphicsItem::update();
}

QString LineGround::valuesAt(QPointF point) const
{
    if (!m_content.chart || !plot().adjusted(-2, -30, 2, stripHeight()).contains(point))
        return {};
    const qint64 time = timeAt(point.x());
    QStringList lines{timeText(time, m_content.chart->zone, step(), m_content.chart->clockOnly)};
    for (const ChartLine *line : m_content.lines) {
        const std::ptrdiff_t at = pointAt(*line, time);
        lines.append(at < 0 ? ChartWords::tr("%1: no data").arg(line->name)
                            : QStringLiteral("%1: %2").arg(line->name, valueText(line->points[static_cast<std::size_t>(at)].value)));
    }
    for (const ChartMark &mark : m_content.chart->marks)
        if (std::abs(x(mark.time) - point.x()) < 6)
            lines.append(timeText(mark.time, m_content.chart->zone, step(), m_content.chart->clockOnly) + QStringLiteral("  ") + mark.text);
    return lines.join(QLatin1Char('\n'));
}

} // namespace facetrack::console
