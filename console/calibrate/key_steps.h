#pragma once
#include <QKeyEvent>
#include <QPointF>

namespace facetrack::console {

/// Where an arrow key leads, in fractions of the picture; with Shift ten times as far. Null: it is
/// another key.
inline QPointF keyStep(const QKeyEvent &event)
{
    constexpr double fine = 0.002; // about two pixels of a camera's picture
    const double step = event.modifiers().testFlag(Qt::ShiftModifier) ? 10 * fine : fine;
    switch (event.key()) {
    case Qt::Key_Left: return {-step, 0};
    case Qt::Key_Right: return {step, 0};
    case Qt::Key_Up: return {0, -step};
    case Qt::Key_Down: return {0, step};
    default: return {};
    }
}

} // namespace facetrack::console
