#include "libfacetrack/config/declare.h"
#include "libfacetrack/config/text_forms.h"

namespace facetrack {

namespace {

using Upload = AgentConfig::Upload;

void declareServers(std::vector<Parameter> &list)
{
    auto upload = declare(list, "upload", Applies::Restart, &AgentConfig::upload);
    upload.text("urls", &Upload::urls, "Upload to",
                "CrateDB nodes or relays, with commas between; empty keeps counts here only")
        .longest(4000)
        .list()
        .form("http://, https://, relay+http:// or relay+https:// with HOST:PORT each (without a "
              "port 80 or 443 is taken, CrateDB has 4200); user and password go into upload.user "
              "and upload.password_file",
              isUploadList);
    upload.text("user", &Upload::user, "User", "Of the database; empty sends no password").longest(80);
    upload.text("password_file", &Upload::passwordFile, "Password file",
                "File only its owner may read (mode 0600), with the password on its first line")
        .longest(4000);
    upload.text("token_file", &Upload::tokenFile, "Token file",
                "The same with a bearer token, instead of user and password")
        .longest(4000);
    upload.text("ca_file", &Upload::caFile, "CA file",
                "Certificates (PEM) that may vouch for the servers; empty takes the system's")
        .longest(4000);
    upload.text("certificate_sha256", &Upload::certificateSha256, "Pinned certificate",
                "SHA-256 of the one certificate that is accepted, whoever signed it; empty for any")
        .longest(95)
        .form("empty, or 64 hex digits, colons between allowed", isFingerprint);
}

void declarePace(std::vector<Parameter> &list)
{
    auto upload = declare(list, "upload", Applies::Restart, &AgentConfig::upload);
    upload.integer("batch_rows", &Upload::batchRows, "Most rows in a request",
                   "They are smaller where more is no quicker, and some two thousand at the most")
        .range(1, 10000).step(100);
    upload.number("interval_seconds", &Upload::intervalSeconds, "Send every",
                  "How long new counts wait for others to go with them")
        .range(0.05, 3600).step(1).unit("s");
    upload.integer("requests", &Upload::requests, "Requests at once",
                   "How many are under way to catch up; one of them is kept for new counts")
        .range(1, 8).step(1);
    upload.number("longest_pause_seconds", &Upload::longestPauseSeconds, "Longest pause",
                  "Between attempts while no server can be reached; they begin at 0.5 s")
        .range(0.5, 3600).step(1).unit("s");
    upload.number("heartbeat_seconds", &Upload::heartbeatSeconds, "Heartbeat every",
                  "How often this agent says where it is and how it is doing")
        .range(1, 3600).step(1).unit("s")
        .zero("never");
}

void declareDatabase(std::vector<Parameter> &list)
{
    using Database = AgentConfig::Database;
    auto database = declare(list, "database", Applies::Restart, &AgentConfig::database);
    database.text("schema", &Database::schema, "Schema", "Of the tables in CrateDB")
        .longest(60)
        .form("a-z, 0-9 and _, a letter first", isSchemaName);
    database.integer("shards", &Database::shards, "Shards",
                     "Of each day's partition, when tables are made; about one for each node")
        .range(1, 64).step(1);
    database.text("replicas", &Database::replicas, "Replicas",
                  "Further copies of each shard, when tables are made: 1, or a range such as 0-1")
        .longest(7)
        .form("a number, or two with - between, or 0-all", isReplicas);
}

} // namespace

void declareUpload(std::vector<Parameter> &list)
{
    declareServers(list);
    declarePace(list);
    declareDatabase(list);
}

} // namespace facetrack
