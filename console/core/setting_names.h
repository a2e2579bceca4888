#pragma once
#include "libfacetrack/config/parameter.h"

#include <QString>

namespace facetrack::console {

// An agent tells the names of its settings in English. Those that this console knows are translated here;
// what a newer agent has besides stays as it is.

QString settingName(const Parameter &parameter); ///< "Smallest face"
QString settingZero(const Parameter &parameter); ///< what a zero means: "no limit"; empty: nothing special
QString settingGroup(const std::string &group);  ///< "Detection" for "detect"

} // namespace facetrack::console
