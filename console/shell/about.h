#pragma once
#include "console/shell/workspace.h"

class QWidget;

namespace facetrack::console {

/// Versions, licences, and where things are kept.
void showAbout(QWidget *parent, const Workspace &workspace);

} // namespace facetrack::console
