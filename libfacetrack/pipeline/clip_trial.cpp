#include "libfacetrack/pipeline/clip_trial.h"

#include "libfacetrack/base/thread_share.h"

#include <algorithm>
#include <utility>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace facetrack {

/// What is kept of a set that was tried; the detector and its pictures are gone.
struct ClipTrial::Tried
{
    std::vector<FaceBoxes> frames;
    double cpuPerFrame = 0;
    double facesPerFrame = 0;
    std::string error;
};

namespace {

constexpr int GivesWayMost = 19;

/// What detectors used goes back to the machine: glibc keeps it for each thread that asked for it.
void giveBackMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

std::vector<ClipDifference> differences(const Clip &clip, const std::vector<FaceBoxes> &first,
                                        const std::vector<FaceBoxes> &one)
{
    std::vector<ClipDifference> all;
    for (const std::size_t frame : differingFrames(first, one, ClipTrial::mostDifferences))
        all.push_back({frame, clip.frames[frame].file, agreement(first[frame], one[frame]),
                       first[frame], one[frame]});
    return all;
}

void markFront(std::vector<ClipFigures> &all)
{
    std::vector<SetFigures> compared;
    for (const ClipFigures &one : all)
        if (one.error.empty())
            compared.push_back({one.cpuMilliseconds, one.flicker, one.facesPerFrame});
    const std::vector<bool> front = paretoFront(compared);
    std::size_t next = 0;
    for (ClipFigures &one : all)
        one.front = one.error.empty() && front[next++];
}

/// All that were tried, held against the first that could be.
template <typename Tried>
std::vector<ClipFigures> figuresOf(const Clip &clip, const std::vector<ClipSet> &sets,
                                   const std::vector<Tried> &tried)
{
    const auto first = std::find_if(tried.begin(), tried.end(),
                                    [](const Tried &one) { return one.error.empty(); });
    std::vector<ClipFigures> all;
    for (std::size_t i = 0; i < tried.size(); ++i) {
        ClipFigures &figures = all.emplace_back();
        figures.name = sets[i].name;
        figures.error = tried[i].error;
        if (!figures.error.empty())
            continue;
        figures.facesPerFrame = tried[i].facesPerFrame;
        figures.flicker = flicker(tried[i].frames);
        figures.cpuMilliseconds = tried[i].cpuPerFrame;
        figures.agreement = agreement(first->frames, tried[i].frames);
        figures.differences = differences(clip, first->frames, tried[i].frames);
    }
    markFront(all);
    return all;
}

} // namespace

ClipTrial::~ClipTrial()
{
    cancel();
}

bool ClipTrial::start(ClipPtr clip, std::vector<ClipSet> sets)
{
    const std::lock_guard lock(m_mutex);
    if (m_state.phase == ClipTrialState::Phase::Running)
        return false;
    m_state = {};
    m_state.phase = ClipTrialState::Phase::Running;
    m_state.frames = clip->frames.size() * sets.size();
    m_thread = std::jthread([this, before = std::move(m_thread), clip = std::move(clip),
                             sets = std::move(sets)](std::stop_token stop) mutable {
        if (before.joinable())
            before.join(); // it was cancelled, or is over
        run(stop, *clip, sets);
    });
    return true;
}

void ClipTrial::cancel()
{
    const std::lock_guard lock(m_mutex);
    m_thread.request_stop();
    m_state = {};
}

ClipTrialState ClipTrial::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

ClipTrial::Tried ClipTrial::tryOne(std::stop_token stop, const Clip &clip, const ClipSet &set)
{
    JpegDecoder decoder;
    SetEvaluation evaluation(set.tuning);
    Tried tried;
    for (const ClipFrame &packed : clip.frames) {
        if (stop.stop_requested())
            return tried;
        const auto frame = unpack(packed, decoder);
        const auto looked = frame ? evaluation.look(**frame) : tl::unexpected(frame.error());
        if (!looked) {
            tried.error = describe(looked.error());
            return tried;
        }
        const std::lock_guard lock(m_mutex);
        if (!stop.stop_requested()) // else the state is of another trial
            ++m_state.framesDone;
    }
    tried.frames = evaluation.frames();
    tried.cpuPerFrame = evaluation.cpuPerFrame();
    tried.facesPerFrame = evaluation.facesPerFrame();
    return tried;
}

void ClipTrial::run(std::stop_token stop, const Clip &clip, const std::vector<ClipSet> &sets)
{
    giveWay(GivesWayMost); // threads that detectors start from here inherit it
    std::vector<Tried> tried;
    for (const ClipSet &set : sets) {
        tried.push_back(tryOne(stop, clip, set));
        giveBackMemory();
    }
    if (stop.stop_requested())
        return;
    auto figures = figuresOf(clip, sets, tried);
    const bool none = std::none_of(tried.begin(), tried.end(),
                                   [](const Tried &one) { return one.error.empty(); });
    const std::lock_guard lock(m_mutex);
    if (stop.stop_requested())
        return;
    m_state.framesDone = m_state.frames;
    m_state.phase = none ? ClipTrialState::Phase::Failed : ClipTrialState::Phase::Done;
    m_state.error = none ? tried.front().error : std::string();
    m_state.sets = std::move(figures);
}

} // namespace facetrack
