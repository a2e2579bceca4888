#pragma once
#include "console/calibrate/picture_tool.h"

#include <QObject>
#include <QRectF>
#include <optional>

namespace facetrack::console {

/// The part of the picture whose focus is measured. Dragged over the picture; the arrow keys move
/// it (with Shift farther), Escape or a double click takes it away.
class FocusRegion : public QObject, public PictureTool
{
    Q_OBJECT

public:
    using QObject::QObject;
    const std::optional<QRectF> &region() const { return m_region; } ///< fractions; none: the whole
    void set(const std::optional<QRectF> &region);

    void paint(QPainter &painter, const PictureView &view) const override;
    bool press(QPointF at, const QMouseEvent &event, const PictureView &view) override;
    void drag(QPointF at) override;
    void release(QPointF at) override;
    bool doubleClick(QPointF at, const PictureView &view) override;
    bool key(const QKeyEvent &event) override;

Q_SIGNALS:
    void changed();

private:
    std::optional<QRectF> m_region;
    std::optional<QRectF> m_drawn; ///< while it is dragged
    QPointF m_from;
};

} // namespace facetrack::console
