#include "libfacetrack/simulation/truth_keeper.h"

#include <algorithm>

namespace facetrack {

TruthKeeper::MinuteOf &TruthKeeper::minuteOf(const std::string &agent, UtcTime time)
{
    return m_minutes[{time.count() / 60'000, agent}];
}

void TruthKeeper::saw(const std::string &agent, const Observation &frame)
{
    MinuteOf &minute = minuteOf(agent, frame.time);
    ++minute.frames;
    minute.faces += frame.faces.size();
    minute.seconds.set(static_cast<std::size_t>(frame.time.count() / 1000 % 60));
    ++m_truth.records;
}

void TruthKeeper::sawFace(const std::string &agent, std::int64_t x, std::int64_t y,
                          std::int64_t w, std::int64_t h)
{
    auto &cells = m_truth.heatMap[agent];
    cells.resize(HeatGrid::cells);
    ++cells[static_cast<std::size_t>(HeatGrid::cell(x, y, w, h))];
}

void TruthKeeper::visited(const std::string &agent, const Visit &visit)
{
    ++minuteOf(agent, visit.start).visits;
    DwellTimes &times = m_truth.dwell[agent];
    ++times.visits[visit.dwell.count() / 1000];
    times.milliseconds += static_cast<std::uint64_t>(visit.dwell.count());
    ++m_truth.records;
}

void TruthKeeper::changed(const std::string &agent, const TuningMark &mark)
{
    m_truth.marks.push_back(mark);
    m_truth.marks.back().agent = agent;
    ++m_truth.records;
}

EventTruth TruthKeeper::finish(Span span)
{
    m_truth.counts = Counts{span, 1, {}};
    for (const auto &[key, minute] : m_minutes) {
        Figures &figures = m_truth.counts.stretches[key.first][key.second];
        figures.minutes = 1;
        figures.seconds = minute.seconds.count();
        figures.observations = minute.frames;
        figures.simulated = minute.frames;
        figures.detections = minute.faces;
        figures.visits = minute.visits;
        figures.millionths = Figures::meanOfMinute(minute.faces, minute.frames);
    }
    std::stable_sort(m_truth.marks.begin(), m_truth.marks.end(),
                     [](const TuningMark &a, const TuningMark &b) { return a.time < b.time; });
    return std::move(m_truth);
}

} // namespace facetrack
