#include "libfacetrack/simulation/crowd.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace facetrack {

namespace {

constexpr std::int64_t minuteMs = 60'000;

/// Minutes by how many people come in them, to draw from.
class Arrivals
{
public:
    Arrivals(const SimulatedEvent &event, const LocalTime &local, const CrowdProfile &profile)
    {
        for (int day = 0; day < event.days; ++day) {
            const QDate date = event.first.addDays(day);
            const double ofDay = day == 0 ? 1 : 0.86; // a second day is a little quieter
            for (Minute minute = local.at(date, event.opens);
                 minute < local.at(date, event.closes); ++minute) {
                m_sum += ofDay * profile.busyAt(local.minuteOfDay(minute) / 60.0);
                m_minutes.push_back(minute);
                m_sums.push_back(m_sum);
            }
        }
    }
    bool empty() const { return m_sum <= 0; }
    /// ms since 1970
    std::int64_t draw(Dice &dice) const
    {
        const auto at = std::upper_bound(m_sums.begin(), m_sums.end(), dice.share() * m_sum);
        const auto index = std::min<std::ptrdiff_t>(at - m_sums.begin(),
                                                    static_cast<std::ptrdiff_t>(m_sums.size()) - 1);
        return m_minutes[static_cast<std::size_t>(index)] * minuteMs + dice.whole(0, minuteMs - 1);
    }

private:
    std::vector<Minute> m_minutes;
    std::vector<double> m_sums;
    double m_sum = 0;
};

/// Agents at better places see more.
std::size_t drawAgent(std::size_t agents, Dice &dice)
{
    double sum = 0;
    for (std::size_t i = 0; i < agents; ++i)
        sum += 1 / std::pow(static_cast<double>(i + 1), 0.6);
    double drawn = dice.share() * sum;
    for (std::size_t i = 0; i + 1 < agents; ++i) {
        drawn -= 1 / std::pow(static_cast<double>(i + 1), 0.6);
        if (drawn < 0)
            return i;
    }
    return agents - 1;
}

/// People pass by, or stop at one of two places before the camera.
void drawPath(Guest &guest, Dice &dice)
{
    guest.height = dice.whole(600, 1800);
    guest.width = guest.height * 9 / 16 * 8 / 10;
    const bool stays = dice.chance(0.6);
    const double place = dice.chance(0.65) ? 3200 : 6900;
    const double from = stays ? place + 700 * dice.normal() : dice.between(-200, 9800);
    const double to = stays ? from + 250 * dice.normal() : dice.between(-200, 9800);
    const double level = 4300 + 800 * dice.normal();
    const auto inside = [](double value, std::int64_t side) {
        return std::clamp<std::int64_t>(std::llround(value), -side / 3, HeatGrid::units - side * 2 / 3);
    };
    guest.x0 = inside(from, guest.width);
    guest.x1 = inside(to, guest.width);
    guest.y0 = inside(level, guest.height);
    guest.y1 = inside(level + 200 * dice.normal(), guest.height);
}

} // namespace

Result<std::vector<Guest>> drawGuests(const SimulatedEvent &event, const LocalTime &local,
                                      const std::vector<std::vector<Shift>> &shifts, Dice &dice)
{
    const Arrivals arrivals(event, local, *profileNamed(event.profile));
    std::vector<Guest> guests;
    std::int64_t left = event.total;
    int inVain = 0;
    while (left > 0) {
        if (arrivals.empty() || inVain > 100'000)
            return fail(ErrorCode::InvalidArgument, "profile",
                        "nobody comes while the agents look",
                        "let them look longer, or take another profile");
        ++inVain;
        Guest guest;
        guest.agent = drawAgent(shifts.size(), dice);
        const std::int64_t begin = arrivals.draw(dice);
        const double stay = std::clamp(12 * std::exp(0.9 * dice.normal()), 0.5, 900.0);
        const std::int64_t end = begin + static_cast<std::int64_t>(stay * 1000);
        const auto &own = shifts[guest.agent];
        const auto shift = std::find_if(own.begin(), own.end(), [begin](const Shift &one) {
            return begin >= one.begin && begin < one.end;
        });
        if (shift == own.end())
            continue; // nobody looked
        guest.shift = static_cast<std::size_t>(shift - own.begin());
        guest.first = shift->firstFrom(begin);
        guest.last = std::min(shift->firstFrom(end + 1), shift->frames()) - 1;
        guest.complete = end < shift->end;
        if (guest.last < guest.first)
            continue; // gone before the next frame
        guest.last = std::min(guest.last, guest.first + left - 1);
        drawPath(guest, dice);
        left -= guest.detections();
        inVain = 0;
        guests.push_back(guest);
    }
    std::sort(guests.begin(), guests.end(), [](const Guest &a, const Guest &b) {
        return std::tie(a.agent, a.shift, a.first, a.last) < std::tie(b.agent, b.shift, b.first, b.last);
    });
    return guests;
}

} // namespace facetrack
