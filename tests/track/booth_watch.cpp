#include "tests/track/booth_watch.h"

#include "libfacetrack/track/tracker.h"
#include "libfacetrack/track/visit_book.h"
#include "tests/track/knowing_tracker.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace facetrack;

namespace {

template<typename... Args>
std::string text(const char *format, Args... args)
{
    char line[300];
    std::snprintf(line, sizeof line, format, args...);
    return line;
}

} // namespace

bool SpoiltEye::misses(const BoothTruth &face)
{
    double &trouble = m_trouble[face.person];
    trouble = 0.9 * trouble + 0.1 * m_normal(m_random);
    const double usual = face.visible < 0.85F ? 0.25 : 0.03;
    return m_uniform(m_random) < usual + (trouble > 0.35 ? 0.5 : 0);
}

Box SpoiltEye::tremble(const BoothTruth &face)
{
    const auto about = [&](float value, float size) {
        return value + 0.03F * size * static_cast<float>(m_normal(m_random));
    };
    const float grown = static_cast<float>(1 + 0.04 * m_normal(m_random));
    const float x = about(face.x, face.w);
    const float y = about(face.y, face.h);
    return {x, y, face.w * grown, face.h * grown};
}

std::vector<Detection> SpoiltEye::look(const std::vector<BoothTruth> &faces)
{
    std::vector<Detection> found;
    for (const BoothTruth &face : faces) {
        if (misses(face))
            continue;
        const Box box = tremble(face);
        found.push_back({box, 1});
        if (m_uniform(m_random) < 0.03) {
            const Box second{box.x + 0.15F * box.w, box.y + 0.3F * box.h, 0.65F * box.w,
                             0.65F * box.h};
            found.push_back({second, 1});
        }
    }
    if (m_uniform(m_random) < 0.1) {
        const float w = 0.03F + 0.05F * static_cast<float>(m_uniform(m_random));
        const float x = 0.9F * static_cast<float>(m_uniform(m_random));
        const float y = 0.9F * static_cast<float>(m_uniform(m_random));
        found.push_back({{x, y, w, w * 1.5F}, 1});
    }
    return found;
}

VisitJudge watchBooth(unsigned seed, int people, bool spoilt, VisitJudge *knowing)
{
    const BoothScene scene({.seed = seed, .people = people, .fps = boothFps});
    const TrackTuning tuning;
    Tracker tracker(tuning);
    VisitBook book;
    VisitJudge judge(tuning.patienceSeconds, tuning.minSeconds, 1 / boothFps);
    SpoiltEye eye(seed);
    KnowingTracker knower(tuning);
    const auto judgeThoseOver = [&] {
        for (const Visit &visit : book.take())
            judge.over(visit);
    };
    for (std::uint64_t i = 0; i < 10 * 60 * 30; ++i) {
        const std::vector<BoothTruth> truth = scene.truth(i);
        const double now = static_cast<double>(i) / boothFps;
        const std::vector<BoothPerson> there = scene.people(i);
        judge.truth(now, there);
        std::vector<Detection> found;
        for (const BoothTruth &face : truth)
            found.push_back({{face.x, face.y, face.w, face.h}, 1});
        if (spoilt)
            found = eye.look(truth);
        const MonotonicTime at(std::llround(now * 1e9));
        const auto faces = tracker.update(found, at);
        judge.looked(faces);
        if (knowing != nullptr) {
            knowing->truth(now, there);
            knowing->looked(knower.update(faces, there, now));
        }
        FrameBuilder frame(PixelFormat::Grey, {136, 90});
        frame.captured(at, UtcTime(0));
        book.note(*frame.build(), faces, tracker, tuning);
        judgeThoseOver();
    }
    book.close();
    judgeThoseOver();
    for (const Visit &visit : knower.close())
        knowing->over(visit);
    return judge;
}

std::string describe(const VisitFigures &f)
{
    std::string line
        = text("%zu visits of %zu (%+.1f %%), %zu on nobody, %zu in doubt left out, %zu switches (%.1f %%), %zu swaps",
               f.visits, f.trueVisits, 100 * f.countError(), f.falseVisits, f.leftOut, f.switches,
               100 * f.switchRate(), f.swaps);
    if (f.trueDwell > 0)
        line += text(", median dwell %.2f s of %.2f (%+.1f %%)", f.dwell, f.trueDwell,
                     100 * f.dwellError());
    return line;
}

std::string describe(const std::vector<Mishap> &mishaps)
{
    std::string list;
    std::map<std::string, int> causes;
    for (const Mishap &m : mishaps) {
        const std::string what = std::string(m.merged ? "merged: " : "switch: ") + nameOf(m.cause);
        ++causes[what];
        if (std::getenv("FACETRACK_LIST_MISHAPS") != nullptr)
            list += text("%8.2f s %s, person %u, other %u, identity %u to %u, unmatched for %.2f s\n",
                         m.seconds, what.c_str(), m.person, m.other, m.from, m.to, m.hidden);
    }
    for (const auto &[cause, count] : causes)
        list += text("%s %d; ", cause.c_str(), count);
    return list;
}
