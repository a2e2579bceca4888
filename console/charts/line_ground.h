#pragma once
#include "console/charts/value_scale.h"

#include <QGraphicsItem>

namespace facetrack::console {

/// Everything of a line chart but the lines: axes with the place's clocks, what is hatched since there
/// is no data, marks, the strips of coverage, and the line under the mouse.
class LineGround final : public QGraphicsItem
{
public:
    struct Content
    {
        const LineChart *chart = nullptr;
        ChartLook look;
        std::vector<const ChartLine *> lines; ///< those shown
        ChartSpan shown;
        QSizeF size;
    };
    explicit LineGround(QGraphicsItem *chart);

    /// Gives the value at the top of the plot. What `content` points at is used until the next call.
    double set(Content content);
    QRectF plot() const { return m_scale.plot(); }
    QString valuesAt(QPointF point) const;
    void setPointer(std::optional<QPointF> point);

    QRectF boundingRect() const override { return QRectF(QPointF(), m_content.size); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

private:
    double x(qint64 time) const;
    qint64 timeAt(double x) const;
    double stripHeight() const;
    QRectF columnOf(const ChartSpan &span) const;
    void paintTimes(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintStrips(QPainter &painter) const;
    void paintPointer(QPainter &painter) const;
    qint64 step() const;

    Content m_content;
    ChartPalette m_palette;
    ValueScale m_scale;
    std::vector<ChartTick> m_times;
    std::vector<ChartSpan> m_holes, m_closed;
    std::optional<double> m_pointer;
};

} // namespace facetrack::console
