#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/tuning.h"
#include "libfacetrack/detect/detector.h"
#include "libfacetrack/detect/look_planner.h"
#include "libfacetrack/model/frame.h"
#include "libfacetrack/pipeline/detector_loader.h"
#include "libfacetrack/track/tracker.h"
#include "libfacetrack/track/visit_book.h"

#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// From one frame to the faces in it with their identities: what the running agent and
/// `facetrack-agentd analyze` share. Thread-bound.
class FACETRACK_EXPORT FaceFinder
{
public:
    /// What happens when the model that the tuning names is missing or broken.
    enum class WithoutModel {
        Fail,
        HaarGoesOn, ///< and the model is taken once it is there
    };

    explicit FaceFinder(WithoutModel without = WithoutModel::Fail);
    ~FaceFinder();

    /// Reads the files that `tuning` names, before there is a frame. Without its model, haar goes
    /// on; what is wrong with other files is told by look().
    void getReady(const Tuning &tuning);
    /// Whether look() can take `tuning` at once. When it names another detector or other files,
    /// these are read in the background from the first call on: until they are there, go on with
    /// the tuning before. Always true while there is nothing to go on with.
    bool isReady(const Frame &frame, const Tuning &tuning);

    /// Faces of `frame` under `tuning`. Makes another detector when the tuning names one, and reads
    /// what isReady() has not read.
    Result<std::vector<Track>> look(const Frame &frame, const Tuning &tuning);
    /// The detector that look() used the last time.
    const std::string &detector() const { return m_detectorName; }
    /// Why that is not the one asked for; else empty.
    const std::string &warning() const { return m_warning; }
    /// Where look() looked the last time.
    const LookReport &looked() const { return m_looked; }
    /// CPU time of all threads that it took, seconds.
    double cpuSeconds() const { return m_cpuSeconds; }
    /// Visits so far.
    const VisitBook &visits() const { return m_visits; }
    /// The rows of visits that are over, each once.
    std::vector<Visit> takeVisits() { return m_visits.take(); }
    /// Ends the visits in progress, because no more frames come.
    void closeVisits() { m_visits.close(); }
    /// Forgets all identities: the next frame has nothing to do with the last one.
    void startOver();

private:
    Result<std::vector<Track>> lookWith(const Frame &frame, const Tuning &tuning);
    bool isWorthTrying(const Frame &frame, const DetectTuning &tuning);
    bool needsFiles(const Frame &frame, const DetectTuning &tuning);
    void adopt(DetectorLoader::Loaded loaded, const DetectTuning &tuning, MonotonicTime now);
    void use(std::unique_ptr<Detector> detector, const DetectTuning &tuning);
    void noteNoModel(const Error &error, const DetectTuning &tuning, MonotonicTime now);
    Result<void> prepare(const DetectTuning &tuning);
    Result<std::vector<Detection>> lookEverywhere(const Frame &frame, const DetectTuning &tuning);
    Result<std::vector<Detection>> lookAtWhatIsOpen(const Frame &frame,
                                                    const DetectTuning &tuning);
    Result<std::vector<Detection>> lookAsPlanned(const Frame &frame, const DetectTuning &tuning);

    std::unique_ptr<Detector> m_detector;
    std::string m_detectorName;
    std::string m_files;     ///< detectorFiles() of the detector in use
    bool m_usable = false;   ///< the last look went well
    std::unique_ptr<DetectorLoader> m_next; ///< being made ready; null: none
    LookPlanner m_planner;
    Tracker m_tracker;
    VisitBook m_visits;
    LookReport m_looked;
    double m_cpuSeconds = 0;

    const WithoutModel m_without;
    std::string m_warning;
    std::string m_failedModel; ///< what m_warning is about
    MonotonicTime m_tried{0};
};

} // namespace facetrack
