// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/http.h"
#include "tests/fake_cratedb/users.h"

#include <map>
#include <optional>

namespace fake {

/// Who sends a request, by its Authorization header.
class Authenticator
{
public:
    Authenticator(Users &users, std::map<std::string, std::string> tokens, bool required);

    /// The user's name, or nothing and the answer in `refusal`.
    std::optional<std::string> check(const HttpRequest &request, HttpReply &refusal) const;

private:
    std::optional<std::string> basic(const std::string &value, HttpReply &refusal) const;
    std::optional<std::string> bearer(const std::string &token, HttpReply &refusal) const;
    std::string jwtProblem(const std::string &token, const nlohmann::json &head,
        const nlohmann::json &claims, const nlohmann::json &expected) const;

    Users &m_users;
    std::map<std::string, std::string> m_tokens; ///< token to user
    bool m_required;
};

} // namespace fake
