#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/cratedb/answer.h"
#include "libfacetrack/cratedb/meaning.h"
#include "libfacetrack/net/endpoint_client.h"

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace facetrack::cratedb {

/// An answer, and what it means.
struct SqlResult
{
    Meaning meaning;
    std::vector<RowAnswer> rows; ///< of a bulk request, when Done
    QByteArray body;             ///< as it came, when Done
};

/// Asks a CrateDB cluster over HTTP, on whichever node answers. Thread-bound, like EndpointClient.
class FACETRACK_EXPORT Client
{
public:
    using Done = std::function<void(SqlResult)>;

    static Result<std::unique_ptr<Client>> make(const net::EndpointSettings &settings);
    ~Client();

    /// `body` as `_sql` takes it. Calls back once, later.
    void send(QByteArray body, Done done);
    /// Sends one statement and waits for its answer (with a cols/rows/rowcount object). For
    /// commands: runs the event loop meanwhile.
    Result<nlohmann::json> ask(const std::string &statement, const nlohmann::json &args);
    Result<nlohmann::json> ask(const std::string &statement);
    std::vector<net::EndpointState> endpoints() const { return m_endpoints->states(); }

private:
    explicit Client(std::unique_ptr<net::EndpointClient> endpoints);
    std::unique_ptr<net::EndpointClient> m_endpoints;
};

} // namespace facetrack::cratedb
