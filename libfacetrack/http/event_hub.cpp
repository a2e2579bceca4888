// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/event_hub.h"

#include <charconv>

namespace facetrack::http {

namespace {

std::string encoded(const EventHub::Event &event, const std::string &id)
{
    std::string text;
    text.reserve(event.name.size() + event.data.size() + id.size() + 32);
    if (!id.empty())
        text.append("id: ").append(id).append("\n");
    text.append("event: ").append(event.name).append("\ndata: ").append(event.data);
    return text.append("\n\n");
}

} // namespace

EventHub::EventHub(std::string epoch, Options options)
    : m_epoch(std::move(epoch)), m_options(options)
{
}

EventHub::EventHub(std::string epoch) : EventHub(std::move(epoch), Options{}) {}

void EventHub::publish(const Event &event)
{
    const std::lock_guard lock(m_mutex);
    ++m_number;
    const Bytes bytes = makeBytes(encoded(event, m_epoch + "-" + std::to_string(m_number)));
    m_history.push_back({m_number, bytes});
    if (m_history.size() > m_options.history)
        m_history.pop_front();
    sendToAll(bytes);
}

void EventHub::tell(const Event &event)
{
    const std::lock_guard lock(m_mutex);
    if (!m_listeners.empty())
        sendToAll(makeBytes(encoded(event, {})));
}

void EventHub::heartbeat()
{
    static const Bytes comment = makeBytes(": still here\n\n");
    const std::lock_guard lock(m_mutex);
    sendToAll(comment);
}

void EventHub::sendToAll(const Bytes &bytes)
{
    std::erase_if(m_listeners,
                  [&](const auto &listener) { return !listener->offer(bytes, nullptr); });
}

std::size_t EventHub::listeners() const
{
    const std::lock_guard lock(m_mutex);
    return m_listeners.size();
}

Handler EventHub::handler(First first)
{
    return [this, first = std::move(first)](const Request &request,
                                            const std::shared_ptr<Reply> &reply) {
        listen(request, reply, first);
    };
}

std::uint64_t EventHub::resumeAt(const Request &request) const
{
    const auto header = request.headers.find("last-event-id");
    if (header == request.headers.end() || !header->second.starts_with(m_epoch + "-"))
        return 0;
    const std::string &text = header->second;
    std::uint64_t number = 0;
    const char *const begin = text.data() + m_epoch.size() + 1;
    const auto read = std::from_chars(begin, text.data() + text.size(), number);
    const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    if (!whole || number > m_number)
        return 0;
    // The one after it must still be there, if there is one.
    const std::uint64_t oldest = m_history.empty() ? m_number + 1 : m_history.front().number;
    return number + 1 >= oldest ? number : 0;
}

void EventHub::listen(const Request &request, const std::shared_ptr<Reply> &reply,
                      const First &first)
{
    std::uint64_t after = 0;
    bool known = false;
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_listeners, [](const auto &listener) { return listener->closed(); });
        if (m_listeners.size() >= m_options.listeners)
            return reply->send(Response::error(503, "unavailable", "too many listen already",
                                               "close a page or a console, then try again"));
        after = resumeAt(request);
        known = after > 0;
        if (!known)
            after = m_number;
    }
    // Asked without the lock: it may lead to places that publish. What happens meanwhile comes
    // after it, from the history.
    std::string text = "retry: 1000\n\n";
    if (!known) {
        const std::string id = m_epoch + "-" + std::to_string(after);
        for (const Event &event : first())
            text += encoded(event, id);
    }
    StreamResponse response;
    response.contentType = "text/event-stream";
    response.queue = m_options.queue;
    response.opened = [this, after, text = std::move(text)](std::shared_ptr<LatestChannel> channel) {
        join(after, text, std::move(channel));
    };
    reply->stream(std::move(response));
}

void EventHub::join(std::uint64_t after, std::string text, std::shared_ptr<LatestChannel> channel)
{
    const std::lock_guard lock(m_mutex);
    for (const Kept &kept : m_history) {
        if (kept.number > after)
            text += *kept.bytes;
    }
    if (channel->offer(makeBytes(std::move(text)), nullptr))
        m_listeners.push_back(std::move(channel));
}

} // namespace facetrack::http
