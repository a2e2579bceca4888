#pragma once
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/detect/look.h"
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/look_report.h"

#include <vector>

namespace facetrack {

/// Whether a face with this box counts: its middle is in no mask.
bool isOpen(const DetectTuning &tuning, const Box &face);

/// The smallest box in `middles` outside of which everything is masked or not in
/// `tuning.region`; empty when nothing is left to look at.
Box openPart(const DetectTuning &tuning, const Box &middles);

/// Marks in a LookReport::lookedAt where nobody looks, as it is masked or not in `tuning.region`.
void closeMasked(const DetectTuning &tuning, std::vector<MonotonicTime> &lookedAt);

/// Looks that together are a whole look but for what is masked; none when all of it is.
std::vector<Look> openLooks(const DetectTuning &tuning);

} // namespace facetrack
