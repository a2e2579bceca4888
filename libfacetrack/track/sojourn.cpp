#include "libfacetrack/track/sojourn.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace facetrack {

namespace {

/// A box trembles; only who is this far from a line, in face heights, is clearly on one side.
constexpr double clearOfLine = 0.25;
/// Zones and lines come and go while the agent is tuned; a visit remembers so many of each.
constexpr std::size_t mostPlaces = 64;

std::chrono::milliseconds milliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::round<std::chrono::milliseconds>(duration);
}

/// Distance from the line's infinite continuation in heights of the frame; above 0 at its right.
double distanceFrom(const Shape &line, Point place, double aspect)
{
    const Point a = line.points[0];
    const Point b = line.points[1];
    const double length = std::hypot(static_cast<double>(b.x - a.x) * aspect,
                                     static_cast<double>(b.y - a.y));
    return static_cast<double>(sideOf(line, place)) * aspect / length;
}

/// Whether the way from one place to another, on different sides of the line's continuation,
/// leads over the line itself.
bool leadsOver(const Shape &line, Point from, Point to)
{
    const Shape way{{}, {from, to}, {}};
    return (sideOf(way, line.points[0]) > 0) != (sideOf(way, line.points[1]) > 0);
}

} // namespace

void Sojourn::Stay::see(const Sighting &sighting)
{
    if (observations++ == 0) {
        first = sighting.at;
        firstUtc = sighting.utc;
    }
    last = sighting.at;
    sizes.add(sighting.face.h);
}

Visit Sojourn::Stay::row() const
{
    Visit visit;
    visit.start = firstUtc;
    visit.begun = first;
    visit.duration = milliseconds(last - first);
    visit.dwell = std::min(milliseconds(dwell), visit.duration);
    visit.size = sizes.median();
    visit.observations = observations;
    return visit;
}

void Sojourn::see(const Sighting &sighting, const TrackTuning &tuning)
{
    const Point place{sighting.face.x + sighting.face.w / 2, sighting.face.y + sighting.face.h / 2};
    if (hits() == 0)
        m_place = place;
    for (const Shape &zone : tuning.zones)
        seeZone(zone, sighting, place);
    for (const Shape &line : tuning.lines)
        seeLine(line, sighting, place);
    m_whole.see(sighting);
    m_whole.dwell = m_whole.last - m_whole.first;
    m_place = place;
}

void Sojourn::seeZone(const Shape &zone, const Sighting &sighting, Point place)
{
    const bool inside = contains(zone, place);
    const bool wasInside = hits() > 0 && contains(zone, m_place);
    if (!inside && !wasInside)
        return;
    auto known = m_zones.find(zone.name);
    if (known == m_zones.end()) {
        if (!inside || m_zones.size() >= mostPlaces)
            return;
        known = m_zones.emplace(zone.name, Stay()).first;
    }
    Stay &stay = known->second;
    // Who is seen at both ends of an interval was there all along; at one end, half of it.
    const auto passed = hits() > 0 ? sighting.at - m_whole.last : std::chrono::nanoseconds(0);
    stay.dwell += inside && wasInside ? passed : passed / 2;
    if (inside)
        stay.see(sighting);
}

void Sojourn::seeLine(const Shape &line, const Sighting &sighting, Point place)
{
    const double distance = distanceFrom(line, place, sighting.aspect);
    if (std::fabs(distance) < clearOfLine * static_cast<double>(sighting.face.h))
        return;
    const auto known = m_sure.find(line.name);
    if (known == m_sure.end()) {
        if (m_sure.size() < mostPlaces)
            m_sure.emplace(line.name, place);
        return;
    }
    const Point before = std::exchange(known->second, place);
    const bool wasRight = sideOf(line, before) > 0;
    const bool isRight = distance > 0;
    if (wasRight == isRight || !leadsOver(line, before, place)
        || m_crossings.size() >= Visit::mostCrossings)
        return;
    m_crossings.push_back(
        {line.name, line.ways[isRight ? 0 : 1],
         milliseconds(sighting.at - (hits() > 0 ? m_whole.first : sighting.at))});
}

std::vector<Visit> Sojourn::rows() const
{
    std::vector<Visit> rows{m_whole.row()};
    rows.front().crossings = m_crossings;
    for (const auto &[name, stay] : m_zones) {
        Visit row = stay.row();
        row.zone = name;
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace facetrack
