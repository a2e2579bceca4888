#pragma once
#include "libfacetrack/base/export.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace facetrack::http {

/// Shared, immutable bytes: one JPEG goes to a hundred viewers without a copy.
using Bytes = std::shared_ptr<const std::string>;

inline Bytes makeBytes(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

/// Who asks, as the server's guard has found out.
enum class Standing {
    Stranger, ///< may have what is for everybody; all, where there is no guard
    Guest,    ///< may look
    Trusted,  ///< may do everything
};

/// A request as handlers see it.
struct FACETRACK_EXPORT Request
{
    std::string method;                        ///< "GET", "PATCH", …
    std::string path;                          ///< percent-decoded, without the query
    std::map<std::string, std::string> query;  ///< percent-decoded; the last of a repeated key
    std::map<std::string, std::string> headers; ///< names in lower case; repeated ones joined by ", "
    std::map<std::string, std::string> captures; ///< what `{name}` in the route's path matched
    std::string body;                          ///< as sent (Content-Encoding is the handler's)
    std::string remoteAddress;                 ///< without the port
    Standing standing = Standing::Stranger;    ///< by the guard
    /// By the guard: go with every answer to this request that does not have its own.
    std::vector<std::pair<std::string, std::string>> answerHeaders{};
    /// By the guard: asked now and then while an answer without end goes on; false cuts it off.
    std::function<bool()> stillGood{};
};

/// A whole answer.
struct FACETRACK_EXPORT Response
{
    int status = 200;
    std::string contentType = "text/plain; charset=utf-8";
    Bytes body; ///< null is empty
    std::vector<std::pair<std::string, std::string>> headers;

    static Response text(int status, std::string body);
    static Response json(int status, std::string body);
    /// `{"error":{"code":…,"message":…,"advice":…}}`, the form of every refusal.
    static Response error(int status, std::string_view code, std::string message,
                          std::string advice = {});
};

/// The server's end of an answer without end: what a broadcaster holds for each viewer.
/// It keeps at most one chunk that is not on the wire yet: a newer one replaces it, so a slow
/// viewer skips and costs no memory. (With StreamResponse::queue it keeps so many in order, and a
/// viewer that falls further behind is cut off.) Letting go of the last pointer is close().
/// Thread-safe.
class FACETRACK_EXPORT LatestChannel
{
public:
    virtual ~LatestChannel();
    /// Hands over the newest chunk (all bytes of one part, shared). False once the viewer is gone.
    virtual bool offer(Bytes head, Bytes body) = 0;
    /// True once the viewer is gone or close() was called; it is never coming back.
    virtual bool closed() const = 0;
    /// Ends the answer after what is on the wire; a chunk still waiting is dropped.
    virtual void close() = 0;
    /// Chunks replaced before they were sent.
    virtual std::uint64_t skipped() const = 0;
};

/// An answer that goes on until one side ends it (MJPEG, server-sent events).
struct FACETRACK_EXPORT StreamResponse
{
    std::string contentType;
    std::vector<std::pair<std::string, std::string>> headers;
    /// Called once, on the server's thread, when the answer's header is on its way. Never for
    /// HEAD, nor when the client has gone meanwhile.
    std::function<void(std::shared_ptr<LatestChannel>)> opened;
    /// Chunks that may wait for a slow client; one more, and it is cut off. 0: the newest only.
    std::size_t queue = 0;
};

/// What a handler answers with, exactly once and from any thread, also when the client or the
/// server has gone meanwhile. Dropping it unanswered sends 500. Thread-safe.
class FACETRACK_EXPORT Reply
{
public:
    virtual ~Reply();
    virtual void send(Response response) = 0;
    virtual void stream(StreamResponse response) = 0;
};

using Handler = std::function<void(const Request &, std::shared_ptr<Reply>)>;

/// Looks at a request before its handler does and says who asks. False: the request goes no
/// further, the guard answers it, now or later.
using Guard = std::function<bool(Request &, const std::shared_ptr<Reply> &)>;

/// Wraps a function that answers at once.
FACETRACK_EXPORT Handler answer(std::function<Response(const Request &)> function);

} // namespace facetrack::http
