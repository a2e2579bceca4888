#include "libfacetrack/client/event_parser.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace facetrack {

EventParser::EventParser(std::function<void(Event)> event) : m_event(std::move(event)) {}

void EventParser::reset()
{
    m_line.clear();
    m_name.clear();
    m_data.clear();
    m_id = m_lastId;
    m_first = true;
    m_afterReturn = false;
}

bool EventParser::feed(std::string_view bytes)
{
    while (!bytes.empty()) {
        if (std::exchange(m_afterReturn, false) && bytes.front() == '\n') {
            bytes.remove_prefix(1);
            continue;
        }
        const std::size_t end = bytes.find_first_of("\r\n");
        const std::string_view piece = bytes.substr(0, end);
        if (m_line.size() + piece.size() + m_data.size() > longest)
            return false;
        m_line += piece;
        if (end == bytes.npos)
            return true;
        m_afterReturn = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        line(std::exchange(m_line, {}));
    }
    return true;
}

void EventParser::line(std::string_view text)
{
    if (std::exchange(m_first, false) && text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (text.empty())
        return dispatch();
    const std::size_t colon = text.find(':');
    if (colon == 0)
        return; // a comment
    std::string_view value = colon == text.npos ? std::string_view() : text.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    field(text.substr(0, colon), value);
}

void EventParser::field(std::string_view name, std::string_view value)
{
    if (name == "data") {
        m_data.append(value).append("\n");
    } else if (name == "event") {
        m_name = value;
    } else if (name == "id") {
        if (value.find('\0') == value.npos)
            m_id = value;
    } else if (name == "retry") {
        int milliseconds = 0;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), milliseconds);
        if (read.ec == std::errc() && read.ptr == value.data() + value.size() && milliseconds >= 0)
            m_retry = std::chrono::milliseconds(std::min(milliseconds, 60'000));
    }
}

void EventParser::dispatch()
{
    m_lastId = m_id;
    std::string name = std::exchange(m_name, {});
    std::string data = std::exchange(m_data, {});
    if (data.empty())
        return;
    data.pop_back();
    m_event({name.empty() ? "message" : std::move(name), std::move(data)});
}

} // namespace facetrack
