#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/http/message.h"
#include "libfacetrack/relay/access.h"
#include "libfacetrack/relay/refusal_log.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/record_wire.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace facetrack {

struct IntakeLimits
{
    WireLimits rows;
    std::size_t inflatedBytes = 16 * 1024 * 1024; ///< of one request
    std::size_t waitingBytes = 32 * 1024 * 1024;  ///< of requests that wait for a thread
    std::size_t threads = 4; ///< most of their time they wait for the disk
};

/// What has come in; a snapshot.
struct IntakeState
{
    struct Agent
    {
        std::uint64_t rows = 0;
        UtcTime last{0}; ///< when its last rows were kept
    };
    std::uint64_t batches = 0;     ///< answered 200
    std::uint64_t kept = 0;        ///< rows, repeats included
    std::uint64_t refused = 0;     ///< rows
    std::uint64_t bytes = 0;       ///< as they came, packed or not
    std::uint64_t turnedAway = 0;  ///< requests answered 503
    std::uint64_t malformed = 0;   ///< requests answered 400, 403 or 413
    /// Why requests are turned away; empty once one is kept, or none came for a while: only the next
    /// one can tell whether it is over.
    std::string trouble;
    std::map<std::string, Agent> agents; ///< whose rows were kept in this run
};

/// A request on its way into the Journal.
struct Posted
{
    enum class Form { Records, LegacyData };
    Form form = Form::Records;
    bool packed = false; ///< gzip
    std::string body;
    std::string address; ///< where it came from
    Caller caller;
    std::shared_ptr<http::Reply> reply;
};

/// Unpacks, judges and commits what is posted, on threads of its own, and answers only then:
/// 200 with what became of the rows; 400, 403 or 413 when nothing of it was kept and sending it
/// again would not help; 503 when it would. Thread-safe.
class Intake
{
public:
    /// `journal` and `refusals` outlive it.
    Intake(Journal &journal, RefusalLog &refusals, IntakeLimits limits, const Clock &clock);
    ~Intake(); ///< finishes what it has begun, turns away what waits

    /// Never waits.
    void take(Posted posted);
    IntakeState state() const;

private:
    void run(const std::stop_token &stop);
    http::Response handle(const Posted &posted);
    Result<WireBatch> read(const Posted &posted) const;
    http::Response keep(WireBatch batch);
    http::Response refuse(const Error &error);
    http::Response turnAway(const Error &error);
    void noteKept(const std::map<std::string, std::uint64_t> &rows, std::size_t refused);

    Journal &m_journal;
    RefusalLog &m_refusals;
    const IntakeLimits m_limits;
    const Clock &m_clock;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Posted> m_waiting;
    std::size_t m_waitingBytes = 0;
    IntakeState m_state;
    MonotonicTime m_troubled{0}; ///< when the last one was turned away
    std::vector<std::jthread> m_threads; // last: use the rest
};

} // namespace facetrack
