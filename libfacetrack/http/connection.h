// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/request_parser.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/http/stream_source.h"
#include "libfacetrack/http/transport.h"

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace facetrack::http {

class Door;
class Router;
class TlsContext;

/// What connections share; outlives them.
struct ConnectionContext
{
    const Router &router;
    const ServerLimits &limits;
    const std::shared_ptr<Door> door;
    std::atomic<std::uint64_t> &requests;
    const Guard &guard; ///< may be empty
    const std::shared_ptr<const TlsContext> &tls; ///< null: plain HTTP
};

/// One client: requests are read and answered one after the other, or one is answered with a
/// stream. Lives on the server's thread; held by the server and by its own operations, others
/// hold it weakly. Thread-bound.
class Connection : public std::enable_shared_from_this<Connection>
{
public:
    using Time = std::chrono::steady_clock::time_point;

    using Ended = std::function<void(const std::shared_ptr<Connection> &)>;

    /// `ended` is called once, when the socket is closed.
    Connection(ConnectionContext context, boost::asio::ip::tcp::socket socket, Ended ended);
    ~Connection();

    void start();
    /// Instead of start(): sends `response` without reading a request, and closes.
    void turnAway(Response response);
    /// Closes what has taken too long; called again and again.
    void expire(Time now);
    /// Closes now, or after the answer that is under way.
    void stop();

    // What a Reply comes down to; ignored when no request waits for an answer.
    void answer(const Response &response);
    void stream(const StreamResponse &response);

private:
    enum class State {
        Greeting,  ///< TLS is agreed upon
        Reading,   ///< waits for a request, or for the rest of one
        Handling,  ///< waits for the handler's answer
        Writing,   ///< the answer
        Streaming, ///< until one side ends it
        Draining,  ///< all is written; what the client still sends is thrown away
        Closed,
    };
    enum class AtEnd { Deliver, Discard }; ///< what the client has not taken yet
    struct OnWire ///< kept while the kernel takes it
    {
        Bytes head;
        Bytes body;
        std::size_t taken = 0; ///< of the body
    };

    void greeted(Transport::Greeting greeting);
    void read();
    void onRead(const boost::system::error_code &failure, std::size_t bytes);
    void advance();
    void handle();
    bool admit(Request &request, const std::shared_ptr<Reply> &reply);
    void dispatch(const Handler &handler, const Request &request, std::shared_ptr<Reply> reply);
    static Response tlsWanted(const Request &request);
    static Response notRouted(const Request &request, const std::string &allow);
    void write(OnWire bytes, void (Connection::*next)());
    void writePiece(void (Connection::*next)());
    void writeAnswer(const Response &response);
    void afterAnswer();
    void open(const StreamResponse &response, std::shared_ptr<LatestChannel> channel);
    void pump();
    void drain();
    void end(AtEnd rest);
    void refuse(const Response &response);
    void limitTime(std::chrono::milliseconds limit);

    const ConnectionContext m_context;
    const std::shared_ptr<Transport> m_transport;
    const Ended m_ended;
    RequestParser m_parser;
    State m_state = State::Greeting;
    Time m_deadline = Time::max();
    OnWire m_onWire;
    std::shared_ptr<StreamSource> m_source;
    std::string m_remoteAddress;
    std::optional<Response> m_refusal; ///< sent without reading a request
    // What the guard wants of the answer.
    std::vector<std::pair<std::string, std::string>> m_answerHeaders;
    std::function<bool()> m_stillGood;
    bool m_plain = false; ///< the client does not speak TLS, which is spoken here
    bool m_requestTimed = false; ///< m_deadline counts from a request's first byte
    bool m_reading = false;
    bool m_writing = false;
    bool m_stopping = false;
    bool m_keepAlive = true;
    bool m_head = false; ///< the request is HEAD
    std::size_t m_discarded = 0;
    std::array<char, 8192> m_buffer;
};

} // namespace facetrack::http
