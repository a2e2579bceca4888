#include "libfacetrack/track/tracker.h"

#include <algorithm>
#include <cstddef>

namespace facetrack {

namespace {

// A face moves less than its own size between frames; below this overlap it is another one.
constexpr float LeastOverlap = 0.2F;

struct Pair
{
    float overlap;
    std::size_t detection;
    std::size_t known;
};

} // namespace

Tracker::Tracker(std::chrono::milliseconds patience) : m_patience(patience) {}

std::vector<Track> Tracker::update(const std::vector<Detection> &detections, MonotonicTime captured)
{
    std::erase_if(m_known, [&](const Known &k) { return captured - k.seen > m_patience; });

    std::vector<Pair> pairs;
    for (std::size_t d = 0; d < detections.size(); ++d)
        for (std::size_t k = 0; k < m_known.size(); ++k)
            if (const float o = overlap(detections[d].box, m_known[k].track.box); o >= LeastOverlap)
                pairs.push_back({o, d, k});
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair &a, const Pair &b) { return a.overlap > b.overlap; });

    std::vector<Track> tracks(detections.size());
    std::vector<bool> taken(m_known.size(), false);
    for (const Pair &pair : pairs) {
        if (tracks[pair.detection].id != 0 || taken[pair.known])
            continue;
        taken[pair.known] = true;
        tracks[pair.detection].id = m_known[pair.known].track.id;
    }
    for (std::size_t d = 0; d < detections.size(); ++d) {
        Track &track = tracks[d];
        track.box = detections[d].box;
        track.score = detections[d].score;
        const auto known = std::find_if(m_known.begin(), m_known.end(), [&](const Known &k) {
            return track.id != 0 && k.track.id == track.id;
        });
        if (known != m_known.end()) {
            *known = {track, captured};
        } else {
            track.id = ++m_lastId;
            m_known.push_back({track, captured});
        }
    }
    return tracks;
}

std::vector<Track> Tracker::expected(MonotonicTime at) const
{
    std::vector<Track> tracks;
    for (const Known &k : m_known)
        if (at - k.seen <= m_patience)
            tracks.push_back(k.track);
    return tracks;
}

} // namespace facetrack
