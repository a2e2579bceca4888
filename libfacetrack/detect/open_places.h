#pragma once
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/model/box.h"

namespace facetrack {

/// Whether a face with this box counts: its middle is in no mask.
bool isOpen(const DetectTuning &tuning, const Box &face);

/// The smallest box in `middles` outside of which everything is masked or not in
/// `tuning.region`; empty when nothing is left to look at.
Box openPart(const DetectTuning &tuning, const Box &middles);

} // namespace facetrack
