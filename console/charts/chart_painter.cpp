#include "console/charts/chart_drawing.h"

#include "console/charts/chart_words.h"

#include <QFontMetricsF>
#include <QPainter>

namespace facetrack::console {

namespace {

/// What is written round a chart, from the top: each takes its height off `room`.
class Words
{
public:
    Words(QPainter &painter, const Chart &chart, const ChartLook &look)
        : m_painter(painter), m_chart(chart), m_look(look), m_palette(chartPalette(look.dark))
    {}

    void title(QRectF &room) const
    {
        QFont font = chartFont(m_look, 1.25);
        font.setBold(true);
        const double height = QFontMetricsF(font).height() * 1.2;
        m_painter.setFont(font);
        m_painter.setPen(m_palette.text);
        m_painter.drawText(QRectF(room.topLeft(), QSizeF(room.width(), height)), Qt::AlignLeft | Qt::AlignTop,
                           QFontMetricsF(font).elidedText(chartTitle(m_chart), Qt::ElideRight, room.width()));
        room.setTop(room.top() + height);
    }

    void legend(QRectF &room) const
    {
        m_painter.setFont(chartFont(m_look));
        const QFontMetricsF metrics(m_painter.font());
        const double height = metrics.height() * 1.3, swatch = m_look.text;
        QPointF at = room.topLeft();
        const auto entry = [&](const QString &name, const auto &draw) {
            const double width = swatch + 6 + metrics.horizontalAdvance(name) + 16;
            if (at.x() + width > room.right() && at.x() > room.left())
                at = {room.left(), at.y() + height};
            draw(QRectF(at.x(), at.y() + (metrics.height() - swatch) / 2, swatch, swatch));
            m_painter.setPen(m_palette.text);
            m_painter.drawText(QPointF(at.x() + swatch + 6, at.y() + metrics.ascent()), name);
            at.rx() += width;
        };
        bool any = false;
        for (const LegendEntry &one : legendOf(m_chart)) {
            if (m_look.hidden.contains(one.name))
                continue;
            any = true;
            entry(one.name, [&](const QRectF &where) { m_painter.fillRect(where, one.colour); });
        }
        if (hasHoles(m_chart)) {
            any = true;
            entry(ChartWords::tr("no data"),
                  [&](const QRectF &where) { hatch(m_painter, where, m_palette); });
        }
        if (any)
            room.setTop(at.y() + height);
    }

    /// At the bottom.
    void about(QRectF &room) const
    {
        const QString text = std::visit([](const auto &one) { return one.about; }, m_chart);
        if (text.isEmpty())
            return;
        m_painter.setFont(chartFont(m_look, 0.9));
        m_painter.setPen(m_palette.faint);
        const int flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
        const QRectF needed = QFontMetricsF(m_painter.font()).boundingRect(room, flags, text);
        m_painter.drawText(QRectF(room.left(), room.bottom() - needed.height(), room.width(), needed.height()), flags, text);
        room.setBottom(room.bottom() - needed.height() - 4);
    }

private:
    QPainter &m_painter;
    const Chart &m_chart;
    const ChartLook &m_look;
    const ChartPalette m_palette;
};

} // namespace

void paintChart(const Chart &chart, QPainter &painter, const QRectF &where, const ChartLook &look, double unit)
{
    painter.save();
    painter.translate(where.topLeft());
    painter.scale(unit, unit);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF room(QPointF(), where.size() / unit);
    painter.fillRect(room, chartPalette(look.dark).ground);
    if (look.words) {
        room.adjust(12, 10, -12, -8);
        const Words words(painter, chart, look);
        words.title(room);
        words.legend(room);
        words.about(room);
    }
    const auto drawing = makeDrawing(chart);
    drawing->set(chart, look);
    drawing->resize(room.size());
    drawing->scene().render(&painter, room, QRectF(QPointF(), room.size()));
    painter.restore();
}

QImage chartPicture(const Chart &chart, QSize size, double ratio, const ChartLook &look)
{
    QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    paintChart(chart, painter, QRectF(QPointF(), QSizeF(size)), look);
    return image;
}

} // namespace facetrack::console
