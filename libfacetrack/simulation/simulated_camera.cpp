#include "libfacetrack/simulation/simulated_camera.h"

#include "libfacetrack/store/agent_records.h"

namespace facetrack {

namespace {

constexpr Size frameSize{1280, 720};
constexpr float units = HeatGrid::units;

std::int64_t onTheWay(std::int64_t from, std::int64_t to, const Guest &guest, std::int64_t frame)
{
    return guest.last == guest.first
               ? from
               : from + (to - from) * (frame - guest.first) / (guest.last - guest.first);
}

} // namespace

SimulatedCamera::SimulatedCamera(std::string agent, std::vector<Shift> shifts,
                                 std::vector<Guest> guests, TruthKeeper &truth)
    : m_agent(std::move(agent)), m_shifts(std::move(shifts)), m_guests(std::move(guests)),
      m_truth(truth)
{
}

Result<void> SimulatedCamera::goOnTo(std::int64_t until, const Take &take)
{
    while (m_shift < m_shifts.size()) {
        const Shift &shift = m_shifts[m_shift];
        const std::int64_t frames = shift.frames();
        for (; m_frame < frames && shift.timeOf(m_frame) < until; ++m_frame) {
            if (auto done = frame(shift, m_frame, take); !done)
                return done;
        }
        if (m_frame < frames)
            return {};
        ++m_shift;
        m_frame = 0;
        m_tracks = 0;
        m_revision = 1;
        m_visits = 0;
        m_changes = 0;
    }
    return {};
}

Result<void> SimulatedCamera::give(Record record, const Take &take) const
{
    record.simulated = true;
    return take(std::move(record));
}

Result<void> SimulatedCamera::frame(const Shift &shift, std::int64_t number, const Take &take)
{
    while (m_nextGuest < m_guests.size() && m_guests[m_nextGuest].shift == m_shift
           && m_guests[m_nextGuest].first == number)
        m_present.push_back({m_guests[m_nextGuest++], ++m_tracks});
    Observation seen;
    seen.sequence = static_cast<std::uint64_t>(number);
    seen.time = UtcTime(shift.timeOf(number));
    seen.frame = frameSize;
    seen.revision = m_revision;
    for (const auto &[guest, track] : m_present) {
        const std::int64_t x = onTheWay(guest.x0, guest.x1, guest, number);
        const std::int64_t y = onTheWay(guest.y0, guest.y1, guest, number);
        const Box box{static_cast<float>(x) / units, static_cast<float>(y) / units,
                      static_cast<float>(guest.width) / units,
                      static_cast<float>(guest.height) / units};
        seen.faces.push_back({track, box, 0.9F});
        m_truth.sawFace(m_agent, x, y, guest.width, guest.height);
    }
    m_truth.saw(m_agent, seen);
    if (auto done = give(encodeObservation(seen, m_agent, shift.run), take); !done)
        return done;
    for (std::size_t i = m_present.size(); i-- > 0;) {
        if (m_present[i].guest.last > number)
            continue;
        if (auto done = leave(shift, m_present[i], take); !done)
            return done;
        m_present.erase(m_present.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return {};
}

Result<void> SimulatedCamera::leave(const Shift &shift, const Present &present, const Take &take)
{
    const Guest &guest = present.guest;
    Visit visit;
    visit.sequence = m_visits++;
    visit.start = UtcTime(shift.timeOf(guest.first));
    visit.duration = UtcTime(shift.timeOf(guest.last)) - visit.start;
    visit.dwell = visit.duration;
    visit.track = present.track;
    visit.size = static_cast<float>(guest.height) / units;
    visit.observations = static_cast<std::uint32_t>(guest.detections());
    visit.revision = m_revision;
    visit.complete = guest.complete;
    m_truth.visited(m_agent, visit);
    return give(encodeVisit(visit, m_agent, shift.run), take);
}

Result<void> SimulatedCamera::tune(std::int64_t time, const std::string &parameter,
                                   const std::string &from, const std::string &to,
                                   const Take &take)
{
    if (m_shift >= m_shifts.size() || time < m_shifts[m_shift].begin)
        return {};
    TuningChange change;
    change.sequence = m_changes++;
    change.time = UtcTime(time);
    change.revision = ++m_revision;
    change.who = "simulation";
    change.parameter = parameter;
    change.oldValue = from;
    change.newValue = to;
    m_truth.changed(m_agent, {change.time, m_agent, change.revision, change.who, parameter, from, to});
    return give(encodeTuningChange(change, m_agent, m_shifts[m_shift].run), take);
}

} // namespace facetrack
