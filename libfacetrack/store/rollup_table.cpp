#include "libfacetrack/store/rollup_table.h"

#include "libfacetrack/model/heat_grid.h"
#include "libfacetrack/store/body_text.h"

namespace facetrack {

namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t quarterMs = 15 * minuteMs;

/// Whether a visit's body has no zone: only the whole picture's row is a visit.
bool isWholePicture(std::string_view body)
{
    BodyReader reader(body);
    std::int64_t number = 0;
    return reader.mark('[') && reader.number(number) && reader.mark(',') && reader.number(number)
           && reader.mark(',') && reader.number(number) && reader.mark(',') && reader.mark('"')
           && reader.mark('"');
}

} // namespace

Result<void> RollupTable::prepare(sqlite::Database &database)
{
    return database.prepareAll({
        {&m_addMinute, "INSERT INTO minutes VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
                       " ON CONFLICT(minute, run) DO UPDATE SET"
                       " observations = observations + excluded.observations,"
                       " faces = faces + excluded.faces, visits = visits + excluded.visits,"
                       " seconds = seconds | excluded.seconds"},
        {&m_addPlace, "INSERT INTO places VALUES(?1, ?2, ?3, ?4) ON CONFLICT(quarter, run, cell)"
                      " DO UPDATE SET faces = faces + excluded.faces"},
    });
}

RollupTable::Minute &RollupTable::minute(const RecordRow &row)
{
    return m_minutes[{row.time / minuteMs, row.run}];
}

void RollupTable::note(const RecordRow &row)
{
    if (row.type == static_cast<std::int64_t>(RecordType::Observation)) {
        Minute &sum = minute(row);
        ++sum.observations;
        sum.faces += row.faces;
        sum.seconds |= std::int64_t{1} << (row.time / 1000 % 60 & 63);
        if (row.faces > 0)
            notePlaces(row);
    } else if (row.type == static_cast<std::int64_t>(RecordType::Visit)
               && isWholePicture(row.body)) {
        ++minute(row).visits;
    }
}

void RollupTable::notePlaces(const RecordRow &row)
{
    BodyReader reader(row.body);
    const auto number = [&reader](std::int64_t &value) {
        return reader.number(value) && reader.mark(',');
    };
    std::int64_t skipped = 0;
    if (!reader.mark('[') || !number(skipped) || !number(skipped) || !number(skipped)
        || !reader.mark('['))
        return;
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t w = 0;
    std::int64_t h = 0;
    while (reader.mark('[') && number(x) && number(y) && number(w) && number(h) && number(skipped)
           && reader.number(skipped) && reader.mark(']')) {
        ++m_places[{{row.time / quarterMs, row.run}, HeatGrid::cell(x, y, w, h)}];
        if (!reader.mark(','))
            return;
    }
}

Result<void> RollupTable::write()
{
    for (const auto &[key, sum] : m_minutes) {
        m_addMinute.bind(1, key.first).bind(2, key.second).bind(3, sum.observations);
        m_addMinute.bind(4, sum.faces).bind(5, sum.visits).bind(6, sum.seconds);
        if (auto done = m_addMinute.run(); !done)
            return done;
    }
    for (const auto &[place, faces] : m_places) {
        const auto &[key, cell] = place;
        m_addPlace.bind(1, key.first).bind(2, key.second).bind(3, std::int64_t{cell});
        if (auto done = m_addPlace.bind(4, faces).run(); !done)
            return done;
    }
    forget();
    return {};
}

void RollupTable::forget()
{
    m_minutes.clear();
    m_places.clear();
}

} // namespace facetrack
