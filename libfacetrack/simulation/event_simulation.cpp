#include "libfacetrack/simulation/event_simulation.h"

#include "libfacetrack/base/version.h"
#include "libfacetrack/config/text_forms.h"
#include "libfacetrack/simulation/simulated_camera.h"
#include "libfacetrack/store/agent_records.h"

#include <algorithm>
#include <set>

namespace facetrack {

namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::size_t repeatedAfter = 500; // records

tl::unexpected<Error> wrong(const char *what, const char *message, std::string advice = {})
{
    return fail(ErrorCode::InvalidArgument, what, message, std::move(advice));
}

Result<void> check(const SimulatedEvent &event)
{
    const auto isId = [](const std::string &agent) { return !agent.empty() && isAgentId(agent); };
    if (event.agents.empty() || !std::all_of(event.agents.begin(), event.agents.end(), isId))
        return wrong("agents", "are not ids of agents", "1 to 64 of A-Z a-z 0-9 . _ -");
    if (std::set(event.agents.begin(), event.agents.end()).size() != event.agents.size())
        return wrong("agents", "one is named twice");
    if (!event.first.isValid() || event.first.year() < 2015 || event.first.year() > 2099)
        return wrong("from", "is no day of the years 2015 to 2099", "such as 2026-05-04");
    if (event.days < 1 || event.days > 366)
        return wrong("days", "are not between 1 and 366");
    if (event.opens < 0 || event.closes > 24 * 60 || event.opens >= event.closes)
        return wrong("hours", "end before they begin");
    if (!profileNamed(event.profile)) {
        std::string known;
        for (const CrowdProfile &profile : profiles())
            known += (known.empty() ? "" : ", ") + std::string(profile.name);
        return wrong("profile", "is not known", known);
    }
    if (event.total < 0 || event.total > 1'000'000'000)
        return wrong("total", "is not between 0 and a thousand million");
    if (!(event.rate >= 0.01 && event.rate <= 120))
        return wrong("rate", "is not between 0.01 and 120 a second");
    if (event.outages < 0 || event.outages > 1000)
        return wrong("outages", "are not between 0 and 1000 a day");
    if (!(event.late >= 0 && event.late <= 1) || !(event.duplicates >= 0 && event.duplicates <= 1))
        return wrong("late, duplicates", "are shares, 0 to 1");
    return {};
}

/// Brings some records late and some twice.
class Disorder
{
public:
    Disorder(const SimulatedEvent &event, const SimulatedCamera::Take &take)
        : m_event(event), m_take(take), m_dice(event.seed ^ 0x5DEECE66DULL)
    {
    }

    Result<void> take(Record record)
    {
        const bool isRepeated = m_dice.chance(m_event.duplicates);
        if (m_dice.chance(m_event.late)) {
            ++late;
            m_late.push_back(std::move(record));
            if (isRepeated)
                repeat(m_late.back());
            return {};
        }
        if (isRepeated)
            repeat(record);
        if (auto done = m_take(std::move(record)); !done)
            return done;
        return m_again.size() < repeatedAfter ? Result<void>() : give(m_again);
    }

    Result<void> finish()
    {
        for (std::size_t i = m_late.size(); i > 1; --i)
            std::swap(m_late[i - 1], m_late[static_cast<std::size_t>(
                                         m_dice.whole(0, static_cast<std::int64_t>(i) - 1))]);
        auto done = give(m_late);
        return done ? give(m_again) : done;
    }

    std::uint64_t late = 0, duplicates = 0;

private:
    void repeat(const Record &record)
    {
        ++duplicates;
        m_again.push_back(record);
    }
    Result<void> give(std::vector<Record> &records)
    {
        for (Record &record : records) {
            if (auto done = m_take(std::move(record)); !done)
                return done;
        }
        records.clear();
        return {};
    }

    const SimulatedEvent &m_event;
    const SimulatedCamera::Take &m_take;
    Dice m_dice;
    std::vector<Record> m_late, m_again;
};

/// So that lists of agents show it. Not counted in the truth: it is no figure.
Record heartbeatOf(const std::string &agent, const std::string &run, std::int64_t time)
{
    Heartbeat beat;
    beat.time = UtcTime(time);
    beat.agent.id = agent;
    beat.agent.run = run;
    beat.agent.name = agent;
    beat.agent.location = "simulated";
    beat.agent.version = version();
    Record record = encodeHeartbeat(beat);
    record.simulated = true;
    return record;
}

/// Somebody tunes on the first day and takes it back on the last.
struct Tuning
{
    std::int64_t time;
    const char *from;
    const char *to;
};

std::vector<Tuning> tunings(const SimulatedEvent &event, const LocalTime &local)
{
    const int middle = (event.opens + event.closes) / 2;
    const QDate last = event.first.addDays(event.days - 1);
    return {{local.at(event.first, middle - 90) * minuteMs + 17'000, "3", "5"},
            {local.at(last, middle + 90) * minuteMs + 43'000, "5", "3"}};
}

} // namespace

Result<EventTruth> simulateEvent(const SimulatedEvent &event,
                                 const std::function<Result<void>(Record)> &take)
{
    if (auto fits = check(event); !fits)
        return tl::unexpected(fits.error());
    const auto local = LocalTime::of(event.zone);
    if (!local)
        return tl::unexpected(local.error());
    Dice dice(event.seed);
    std::vector<EventTruth::Outage> outages;
    std::vector<std::vector<Shift>> shifts;
    for (const std::string &agent : event.agents)
        shifts.push_back(shiftsOf(event, *local, agent, dice, outages));
    const auto guests = drawGuests(event, *local, shifts, dice);
    if (!guests)
        return tl::unexpected(guests.error());

    TruthKeeper keeper;
    Disorder disorder(event, take);
    const SimulatedCamera::Take give = [&disorder](Record record) {
        return disorder.take(std::move(record));
    };
    std::vector<SimulatedCamera> cameras;
    for (std::size_t i = 0; i < event.agents.size(); ++i) {
        std::vector<Guest> own;
        std::copy_if(guests->begin(), guests->end(), std::back_inserter(own),
                     [i](const Guest &guest) { return guest.agent == i; });
        cameras.emplace_back(event.agents[i], shifts[i], std::move(own), keeper);
    }

    const Span span{local->at(event.first, event.opens),
                    local->at(event.first.addDays(event.days - 1), event.closes)};
    const std::vector<Tuning> changes = tunings(event, *local);
    auto change = changes.begin();
    Result<void> done;
    for (Minute minute = span.from; minute < span.to && done; ++minute) {
        const std::int64_t end = (minute + 1) * minuteMs;
        for (SimulatedCamera &camera : cameras) {
            if (done && change != changes.end() && change->time < end) {
                done = camera.goOnTo(change->time, give);
                if (done)
                    done = camera.tune(change->time, "detect.min_neighbors", change->from,
                                       change->to, give);
            }
            if (done)
                done = camera.goOnTo(end, give);
        }
        if (change != changes.end() && change->time < end)
            ++change;
    }
    for (std::size_t i = 0; i < cameras.size() && done; ++i)
        done = shifts[i].empty() ? done : take(heartbeatOf(event.agents[i], shifts[i].back().run, span.to * minuteMs));
    if (done)
        done = disorder.finish();
    if (!done)
        return tl::unexpected(done.error());
    EventTruth truth = keeper.finish(span);
    truth.outages = std::move(outages);
    truth.late = disorder.late;
    truth.duplicates = disorder.duplicates;
    return truth;
}

} // namespace facetrack
