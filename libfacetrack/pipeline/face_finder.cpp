#include "libfacetrack/pipeline/face_finder.h"

#include <algorithm>

namespace facetrack {

FaceFinder::FaceFinder() = default;
FaceFinder::~FaceFinder() = default;

Result<std::vector<Track>> FaceFinder::look(const Frame &frame, const Tuning &tuning)
{
    if (!m_detector || m_detectorName != tuning.detect.detector) {
        auto made = makeDetector(tuning.detect.detector);
        if (!made)
            return tl::unexpected(made.error());
        m_detector = std::move(*made);
        m_detectorName = tuning.detect.detector;
    }
    auto found = m_detector->detect(frame, tuning.detect);
    if (!found)
        return tl::unexpected(found.error());
    std::erase_if(*found, [&](const Detection &face) {
        const Point middle{face.box.x + face.box.w / 2, face.box.y + face.box.h / 2};
        return std::any_of(tuning.detect.masks.begin(), tuning.detect.masks.end(),
                           [&](const Shape &mask) { return contains(mask, middle); });
    });
    return m_tracker.update(*found, frame.captured());
}

void FaceFinder::startOver()
{
    m_tracker = Tracker();
}

} // namespace facetrack
