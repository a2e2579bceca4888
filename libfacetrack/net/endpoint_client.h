#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/net/endpoint_settings.h"

#include <QByteArray>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack::net {

struct PostRequest
{
    std::string path;        ///< "/_sql"
    QByteArray body;
    QByteArray contentType = "application/json";
    QByteArray contentEncoding; ///< "gzip" when `body` is
};

/// What a server said. `error` is set instead when none of them did.
struct PostAnswer
{
    int status = 0;
    QByteArray body;
    QByteArray contentType;
    std::string endpoint;       ///< which one answered last
    std::optional<Error> error; ///< Unavailable: may pass; Denied: certificate not trusted
};

/// InvalidArgument for what is not http(s)://HOST[:PORT].
FACETRACK_EXPORT Result<void> checkAddress(const std::string &url);

/// Posts to several servers that are as good as each other: to the least busy healthy one, at once
/// to the next when it cannot be reached, goes silent or says 429, 502, 503 or 504; tries each once
/// and answers what the last one said. One that failed is asked `GET /` now and then, and used again
/// when it answers. A repeated request must be harmless: it may have been done already.
/// Thread-bound: made, used and destroyed on one thread with a Qt event loop.
class FACETRACK_EXPORT EndpointClient
{
public:
    using Done = std::function<void(PostAnswer)>;

    /// Reads the secrets. InvalidArgument for URLs, pin or CA file that cannot be; Denied for a
    /// secret that others may read; NotFound where a file is missing.
    static Result<std::unique_ptr<EndpointClient>> make(const EndpointSettings &settings);
    /// Calls back no more.
    ~EndpointClient();

    /// Never calls back before it returns.
    void post(PostRequest request, Done done);
    std::vector<EndpointState> states() const;

private:
    class Impl;
    explicit EndpointClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack::net
