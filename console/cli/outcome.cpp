#include "console/cli/outcome.h"

#include "libfacetrack/base/json_text.h"

#include <QString>
#include <algorithm>
#include <cstdio>

namespace facetrack::cli {

namespace {

int statusOf(const Outcome &outcome)
{
    if (!outcome.failure)
        return outcome.partly ? ExitRefused : 0;
    switch (outcome.failure->trouble) {
    case AgentTrouble::Fingerprint:
        return ExitDistrusted;
    case AgentTrouble::Unreachable:
    case AgentTrouble::Scheme:
    case AgentTrouble::Broken:
        return ExitUnreachable;
    default:
        return ExitRefused;
    }
}

int widthOf(const std::string &text)
{
    return static_cast<int>(QString::fromStdString(text).size());
}

void printTable(const std::vector<Outcome> &outcomes, const std::vector<std::string> &header)
{
    std::vector<std::vector<std::string>> rows{header};
    for (const Outcome &outcome : outcomes) {
        if (!outcome.row.empty())
            rows.push_back(outcome.row);
    }
    if (rows.size() == 1)
        return;
    std::vector<int> widths(header.size());
    for (const auto &row : rows) {
        for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i)
            widths[i] = std::max(widths[i], widthOf(row[i]));
    }
    for (const auto &row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            line.append(static_cast<std::size_t>(widths[i] - widthOf(row[i])) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        std::puts(line.c_str());
    }
}

void printFailure(const Outcome &outcome)
{
    AgentFailure failure = *outcome.failure;
    if (failure.where.find(outcome.agent) != std::string::npos)
        failure.where.clear(); // the address stands before it already
    for (const std::string &line : errorLines(failure))
        std::fprintf(stderr, "%s: %s\n", outcome.agent.c_str(), line.c_str());
}

Json toJson(const Outcome &outcome)
{
    Json json{{"agent", outcome.agent},
              {"id", outcome.id},
              {"address", outcome.address},
              {"ok", !outcome.failure && !outcome.partly}};
    if (outcome.failure)
        json["error"] = errorJson(*outcome.failure);
    else
        json["result"] = outcome.result;
    return json;
}

} // namespace

int refuse(const Error &error, int status)
{
    std::fprintf(stderr, "facetrack: %s\n", describe(error).c_str());
    return status;
}

Json errorJson(const AgentFailure &failure)
{
    Json json{{"kind", troubleName(failure.trouble)},
              {"code", errorCodeName(failure.code)},
              {"message", failure.message},
              {"advice", failure.advice}};
    if (failure.status > 0)
        json["status"] = failure.status;
    if (!failure.problems.empty()) {
        json["problems"] = Json::array();
        for (const Problem &problem : failure.problems)
            json["problems"].push_back({{"key", problem.key},
                                        {"message", problem.message},
                                        {"limits", problem.limits}});
    }
    if (!failure.fingerprint.empty())
        json["fingerprint"] = failure.fingerprint;
    return json;
}

std::vector<std::string> errorLines(const AgentFailure &failure)
{
    std::vector<std::string> lines;
    for (const Problem &problem : failure.problems)
        lines.push_back("refused: " + describe(problem));
    if (!lines.empty())
        return lines;
    if (failure.trouble != AgentTrouble::Fingerprint)
        return {describe(failure)};
    // Without a fingerprint it is about something else that a machine shows, such as its key of SSH.
    const char *shout = failure.fingerprint.empty() ? "!!! IT IS NOT THE ONE THAT IS KNOWN !!!"
                                                    : "!!! THE CERTIFICATE IS NOT THE ONE THAT IS KNOWN !!!";
    return {shout, (failure.where.empty() ? "" : failure.where + ": ") + failure.message, failure.advice};
}

int statusOf(const std::vector<Outcome> &outcomes)
{
    int worst = 0;
    for (const Outcome &outcome : outcomes)
        worst = std::max(worst, statusOf(outcome));
    return worst;
}

int print(const std::string &command, const CommonOptions &common,
          const std::vector<Outcome> &outcomes, const std::vector<std::string> &header)
{
    if (common.json) {
        Json json{{"command", command}, {"agents", Json::array()}};
        for (const Outcome &outcome : outcomes)
            json["agents"].push_back(toJson(outcome));
        std::puts(jsonText(json).c_str());
        return statusOf(outcomes);
    }
    if (!header.empty())
        printTable(outcomes, header);
    std::fflush(stdout);
    for (const Outcome &outcome : outcomes) {
        if (outcome.failure)
            printFailure(outcome);
        for (const std::string &line : outcome.lines)
            std::printf("%s%s\n", outcomes.size() > 1 ? (outcome.agent + ": ").c_str() : "",
                        line.c_str());
        std::fflush(stdout);
    }
    return statusOf(outcomes);
}

} // namespace facetrack::cli
