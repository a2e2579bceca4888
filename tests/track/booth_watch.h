#pragma once
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/model/detection.h"
#include "tests/track/visit_judge.h"

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

/// What a detector does to the faces of the booth: it misses some (half hidden ones more often, and
/// misses come in rows), trembles, sees some heads twice and some faces where there are none.
class SpoiltEye
{
public:
    explicit SpoiltEye(unsigned seed) : m_random(seed) {}

    std::vector<facetrack::Detection> look(const std::vector<facetrack::BoothTruth> &faces);

private:
    bool misses(const facetrack::BoothTruth &face);
    facetrack::Box tremble(const facetrack::BoothTruth &face);

    std::mt19937 m_random;
    std::normal_distribution<> m_normal;
    std::uniform_real_distribution<> m_uniform;
    std::map<std::uint32_t, double> m_trouble;
};

constexpr double boothFps = 30;

/// Ten minutes of the booth, followed by a Tracker and a VisitBook with default settings. Detections
/// are the truth, or the truth as a SpoiltEye sees it. `knowing` judges what a KnowingTracker makes of
/// the same detections.
VisitJudge watchBooth(unsigned seed, int people, bool spoilt, VisitJudge *knowing = nullptr);

/// One line: visits, switches, and dwell where it is known.
std::string describe(const VisitFigures &figures);
/// One line: how often each cause; with FACETRACK_LIST_MISHAPS set, a line for each mishap before.
std::string describe(const std::vector<Mishap> &mishaps);
