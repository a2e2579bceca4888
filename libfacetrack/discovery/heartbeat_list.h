#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/cratedb/client.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// A row of the table of agents in CrateDB.
struct HeartbeatRow
{
    std::string id, name, role, version, address;
    UtcTime at{0};
};

/// Asks CrateDB which agents it knows. Thread-bound; calls back later.
class HeartbeatList
{
public:
    using Done = std::function<void(Result<std::vector<HeartbeatRow>>)>;

    static Result<std::unique_ptr<HeartbeatList>> make(const net::EndpointSettings &settings,
                                                       std::string schema);
    void ask(Done done);

private:
    HeartbeatList(std::unique_ptr<cratedb::Client> client, std::string schema);

    std::unique_ptr<cratedb::Client> m_client;
    const std::string m_schema;
};

} // namespace facetrack
