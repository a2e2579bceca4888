#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/agent/tuning_revision.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace facetrack {

/// One step that can be taken back: a change, or a whole drag at a slider.
struct TuningStep
{
    TuningRevision change;      ///< with the values before the first and after the last of it
    std::string run;          ///< the run of the agent in which it was made
    std::uint32_t changes = 1; ///< how many changes were taken together
    bool undone = false;
};

/// The newest steps, oldest first; at most `most`. Thread-bound.
class FACETRACK_EXPORT TuningHistory
{
public:
    static constexpr std::size_t most = 200;

    explicit TuningHistory(std::string run) : m_run(std::move(run)) {}

    /// A change that follows one of the same keys by the same person, within two seconds, is part
    /// of the same step; one that leads back to where it began is none.
    void add(const TuningRevision &change, MonotonicTime now);
    /// The newest step that can still be undone; null when there is none. An undo is no step that
    /// can be undone: the next one goes further back.
    const TuningStep *undoable() const;
    /// `change` took the undoable step back.
    void addUndo(const TuningRevision &change);

    const std::deque<TuningStep> &steps() const { return m_steps; }
    /// Newest first, for people and for the file.
    nlohmann::ordered_json json(std::size_t limit = most) const;
    /// Takes over what json() gave; what does not fit is left out.
    void load(const nlohmann::json &json);

private:
    void push(TuningStep step);

    std::string m_run;
    std::deque<TuningStep> m_steps;
    MonotonicTime m_last{0};
    bool m_growing = false; ///< the newest step may take in the next change
};

} // namespace facetrack
