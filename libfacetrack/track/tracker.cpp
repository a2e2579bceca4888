#include "libfacetrack/track/tracker.h"

#include "libfacetrack/track/assignment.h"
#include "libfacetrack/track/one_head.h"

#include <algorithm>
#include <cmath>

namespace facetrack {

namespace {

using namespace std::chrono_literals;

/// More faces than any picture has room for; a detector gone wild must not stall the frame.
constexpr std::size_t mostKnown = 256;
/// A face not found for so long, or for three looks if they are rare, has come loose from its
/// thread.
constexpr std::chrono::nanoseconds looseAfter = 500ms;
/// A face is drawn much too large or small in no more looks in a row.
constexpr std::uint32_t mostOdd = 3;
/// A thread of a few hits that breaks off is forgotten after this.
constexpr std::chrono::nanoseconds flickerPatience = 600ms;
/// How long a thread that may be a known face is watched before that is decided.
constexpr std::chrono::nanoseconds watched = 400ms;

// Fitted to the synthetic booth (docs/tracking.md).
/// Density of strangers near a face that is followed, per (face size)^2 and unit of logarithmic
/// size. High on purpose: too cautious is better than a wrong identity, because a thread that
/// breaks is joined again.
constexpr double strangers = 0.1;
/// What speaks against a face that the last look missed (log odds): most who are missed are just
/// being hidden by the one who is found there now.
constexpr double missedOnce = 2;
/// How much more often a lost face comes back than somebody new appears at its place.
constexpr double comesBack = 70;

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

/// What a detection is taken for.
struct Tracker::Claim
{
    Box box;
    std::size_t known = unassigned; ///< index in m_known
    std::uint32_t hits = 0;         ///< of that one, so far
    bool second = false;            ///< box on a head that has one
    bool odd = false;               ///< of the known face, but much larger or smaller than that is
};

void Tracker::tune(const TrackTuning &tuning)
{
    m_patience = std::chrono::nanoseconds(std::llround(tuning.patienceSeconds * 1e9));
    m_minAge = std::chrono::nanoseconds(std::llround(tuning.minSeconds * 1e9));
    m_minHits = static_cast<std::uint32_t>(std::max(tuning.minHits, 1));
}

std::chrono::nanoseconds Tracker::patienceFor(const Known &known) const
{
    const auto loose = std::max(looseAfter, 3 * m_interval);
    return known.id == 0 ? std::max(loose, flickerPatience) : std::max(loose, m_patience);
}

bool Tracker::isForgotten(const Known &known, MonotonicTime at) const
{
    const auto patience = patienceFor(known);
    if (at - known.seen <= patience)
        return false;
    // A thread that began in time may turn out to be this face.
    return known.id == 0
           || std::none_of(m_known.begin(), m_known.end(), [&](const Known &thread) {
                  return thread.id == 0 && thread.born > known.seen
                         && thread.born - known.seen <= patience
                         && at - thread.seen <= patienceFor(thread);
              });
}

bool Tracker::hasThread(std::uint32_t thread) const
{
    return std::any_of(m_known.begin(), m_known.end(),
                       [&](const Known &known) { return known.thread == thread; });
}

bool Tracker::knows(std::uint32_t id) const
{
    return std::any_of(m_known.begin(), m_known.end(),
                       [&](const Known &known) { return known.id == id; });
}

bool Tracker::isLost(const Known &known) const
{
    return m_now - known.seen > std::max(looseAfter, 3 * m_interval);
}

void Tracker::letPass(MonotonicTime now)
{
    const auto passed = now - m_now;
    const bool first = m_known.empty() && m_lastThread == 0;
    for (Known &known : m_known)
        known.motion.pass(seconds(passed));
    m_lastLook = m_now;
    m_now = now;
    // A mean with a memory of eight looks; a pause is no interval.
    if (!first && passed < 2s)
        m_interval += (passed - m_interval) / 8;
}

void Tracker::forget()
{
    std::vector<bool> gone; // decided before anything moves: it depends on the others
    for (const Known &known : m_known)
        gone.push_back(isForgotten(known, m_now));
    for (std::size_t k = 0; k < m_known.size(); ++k) {
        if (gone[k] && m_known[k].id == 0)
            takeForGlimpse(m_known[k]);
    }
    std::size_t at = 0;
    std::erase_if(m_known, [&](const Known &) { return gone[at++]; });
    if (m_known.size() <= mostKnown)
        return;
    // Those seen last stay; among them, those found most often.
    std::stable_sort(m_known.begin(), m_known.end(), [](const Known &a, const Known &b) {
        return a.seen != b.seen ? a.seen > b.seen : a.hits > b.hits;
    });
    m_known.erase(m_known.begin() + mostKnown, m_known.end());
}

/// How much more probable it is that `box` is the known face than somebody new (log odds).
double Tracker::gain(const Known &known, const Box &box) const
{
    const double doubt = known.seen == m_lastLook ? 0 : missedOnce;
    return known.motion.likelihood(box) - std::log(strangers) - doubt;
}

/// Gives detections that are still free to known faces of those that `takes` part, so that the
/// whole is most probable.
template<typename Takes>
void Tracker::claim(std::vector<Claim> &claims, Takes takes) const
{
    std::vector<std::size_t> free, part;
    for (std::size_t d = 0; d < claims.size(); ++d) {
        if (claims[d].known == unassigned && !claims[d].second)
            free.push_back(d);
    }
    for (std::size_t k = 0; k < m_known.size(); ++k) {
        if (takes(m_known[k]))
            part.push_back(k);
    }
    CostTable costs(free.size(), part.size());
    for (std::size_t d = 0; d < free.size(); ++d) {
        for (std::size_t k = 0; k < part.size(); ++k)
            costs.at(d, k) = -gain(m_known[part[k]], claims[free[d]].box);
    }
    const auto columns = assign(costs);
    for (std::size_t d = 0; d < free.size(); ++d) {
        if (columns[d] == unassigned)
            continue;
        claims[free[d]].known = part[columns[d]];
        claims[free[d]].hits = m_known[part[columns[d]]].hits;
    }
    settle(claims);
}

/// Of two boxes on one head, the one of whom less is known is nobody.
void Tracker::settle(std::vector<Claim> &claims) const
{
    for (Claim &claim : claims) {
        for (const Claim &other : claims) {
            if (&claim == &other || other.known == unassigned || other.second
                || !isOneHead(claim.box, other.box))
                continue;
            if (claim.known == unassigned || claim.hits < other.hits) {
                claim.known = unassigned;
                claim.second = true;
            }
        }
    }
}

/// Detectors draw a head much larger or smaller now and then. Such a box is no newcomer where the face was
/// seen a moment ago; but whoever stays in front of it is.
void Tracker::takeOddBoxes(std::vector<Claim> &claims) const
{
    for (std::size_t k = 0; k < m_known.size(); ++k) {
        const Known &known = m_known[k];
        const bool isFollowed = known.id != 0 || known.hits >= established;
        const bool isTaken = std::any_of(claims.begin(), claims.end(),
                                         [&](const Claim &claim) { return claim.known == k; });
        if (!isFollowed || isTaken || known.odd >= mostOdd || m_now - known.seen > 2 * m_interval)
            continue;
        const Box expected = known.motion.expected();
        const auto box = std::find_if(claims.begin(), claims.end(), [&](const Claim &claim) {
            return claim.known == unassigned && !claim.second && mayBeTwins(claim.box, expected);
        });
        if (box == claims.end())
            continue;
        box->known = k;
        box->hits = known.hits;
        box->odd = true;
    }
}

void Tracker::accept(const std::vector<Claim> &claims, const std::vector<Detection> &detections)
{
    m_threadOf.assign(claims.size(), 0);
    std::vector<std::size_t> fresh;
    for (std::size_t d = 0; d < claims.size(); ++d) {
        const Detection &face = detections[d];
        if (claims[d].known != unassigned) {
            Known &known = m_known[claims[d].known];
            known.motion.found(claims[d].odd ? known.motion.expected() : face.box);
            known.odd = claims[d].odd ? known.odd + 1 : 0;
            known.score = face.score;
            known.seenBefore = known.seen;
            known.seen = m_now;
            ++known.hits;
            m_threadOf[d] = known.thread;
            continue;
        }
        const bool second
            = claims[d].second || std::any_of(fresh.begin(), fresh.end(), [&](std::size_t other) {
                  return isOneHead(face.box, detections[other].box);
              });
        if (second)
            continue;
        fresh.push_back(d);
        m_known.push_back(
            {++m_lastThread, 0, FaceMotion(face.box), face.score, m_now, face.box, m_now, 1});
        m_threadOf[d] = m_lastThread;
    }
}

/// How much more probable it is that the thread is the lost face come back than somebody new (log
/// odds).
double Tracker::odds(const Known &lost, const Known &thread) const
{
    if (lost.seen >= thread.born || thread.born - lost.seen > patienceFor(lost))
        return -CostTable::forbidden;
    return std::log(comesBack) - thread.motion.speedLikelihood()
           + lost.motion.likelihood(thread.motion, thread.first,
                                    seconds(thread.born - lost.seen));
}

/// A thread too short to be anybody may have been a glimpse of a lost face, which is waited for from
/// then on, where it was.
void Tracker::takeForGlimpse(const Known &thread)
{
    Known *whose = nullptr;
    double most = 0;
    for (Known &known : m_known) {
        if (known.id == 0 || known.seen >= thread.born)
            continue;
        if (const double odds = this->odds(known, thread); odds > most) {
            most = odds;
            whose = &known;
        }
    }
    if (whose != nullptr)
        whose->seen = thread.seen;
}

/// Decides who the threads are that were found often enough.
void Tracker::nameThreads()
{
    std::vector<std::size_t> threads, lost;
    for (std::size_t k = 0; k < m_known.size(); ++k) {
        const Known &known = m_known[k];
        if (known.id == 0 && known.hits >= m_minHits && known.seen == m_now
            && m_now - known.born >= m_minAge)
            threads.push_back(k);
        else if (known.id != 0 && known.seen != m_now)
            lost.push_back(k);
    }
    CostTable costs(threads.size(), lost.size());
    for (std::size_t t = 0; t < threads.size(); ++t) {
        for (std::size_t l = 0; l < lost.size(); ++l)
            costs.at(t, l) = -odds(m_known[lost[l]], m_known[threads[t]]);
    }
    const auto columns = assign(costs);
    std::vector<std::size_t> gone;
    for (std::size_t t = 0; t < threads.size(); ++t) {
        Known &thread = m_known[threads[t]];
        if (columns[t] == unassigned) {
            thread.id = ++m_lastId;
        } else if (m_now - thread.born >= std::min(watched, m_patience)) {
            thread.id = m_known[lost[columns[t]]].id;
            gone.push_back(lost[columns[t]]);
        }
    }
    std::sort(gone.rbegin(), gone.rend());
    for (const std::size_t k : gone)
        m_known.erase(m_known.begin() + static_cast<std::ptrdiff_t>(k));
}

std::vector<Track> Tracker::update(const std::vector<Detection> &detections, MonotonicTime captured)
{
    letPass(captured);
    forget();
    std::vector<Claim> claims(detections.size());
    for (std::size_t d = 0; d < claims.size(); ++d)
        claims[d].box = detections[d].box;
    claim(claims, [&](const Known &known) {
        return (known.id != 0 || known.hits >= established) && !isLost(known);
    });
    takeOddBoxes(claims);
    claim(claims, [&](const Known &known) { return known.id == 0 && known.seen != m_now; });
    accept(claims, detections);
    joinTwins();
    nameThreads();

    std::vector<Track> tracks;
    tracks.reserve(detections.size());
    for (std::size_t d = 0; d < detections.size(); ++d) {
        const auto known = std::find_if(m_known.begin(), m_known.end(), [&](const Known &k) {
            return m_threadOf[d] != 0 && k.thread == m_threadOf[d];
        });
        tracks.push_back({known == m_known.end() ? 0 : known->id, detections[d].box,
                          detections[d].score});
    }
    return tracks;
}

std::vector<ExpectedFace> Tracker::expected(MonotonicTime at) const
{
    std::vector<ExpectedFace> faces;
    for (const Known &known : m_known) {
        if (isForgotten(known, at))
            continue;
        FaceMotion motion = known.motion;
        motion.pass(seconds(at - m_now));
        faces.push_back({known.thread, motion.expected()});
    }
    return faces;
}

} // namespace facetrack
