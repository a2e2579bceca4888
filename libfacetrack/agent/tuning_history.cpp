#include "libfacetrack/agent/tuning_history.h"

#include "libfacetrack/base/iso_time.h"

#include <QDateTime>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds sameDrag{2};

bool sameKeys(const std::vector<ValueChange> &a, const std::vector<ValueChange> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const ValueChange &x, const ValueChange &y) { return x.key == y.key; });
}

Json toJson(const TuningStep &step)
{
    const TuningRevision &change = step.change;
    Json values = Json::array();
    for (const ValueChange &value : change.values)
        values.push_back({{"key", value.key},
                          {"old", Json::parse(value.before, nullptr, false)},
                          {"new", Json::parse(value.after, nullptr, false)}});
    return {{"time", isoTime(change.time)}, {"who", change.who},
            {"cause", change.cause},        {"revision", change.revision},
            {"run", step.run},              {"changes", step.changes},
            {"undone", step.undone},        {"values", std::move(values)}};
}

/// Throws as nlohmann's JSON does.
TuningStep fromJson(const nlohmann::json &json)
{
    TuningStep step;
    const QString time = QString::fromStdString(json.at("time").get<std::string>());
    step.change.time = UtcTime(QDateTime::fromString(time, Qt::ISODateWithMs).toMSecsSinceEpoch());
    step.change.who = json.at("who").get<std::string>();
    step.change.cause = json.at("cause").get<std::string>();
    step.change.revision = json.at("revision").get<std::uint32_t>();
    step.run = json.at("run").get<std::string>();
    step.changes = json.at("changes").get<std::uint32_t>();
    step.undone = json.at("undone").get<bool>();
    for (const nlohmann::json &value : json.at("values"))
        step.change.values.push_back({value.at("key").get<std::string>(), value.at("old").dump(),
                                      value.at("new").dump()});
    return step;
}

} // namespace

void TuningHistory::push(TuningStep step)
{
    m_steps.push_back(std::move(step));
    if (m_steps.size() > most)
        m_steps.pop_front();
}

void TuningHistory::add(const TuningRevision &change, MonotonicTime now)
{
    const bool grows = m_growing && now - m_last <= sameDrag && change.cause == "patch"
                       && m_steps.back().change.who == change.who
                       && sameKeys(m_steps.back().change.values, change.values);
    m_last = now;
    m_growing = change.cause == "patch";
    if (!grows)
        return push({change, m_run});
    TuningStep &step = m_steps.back();
    for (std::size_t i = 0; i < change.values.size(); ++i)
        step.change.values[i].after = change.values[i].after;
    step.change.time = change.time;
    step.change.revision = change.revision;
    ++step.changes;
    const bool back = std::all_of(step.change.values.begin(), step.change.values.end(),
                                  [](const ValueChange &v) { return v.before == v.after; });
    if (back) { // on and off again: nothing to undo
        m_steps.pop_back();
        m_growing = false;
    }
}

const TuningStep *TuningHistory::undoable() const
{
    const auto found = std::find_if(m_steps.rbegin(), m_steps.rend(), [](const TuningStep &step) {
        return !step.undone && step.change.cause != "undo";
    });
    return found == m_steps.rend() ? nullptr : &*found;
}

void TuningHistory::addUndo(const TuningRevision &change)
{
    const TuningStep *const undone = undoable();
    for (TuningStep &step : m_steps)
        step.undone = step.undone || &step == undone;
    m_growing = false;
    push({change, m_run});
}

Json TuningHistory::json(std::size_t limit) const
{
    Json list = Json::array();
    for (auto step = m_steps.rbegin(); step != m_steps.rend() && list.size() < limit; ++step)
        list.push_back(toJson(*step));
    return list;
}

void TuningHistory::load(const nlohmann::json &json)
{
    if (!json.is_array())
        return;
    for (auto step = json.rbegin(); step != json.rend(); ++step) {
        try {
            push(fromJson(*step));
        } catch (const nlohmann::json::exception &) {
            continue; // another version wrote it: the others may still be of use
        }
    }
}

} // namespace facetrack
