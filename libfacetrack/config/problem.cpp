#include "libfacetrack/config/problem.h"

#include <utility>

namespace facetrack {

Problem problemOf(const Error &error, std::string at)
{
    return {error.code, std::move(at), error.where, error.message, error.advice};
}

std::string describe(const Problem &problem)
{
    std::string line;
    for (const std::string &part : {problem.at, problem.key}) {
        if (!part.empty())
            line += part + ": ";
    }
    line += problem.message;
    if (!problem.limits.empty())
        line += " (" + problem.limits + ")";
    return line;
}

std::string describe(const std::vector<Problem> &problems)
{
    std::string lines;
    for (const Problem &problem : problems)
        lines += (lines.empty() ? "" : "\n") + describe(problem);
    return lines;
}

Error asError(const std::vector<Problem> &problems)
{
    const ErrorCode code = problems.empty() ? ErrorCode::Internal : problems.front().code;
    return {code, {}, describe(problems), {}};
}

bool addProblem(std::vector<Problem> &problems, Problem problem)
{
    if (problems.size() < mostProblems)
        problems.push_back(std::move(problem));
    else if (problems.size() == mostProblems)
        problems.push_back({problem.code, problem.at, {}, "more is wrong; not listed", {}});
    return problems.size() <= mostProblems;
}

} // namespace facetrack
