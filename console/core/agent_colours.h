#pragma once
#include <QColor>

namespace facetrack::console {

/// The colour of the n-th agent, the same in every view: after Okabe and Ito (2008), which people
/// with colour blindness tell apart, on light and dark ground.
QColor agentColour(int number);

} // namespace facetrack::console
