#include "libfacetrack/relay/intake.h"

#include "libfacetrack/base/gzip.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/relay/legacy_data.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace facetrack {

namespace {

using http::Response;

/// More agents than this are kept, but not told apart in the status.
constexpr std::size_t mostAgents = 10'000;

/// Agents look at "/" before they try a relay again: it must not stay closed for ever.
constexpr std::chrono::seconds troubleLasts{15};

Response answerFor(const WireBatch &batch)
{
    using Json = nlohmann::ordered_json;
    Json refused = Json::array();
    for (const WireRefusal &refusal : batch.refused)
        refused.push_back({{"line", refusal.line}, {"error", describe(refusal.error)}});
    const Json body{{"rows", batch.rows()}, {"kept", batch.records.size()}, {"refused", refused}};
    return Response::json(200, jsonText(body) + "\n");
}

/// All rows of one agent mostly come together: the token is held against each all the same.
Result<void> checkSender(const WireBatch &batch, const Caller &caller)
{
    for (const Record &record : batch.records) {
        if (!caller.speaksFor(record.agent))
            return fail(ErrorCode::Denied, "token",
                        "it is \"" + caller.agent + "\"'s, but there are rows of \"" + record.agent
                            + "\"",
                        "each agent needs a token of its own; another relay needs the role relay");
    }
    return {};
}

std::map<std::string, std::uint64_t> rowsByAgent(const std::vector<Record> &records)
{
    std::map<std::string, std::uint64_t> rows;
    auto last = rows.end(); // nearly every record is of the same agent as the one before
    for (const Record &record : records) {
        if (last == rows.end() || last->first != record.agent)
            last = rows.try_emplace(record.agent, 0).first;
        ++last->second;
    }
    return rows;
}

} // namespace

Intake::Intake(Journal &journal, RefusalLog &refusals, IntakeLimits limits, const Clock &clock)
    : m_journal(journal), m_refusals(refusals), m_limits(limits), m_clock(clock)
{
    for (std::size_t i = 0; i < limits.threads; ++i)
        m_threads.emplace_back([this](const std::stop_token &stop) { run(stop); });
}

Intake::~Intake()
{
    for (std::jthread &thread : m_threads)
        thread.request_stop();
    m_threads.clear();
    for (const Posted &posted : m_waiting)
        posted.reply->send(turnAway({ErrorCode::Unavailable, {}, "the relay is stopping", {}}));
}

void Intake::take(Posted posted)
{
    {
        const std::lock_guard lock(m_mutex);
        m_state.bytes += posted.body.size();
        if (m_waitingBytes + posted.body.size() <= m_limits.waitingBytes) {
            m_waitingBytes += posted.body.size();
            m_waiting.push_back(std::move(posted));
            m_wake.notify_one();
            return;
        }
    }
    posted.reply->send(turnAway({ErrorCode::Full, {}, "too many requests wait for the disk", {}}));
}

IntakeState Intake::state() const
{
    const std::lock_guard lock(m_mutex);
    IntakeState state = m_state;
    if (m_clock.monotonic() - m_troubled > troubleLasts)
        state.trouble.clear();
    return state;
}

void Intake::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        Posted posted;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); }))
                return;
            posted = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_waitingBytes -= posted.body.size();
        }
        posted.reply->send(handle(posted));
    }
}

Response Intake::handle(const Posted &posted)
{
    auto batch = read(posted);
    if (!batch)
        return refuse(batch.error());
    if (const auto sender = checkSender(*batch, posted.caller); !sender) {
        m_refusals.tell(posted.address, describe(sender.error()));
        return refuse(sender.error());
    }
    return keep(std::move(*batch));
}

Result<WireBatch> Intake::read(const Posted &posted) const
{
    std::optional<std::string> unpacked;
    if (posted.packed) {
        auto text = gunzipped(posted.body, m_limits.inflatedBytes);
        if (!text)
            return tl::unexpected(text.error());
        unpacked = std::move(*text);
    }
    const std::string &text = unpacked ? *unpacked : posted.body;
    return posted.form == Posted::Form::Records ? readWireBatch(text, m_limits.rows)
                                                : readLegacyData(text, m_limits.rows);
}

Response Intake::keep(WireBatch batch)
{
    Response response = answerFor(batch);
    const auto rows = rowsByAgent(batch.records);
    if (auto kept = m_journal.appendAndCommit(std::move(batch.records)); !kept)
        return turnAway(kept.error());
    noteKept(rows, batch.refused.size());
    return response;
}

void Intake::noteKept(const std::map<std::string, std::uint64_t> &rows, std::size_t refused)
{
    const std::lock_guard lock(m_mutex);
    ++m_state.batches;
    m_state.refused += refused;
    if (!m_state.trouble.empty())
        qCInfo(lcRelay, "records are kept again");
    m_state.trouble.clear();
    for (const auto &[name, count] : rows) {
        m_state.kept += count;
        if (m_state.agents.size() >= mostAgents && !m_state.agents.contains(name))
            continue;
        IntakeState::Agent &agent = m_state.agents[name];
        agent.rows += count;
        agent.last = m_clock.utc();
    }
}

Response Intake::refuse(const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_state.malformed;
    }
    const int status = error.code == ErrorCode::Denied ? 403
                       : error.code == ErrorCode::Full ? 413
                                                       : 400;
    return Response::error(status, errorCodeName(error.code),
                           error.where.empty() ? error.message : error.where + ": " + error.message,
                           error.advice);
}

Response Intake::turnAway(const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_state.turnedAway;
        if (m_state.trouble.empty())
            qCWarning(lcRelay, "records are turned away: %s", describe(error).c_str());
        m_state.trouble = describe(error);
        m_troubled = m_clock.monotonic();
    }
    Response response = Response::error(503, errorCodeName(error.code), error.message,
                                        "keep the records and send them again");
    response.headers.emplace_back("Retry-After", error.code == ErrorCode::Full ? "10" : "5");
    return response;
}

} // namespace facetrack
