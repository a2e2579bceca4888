#include "libfacetrack/track/visit_book.h"

#include <utility>

namespace facetrack {

void VisitBook::note(const Frame &frame, const std::vector<Track> &faces, const Tracker &tracker,
                     const TrackTuning &tuning)
{
    const Size size = frame.size();
    const double aspect = size.empty() ? 1 : static_cast<double>(size.width) / size.height;
    const std::vector<std::uint32_t> &threads = tracker.threads();
    for (std::size_t i = 0; i < faces.size() && i < threads.size(); ++i) {
        if (threads[i] != 0)
            see({frame.captured(), frame.capturedUtc(), faces[i].box, aspect}, threads[i],
                faces[i].id, tuning);
    }
    std::erase_if(m_threads, [&](const auto &thread) { return !tracker.hasThread(thread.first); });
    std::erase_if(m_visitors, [&](const auto &visitor) {
        const bool over = !tracker.knows(visitor.first);
        if (over)
            end(visitor.first, visitor.second, true);
        return over;
    });
    countPresence(tuning);
}

void VisitBook::see(const Sighting &sighting, std::uint32_t thread, std::uint32_t id,
                    const TrackTuning &tuning)
{
    if (id == 0) {
        m_threads[thread].push_back(sighting);
        return;
    }
    const auto [visitor, isNew] = m_visitors.try_emplace(id);
    m_begun += isNew ? 1 : 0;
    if (const auto known = m_threads.find(thread); known != m_threads.end()) {
        for (const Sighting &earlier : known->second)
            visitor->second.see(earlier, tuning);
        m_threads.erase(known);
    }
    visitor->second.see(sighting, tuning);
}

void VisitBook::close()
{
    for (const auto &[track, stay] : m_visitors)
        end(track, stay, false);
    m_visitors.clear();
    m_threads.clear();
    m_presence = {};
}

std::vector<Visit> VisitBook::take()
{
    return std::exchange(m_over, {});
}

void VisitBook::end(std::uint32_t track, const Sojourn &stay, bool complete)
{
    for (Visit &row : stay.rows()) {
        row.sequence = m_rows++;
        row.track = track;
        row.complete = complete;
        m_over.push_back(std::move(row));
    }
}

void VisitBook::countPresence(const TrackTuning &tuning)
{
    m_presence = {static_cast<std::uint32_t>(m_visitors.size()), {}};
    for (const Shape &zone : tuning.zones) {
        std::uint32_t &there = m_presence.zones[zone.name];
        for (const auto &[track, stay] : m_visitors)
            there += stay.isIn(zone) ? 1 : 0;
    }
}

} // namespace facetrack
