// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/faults.h"

#include <map>
#include <stdexcept>

namespace fake {

namespace {

CannedAnswer jsonError(int status, int code, const std::string &message)
{
    const nlohmann::json body = {{"error", {{"message", message}, {"code", code}}}};
    return {status, false, body.dump(), false};
}

} // namespace

CannedAnswer cannedAnswer(const std::string &name)
{
    static const std::map<std::string, CannedAnswer> Answers = {
        {"no_master", jsonError(503, 5031, "MasterNotDiscoveredException[null]")},
        {"503", jsonError(503, 5031, "MasterNotDiscoveredException[null]")},
        {"5002", jsonError(500, 5002,
            "UnavailableShardsException[[table] shard 2 is not available]")},
        {"500", jsonError(500, 5000, "NullPointerException[null]")},
        {"401_plain", {401, true, "password authentication failed for user \"agent1\"\n", true}},
        {"401_json", jsonError(401, 4011,
            "MissingPrivilegeException[Missing 'DML' privilege for user 'agent1']")},
        {"4041", jsonError(404, 4041, "RelationUnknown[Relation 'facetrack.observations' unknown]")},
        {"4043", jsonError(404, 4043, "ColumnUnknownException[Column nope unknown]")},
        {"4045", jsonError(404, 4045, "SchemaUnknownException[Schema 'facetrack' unknown]")},
        {"4000", jsonError(400, 4000,
            "SQLParseException[Cannot cast value `wide` to type `integer`]")},
        {"400", jsonError(400, 4000,
            "SQLParseException[Cannot cast value `wide` to type `integer`]")},
        {"4007", jsonError(400, 4007, "OperationOnInaccessibleRelationException[The relation "
            "\"facetrack.observations\" doesn't support or allow INSERT operations]")},
        {"413", {413, true, "", false}},
        {"429", {429, true, "Too many requests", false}},
        {"502", {502, true, "Bad Gateway", false}},
    };
    const auto found = Answers.find(name);
    if (found == Answers.end())
        throw std::runtime_error("unknown error: " + name);
    return found->second;
}

std::string rowMessage(int code)
{
    switch (code) {
    case 5002:
        return "UnavailableShardsException[[table][2] primary shard is not active Timeout: [1m], "
               "request: [ShardRequest{, shardId=[table/stand-in][2], timeout=1m}]]";
    case 5031:
        return "ClusterBlockException[blocked by: [MASTER_NOT_DISCOVERED/2/no master];]";
    case 4035:
        return "ClusterBlockException[blocked by: [RELATION_READ_AND_DDL_ONLY/8/index write (api)];]";
    case 4037:
        return "ClusterBlockException[blocked by: [RELATION_READ_DELETE_ONLY/12/index read-only / "
               "allow delete (api)];]";
    case 4091:
        return "DuplicateKeyException[A document with the same primary key exists already]";
    case 0:
        return {};
    default:
        return "SQLParseException[refused by a fault of the test]";
    }
}

} // namespace fake
