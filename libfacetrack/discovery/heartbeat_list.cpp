#include "libfacetrack/discovery/heartbeat_list.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace facetrack {

namespace {

std::string text(const nlohmann::json &value)
{
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// {"cols": […], "rows": [["pi-1", …], …]}; what is not a row as asked for is left out.
std::vector<HeartbeatRow> rowsOf(const QByteArray &body)
{
    std::vector<HeartbeatRow> rows;
    const auto json = nlohmann::json::parse(body.toStdString(), nullptr, false);
    if (!json.is_object() || !json.contains("rows") || !json["rows"].is_array())
        return rows;
    for (const nlohmann::json &row : json["rows"]) {
        if (!row.is_array() || row.size() != 6 || !row[0].is_string())
            continue;
        rows.push_back({text(row[0]), text(row[1]), text(row[2]), text(row[3]), text(row[4]),
                        UtcTime(row[5].is_number_integer() ? row[5].get<std::int64_t>() : 0)});
    }
    return rows;
}

} // namespace

HeartbeatList::HeartbeatList(std::unique_ptr<cratedb::Client> client, std::string schema)
    : m_client(std::move(client)), m_schema(std::move(schema))
{
}

Result<std::unique_ptr<HeartbeatList>> HeartbeatList::make(const net::EndpointSettings &settings,
                                                           std::string schema)
{
    auto client = cratedb::Client::make(settings);
    if (!client)
        return tl::unexpected(client.error());
    return std::unique_ptr<HeartbeatList>(new HeartbeatList(std::move(*client), std::move(schema)));
}

void HeartbeatList::ask(Done done)
{
    const nlohmann::json statement{
        {"stmt", "SELECT \"agent\", \"name\", \"role\", \"version\", \"address\", \"last_heartbeat\" "
                 "FROM \"" + m_schema + "\".\"agents\" LIMIT 1000"}};
    m_client->send(QByteArray::fromStdString(statement.dump()),
                   [done = std::move(done)](cratedb::SqlResult result) {
                       if (result.meaning.verdict != cratedb::Verdict::Done)
                           return done(tl::unexpected(result.meaning.error));
                       done(rowsOf(result.body));
                   });
}

} // namespace facetrack
