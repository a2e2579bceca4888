#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/tuning.h"

#include <cstdint>
#include <memory>
#include <mutex>

namespace facetrack {

/// The tuning in force with its revision: an immutable snapshot, taken once per frame.
struct TuningSnapshot
{
    Tuning tuning;
    std::uint32_t revision = 1; ///< grows by one with every change in a run
};

/// Where the one current snapshot is exchanged. Thread-safe.
class FACETRACK_EXPORT LiveTuning
{
public:
    explicit LiveTuning(Tuning first);

    std::shared_ptr<const TuningSnapshot> current() const;
    /// What the first revision is, before anyone has taken it.
    void start(Tuning first);
    /// Makes `tuning` the current one, for the next frame; returns its revision.
    std::uint32_t change(Tuning tuning);

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const TuningSnapshot> m_current;
};

} // namespace facetrack
