#pragma once
#include <QPainter>
#include <QPainterPath>

namespace facetrack::console {

/// A line that shows on any picture: a thin dark outline round the colour.
inline void strokeOutlined(QPainter &painter, const QPainterPath &path, const QColor &colour,
                           double width = 2, Qt::PenStyle style = Qt::SolidLine)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), width + 2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    if (style == Qt::SolidLine)
        painter.drawPath(path);
    painter.setPen(QPen(colour, width, style, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPath(path);
}

/// The frame of a box, likewise; a dashed one has its outline without gaps.
inline void frameOutlined(QPainter &painter, const QRectF &box, const QColor &colour,
                          Qt::PenStyle style = Qt::SolidLine)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 4));
    painter.drawRect(box);
    painter.setPen(QPen(colour, 2, style));
    painter.drawRect(box);
}

} // namespace facetrack::console
