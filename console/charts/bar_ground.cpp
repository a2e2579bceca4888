#include "console/charts/bar_ground.h"

#include "console/charts/chart_words.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace facetrack::console {

BarGround::BarGround(QGraphicsItem *chart) : QGraphicsItem(chart)
{
    setZValue(1.5); // QChart draws its series at 4 and up
}

double BarGround::set(Content content)
{
    prepareGeometryChange();
    m_content = std::move(content);
    m_palette = chartPalette(m_content.look.dark);
    const QFontMetricsF metrics(chartFont(m_content.look));
    const double line = metrics.height();
    const double edge = std::max(6.0, m_content.look.text / 2); // half of the uppermost figure
    const double above = m_content.chart->labels.isEmpty() ? edge : line + edge;
    const double height = std::max(10.0, m_content.size.height() - above - line - 6);
    double most = 0;
    for (const ChartBars *series : m_content.series)
        for (const auto &value : series->values)
            most = std::max(most, value.value_or(0));
    m_ticks = valueTicks(most <= 0 ? 1 : most, std::clamp(static_cast<int>(height / (3 * line)), 2, 8));
    m_top = m_ticks.back().at;
    double left = 0;
    for (const ChartTick &tick : m_ticks)
        left = std::max(left, metrics.horizontalAdvance(tick.text));
    left = std::ceil((left + 8) / 10) * 10;
    m_plot = QRectF(left, above, std::max(10.0, m_content.size.width() - left - 14), height);
    QGraphicsItem::update();
    return m_top;
}

double BarGround::slotWidth() const
{
    return m_plot.width() / static_cast<double>(std::max<qsizetype>(1, m_content.chart->categories.size()));
}

void BarGround::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    if (!m_content.chart)
        return;
    painter->setFont(chartFont(m_content.look));
    paintHoles(*painter);
    paintScale(*painter);
    paintCategories(*painter);
    paintLabels(*painter);
}

void BarGround::paintScale(QPainter &painter) const
{
    for (const ChartTick &tick : m_ticks) {
        const double at = m_plot.bottom() - m_plot.height() * tick.at / m_top;
        painter.setPen(QPen(tick.strong ? m_palette.faint : m_palette.line, 1));
        painter.drawLine(QPointF(m_plot.left(), at), QPointF(m_plot.right(), at));
        painter.setPen(m_palette.faint);
        painter.drawText(QRectF(0, at - 20, m_plot.left() - 6, 40), Qt::AlignRight | Qt::AlignVCenter, tick.text);
    }
}

void BarGround::paintHoles(QPainter &painter) const
{
    const double slot = slotWidth(), width = m_content.chart->touching ? slot : barWidth * slot;
    const double each = width / static_cast<double>(std::max<std::size_t>(1, m_content.series.size()));
    if (m_content.series.empty() || m_content.chart->categories.isEmpty())
        return hatch(painter, m_plot, m_palette);
    for (qsizetype n = 0; n < m_content.chart->categories.size(); ++n) {
        const double begin = m_plot.left() + slot * static_cast<double>(n) + (slot - width) / 2;
        for (std::size_t s = 0; s < m_content.series.size(); ++s) {
            const auto &values = m_content.series[s]->values;
            if (const auto at = static_cast<std::size_t>(n); at >= values.size() || !values[at])
                hatch(painter, QRectF(begin + each * static_cast<double>(s), m_plot.top(), each, m_plot.height()), m_palette);
        }
    }
}

void BarGround::paintCategories(QPainter &painter) const
{
    const double slot = slotWidth();
    double free = 0;
    painter.setPen(m_palette.faint);
    for (qsizetype n = 0; n < m_content.chart->categories.size(); ++n) {
        const QString &name = m_content.chart->categories[n];
        const double width = painter.fontMetrics().horizontalAdvance(name);
        const double middle = m_plot.left() + slot * (static_cast<double>(n) + 0.5);
        const double begin = std::clamp(middle - width / 2, 0.0, std::max(0.0, m_content.size.width() - width));
        if (begin < free)
            continue;
        painter.drawText(QRectF(begin, m_plot.bottom() + 3, width + 2, 40), Qt::AlignLeft | Qt::AlignTop, name);
        free = begin + width + 8;
    }
}

void BarGround::paintLabels(QPainter &painter) const
{
    if (m_content.series.size() != 1)
        return;
    const double slot = slotWidth();
    const QFontMetricsF metrics(painter.font());
    const auto &values = m_content.series.front()->values;
    painter.setPen(m_palette.text);
    for (qsizetype n = 0; n < m_content.chart->labels.size() && n < static_cast<qsizetype>(values.size()); ++n) {
        const double value = values[static_cast<std::size_t>(n)].value_or(0);
        const double foot = m_plot.bottom() - m_plot.height() * value / m_top;
        painter.drawText(QRectF(m_plot.left() + slot * static_cast<double>(n), foot - metrics.height() - 2, slot, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignBottom,
                         metrics.elidedText(m_content.chart->labels[n], Qt::ElideRight, slot));
    }
}

QString BarGround::valuesAt(QPointF point) const
{
    if (!m_content.chart || m_content.chart->categories.isEmpty() || !m_plot.contains(point))
        return {};
    const auto n = std::clamp<qsizetype>(static_cast<qsizetype>((point.x() - m_plot.left()) / slotWidth()), 0,
                                         m_content.chart->categories.size() - 1);
    QStringList lines{m_content.chart->categories[n]};
    if (n < m_content.chart->labels.size() && !m_content.chart->labels[n].isEmpty())
        lines.front() += QStringLiteral(": ") + m_content.chart->labels[n];
    for (const ChartBars *series : m_content.series) {
        const auto at = static_cast<std::size_t>(n);
        const bool known = at < series->values.size() && series->values[at];
        lines.append(known ? QStringLiteral("%1: %2").arg(series->name, valueText(*series->values[at]))
                           : ChartWords::tr("%1: no data").arg(series->name));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace facetrack::console
