#include "libfacetrack/simulation/profile.h"

namespace facetrack {

double CrowdProfile::busyAt(double hour) const
{
    for (std::size_t i = 1; i < corners.size(); ++i) {
        const Corner &left = corners[i - 1];
        const Corner &right = corners[i];
        if (hour >= left.hour && hour < right.hour)
            return left.busy
                   + (right.busy - left.busy) * (hour - left.hour) / (right.hour - left.hour);
    }
    return 0;
}

const std::vector<CrowdProfile> &profiles()
{
    static const std::vector<CrowdProfile> all{
        {"conference", "a slow start at 9, quiet at lunch, most at 16",
         {{8.5, 0}, {9, 0.12}, {10, 0.55}, {11, 0.82}, {11.75, 0.78}, {12.5, 0.42}, {13.25, 0.48},
          {14.5, 0.8}, {16, 1}, {16.75, 0.86}, {17.5, 0.45}, {18.5, 0.06}, {19, 0}}},
        {"flat", "the same by day and by night, for tests", {{0, 1}, {24, 1}}},
    };
    return all;
}

const CrowdProfile *profileNamed(const std::string &name)
{
    for (const CrowdProfile &profile : profiles()) {
        if (profile.name == name)
            return &profile;
    }
    return nullptr;
}

} // namespace facetrack
