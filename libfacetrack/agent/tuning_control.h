#pragma once
#include "libfacetrack/agent/tuning_history.h"
#include "libfacetrack/agent/tuning_keeper.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/config/problem.h"
#include "libfacetrack/pipeline/live_tuning.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace facetrack {

/// The tuning in force, with where it stands on its way to the disk.
struct TuningState
{
    AgentConfig config;              ///< with the tuning in force
    std::uint32_t revision = 1;
    std::uint32_t persisted = 0;     ///< revision that is on disk
    std::string keepError;           ///< why it cannot be kept; else empty
};

/// Why a change was not made; nothing of it was.
struct TuningRefusal
{
    enum class Kind {
        Outdated, ///< the condition named another revision
        Invalid,  ///< `problems` say what
        Nothing,  ///< there is nothing to undo
    };
    Kind kind = Kind::Invalid;
    std::vector<Problem> problems;
};

/// Who changes, why, and under which condition.
struct TuningOrder
{
    std::string who;
    std::string cause = "patch";
    /// Whether the change may be made at this revision; empty: at any.
    std::function<bool(std::uint32_t)> condition;
};

/// Changes the tuning of a running agent: all or nothing, one after the other, each with a
/// revision of its own that the next frame uses. Tuned values are kept in `folder` and win over the
/// operator's file at the next start; the file is never written. Thread-safe; waits for no disk.
class FACETRACK_EXPORT TuningControl
{
public:
    using Outcome = tl::expected<TuningState, TuningRefusal>;
    /// Called after each change, in their order, before anyone is answered; must not wait.
    using Changed = std::function<void(const Tuning &, const TuningRevision &, MonotonicTime)>;

    /// `base` is what defaults, operator's file and command line say. Takes over what is kept.
    TuningControl(AgentConfig base, std::filesystem::path folder, std::string run,
                  const Clock &clock);

    /// Once, before the first change. `changed` is told the values at the start (cause "start");
    /// `persisted` comes from a thread that has written a revision to the disk.
    void start(Changed changed, TuningKeeper::Persisted persisted);
    /// Writes what is not on disk yet.
    void stop();

    const LiveTuning &live() const { return m_live; }
    TuningState state() const;
    nlohmann::ordered_json history(std::size_t limit) const; ///< newest first

    /// A JSON merge patch, as applyPatch() takes it.
    Outcome patch(const nlohmann::json &patch, const TuningOrder &order);
    /// Takes back the newest step that was not taken back yet.
    Outcome undo(const TuningOrder &order);
    /// Back to what the operator's file says.
    Outcome reset(const TuningOrder &order);

private:
    bool isOutdated(const TuningOrder &order) const;
    Outcome outdated() const;
    Outcome invalid(std::vector<Problem> problems) const;
    Outcome commit(const Tuning &tuning, const TuningOrder &order);
    TuningState stateNow() const;

    const AgentConfig m_base;
    const Clock &m_clock;
    mutable std::mutex m_mutex; // guards the current config and all that follows from it
    AgentConfig m_config;
    LiveTuning m_live;
    TuningHistory m_history;
    Changed m_changed;
    TuningKeeper m_keeper;
};

} // namespace facetrack
