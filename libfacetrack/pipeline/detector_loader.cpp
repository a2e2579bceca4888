#include "libfacetrack/pipeline/detector_loader.h"

#include <utility>

namespace facetrack {

std::string detectorFiles(const DetectTuning &tuning)
{
    const bool isHaar = tuning.detector == "haar";
    return tuning.detector + '\n' + (isHaar ? tuning.cascade : tuning.yunet.model);
}

DetectorLoader::DetectorLoader(const DetectTuning &tuning, Size frame)
    : m_files(detectorFiles(tuning)), m_thread([this, tuning, frame] { load(tuning, frame); })
{
}

void DetectorLoader::load(const DetectTuning &tuning, Size frame)
{
    const auto make = [&](const std::string &name, std::unique_ptr<Detector> &to) -> Result<void> {
        auto made = makeDetector(name);
        if (!made)
            return tl::unexpected(made.error());
        to = std::move(*made);
        return to->prepare(tuning, frame);
    };
    m_loaded.outcome = make(tuning.detector, m_loaded.detector);
    if (!m_loaded.outcome && tuning.detector != "haar")
        (void)make("haar", m_loaded.instead); // why it fails is said when it looks
    m_done = true;
}

DetectorLoader::Loaded DetectorLoader::take()
{
    if (m_thread.joinable())
        m_thread.join();
    return std::move(m_loaded);
}

} // namespace facetrack
