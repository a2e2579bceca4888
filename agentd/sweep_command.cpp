#include "agentd/commands.h"
#include "agentd/progress.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/pipeline/evaluation.h"
#include "libfacetrack/pipeline/sweep_sets.h"
#include "libfacetrack/pipeline/truth.h"

#include <algorithm>
#include <cstdio>
#include <list>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>

namespace facetrack {

namespace {

using Source = std::unique_ptr<CaptureSource>;

/// All that a sweep has found out.
struct Sweep
{
    std::vector<SweepSet> sets;
    std::list<SetEvaluation> evaluations; ///< one for each set
    std::vector<Accuracy> accuracies;     ///< likewise; empty without a truth
    bool unrelated = false; ///< pictures that have nothing to do with each other do not flicker
    std::size_t frames = 0;
};

/// A truth in pixels of the video, while the source may be scaled by `?size=`.
Result<void> findVideoSize(Truth &truth, const std::string &url)
{
    const std::string unscaled = std::regex_replace(url, std::regex("size=[0-9x]*&?"), "");
    auto source = openSource(unscaled, Pacing::AsFastAsPossible);
    if (!source)
        return tl::unexpected(source.error());
    const auto frame = (*source)->next({});
    if (!frame)
        return tl::unexpected(frame.error());
    if (*frame)
        truth.setVideoSize((*frame)->size());
    return {};
}

Result<void> lookAtAll(Sweep &sweep, CaptureSource &source, const std::optional<Truth> &truth,
                       std::stop_token stop)
{
    Progress progress(source.expectedFrames());
    while (!stop.stop_requested()) {
        const auto frame = source.next(stop);
        if (!frame)
            return tl::unexpected(frame.error());
        if (!*frame)
            return {};
        const auto wanted = truth ? truth->of(**frame) : std::nullopt;
        std::size_t index = 0;
        for (SetEvaluation &evaluation : sweep.evaluations) {
            if (const auto looked = evaluation.look(**frame); !looked)
                return looked;
            if (wanted)
                sweep.accuracies[index].add(evaluation.frames().back(), *wanted);
            ++index;
        }
        progress.update(++sweep.frames);
    }
    return {};
}

std::vector<bool> frontOf(const Sweep &sweep)
{
    std::vector<SetFigures> figures;
    std::size_t index = 0;
    for (const SetEvaluation &one : sweep.evaluations) {
        if (sweep.accuracies.empty())
            figures.push_back({one.cpuPerFrame(), flicker(one.frames()), one.facesPerFrame()});
        else
            figures.push_back({one.cpuPerFrame(), 1 - sweep.accuracies[index].recall(),
                               sweep.accuracies[index].precision()});
        ++index;
    }
    return paretoFront(figures);
}

nlohmann::ordered_json figuresOf(const Sweep &sweep, const SetEvaluation &one, std::size_t index)
{
    nlohmann::ordered_json json;
    json["set"] = nlohmann::ordered_json::object();
    for (const auto &[key, value] : sweep.sets[index].values)
        json["set"][key] = value;
    json["faces_per_frame"] = one.facesPerFrame();
    if (!sweep.unrelated)
        json["flicker"] = flicker(one.frames());
    json["cpu_ms"] = one.cpuPerFrame();
    json["agreement"] = agreement(sweep.evaluations.front().frames(), one.frames());
    if (!sweep.accuracies.empty()) {
        json["recall"] = sweep.accuracies[index].recall();
        json["precision"] = sweep.accuracies[index].precision();
    }
    return json;
}

void printJson(const Sweep &sweep, bool interrupted)
{
    nlohmann::ordered_json json{{"frames", sweep.frames}, {"interrupted", interrupted}};
    json["sets"] = nlohmann::ordered_json::array();
    const std::vector<bool> front = frontOf(sweep);
    std::size_t index = 0;
    for (const SetEvaluation &one : sweep.evaluations) {
        json["sets"].push_back(figuresOf(sweep, one, index));
        json["sets"].back()["front"] = bool(front[index]);
        ++index;
    }
    std::printf("%s\n", json.dump(2).c_str());
}

void printTable(const Sweep &sweep)
{
    std::size_t width = 3;
    for (const SweepSet &set : sweep.sets)
        width = std::max(width, set.text().size());
    const bool truth = !sweep.accuracies.empty();
    std::printf("  %-*s  %11s  %7s  %8s  %9s%s\n", static_cast<int>(width), "set", "faces/frame",
                "flicker", "CPU ms", "agreement", truth ? "  recall  precision" : "");
    const std::vector<bool> front = frontOf(sweep);
    std::size_t index = 0;
    for (const SetEvaluation &one : sweep.evaluations) {
        char steady[16] = "-";
        if (!sweep.unrelated)
            std::snprintf(steady, sizeof steady, "%.3f", flicker(one.frames()));
        std::printf("%c %-*s  %11.2f  %7s  %8.2f  %9.3f", front[index] ? '*' : ' ',
                    static_cast<int>(width), sweep.sets[index].text().c_str(), one.facesPerFrame(),
                    steady, one.cpuPerFrame(),
                    agreement(sweep.evaluations.front().frames(), one.frames()));
        if (truth)
            std::printf("  %6.3f  %9.3f", sweep.accuracies[index].recall(),
                        sweep.accuracies[index].precision());
        std::printf("\n");
        ++index;
    }
    std::printf("%zu frames. * no other set is at least as good in CPU, %s\n", sweep.frames,
                truth ? "recall and precision" : "flicker and faces found");
}

} // namespace

int sweepCommand(const SweepOptions &options, const StopSignal &stop)
{
    Sweep sweep;
    auto sets = sweepSets(options.vary, options.sets);
    if (!sets)
        return refuse(sets.error());
    sweep.sets = std::move(*sets);
    std::optional<Truth> truth;
    if (!options.truth.empty()) {
        auto read = Truth::load(options.truth);
        if (!read)
            return refuse(read.error());
        truth = std::move(*read);
        sweep.accuracies.resize(sweep.sets.size());
    }
    auto source = openSource(options.source, Pacing::AsFastAsPossible);
    if (!source)
        return refuse(source.error());
    sweep.unrelated = (*source)->isUnrelatedPictures();
    if (truth && truth->needsVideoSize())
        if (const auto found = findVideoSize(*truth, options.source); !found)
            return refuse(found.error());
    for (const SweepSet &set : sweep.sets)
        sweep.evaluations.emplace_back(set.tuning);
    const auto outcome = lookAtAll(sweep, **source, truth, stop.token());
    if (!outcome)
        return refuse(outcome.error());
    const bool interrupted = stop.token().stop_requested();
    options.json ? printJson(sweep, interrupted) : printTable(sweep);
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
        return refuse({ErrorCode::Io, "standard output", "cannot be written", {}});
    return interrupted ? ExitInterrupted : 0;
}

} // namespace facetrack
