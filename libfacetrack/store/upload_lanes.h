#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/record.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <vector>

namespace facetrack {

/// Which records are sent next. New ones have a lane of their own beside the backlog, so that a live
/// view does not wait for an old backlog to drain. Every position is given out once; what was not
/// taken comes back with again(). Not thread-safe.
class UploadLanes
{
public:
    enum Lane : std::size_t { New, Old };
    /// Undelivered records after a position, oldest first, at most so many: Journal::undelivered.
    using Read = std::function<Result<std::vector<StoredRecord>>(std::int64_t, std::size_t)>;

    explicit UploadLanes(Read read) : m_read(std::move(read)) {}

    /// Tells the newest position; what the new lane cannot keep up with becomes backlog.
    void advance(std::int64_t lastPosition, std::size_t batchRows);
    /// Up to `most` records, oldest first; fewer or none when there are no more now. Those that were
    /// not taken come first, if `repeat`; they wait otherwise.
    Result<std::vector<StoredRecord>> take(Lane lane, std::size_t most, bool repeat);
    /// These were not taken.
    void again(Lane lane, std::vector<StoredRecord> records);

    bool hasBacklog() const { return !m_segments.empty() || !m_again[Old].empty(); }
    std::size_t waitingAgain(Lane lane) const { return m_again[lane].size(); }
    /// How far the new lane has come.
    std::int64_t newAfter() const { return m_newAfter; }

private:
    /// A stretch of the backlog: after < position <= last.
    struct Segment
    {
        std::int64_t after = 0;
        std::int64_t last = 0;
    };
    Result<std::vector<StoredRecord>> takeOld(std::size_t most);

    const Read m_read;
    std::deque<Segment> m_segments; ///< oldest first
    std::int64_t m_newAfter = 0;
    std::array<std::vector<StoredRecord>, 2> m_again;
};

} // namespace facetrack
