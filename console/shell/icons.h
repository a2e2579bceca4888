#pragma once
#include <QIcon>
#include <QPalette>

namespace facetrack::console {

enum class Icon { Wall, Calibrate, Charts, Preflight, Connections, Count, Search, FullScreen, Add, Undo, Redo, Warning };

/// Drawn in the palette's text colour at any size, so that it fits light and dark.
QIcon icon(Icon which);

} // namespace facetrack::console
