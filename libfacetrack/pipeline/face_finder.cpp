#include "libfacetrack/pipeline/face_finder.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/base/thread_share.h"
#include "libfacetrack/detect/model_file.h"
#include "libfacetrack/detect/open_places.h"

#include <algorithm>
#include <utility>

namespace facetrack {

namespace {

constexpr std::chrono::seconds TryAgainAfter{10};

} // namespace

FaceFinder::FaceFinder(WithoutModel without) : m_without(without) {}
FaceFinder::~FaceFinder() = default;

void FaceFinder::use(std::unique_ptr<Detector> detector, const DetectTuning &tuning)
{
    m_detector = std::move(detector);
    m_detectorName = tuning.detector;
    m_files = detectorFiles(tuning);
    m_planner.startOver();
}

Result<void> FaceFinder::prepare(const DetectTuning &tuning)
{
    if (m_detector && m_detectorName == tuning.detector) {
        m_files = detectorFiles(tuning); // the detector itself reads others
        return {};
    }
    auto made = makeDetector(tuning.detector);
    if (!made)
        return tl::unexpected(made.error());
    use(std::move(*made), tuning);
    return {};
}

void FaceFinder::getReady(const Tuning &tuning)
{
    adopt(DetectorLoader(tuning.detect, {}).take(), tuning.detect, MonotonicTime(0));
}

/// Whether reading files would bring another detector than the one in use.
bool FaceFinder::needsFiles(const Frame &frame, const DetectTuning &tuning)
{
    return m_usable && detectorFiles(tuning) != m_files
           && (tuning.detector != "yunet" || isWorthTrying(frame, tuning));
}

bool FaceFinder::isReady(const Frame &frame, const Tuning &tuning)
{
    if (!m_next) {
        if (!needsFiles(frame, tuning.detect))
            return true;
        m_next = std::make_unique<DetectorLoader>(tuning.detect, frame.size());
        return false;
    }
    if (!m_next->isDone())
        return m_files == detectorFiles(tuning.detect);
    const bool wanted = m_next->files() == detectorFiles(tuning.detect);
    auto loaded = m_next->take();
    m_next.reset();
    if (!wanted)
        return isReady(frame, tuning);
    adopt(std::move(loaded), tuning.detect, frame.captured());
    return true;
}

void FaceFinder::adopt(DetectorLoader::Loaded loaded, const DetectTuning &tuning,
                       MonotonicTime now)
{
    if (loaded.outcome || !loaded.instead) {
        m_warning.clear();
        if (loaded.detector)
            use(std::move(loaded.detector), tuning);
        return;
    }
    noteNoModel(loaded.outcome.error(), tuning, now);
    if (m_detectorName == "haar")
        return;
    DetectTuning instead = tuning;
    instead.detector = "haar";
    use(std::move(loaded.instead), instead);
}

void FaceFinder::noteNoModel(const Error &error, const DetectTuning &tuning, MonotonicTime now)
{
    m_warning = describe(error) + "; haar goes on";
    m_failedModel = tuning.yunet.model;
    m_tried = now;
    qCWarning(lcDetect, "%s", m_warning.c_str());
}

Result<std::vector<Detection>> FaceFinder::lookEverywhere(const Frame &frame,
                                                          const DetectTuning &tuning)
{
    m_planner.startOver();
    const auto seeAll = [&] {
        m_looked.lookedAt.assign(std::size_t(LookReport::GridColumns) * LookReport::GridRows,
                                 frame.captured());
        closeMasked(tuning, m_looked.lookedAt);
    };
    if (!tuning.masks.empty()) {
        auto found = lookAtWhatIsOpen(frame, tuning);
        seeAll();
        return found;
    }
    m_looked = {1, 0,
                static_cast<std::uint64_t>(frame.width())
                    * static_cast<std::uint64_t>(frame.height())};
    seeAll();
    return m_detector->detect(frame, tuning);
}

Result<std::vector<Detection>> FaceFinder::lookAtWhatIsOpen(const Frame &frame,
                                                            const DetectTuning &tuning)
{
    const std::vector<Look> looks = openLooks(tuning);
    auto findings = m_detector->look(frame, tuning, looks);
    if (!findings)
        return tl::unexpected(findings.error());
    double share = 0;
    for (const Look &look : looks)
        share += m_detector->effort(look, frame.size(), tuning);
    const double whole = m_detector->effort({}, frame.size(), tuning);
    m_looked = {whole > 0 ? std::min(1.0, share / whole) : 0, 0, findings->pixels};
    return std::move(findings->faces);
}

Result<std::vector<Detection>> FaceFinder::lookAsPlanned(const Frame &frame,
                                                         const DetectTuning &tuning)
{
    const auto plan = m_planner.plan(frame, tuning, *m_detector,
                                     m_tracker.expected(frame.captured()));
    auto findings = m_detector->look(frame, tuning, plan.looks);
    if (!findings) {
        m_planner.startOver();
        return tl::unexpected(findings.error());
    }
    m_looked = plan.report;
    m_looked.pixels = findings->pixels;
    m_planner.suspected(findings->hints);
    return std::move(findings->faces);
}

/// A model that failed is left alone until another is named, or the missing one is there.
bool FaceFinder::isWorthTrying(const Frame &frame, const DetectTuning &tuning)
{
    if (m_warning.empty() || m_failedModel != tuning.yunet.model)
        return true;
    if (frame.captured() - m_tried < TryAgainAfter)
        return false;
    m_tried = frame.captured();
    return findModel(tuning.yunet.model).has_value();
}

Result<std::vector<Track>> FaceFinder::look(const Frame &frame, const Tuning &tuning)
{
    const bool needsModel = tuning.detect.detector == "yunet";
    if (!needsModel || isWorthTrying(frame, tuning.detect)) {
        auto faces = lookWith(frame, tuning);
        const bool failed = !faces && needsModel && faces.error().where == "detect.yunet.model";
        if (!failed || m_without == WithoutModel::Fail) {
            m_warning.clear();
            return faces;
        }
        noteNoModel(faces.error(), tuning.detect, frame.captured());
    }
    Tuning instead = tuning;
    instead.detect.detector = "haar";
    return lookWith(frame, instead);
}

Result<std::vector<Track>> FaceFinder::lookWith(const Frame &frame, const Tuning &tuning)
{
    m_cpuSeconds = 0;
    m_usable = false;
    if (const auto ready = prepare(tuning.detect); !ready)
        return tl::unexpected(ready.error());
    const double begun = threadCpuSeconds();
    // Pictures of a folder have nothing to do with each other: each gets a whole look.
    const bool planned = tuning.detect.schedule == "adaptive" && frame.file().empty();
    auto found = planned ? lookAsPlanned(frame, tuning.detect)
                         : lookEverywhere(frame, tuning.detect);
    m_cpuSeconds = threadCpuSeconds() - begun;
    m_cpuSeconds += m_detector->helpersCpuSeconds(m_cpuSeconds);
    if (!found)
        return tl::unexpected(found.error());
    std::erase_if(*found,
                  [&](const Detection &face) { return !isOpen(tuning.detect, face.box); });
    m_usable = true;
    m_tracker.tune(tuning.track);
    auto faces = m_tracker.update(*found, frame.captured());
    m_planner.found(m_tracker.threads());
    if (frame.file().empty()) // pictures of a folder show no visits
        m_visits.note(frame, faces, m_tracker, tuning.track);
    return faces;
}

void FaceFinder::startOver()
{
    m_visits.close();
    m_tracker.startOver();
    m_planner.startOver();
}

} // namespace facetrack
