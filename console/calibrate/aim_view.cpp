#include "console/calibrate/aim_view.h"

#include "console/live/outlined.h"

namespace facetrack::console {

AimView::AimView(AgentSession *session, const QColor &colour, std::vector<PictureTool *> tools)
    : PictureView(session, colour), m_tools(std::move(tools))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void AimView::setGrid(bool shown)
{
    m_grid = shown;
    update();
}

void AimView::setHorizon(bool shown)
{
    m_horizon = shown;
    update();
}

void AimView::paintOver(QPainter &painter)
{
    if (pictureRect().isEmpty())
        return;
    QPainterPath lines;
    for (const double third : {1.0 / 3, 2.0 / 3}) {
        lines.moveTo(toWidget({third, 0}));
        lines.lineTo(toWidget({third, 1}));
        lines.moveTo(toWidget({0, third}));
        lines.lineTo(toWidget({1, third}));
    }
    if (m_grid)
        strokeOutlined(painter, lines, QColor(255, 255, 255, 170), 1);
    QPainterPath level(toWidget({0, 0.5}));
    level.lineTo(toWidget({1, 0.5}));
    if (m_horizon)
        strokeOutlined(painter, level, QColor(0x7d, 0xe0, 0xd0), 2);
    // The first tool is on top, as it is the first that is asked.
    for (auto tool = m_tools.rbegin(); tool != m_tools.rend(); ++tool)
        (*tool)->paint(painter, *this);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void AimView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || pictureRect().isEmpty())
        return;
    const QPointF at = toPicture(event->position());
    for (PictureTool *const tool : m_tools) {
        if (!tool->press(at, *event, *this))
            continue;
        m_held = tool;
        break;
    }
    update();
}

void AimView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = toPicture(event->position());
    if (m_held)
        m_held->drag(at);
    else
        for (PictureTool *const tool : m_tools)
            tool->hover(at, *this);
    update();
}

void AimView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (PictureTool *const tool = std::exchange(m_held, nullptr))
        tool->release(toPicture(event->position()));
    update();
}

void AimView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPointF at = toPicture(event->position());
    for (PictureTool *const tool : m_tools)
        if (event->button() == Qt::LeftButton && tool->doubleClick(at, *this))
            break;
    update();
}

bool AimView::event(QEvent *event)
{
    // Keys that are a tool's here are no shortcuts of the window's.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *const key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->key() == Qt::Key_Delete || key->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    return PictureView::event(event);
}

void AimView::keyPressEvent(QKeyEvent *event)
{
    for (PictureTool *const tool : m_tools) {
        if (!tool->key(*event))
            continue;
        event->accept();
        return update();
    }
    PictureView::keyPressEvent(event);
}

} // namespace facetrack::console
