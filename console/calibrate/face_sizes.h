#pragma once
#include "libfacetrack/client/agent_answers.h"

#include <QString>
#include <vector>

namespace facetrack::console {

/// The longer sides of the faces seen, px of the source's picture; it is what detectors go by.
std::vector<double> faceSides(const AgentReport &report);

/// What a face needs to be looked for at all.
struct LeastFace
{
    double px = 0;        ///< side, in the source's picture
    bool settable = true; ///< detect.min_size decides; else what the detector itself can do
};
/// Of the detector in force with these values of a tuning.
LeastFace leastFace(const nlohmann::json &tuning);

/// "Faces are 41 px wide, the smallest 36; the detector's minimum is 32." for sides of the last
/// moments, in any order.
QString faceSizeWords(std::vector<double> sides, const LeastFace &least);
/// What to do about it; empty: nothing.
QString faceSizeHint(std::vector<double> sides, const LeastFace &least, int sourceWidth);

} // namespace facetrack::console
