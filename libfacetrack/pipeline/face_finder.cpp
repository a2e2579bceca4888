#include "libfacetrack/pipeline/face_finder.h"

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
    const auto found = m_detector->detect(frame, tuning.detect);
    if (!found)
        return tl::unexpected(found.error());
    return m_tracker.update(*found, frame.captured());
}

void FaceFinder::startOver()
{
    m_tracker = Tracker();
}

} // namespace facetrack
