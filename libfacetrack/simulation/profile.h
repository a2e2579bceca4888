#pragma once
#include "libfacetrack/base/export.h"

#include <string>
#include <vector>

namespace facetrack {

/// When people come on a day: corners of a line that shows how busy it is, 0 to 1.
struct CrowdProfile
{
    struct Corner
    {
        double hour; ///< local, 0 to 24
        double busy;
    };
    const char *name;
    const char *about;
    std::vector<Corner> corners;

    double busyAt(double hour) const;
};

FACETRACK_EXPORT const std::vector<CrowdProfile> &profiles();
/// Null when there is none of that name.
FACETRACK_EXPORT const CrowdProfile *profileNamed(const std::string &name);

} // namespace facetrack
