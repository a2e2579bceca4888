// bench_clip: what a trial of settings on a frozen clip takes: CPU a frame of each set, and the
// memory of the process before, at most and after. A clip of ten seconds of the drawn booth at
// 1088x720, ten frames each; every second set is every_frame. Prints a Markdown table.
// bench_clip [SETS…]
#include "libfacetrack/pipeline/clip_trial.h"
#include "tests/support/booth_clip.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

using namespace facetrack;

namespace {

/// Of /proc/self/status, MB.
double megabytes(const std::string &field)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field + ":"))
            return std::strtod(line.c_str() + field.size() + 1, nullptr) / 1024;
    return 0;
}

void measure(const ClipPtr &clip, std::size_t count)
{
    std::vector<ClipSet> sets;
    for (std::size_t i = 0; i < count; ++i) {
        ClipSet &set = sets.emplace_back();
        set.name = "set " + std::to_string(i);
        set.tuning.detect.schedule = i % 2 == 0 ? "every_frame" : "adaptive";
        set.tuning.detect.minNeighbors = 3 + static_cast<int>(i / 2);
    }
    const double before = megabytes("VmRSS");
    std::ofstream("/proc/self/clear_refs") << 5; // the highest counts from here
    ClipTrial trial;
    trial.start(clip, std::move(sets));
    while (trial.state().phase == ClipTrialState::Phase::Running)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    std::string cpu;
    for (const ClipFigures &set : trial.state().sets) {
        char text[32];
        std::snprintf(text, sizeof text, "%s%.1f", cpu.empty() ? "" : ", ", set.cpuMilliseconds);
        cpu += text;
    }
    std::printf("| %zu | %s | %.1f | +%.1f | +%.1f |\n", count, cpu.c_str(), before,
                megabytes("VmHWM") - before, megabytes("VmRSS") - before);
}

} // namespace

int main(int argc, char **argv)
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const ClipPtr clip = clipOf("synthetic:booth?seed=1&people=6&fps=10&frames=100");
    std::puts("| sets | CPU ms a frame of each | MB before | at most | after |");
    std::puts("|---:|---|---:|---:|---:|");
    for (int i = 1; i < argc; ++i)
        measure(clip, std::strtoull(argv[i], nullptr, 10));
    if (argc < 2)
        for (const std::size_t count : {1, 4, 8})
            measure(clip, count);
    return 0;
}
