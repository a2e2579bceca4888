#pragma once
#include "console/charts/value_scale.h"

#include <QGraphicsItem>

namespace facetrack::console {

/// Everything of a bar chart but the bars: axes, what is hatched since there is no data, and labels.
class BarGround final : public QGraphicsItem
{
public:
    static constexpr double barWidth = 0.8; ///< of a category's, for all its bars together

    struct Content
    {
        const BarChart *chart = nullptr;
        ChartLook look;
        std::vector<const ChartBars *> series; ///< those shown
        QSizeF size;
    };
    explicit BarGround(QGraphicsItem *chart);

    /// Gives the value at the top of the plot. What `content` points at is used until the next call.
    double set(Content content);
    QRectF plot() const { return m_scale.plot(); }
    QString valuesAt(QPointF point) const;

    QRectF boundingRect() const override { return QRectF(QPointF(), m_content.size); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

private:
    double slotWidth() const;
    void paintHoles(QPainter &painter) const;
    void paintCategories(QPainter &painter) const;
    void paintLabels(QPainter &painter) const;

    Content m_content;
    ChartPalette m_palette;
    ValueScale m_scale;
};

} // namespace facetrack::console
