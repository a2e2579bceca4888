// What the answers of a real CrateDB 6.4.3 mean, as they were recorded.
#include "libfacetrack/cratedb/meaning.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace facetrack::cratedb {

namespace {

constexpr int any = -1;
constexpr int none = 0; ///< plain text, or JSON without a code
constexpr std::size_t longestWords = 300;

struct Line
{
    int status;
    int code;
    Verdict verdict;
    ErrorCode kind;
    const char *words;
    const char *advice;
};

constexpr const char *applySchema = "facetrack-agentd database --apply makes what is missing; "
                                    "an unknown schema may also be a user without privileges on it";
constexpr const char *checkUser = "check upload.user and its password or token file";
constexpr const char *tellUs = "this is a fault of facetrack: please report it";

// The first line that fits counts.
constexpr std::array table{
    Line{200, any, Verdict::Done, {}, "", ""},
    Line{400, 4007, Verdict::Blocked, ErrorCode::Unavailable, "the table is blocked or closed",
         "open it, or take its write block away"},
    // Also what the server could not parse at all; told apart below.
    Line{400, 4000, Verdict::Divide, ErrorCode::InvalidArgument, "a value was refused", ""},
    Line{401, 4011, Verdict::Permanent, ErrorCode::Denied, "the user lacks a privilege",
         ""}, // see grantAdvice()
    Line{401, any, Verdict::Permanent, ErrorCode::Denied, "the credentials were refused", checkUser},
    Line{403, any, Verdict::Permanent, ErrorCode::Denied, "access was refused", checkUser},
    Line{404, 4041, Verdict::Permanent, ErrorCode::NotFound, "a table is missing", applySchema},
    Line{404, 4043, Verdict::Permanent, ErrorCode::NotFound, "a column is missing", applySchema},
    Line{404, 4045, Verdict::Permanent, ErrorCode::NotFound, "the schema is missing", applySchema},
    Line{404, any, Verdict::Permanent, ErrorCode::NotFound, "there is no CrateDB at this address",
         "check upload.urls"},
    Line{408, any, Verdict::Passing, ErrorCode::Unavailable, "the request took too long", ""},
    Line{409, any, Verdict::Passing, ErrorCode::Unavailable, "another change came in between", ""},
    Line{413, any, Verdict::TooLarge, ErrorCode::Full, "the request was too large", ""},
    Line{429, any, Verdict::Passing, ErrorCode::Unavailable, "the database is busy", ""},
    // A bulk that is none, or an empty statement.
    Line{500, 5000, Verdict::Permanent, ErrorCode::Internal, "the request was not understood",
         tellUs},
    // Credentials that are no base64 or no token are answered so.
    Line{500, none, Verdict::Permanent, ErrorCode::Denied, "the request was refused", checkUser},
    Line{500, any, Verdict::Passing, ErrorCode::Unavailable, "the database is in trouble", ""},
    Line{502, any, Verdict::Passing, ErrorCode::Unavailable, "the database is away", ""},
    Line{503, any, Verdict::Passing, ErrorCode::Unavailable, "the database has no master now", ""},
    Line{504, any, Verdict::Passing, ErrorCode::Unavailable, "the database is away", ""},
    Line{any, any, Verdict::Permanent, ErrorCode::Internal, "the answer was not understood",
         "check upload.urls"},
};

/// Statements that are refused whatever the rows are: dividing would refuse every row alone.
/// The first of them repeats the whole request.
constexpr std::array<std::string_view, 6> ourFault{
    "SQLParseException[Can't parse [", "SQLParseException[Missing request body",
    "ParsingException[", "SQLParseException[Number of conflict targets",
    "SQLParseException[The query contains a parameter placeholder",
    "SQLParseException[request body contains",
};

/// What is between the quotes after `before`; empty when there is none.
std::string quotedAfter(const std::string &text, std::string_view before)
{
    const auto found = text.find(before);
    if (found == text.npos)
        return {};
    const auto begin = found + before.size();
    const auto end = text.find('\'', begin);
    return end == text.npos ? std::string() : text.substr(begin, end - begin);
}

/// CrateDB names the privilege and the user, but not the schema: that is in the settings.
std::string grantAdvice(const std::string &message)
{
    const std::string privilege = quotedAfter(message, "Missing '");
    const std::string user = quotedAfter(message, "for user '");
    const std::string who = user.empty() ? "that user" : "\"" + user + "\"";
    if (privilege == "AL")
        return "GRANT AL TO " + who;
    return "GRANT " + (privilege.empty() ? "DML" : privilege) + " ON SCHEMA … TO " + who
           + ", with the schema that database.schema names (facetrack unless it was set)";
}

bool isOurFault(const Answer &answer)
{
    return std::any_of(ourFault.begin(), ourFault.end(), [&](std::string_view words) {
        return answer.message.starts_with(words);
    });
}

std::string words(const Line &line, const Answer &answer)
{
    if (answer.message.empty() || answer.message.starts_with(ourFault.front()))
        return line.words;
    return line.words + (": " + answer.message.substr(0, longestWords));
}

} // namespace

Meaning meaningOf(int status, const Answer &answer)
{
    const auto line = std::find_if(table.begin(), table.end(), [&](const Line &candidate) {
        return (candidate.status == any || candidate.status == status)
               && (candidate.code == any || candidate.code == answer.code);
    });
    if (line->verdict == Verdict::Done && !answer.isJson)
        return {Verdict::Permanent, {ErrorCode::Internal, {}, "this is no CrateDB: its answer is no "
                                     "JSON", "check upload.urls"}};
    if (line->verdict == Verdict::Divide && isOurFault(answer))
        return {Verdict::Permanent, {ErrorCode::Internal, {}, words(*line, answer), tellUs}};
    const bool privilege = line->kind == ErrorCode::Denied && answer.code == 4011;
    return {line->verdict, {line->kind, {}, words(*line, answer),
                            privilege ? grantAdvice(answer.message) : line->advice}};
}

RowVerdict meaningOf(const RowAnswer &row)
{
    if (row.rowcount >= 0)
        return RowVerdict::Delivered; // 0: it was there already
    switch (row.code) {
    case 4000:
        return RowVerdict::Refused;
    case 4007: // closed or blocked
    case 4035: // read-only
    case 4037: // the disk is full
        return RowVerdict::Blocked;
    case 0:    // in doubt: a node went away in the middle
    case 4091: // the same, although DO NOTHING was asked for
    case 5002: // primary missing, too few copies
    case 5031: // no master
        return RowVerdict::Retry;
    default:   // not known: keep it, without haste
        return RowVerdict::Blocked;
    }
}

} // namespace facetrack::cratedb
