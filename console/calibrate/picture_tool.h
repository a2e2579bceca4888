#pragma once
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace facetrack::console {

class PictureView;

/// Something that is drawn on a picture and moved there by mouse and keyboard. `at` is always in
/// fractions of the picture, inside 0..1.
class PictureTool
{
public:
    virtual ~PictureTool() = default;
    virtual void paint(QPainter &painter, const PictureView &view) const = 0;
    /// True: it takes the press, and all of drag() and release() up to the end of it.
    virtual bool press(QPointF at, const QMouseEvent &event, const PictureView &view) = 0;
    virtual void drag(QPointF) {}
    virtual void release(QPointF) {}
    virtual bool doubleClick(QPointF, const PictureView &) { return false; }
    virtual void hover(QPointF, const PictureView &) {}
    virtual bool key(const QKeyEvent &) { return false; }
};

/// A line on any picture: a thin dark outline round the colour.
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

} // namespace facetrack::console
