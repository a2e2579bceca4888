#pragma once
#include <QChart>
#include <QValueAxis>

class QGraphicsScene;

namespace facetrack::console {

/// Qt's chart with nothing but values in it: no legend, no margins, hidden axes. What is around and
/// beneath the values is drawn by somebody else. For the drawings only, which know Qt Charts.
class BareChart
{
public:
    explicit BareChart(QGraphicsScene &scene);

    QChart *item() const { return m_chart; }
    void resize(QSizeF size);
    /// Where the values are, and from `left` to `right` and 0 to `top` in them.
    void place(const QRectF &plot, double left, double right, double top);
    void add(QAbstractSeries *series);
    void remove(QAbstractSeries *series);

private:
    QChart *const m_chart; // of the scene
    QValueAxis *const m_across, *const m_up;
};

} // namespace facetrack::console
