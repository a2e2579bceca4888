#include "libfacetrack/agent/tuning_control.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/config/patch.h"
#include "libfacetrack/config/schema.h"

#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

std::vector<ValueChange> differences(const AgentConfig &before, const AgentConfig &after)
{
    std::vector<ValueChange> changes;
    for (const Parameter &parameter : parameters()) {
        if (parameter.applies != Applies::NextFrame)
            continue;
        const Value old = parameter.get(before);
        const Value now = parameter.get(after);
        if (old != now)
            changes.push_back({parameter.key, toJson(old).dump(), toJson(now).dump()});
    }
    return changes;
}

} // namespace

TuningControl::TuningControl(AgentConfig base, std::filesystem::path folder, std::string run,
                             const Clock &clock)
    : m_base(std::move(base)), m_clock(clock), m_config(m_base), m_live(m_base.tuning),
      m_history(run), m_keeper(std::move(folder), m_base)
{
    KeptWork kept = m_keeper.load();
    for (const Problem &problem : kept.tuning.skipped)
        qCWarning(lcAgent, "a tuned value is left out: %s", describe(problem).c_str());
    m_history.load(kept.history);
    m_config.tuning = kept.tuning.tuning;
    if (const auto tuned = differences(m_base, m_config); !tuned.empty()) {
        std::string words;
        for (const ValueChange &value : tuned)
            words += (words.empty() ? "" : ", ") + value.key + " = " + value.after;
        qCInfo(lcAgent, "tuned values win over the settings file: %s", words.c_str());
    }
    m_live.start(m_config.tuning);
}

void TuningControl::start(Changed changed, TuningKeeper::Persisted persisted)
{
    const std::lock_guard lock(m_mutex);
    m_changed = std::move(changed);
    m_keeper.start(m_live.current()->revision, std::move(persisted));
    TuningRevision first;
    first.time = m_clock.utc();
    first.revision = m_live.current()->revision;
    first.cause = "start";
    first.values = differences(AgentConfig(), m_config);
    m_changed(m_config.tuning, first, m_clock.monotonic());
}

void TuningControl::stop()
{
    m_keeper.stop();
}

TuningState TuningControl::stateNow() const
{
    const KeeperState kept = m_keeper.state();
    return {m_config, m_live.current()->revision, kept.persisted, kept.error};
}

TuningState TuningControl::state() const
{
    const std::lock_guard lock(m_mutex);
    return stateNow();
}

nlohmann::ordered_json TuningControl::history(std::size_t limit) const
{
    const std::lock_guard lock(m_mutex);
    return m_history.json(limit);
}

bool TuningControl::isOutdated(const TuningOrder &order) const
{
    return order.condition && !order.condition(m_live.current()->revision);
}

TuningControl::Outcome TuningControl::outdated() const
{
    return tl::unexpected(TuningRefusal{TuningRefusal::Kind::Outdated, {}});
}

TuningControl::Outcome TuningControl::invalid(std::vector<Problem> problems) const
{
    return tl::unexpected(TuningRefusal{TuningRefusal::Kind::Invalid, std::move(problems)});
}

TuningControl::Outcome TuningControl::patch(const nlohmann::json &patch, const TuningOrder &order)
{
    const std::lock_guard lock(m_mutex);
    if (isOutdated(order))
        return outdated();
    auto tuning = applyPatch(m_config, patch, m_base);
    if (!tuning)
        return invalid(std::move(tuning.error()));
    return commit(*tuning, order);
}

TuningControl::Outcome TuningControl::undo(const TuningOrder &order)
{
    const std::lock_guard lock(m_mutex);
    if (isOutdated(order))
        return outdated();
    const TuningStep *const step = m_history.undoable();
    if (!step)
        return tl::unexpected(TuningRefusal{TuningRefusal::Kind::Nothing, {}});
    nlohmann::json back = nlohmann::json::object();
    for (const ValueChange &value : step->change.values)
        back[value.key] = nlohmann::json::parse(value.before, nullptr, false);
    auto tuning = applyPatch(m_config, back, m_base);
    if (!tuning)
        return invalid(std::move(tuning.error()));
    return commit(*tuning, order);
}

TuningControl::Outcome TuningControl::reset(const TuningOrder &order)
{
    const std::lock_guard lock(m_mutex);
    if (isOutdated(order))
        return outdated();
    return commit(m_base.tuning, order);
}

TuningControl::Outcome TuningControl::commit(const Tuning &tuning, const TuningOrder &order)
{
    AgentConfig next = m_config;
    next.tuning = tuning;
    TuningRevision change;
    change.values = differences(m_config, next);
    // An undo counts even when somebody had set the old value by hand: the step is used up.
    if (change.values.empty() && order.cause != "undo")
        return stateNow();
    m_config = std::move(next);
    change.time = m_clock.utc();
    change.revision = m_live.change(tuning);
    change.who = order.who;
    change.cause = order.cause;
    const MonotonicTime now = m_clock.monotonic();
    if (order.cause == "undo")
        m_history.addUndo(change);
    else
        m_history.add(change, now);
    m_keeper.keep({change.revision, m_config.tuning, m_history});
    if (m_changed)
        m_changed(m_config.tuning, change, now);
    return stateNow();
}

} // namespace facetrack
