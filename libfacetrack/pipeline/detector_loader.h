#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/detect/detector.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

namespace facetrack {

/// Which files a detector reads under `tuning`: another string, another detector.
std::string detectorFiles(const DetectTuning &tuning);

/// Makes one detector ready on a thread of its own, since reading a model or a cascade takes as long
/// as many frames. Thread-bound.
class DetectorLoader
{
public:
    /// What came of it.
    struct Loaded
    {
        std::unique_ptr<Detector> detector;
        Result<void> outcome;
        /// Ready too, where there is no model: haar, which goes on without.
        std::unique_ptr<Detector> instead;
    };

    /// Begins to read the files of `tuning`, for frames of that size.
    DetectorLoader(const DetectTuning &tuning, Size frame);

    /// detectorFiles() of its tuning.
    const std::string &files() const { return m_files; }
    bool isDone() const { return m_done; }
    /// Waits until it is done; once.
    Loaded take();

private:
    void load(const DetectTuning &tuning, Size frame);

    const std::string m_files;
    Loaded m_loaded; ///< the thread's until m_done
    std::atomic<bool> m_done{false};
    std::jthread m_thread;
};

} // namespace facetrack
