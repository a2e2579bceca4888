// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/faults.h"

#include <stdexcept>

namespace fake {

namespace {

using nlohmann::json;

RowFault rowFault(const json &rule, int code, double fraction)
{
    RowFault out;
    out.code = rule.value("code", code);
    out.message = rule.value("message", rowMessage(out.code));
    out.store = rule.value("store", false);
    out.rows = rule.value("rows", std::vector<int>());
    out.fraction = rule.value("fraction", fraction);
    out.table = rule.value("table", "");
    out.shard = rule.value("shard", -1);
    out.generator.seed(rule.value("seed", 1u));
    return out;
}

void readAction(const json &rule, Fault &fault)
{
    const std::string action = rule.at("action");
    fault.delayMs = rule.value("delay_ms", 0);
    if (action == "delay_ms" || action == "delay")
        fault.delayMs = rule.value("delay_ms", 100);
    else if (action == "reset_before")
        fault.resetBefore = true;
    else if (action == "reset_after_apply")
        fault.resetAfter = true;
    else if (action == "reset_mid_answer")
        fault.resetMiddle = true;
    else if (action == "stall")
        fault.stall = true;
    else if (action == "no_master")
        fault.noMaster = true;
    else if (action == "row_error")
        fault.rows = rowFault(rule, 5002, 1);
    else if (action == "missing_primary")
        fault.rows = rowFault(rule, 5002, 1);
    else if (action == "half_apply") {
        fault.rows = rowFault(rule, 0, 0.5);
        fault.resetAfter = rule.value("then", "answer") == "reset";
    } else if (action == "http_error")
        fault.answer = cannedAnswer(rule.at("error").is_string()
                ? rule.at("error").get<std::string>() : rule.at("error").dump());
    else
        throw std::runtime_error("unknown action: " + action);
}

FaultRule readRule(const json &source)
{
    FaultRule rule;
    rule.source = source;
    rule.match = source.value("match", "any");
    rule.contains = source.value("contains", "");
    rule.node = source.value("node", -1);
    rule.times = source.value("times", -1L);
    rule.skip = source.value("skip", 0L);
    rule.probability = source.value("probability", 1.0);
    rule.generator.seed(source.value("seed", 1u));
    readAction(source, rule.fault);
    return rule;
}

bool matches(FaultRule &rule, const std::string &kind, const std::string &statement, int node)
{
    const bool right = rule.match == "any" || rule.match == kind
        || (rule.match == "sql" && kind != "health");
    if (!right || rule.times == 0 || (rule.node >= 0 && rule.node != node)
        || statement.find(rule.contains) == std::string::npos)
        return false;
    if (rule.skip > 0) {
        --rule.skip;
        return false;
    }
    if (rule.probability < 1
        && std::uniform_real_distribution<double>()(rule.generator) >= rule.probability)
        return false;
    if (rule.times > 0)
        --rule.times;
    ++rule.hits;
    return true;
}

void merge(Fault &into, FaultRule &rule)
{
    Fault &from = rule.fault;
    into.delayMs += from.delayMs;
    into.stall = into.stall || from.stall;
    into.resetBefore = into.resetBefore || from.resetBefore;
    into.resetAfter = into.resetAfter || from.resetAfter;
    into.resetMiddle = into.resetMiddle || from.resetMiddle;
    into.noMaster = into.noMaster || from.noMaster;
    if (into.answer.status == 0)
        into.answer = from.answer;
    if (into.rows || !from.rows)
        return;
    into.rows = from.rows;
    from.rows->generator.discard(1); // the next request draws other rows
}

} // namespace

void Faults::add(const json &rules)
{
    std::vector<FaultRule> added;
    for (const json &rule : rules.is_array() ? rules : json::array({rules}))
        added.push_back(readRule(rule));
    m_rules.insert(m_rules.end(), added.begin(), added.end());
}

json Faults::list() const
{
    json out = json::array();
    for (const FaultRule &rule : m_rules) {
        json entry = rule.source;
        entry["times"] = rule.times;
        entry["skip"] = rule.skip;
        entry["hits"] = rule.hits;
        out.push_back(std::move(entry));
    }
    return out;
}

Fault Faults::take(const std::string &kind, const std::string &statement, int node)
{
    Fault fault;
    for (FaultRule &rule : m_rules) {
        if (matches(rule, kind, statement, node))
            merge(fault, rule);
    }
    return fault;
}

} // namespace fake
