// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/http/message.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace facetrack::http {

/// Makes guessing slow without shutting anyone out: a refusal for a bad token comes the later, the
/// more there were from that address lately; good tokens from it are never delayed, since behind
/// one address there may be many agents. Thread-safe.
class GuessBrake
{
public:
    static constexpr std::chrono::milliseconds firstPause{100};
    static constexpr std::chrono::milliseconds longestPause{3'000};
    static constexpr std::chrono::seconds memory{60}; ///< without a bad token: forgotten
    static constexpr std::size_t mostWaiting = 64;    ///< answers held back at a time

    explicit GuessBrake(const Clock &clock);
    ~GuessBrake(); ///< sends what waits

    /// Answers later. When too many wait already, at once and only that: 429.
    void refuse(const std::string &address, std::shared_ptr<Reply> reply,
                Response response);

private:
    using Steady = std::chrono::steady_clock;
    struct Guesses
    {
        int count = 0;
        MonotonicTime last{0};
    };
    struct Answer
    {
        std::shared_ptr<Reply> reply;
        Response response;
    };

    std::chrono::milliseconds pauseFor(const std::string &address);
    void run(const std::stop_token &stop);

    const Clock &m_clock;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::map<std::string, Guesses> m_guesses;
    std::multimap<Steady::time_point, Answer> m_waiting;
    std::jthread m_thread; // last: uses the rest
};

} // namespace facetrack::http
