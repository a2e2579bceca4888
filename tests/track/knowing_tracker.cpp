#include "tests/track/knowing_tracker.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

using namespace facetrack;

std::vector<Track> KnowingTracker::update(std::vector<Track> faces,
                                          const std::vector<BoothPerson> &people, double seconds)
{
    struct Pair
    {
        float overlap;
        std::size_t face;
        std::uint32_t person;
    };
    std::vector<Pair> pairs;
    for (std::size_t f = 0; f < faces.size(); ++f) {
        faces[f].id = 0;
        for (const BoothPerson &there : people) {
            const float shared = overlap(faces[f].box, there.face);
            if (shared >= 0.35F && sightOf(there) != Sight::None)
                pairs.push_back({shared, f, there.person});
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair &a, const Pair &b) { return a.overlap > b.overlap; });
    std::set<std::uint32_t> seen;
    for (const Pair &pair : pairs) {
        if (faces[pair.face].id == 0 && seen.insert(pair.person).second)
            see(pair.person, faces[pair.face], seconds);
    }
    return faces;
}

bool KnowingTracker::isBack(const Run &run, const Box &box, double seconds) const
{
    const double gap = seconds - run.last;
    const float x = (box.x + box.w / 2 - run.box.x - run.box.w / 2) / box.w;
    const float y = (box.y + box.h / 2 - run.box.y - run.box.h / 2) / box.h;
    const float grown = box.h / run.box.h;
    return gap <= 0.5
           || (gap <= m_tuning.patienceSeconds && std::hypot(x, y) <= 0.5F && grown > 0.75F
               && grown < 1 / 0.75F);
}

void KnowingTracker::see(std::uint32_t person, Track &face, double seconds)
{
    Run &run = m_runs[person];
    if (run.id == 0 || !isBack(run, face.box, seconds)) {
        end(run);
        run = {++m_last, seconds, seconds, face.box, 0};
    }
    run.last = seconds;
    run.box = face.box;
    ++run.hits;
    face.id = run.id;
}

void KnowingTracker::end(const Run &run)
{
    if (run.hits < m_tuning.minHits || run.last - run.first < m_tuning.minSeconds)
        return;
    Visit visit;
    visit.track = run.id;
    visit.begun = MonotonicTime(std::llround(run.first * 1e9));
    visit.duration = std::chrono::milliseconds(std::llround((run.last - run.first) * 1e3));
    visit.dwell = visit.duration;
    m_visits.push_back(visit);
}

std::vector<Visit> KnowingTracker::close()
{
    for (const auto &[person, run] : m_runs)
        end(run);
    m_runs.clear();
    return std::exchange(m_visits, {});
}
