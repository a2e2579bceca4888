// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/http/message.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack::http {

/// Server-sent events (HTML standard, section 9.2) to all who listen: each is encoded once, and
/// the same bytes go to everybody. A listener has a bounded queue; one that falls behind is cut
/// off, and comes back by itself with `Last-Event-ID`. Thread-safe; no call waits for a listener.
class FACETRACK_EXPORT EventHub
{
public:
    struct Event
    {
        std::string name; ///< without line breaks
        std::string data; ///< one line, such as compact JSON
    };
    struct Options
    {
        std::size_t listeners = 128; ///< more are answered 503
        std::size_t queue = 256;     ///< events that may wait for one listener
        std::size_t history = 512;   ///< kept events, for who comes back
    };
    /// What a new listener is told first, so that it knows where things stand.
    using First = std::function<std::vector<Event>()>;

    /// `epoch` tells this run's event ids from those of other runs; letters and digits.
    EventHub(std::string epoch, Options options);
    explicit EventHub(std::string epoch);

    /// To everybody, with an id, and kept for who comes back.
    void publish(const Event &event);
    /// To everybody who listens now, without an id: for what the next one makes out of date.
    void tell(const Event &event);
    /// A comment: keeps connections open, and shows who has gone.
    void heartbeat();

    /// For a GET route. Starts with what a returning listener missed, when that is still known,
    /// otherwise with `first()`. Outlives the server that it is given to.
    Handler handler(First first);

    std::size_t listeners() const;

private:
    struct Kept
    {
        std::uint64_t number = 0;
        Bytes bytes;
    };

    void listen(const Request &request, const std::shared_ptr<Reply> &reply, const First &first);
    void join(std::uint64_t after, std::string text, std::shared_ptr<LatestChannel> channel);
    /// Where a listener left off; 0 when that is not known (any more).
    std::uint64_t resumeAt(const Request &request) const;
    void sendToAll(const Bytes &bytes);

    const std::string m_epoch;
    const Options m_options;
    mutable std::mutex m_mutex; // guards all below
    std::uint64_t m_number = 0; ///< of the newest event
    std::deque<Kept> m_history;
    std::vector<std::shared_ptr<LatestChannel>> m_listeners;
};

} // namespace facetrack::http
