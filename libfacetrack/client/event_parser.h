#pragma once
#include "libfacetrack/base/export.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace facetrack {

/// Takes a text/event-stream apart (HTML standard, section 9.2.6), in pieces as they come: lines end
/// with LF, CR or both; comments and unknown fields are passed over.
class FACETRACK_EXPORT EventParser
{
public:
    struct Event
    {
        std::string name = "message";
        std::string data; ///< lines joined by LF
    };
    /// A line or event that is longer makes feed() say no: it is not what an agent sends.
    static constexpr std::size_t longest = 4U << 20;

    explicit EventParser(std::function<void(Event)> event);

    /// False when it is no stream of events that anybody could keep; then do not go on.
    bool feed(std::string_view bytes);
    /// What Last-Event-ID is to say; kept over reset().
    const std::string &lastId() const { return m_lastId; }
    /// The pause that the server asks for before coming back.
    std::optional<std::chrono::milliseconds> retry() const { return m_retry; }
    /// A new connection: what was begun is gone.
    void reset();

private:
    void line(std::string_view text);
    void field(std::string_view name, std::string_view value);
    void dispatch();

    const std::function<void(Event)> m_event;
    std::string m_line, m_name, m_data, m_id, m_lastId;
    std::optional<std::chrono::milliseconds> m_retry;
    bool m_first = true;      // a byte order mark may come
    bool m_afterReturn = false; // an LF that belongs to the CR before it
};

} // namespace facetrack
