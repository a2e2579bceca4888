#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/http/message.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace facetrack::http {

class TlsContext;

/// Everything a stranger could make too large or too long has a limit here.
struct ServerLimits
{
    std::size_t headerBytes = 16 * 1024;
    std::size_t bodyBytes = 1024 * 1024;
    std::size_t connections = 256; ///< above it a connection is answered 503 and closed
    // Time limits are checked now and then: allow an eighth of the shortest, at most 250 ms, more.
    std::chrono::milliseconds headerTimeout{10'000}; ///< first byte of a request to its last
    std::chrono::milliseconds handshakeTimeout{10'000}; ///< of TLS, from the connection on
    std::chrono::milliseconds idleTimeout{30'000};   ///< between requests on one connection
    /// One answer or one part of a stream; of larger ones, each 256 kB. A client that takes less
    /// in that time is closed, so a very slow viewer must take whole parts in time.
    std::chrono::milliseconds writeTimeout{10'000};
};

/// HTTP/1.1 server on one thread of its own. Routes are added before start(); handlers run on the
/// server's thread and must not wait (answer later through the Reply instead); one that throws is
/// answered 500. start(), stop() and route() belong to one thread, the counts to any.
class FACETRACK_EXPORT Server
{
public:
    explicit Server(ServerLimits limits);
    ~Server(); ///< stop()

    /// Path segments in braces are captured: "/api/v1/presets/{name}". HEAD is answered wherever
    /// GET is; an unknown path is 404, a known path with another method 405 with Allow. A literal
    /// segment wins over a captured one. Segments are split before they are decoded, so a capture
    /// may hold a slash ("%2F"); it is never empty, "." or "..".
    void route(std::string method, std::string path, Handler handler);

    /// Asked about every request before its handler, unknown paths included: the one place for
    /// who may do what. It sees no captures yet and runs on the server's thread. One for all.
    void guard(Guard guard);

    /// Speaks TLS from start() on; somebody who comes in plain HTTP is told so. Null: plain HTTP.
    void secure(std::shared_ptr<const TlsContext> tls);

    /// `listen` is ADDRESS:PORT or [IPv6]:PORT, the address numeric or localhost (127.0.0.1);
    /// "[::]:PORT" takes IPv4 as well, port 0 lets the system choose. Unavailable when the port is
    /// in use, Denied without the right to it, InvalidArgument for a malformed address. All come
    /// with advice. After stop() it can be started again.
    Result<void> start(const std::string &listen);
    /// Ends streams at once and other answers after a short moment, and joins the thread; within
    /// a second. Not from a handler.
    void stop();

    /// "GET /api/v1/presets/{name}" for each route, to hold a description of them against.
    std::vector<std::string> routes() const;

    std::uint16_t port() const;   ///< the real one, after start()
    std::string url() const;      ///< "https://127.0.0.1:7420/"
    std::string boundUrl() const; ///< "https://0.0.0.0:7420/", where it listens indeed
    bool isOnLoopback() const;    ///< no other machine reaches it
    std::string address() const;  ///< "127.0.0.1:7420", as a browser can open it
    std::size_t connections() const;
    std::uint64_t requests() const; ///< since start

    /// How often the server's thread has answered this question; each call asks it anew. A count
    /// that stands still is a thread that is stuck. From any thread, between start() and stop().
    std::uint64_t pulse();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack::http
