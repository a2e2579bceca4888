#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace facetrack {

/// How many visitors a person counted, and under which settings.
struct Validation
{
    UtcTime from{0};
    UtcTime to{0};
    std::int64_t count = 0;
    std::string note;
    std::string run;            ///< of the agent: revisions count anew in each
    std::uint32_t revision = 0; ///< of the tuning when it was stored
    UtcTime saved{0};
};

/// The manual counts of an agent, in one file of its state directory. Thread-safe; add() waits for
/// the disk.
class FACETRACK_EXPORT Validations
{
public:
    static constexpr std::size_t most = 1000; ///< then the oldest go

    /// A file that cannot be read is reported in the log and kept under another name.
    explicit Validations(std::filesystem::path file);

    std::vector<Validation> all() const; ///< oldest first
    /// Io and the like when it cannot be written, and then nothing has changed.
    Result<void> add(Validation validation);

private:
    const std::filesystem::path m_file;
    std::mutex m_writing; ///< one change at a time; readers do not wait for the disk
    mutable std::mutex m_mutex;
    std::vector<Validation> m_all;
};

/// The agent's visits held against a person's count. Only numbers are compared, so a visitor who
/// was missed and one who was counted twice cancel each other: short spans tell more.
struct VisitAccuracy
{
    double recall = 1;
    double precision = 1;
};
FACETRACK_EXPORT VisitAccuracy visitAccuracy(std::int64_t visits, std::int64_t counted);

} // namespace facetrack
