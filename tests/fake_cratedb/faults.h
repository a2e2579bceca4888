// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/row_fault.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace fake {

/// An answer that is given instead of the right one.
struct CannedAnswer
{
    int status = 0; ///< 0 for none
    bool plain = false;
    std::string body;
    bool authenticate = false; ///< with the header of a 401 for credentials
};

/// What is to go wrong with one request; several rules may add to it.
struct Fault
{
    int delayMs = 0;
    bool stall = false;
    bool resetBefore = false;
    bool resetAfter = false;
    bool resetMiddle = false;
    bool noMaster = false;
    CannedAnswer answer;
    std::optional<RowFault> rows;
};

/// One rule as posted to /faults; README.md lists its fields.
struct FaultRule
{
    std::string match = "any"; ///< any, sql, health, or a statement's first word
    std::string contains;      ///< only statements with this text in them
    int node = -1;
    long times = -1;
    long skip = 0;
    double probability = 1;
    std::mt19937_64 generator{1};
    nlohmann::json source; ///< as posted
    Fault fault;
    long hits = 0;
};

/// The rules in force. Thread-bound.
class Faults
{
public:
    /// Adds the rules of a JSON list (or one rule); throws std::runtime_error with what is wrong.
    void add(const nlohmann::json &rules);
    void clear() { m_rules.clear(); }
    nlohmann::json list() const;

    /// What is to happen to a request; `kind` is "health" or a statement's first word.
    Fault take(const std::string &kind, const std::string &statement, int node);

private:
    std::vector<FaultRule> m_rules;
};

/// The recorded answer by name: "no_master", "401_plain", "4041", "429", …
CannedAnswer cannedAnswer(const std::string &name);
/// The recorded words of a row's error.
std::string rowMessage(int code);

} // namespace fake
