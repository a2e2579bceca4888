#pragma once
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

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

} // namespace facetrack::console
