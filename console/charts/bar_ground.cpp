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
    double most = 0;
    for (const ChartBars *series : m_content.series)
        for (const auto &value : series->values)
            most = std::max(most, value.value_or(0));
    m_scale.lay(most <= 0 ? 1 : most, m_content.size, above, line + 6, m_content.look);
    QGraphicsItem::update();
    return m_scale.top();
}

double BarGround::slotWidth() const
{
    return plot().width() / static_cast<double>(std::max<qsizetype>(1, m_content.chart->categories.size()));
}

void BarGround::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    if (!m_content.chart)
        return;
    painter->setFont(chartFont(m_content.look));
    paintHoles(*painter);
    m_scale.paint(*painter, m_palette);
    paintCategories(*painter);
    paintLabels(*painter);
}

void BarGround::paintHoles(QPainter &painter) const
{
    const double slot = slotWidth(), width = m_content.chart->touching ? slot : barWidth * slot;
    const double each = width / static_cast<double>(std::max<std::size_t>(1, m_content.series.size()));
    if (m_content.series.empty() || m_content.chart->categories.isEmpty())
        return hatch(painter, plot(), m_palette);
    for (qsizetype n = 0; n < m_content.chart->categories.size(); ++n) {
        const double begin = plot().left() + slot * static_cast<double>(n) + (slot - width) / 2;
        for (std::size_t s = 0; s < m_content.series.size(); ++s) {
            const auto &values = m_content.series[s]->values;
            if (const auto at = static_cast<std::size_t>(n); at >= values.size() || !values[at])
                hatch(painter, QRectF(begin + each * static_cast<double>(s), plot().top(), each, plot().height()), m_palette);
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
        const double middle = plot().left() + slot * (static_cast<double>(n) + 0.5);
        const double begin = std::clamp(middle - width / 2, 0.0, std::max(0.0, m_content.size.width() - width));
        if (begin < free)
            continue;
        painter.drawText(QRectF(begin, plot().bottom() + 3, width + 2, 40), Qt::AlignLeft | Qt::AlignTop, name);
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
        const double foot = m_scale.y(value);
        painter.drawText(QRectF(plot().left() + slot * static_cast<double>(n), foot - metrics.height() - 2, slot, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignBottom,
                         metrics.elidedText(m_content.chart->labels[n], Qt::ElideRight, slot));
    }
}

QString BarGround::valuesAt(QPointF point) const
{
    if (!m_content.chart || m_content.chart->categories.isEmpty() || !plot().contains(point))
        return {};
    const auto n = std::clamp<qsizetype>(static_cast<qsizetype>((point.x() - plot().left()) / slotWidth()), 0,
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
