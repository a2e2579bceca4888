#include "libfacetrack/store/upload_lanes.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace facetrack {

namespace {

/// More memory than this is not filled with one batch, whatever its rows hold. A row under way costs
/// its body and about as much again as `overhead` for the request made of it.
constexpr std::size_t mostBytes = 600'000;
constexpr std::size_t overhead = 256;
constexpr std::size_t readRows = 1'000;
/// With so many to be sent again, a lane waits for them: they take memory.
constexpr std::size_t mostAgain = 10'000;

/// Keeps the first records whose bodies fit into `room`, one at least.
void fit(std::vector<StoredRecord> &records, std::size_t &room)
{
    std::size_t kept = 0;
    for (; kept < records.size(); ++kept) {
        const std::size_t bytes = records[kept].record.body.size();
        if (bytes > room && kept > 0) {
            room = 0;
            break;
        }
        room -= std::min(room, bytes);
    }
    records.resize(kept);
}

} // namespace

void UploadLanes::advance(std::int64_t lastPosition, std::size_t batchRows)
{
    const auto keepsUp = static_cast<std::int64_t>(2 * batchRows);
    if (lastPosition - m_newAfter <= keepsUp)
        return;
    m_segments.push_back({m_newAfter, lastPosition});
    m_newAfter = lastPosition;
}

Result<std::vector<StoredRecord>> UploadLanes::take(Lane lane, std::size_t most, bool repeat)
{
    std::vector<StoredRecord> &waiting = m_again[lane];
    if (!repeat && waiting.size() >= mostAgain)
        return std::vector<StoredRecord>();
    if (repeat && !waiting.empty()) {
        const std::size_t count = std::min(most, waiting.size());
        const auto end = waiting.begin() + static_cast<std::ptrdiff_t>(count);
        std::vector<StoredRecord> taken(std::make_move_iterator(waiting.begin()),
                                        std::make_move_iterator(end));
        waiting.erase(waiting.begin(), end);
        return taken;
    }
    if (lane == Old)
        return takeOld(most);
    std::size_t room = mostBytes;
    auto found = m_read(m_newAfter, most);
    if (!found || found->empty())
        return found;
    fit(*found, room);
    m_newAfter = found->back().position;
    return found;
}

Result<std::vector<StoredRecord>> UploadLanes::takeOld(std::size_t most)
{
    std::vector<StoredRecord> taken;
    std::size_t room = mostBytes;
    while (!m_segments.empty() && taken.size() < most && room > 0) {
        Segment &segment = m_segments.front();
        auto found = m_read(segment.after, std::min(readRows, most - taken.size()));
        if (!found)
            return taken.empty() ? found : Result<std::vector<StoredRecord>>(std::move(taken));
        const auto beyond = std::find_if(found->begin(), found->end(), [&](const StoredRecord &r) {
            return r.position > segment.last;
        });
        const bool ends = found->empty() || beyond != found->end();
        found->erase(beyond, found->end());
        const std::size_t whole = found->size();
        fit(*found, room);
        if (!found->empty())
            segment.after = found->back().position;
        if (ends && found->size() == whole)
            m_segments.pop_front();
        std::move(found->begin(), found->end(), std::back_inserter(taken));
    }
    return taken;
}

void UploadLanes::again(Lane lane, std::vector<StoredRecord> records)
{
    std::vector<StoredRecord> &waiting = m_again[lane];
    const auto middle = static_cast<std::ptrdiff_t>(waiting.size());
    waiting.insert(waiting.end(), std::make_move_iterator(records.begin()),
                   std::make_move_iterator(records.end()));
    std::inplace_merge(waiting.begin(), waiting.begin() + middle, waiting.end(),
                       [](const StoredRecord &a, const StoredRecord &b) {
                           return a.position < b.position;
                       });
}

} // namespace facetrack
