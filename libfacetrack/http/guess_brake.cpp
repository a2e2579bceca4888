// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/guess_brake.h"

#include <algorithm>
#include <utility>

namespace facetrack::http {

namespace {
constexpr std::size_t mostAddresses = 4096;
}

GuessBrake::GuessBrake(const Clock &clock)
    : m_clock(clock), m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

GuessBrake::~GuessBrake() = default;

void GuessBrake::refuse(const std::string &address, std::shared_ptr<Reply> reply,
                        Response response)
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.size() >= mostWaiting)
        return reply->send(Response::error(429, "too_many_refusals",
                                                 "too many bad tokens come in", "try again later"));
    m_waiting.emplace(Steady::now() + pauseFor(address),
                      Answer{std::move(reply), std::move(response)});
    m_wake.notify_one();
}

std::chrono::milliseconds GuessBrake::pauseFor(const std::string &address)
{
    const MonotonicTime now = m_clock.monotonic();
    // Room for the newcomers; who guesses from thousands of addresses is not slowed by this.
    if (m_guesses.size() >= mostAddresses && !m_guesses.contains(address))
        m_guesses.clear();
    Guesses &guesses = m_guesses[address];
    if (now - guesses.last > memory)
        guesses.count = 0;
    guesses.last = now;
    const int doublings = std::min(guesses.count++, 10);
    return std::min(longestPause, firstPause * (1 << doublings));
}

void GuessBrake::run(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        if (m_waiting.empty()) {
            m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); });
            continue;
        }
        const auto due = m_waiting.begin()->first;
        if (Steady::now() < due) {
            // A later answer may be due earlier: look again when one comes.
            m_wake.wait_until(lock, stop, due,
                              [&] { return m_waiting.begin()->first < due; });
            continue;
        }
        Answer answer = std::move(m_waiting.begin()->second);
        m_waiting.erase(m_waiting.begin());
        lock.unlock();
        answer.reply->send(std::move(answer.response));
        answer.reply.reset();
        lock.lock();
    }
    for (auto &[due, answer] : m_waiting)
        answer.reply->send(std::move(answer.response));
}

} // namespace facetrack::http
