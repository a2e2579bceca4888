#include "libfacetrack/analytics/agents_history.h"

#include "libfacetrack/analytics/answer_json.h"
#include "libfacetrack/analytics/later.h"

#include <QDateTime>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace facetrack {

namespace {

using Json = nlohmann::json;
constexpr std::int64_t minuteMs = 60'000;

bool isAsked(const HistoryScope &scope, const std::string &agent)
{
    return scope.agents.empty()
           || std::find(scope.agents.begin(), scope.agents.end(), agent) != scope.agents.end();
}

AgentClient::Query queryOf(const HistoryScope &scope)
{
    return {{"from", std::to_string(scope.span.from * minuteMs)},
            {"to", std::to_string(scope.span.to * minuteMs)},
            {"tz", "UTC"}};
}

void add(Counts &to, const Counts &more, const HistoryScope &scope)
{
    for (const auto &[begin, agents] : more.stretches) {
        for (const auto &[agent, figures] : agents) {
            if (isAsked(scope, agent))
                to.stretches[begin][agent] += figures;
        }
    }
}

void add(HeatMap &to, const HeatMap &more, const HistoryScope &scope)
{
    for (const auto &[agent, cells] : more) {
        if (!isAsked(scope, agent))
            continue;
        auto &sum = to[agent];
        sum.resize(HeatGrid::cells);
        std::transform(cells.begin(), cells.end(), sum.begin(), sum.begin(), std::plus<>());
    }
}

void add(DwellByAgent &to, const DwellByAgent &more, const HistoryScope &scope)
{
    for (const auto &[agent, times] : more) {
        if (isAsked(scope, agent))
            to[agent] += times;
    }
}

void add(std::vector<TuningMark> &to, const std::vector<TuningMark> &more, const HistoryScope &scope)
{
    std::copy_if(more.begin(), more.end(), std::back_inserter(to),
                 [&scope](const TuningMark &mark) { return isAsked(scope, mark.agent); });
    putInOrder(to);
    to.resize(std::min(to.size(), History::mostMarks));
}

void add(std::vector<CheckedCount> &to, const std::vector<CheckedCount> &more, const HistoryScope &)
{
    to.insert(to.end(), more.begin(), more.end());
}

UtcTime timeAt(const Json &json, const char *key)
{
    const auto text = QString::fromStdString(json.at(key).get<std::string>());
    return UtcTime(QDateTime::fromString(text, Qt::ISODateWithMs).toMSecsSinceEpoch());
}

Result<std::vector<CheckedCount>> checkedCountsFrom(const Json &json)
{
    std::vector<CheckedCount> counts;
    try {
        for (const Json &one : json.at("validations"))
            counts.push_back({{}, timeAt(one, "from"), timeAt(one, "to"),
                              one.at("count").get<std::int64_t>(),
                              one.at("visits").get<std::int64_t>(), one.at("recall").get<double>(),
                              one.at("precision").get<double>(), one.at("note").get<std::string>()});
    } catch (const Json::exception &) {
        return fail(ErrorCode::Corrupt, "validation", "the answer is not understood");
    }
    return counts;
}

} // namespace

struct AgentsHistory::Peer
{
    Peer(Agent agent, AgentLimits limits) : id(agent.id), client(std::move(agent.access), limits) {}
    std::string id;
    bool answers = true; ///< as far as is known
    AgentClient client;
};

/// One question that went to all agents.
class AgentsHistory::Asking
{
public:
    template<typename T>
    static void ask(AgentsHistory &history, const char *path, const AgentClient::Query &query,
                    const HistoryScope &scope, Result<T> (*read)(const Json &), T begin,
                    QObject *context, Done<T> done)
    {
        struct Answer
        {
            HistoryScope scope;
            T value;
            std::size_t open = 0, good = 0;
            std::optional<Error> error;
            Done<T> done;
        };
        auto answer = std::make_shared<Answer>(Answer{scope, std::move(begin), history.m_peers.size(),
                                                      0, {}, std::move(done)});
        for (const auto &peer : history.m_peers) {
            Peer *const asked = peer.get();
            QObject *const listener = context ? context : &history.m_later;
            asked->client.get(path, query, listener, [answer, asked, read](AgentResult<Json> came) {
                Result<T> part = came ? read(*came) : Result<T>(tl::unexpected(Error(came.error())));
                asked->answers = part.has_value();
                if (part) {
                    name(*part, asked->id);
                    add(answer->value, *part, answer->scope);
                    ++answer->good;
                } else {
                    answer->error = part.error();
                }
                if (--answer->open > 0)
                    return;
                if (answer->good > 0)
                    answer->done(std::move(answer->value));
                else
                    answer->done(tl::unexpected(*answer->error));
            });
        }
        if (history.m_peers.empty())
            answerLater(&history.m_later, context, answer->done,
                        Result<T>(fail(ErrorCode::NotFound, "agents", "there is none to ask")));
    }

private:
    template<typename T>
    static void name(T &, const std::string &)
    {
    }
    /// Agents do not say whose counts they are.
    static void name(std::vector<CheckedCount> &counts, const std::string &agent)
    {
        for (CheckedCount &count : counts)
            count.agent = agent;
    }
};

AgentsHistory::AgentsHistory(std::vector<Agent> agents, AgentLimits limits)
{
    for (Agent &agent : agents)
        m_peers.push_back(std::make_unique<Peer>(std::move(agent), limits));
}

AgentsHistory::~AgentsHistory() = default;

std::vector<std::string> AgentsHistory::missing() const
{
    std::vector<std::string> names;
    for (const auto &peer : m_peers) {
        if (!peer->answers)
            names.push_back(peer->id.empty() ? peer->client.access().url : peer->id);
    }
    return names;
}

void AgentsHistory::counts(const HistoryScope &scope, Minute step, QObject *context,
                           Done<Counts> done)
{
    AgentClient::Query query = queryOf(scope);
    query["step"] = std::to_string(step);
    Asking::ask<Counts>(*this, "/api/v1/analytics/counts", query, scope, countsFrom,
                        Counts{scope.span, step, {}}, context, std::move(done));
}

void AgentsHistory::heatMap(const HistoryScope &scope, QObject *context, Done<HeatMap> done)
{
    Asking::ask<HeatMap>(*this, "/api/v1/analytics/heat-map", queryOf(scope), scope, heatMapFrom, {},
                         context, std::move(done));
}

void AgentsHistory::dwell(const HistoryScope &scope, const std::string &zone, QObject *context,
                          Done<DwellByAgent> done)
{
    AgentClient::Query query = queryOf(scope);
    query["zone"] = zone;
    Asking::ask<DwellByAgent>(*this, "/api/v1/analytics/dwell", query, scope, dwellFrom, {}, context,
                              std::move(done));
}

void AgentsHistory::marks(const HistoryScope &scope, QObject *context,
                          Done<std::vector<TuningMark>> done)
{
    Asking::ask<std::vector<TuningMark>>(*this, "/api/v1/analytics/marks", queryOf(scope), scope,
                                         marksFrom, {}, context, std::move(done));
}

void AgentsHistory::checkedCounts(const HistoryScope &scope, QObject *context,
                                  Done<std::vector<CheckedCount>> done)
{
    Asking::ask<std::vector<CheckedCount>>(
        *this, "/api/v1/validation", {}, scope, checkedCountsFrom, {}, context,
        [scope, done = std::move(done)](Result<std::vector<CheckedCount>> counts) {
            if (counts)
                std::erase_if(*counts, [&scope](const CheckedCount &one) {
                    return !isAsked(scope, one.agent) || one.from.count() < scope.span.from * minuteMs
                           || one.to.count() > scope.span.to * minuteMs;
                });
            done(std::move(counts));
        });
}

} // namespace facetrack
