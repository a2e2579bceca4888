#pragma once
#include "console/calibrate/focus_meter.h"

#include <QWidget>

namespace facetrack::console {

/// One focus figure: a bar with a mark at its peak, and beneath it the line of the last minute.
class FocusGraph : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// `now` in ms, of the meter whose figure it is.
    void setFigure(const FocusFigure &figure, qint64 now);

    QSize sizeHint() const override { return {200, 64}; }
    QSize minimumSizeHint() const override { return {120, 64}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBar(QPainter &painter, const QRectF &place) const;
    void paintLine(QPainter &painter, const QRectF &place) const;

    FocusFigure m_figure;
    qint64 m_now = 0;
};

} // namespace facetrack::console
