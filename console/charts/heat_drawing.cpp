#include "console/charts/chart_drawing.h"
#include "console/charts/chart_ticks.h"
#include "console/charts/chart_words.h"

#include <QFontMetricsF>
#include <QGraphicsItem>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace facetrack::console {

namespace {

/// Viridis, which is even to the eye and tells the same without colours: few is dark and faint, much
/// is yellow and firm.
QColor heatColour(double share)
{
    static constexpr std::array<QRgb, 5> stops{0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725};
    const double at = std::clamp(share, 0.0, 1.0) * (stops.size() - 1);
    const auto n = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    const QColor a(stops[n]), b(stops[n + 1]);
    const auto part = static_cast<float>(at - static_cast<double>(n));
    return QColor::fromRgbF(a.redF() + part * (b.redF() - a.redF()), a.greenF() + part * (b.greenF() - a.greenF()),
                            a.blueF() + part * (b.blueF() - a.blueF()), static_cast<float>(0.45 + 0.4 * share));
}

class HeatItem final : public QGraphicsItem
{
public:
    QRectF boundingRect() const override { return QRectF(QPointF(), size); }

    QRectF plot() const
    {
        const double letters = look.text * 1.6;
        const QRectF room(0, 4, std::max(10.0, size.width() - 10), std::max(10.0, size.height() - 2 * letters - 10));
        const QSizeF shape = chart.picture.isNull() ? QSizeF(16, 9) : QSizeF(chart.picture.size());
        QRectF place(QPointF(), shape.scaled(room.size(), Qt::KeepAspectRatio));
        place.moveTopLeft(room.topLeft());
        return place;
    }

    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override
    {
        const ChartPalette palette = chartPalette(look.dark);
        const QRectF place = plot();
        painter->setFont(chartFont(look));
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        if (chart.picture.isNull())
            painter->fillRect(place, palette.line);
        else
            painter->drawImage(place, chart.picture);
        if (chart.cells.empty())
            return paintNothing(*painter, palette);
        paintCells(*painter);
        paintScale(*painter, palette);
    }

    QString valuesAt(QPointF point) const
    {
        const QRectF place = plot();
        if (!place.contains(point) || chart.cells.empty() || chart.grid.isEmpty())
            return {};
        const int column = std::clamp(static_cast<int>((point.x() - place.left()) / place.width() * chart.grid.width()), 0, chart.grid.width() - 1);
        const int row = std::clamp(static_cast<int>((point.y() - place.top()) / place.height() * chart.grid.height()), 0, chart.grid.height() - 1);
        const auto n = static_cast<std::size_t>(row * chart.grid.width() + column);
        return n < chart.cells.size() ? QStringLiteral("%1: %2").arg(chart.valueName, valueText(chart.cells[n])) : QString();
    }

    HeatChart chart;
    ChartLook look;
    QSizeF size;

private:
    double most() const { return chart.cells.empty() ? 0 : *std::max_element(chart.cells.begin(), chart.cells.end()); }

    void paintNothing(QPainter &painter, const ChartPalette &palette) const
    {
        hatch(painter, plot(), palette);
        painter.setPen(palette.text);
        painter.drawText(plot(), Qt::AlignCenter, ChartWords::tr("no data"));
    }

    void paintCells(QPainter &painter) const
    {
        const QRectF place = plot();
        const double top = most();
        const double width = place.width() / chart.grid.width(), height = place.height() / chart.grid.height();
        for (std::size_t n = 0; n < chart.cells.size(); ++n) {
            if (chart.cells[n] <= 0)
                continue;
            const auto column = static_cast<double>(n % static_cast<std::size_t>(chart.grid.width()));
            const auto row = std::floor(static_cast<double>(n) / chart.grid.width());
            // By the root, so that what is seldom shows beside what is usual.
            painter.fillRect(QRectF(place.left() + column * width, place.top() + row * height, width, height),
                             heatColour(std::sqrt(chart.cells[n] / top)));
        }
    }

    void paintScale(QPainter &painter, const ChartPalette &palette) const
    {
        const QRectF place = plot();
        const QFontMetricsF metrics(painter.font());
        const double top = place.bottom() + 8, width = std::min(160.0, place.width() / 2);
        for (int n = 0; n < 32; ++n)
            painter.fillRect(QRectF(place.left() + n * width / 32, top, width / 32 + 0.5, 8), heatColour(n / 31.0));
        painter.setPen(palette.faint);
        const QString text = ChartWords::tr("1 to %1 %2").arg(valueText(most()), chart.valueName);
        painter.drawText(QPointF(place.left() + width + 8, top + metrics.ascent() - 2), text);
    }
};

class HeatDrawing final : public ChartDrawing
{
public:
    HeatDrawing() : m_item(new HeatItem) { scene().addItem(m_item); }

    void set(const Chart &chart, const ChartLook &look) override
    {
        m_item->chart = std::get<HeatChart>(chart);
        m_item->look = look;
        m_item->update();
    }
    void resize(QSizeF size) override
    {
        m_item->size = size;
        scene().setSceneRect(QRectF(QPointF(), size));
        m_item->update();
    }
    QRectF plot() const override { return m_item->plot(); }
    QString valuesAt(QPointF point) const override { return m_item->valuesAt(point); }

private:
    HeatItem *const m_item; // of the scene
};

} // namespace

std::unique_ptr<ChartDrawing> makeHeatDrawing()
{
    return std::make_unique<HeatDrawing>();
}

} // namespace facetrack::console
