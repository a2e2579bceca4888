// Two threads on one head: finding out, and making one of them.
#include "libfacetrack/track/one_head.h"
#include "libfacetrack/track/tracker.h"

#include <algorithm>

namespace facetrack {

/// A thread and a face that take turns in one place are one head, which the detector sees now a little
/// larger, now a little smaller (a whole look and one around the face differ). Somebody who comes out
/// from behind another is seen beside them, or the other is not seen any more.
bool Tracker::takeTurns(const Known &known, const Known &thread) const
{
    if (known.id == 0 || known.seen == m_now || thread.hits < established)
        return false;
    const Box before = known.motion.expected();
    const Box now = thread.motion.expected();
    if (!thread.beside && known.seen > thread.seenBefore && areTwins(before, now))
        return true;
    // Each was seen while the other was known, but never both at once in two places.
    const bool areTwo = std::find(thread.others.begin(), thread.others.end(), known.thread)
                        != thread.others.end();
    return !areTwo && !isLost(known) && known.seen > thread.born && mayBeTwins(before, now);
}

/// Notes whom the thread is seen with in one frame.
void Tracker::noteOthers(Known &thread) const
{
    std::erase_if(thread.others, [&](std::uint32_t other) { return !hasThread(other); });
    const Box box = thread.motion.expected();
    for (const Known &known : m_known) {
        if (known.id == 0 || known.seen != m_now)
            continue;
        const Box other = known.motion.expected();
        if (isOneHead(other, box))
            thread.beside = true;
        if (!mayBeTwins(other, box)
            && std::find(thread.others.begin(), thread.others.end(), known.thread)
                   == thread.others.end())
            thread.others.push_back(known.thread);
    }
}

void Tracker::joinTwins()
{
    for (Known &thread : m_known) {
        if (thread.id != 0 || thread.seen != m_now)
            continue;
        noteOthers(thread);
        const auto known = std::find_if(m_known.begin(), m_known.end(), [&](const Known &other) {
            return takeTurns(other, thread);
        });
        if (known == m_known.end())
            continue;
        std::replace(m_threadOf.begin(), m_threadOf.end(), thread.thread, known->thread);
        known->motion.found(thread.motion.expected());
        known->score = thread.score;
        known->seen = m_now;
        known->hits += thread.hits;
        thread.thread = 0;
    }
    std::erase_if(m_known, [](const Known &known) { return known.thread == 0; });
}

} // namespace facetrack
