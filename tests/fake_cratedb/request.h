// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/json_tape.h"
#include "tests/fake_cratedb/translator.h"

#include <optional>

namespace fake {

/// The body of a request to _sql.
struct SqlRequest
{
    std::string statement;
    std::optional<JsonRef> args;
    std::optional<JsonRef> bulkArgs;
    bool types = false;
};

/// What became of one row. The words are shared: thousands of rows fail for one reason.
struct RowOutcome
{
    int rowcount = 1;
    int code = 0; ///< 0: no error is named, even if the row count is -2
    std::shared_ptr<const std::string> message;

    static RowOutcome failed(int code, const std::string &message)
    {
        return {-2, code, std::make_shared<const std::string>(message)};
    }
};

/// The answer of a statement before it becomes JSON.
struct SqlResult
{
    std::vector<OutputColumn> columns;
    std::string rows = "[]"; ///< of a statement without result rows: one empty row
    long long rowcount = 0;
    std::optional<std::vector<RowOutcome>> bulk;
};

/// Takes the body apart; complains as the server does.
SqlRequest parseRequest(std::string_view body, JsonTape &tape);
/// The body of the answer.
std::string toJson(const SqlResult &result, bool types, double milliseconds);
/// Runs a translated query to its end.
SqlResult fetch(Statement &statement, const std::vector<OutputColumn> &columns);
/// The row that the statement stands on.
std::string rowJson(const Statement &statement, const std::vector<OutputColumn> &columns);
/// Binds ?1…?n; complains when there are too few.
void bindArguments(Statement &statement, const std::optional<JsonRef> &args, int wanted,
    std::deque<std::string> &texts);

} // namespace fake
