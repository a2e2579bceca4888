#pragma once
#include "console/shell/workspace.h"

class QMainWindow;

namespace facetrack::console {

/// Ctrl+K: a line to type into and what fits it, of all actions and agents; Return does it.
void openCommandSearch(QMainWindow *window, Workspace &workspace);

} // namespace facetrack::console
