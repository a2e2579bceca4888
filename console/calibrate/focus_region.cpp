#include "console/calibrate/focus_region.h"

#include "console/calibrate/key_steps.h"
#include "console/live/outlined.h"
#include "console/live/picture_view.h"

namespace facetrack::console {

namespace {
/// Of the picture's sides; anything smaller is a click.
constexpr double least = 0.02;
}

void FocusRegion::set(const std::optional<QRectF> &region)
{
    if (region == m_region)
        return;
    m_region = region;
    Q_EMIT changed();
}

void FocusRegion::paint(QPainter &painter, const PictureView &view) const
{
    const std::optional<QRectF> &shown = m_drawn ? m_drawn : m_region;
    if (!shown)
        return;
    QPainterPath frame;
    frame.addRect(QRectF(view.toWidget(shown->topLeft()), view.toWidget(shown->bottomRight())));
    strokeOutlined(painter, frame, QColor(0x6c, 0xc3, 0xff), 2);
}

bool FocusRegion::press(QPointF at, const QMouseEvent &, const PictureView &)
{
    m_from = at;
    m_drawn.reset();
    return true;
}

void FocusRegion::drag(QPointF at)
{
    const QRectF drawn = QRectF(m_from, at).normalized();
    if (drawn.width() >= least && drawn.height() >= least)
        m_drawn = drawn;
    else
        m_drawn.reset();
}

void FocusRegion::release(QPointF at)
{
    drag(at);
    if (const auto drawn = std::exchange(m_drawn, std::nullopt))
        set(drawn);
}

bool FocusRegion::doubleClick(QPointF, const PictureView &)
{
    set(std::nullopt);
    return true;
}

bool FocusRegion::key(const QKeyEvent &event)
{
    if (!m_region)
        return false;
    if (event.key() == Qt::Key_Escape) {
        set(std::nullopt);
        return true;
    }
    const QPointF step = keyStep(event);
    if (step.isNull())
        return false;
    QRectF moved = *m_region;
    moved.moveTo(qBound(0.0, moved.x() + step.x(), 1 - moved.width()),
                 qBound(0.0, moved.y() + step.y(), 1 - moved.height()));
    set(moved);
    return true;
}

} // namespace facetrack::console
