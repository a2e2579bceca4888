#include "libfacetrack/pipeline/clip_trial.h"

#include "libfacetrack/base/thread_share.h"

#include <utility>

namespace facetrack {

namespace {

constexpr int GivesWayMost = 19;

using Evaluations = std::vector<std::unique_ptr<SetEvaluation>>;

ClipFigures figuresOf(const SetEvaluation &one, const SetEvaluation &first, std::string name)
{
    ClipFigures figures;
    figures.name = std::move(name);
    figures.facesPerFrame = one.facesPerFrame();
    figures.flicker = flicker(one.frames());
    figures.cpuMilliseconds = one.cpuPerFrame();
    figures.agreement = agreement(first.frames(), one.frames());
    for (const std::size_t frame :
         differingFrames(first.frames(), one.frames(), ClipTrial::mostDifferences))
        figures.differences.push_back({frame, agreement(first.frames()[frame], one.frames()[frame]),
                                       first.frames()[frame], one.frames()[frame]});
    return figures;
}

std::vector<ClipFigures> figuresOf(const Evaluations &evaluations,
                                   const std::vector<ClipSet> &sets)
{
    std::vector<ClipFigures> all;
    std::vector<SetFigures> compared;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const ClipFigures &one = all.emplace_back(
            figuresOf(*evaluations[i], *evaluations.front(), sets[i].name));
        compared.push_back({one.cpuMilliseconds, one.flicker, one.facesPerFrame});
    }
    const std::vector<bool> front = paretoFront(compared);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].front = front[i];
    return all;
}

} // namespace

ClipTrial::~ClipTrial()
{
    cancel();
}

bool ClipTrial::start(ClipPtr clip, std::vector<ClipSet> sets)
{
    const std::lock_guard starting(m_starting);
    {
        const std::lock_guard lock(m_mutex);
        if (m_state.phase == ClipTrialState::Phase::Running)
            return false;
        m_state = {};
        m_state.phase = ClipTrialState::Phase::Running;
        m_state.frames = clip->frames.size();
    }
    m_thread = std::jthread([this, clip = std::move(clip),
                             sets = std::move(sets)](std::stop_token stop) {
        run(stop, *clip, sets);
    });
    return true;
}

void ClipTrial::cancel()
{
    const std::lock_guard starting(m_starting);
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    const std::lock_guard lock(m_mutex);
    m_state = {};
}

ClipTrialState ClipTrial::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

Result<void> ClipTrial::lookAtAll(std::stop_token stop, const Clip &clip, Evaluations &evaluations)
{
    JpegDecoder decoder;
    for (const ClipFrame &packed : clip.frames) {
        const auto frame = unpack(packed, decoder);
        if (!frame)
            return tl::unexpected(frame.error());
        for (const auto &evaluation : evaluations) {
            if (stop.stop_requested())
                return {};
            if (const auto looked = evaluation->look(**frame); !looked)
                return looked;
        }
        const std::lock_guard lock(m_mutex);
        ++m_state.framesDone;
    }
    return {};
}

void ClipTrial::run(std::stop_token stop, const Clip &clip, const std::vector<ClipSet> &sets)
{
    giveWay(GivesWayMost); // threads that detectors start from here inherit it
    Evaluations evaluations;
    for (const ClipSet &set : sets)
        evaluations.push_back(std::make_unique<SetEvaluation>(set.tuning));
    const auto looked = lookAtAll(stop, clip, evaluations);
    if (stop.stop_requested())
        return;
    auto figures = looked ? figuresOf(evaluations, sets) : std::vector<ClipFigures>();
    const std::lock_guard lock(m_mutex);
    m_state.phase = looked ? ClipTrialState::Phase::Done : ClipTrialState::Phase::Failed;
    m_state.sets = std::move(figures);
    m_state.error = looked ? std::string() : describe(looked.error());
}

} // namespace facetrack
