// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/authenticator.h"

#include "tests/fake_cratedb/time_text.h"

#include <algorithm>

namespace fake {

namespace {

using nlohmann::json;

/// Both alphabets; nothing at a character that is in neither, which goes to `bad`.
std::optional<std::string> base64(std::string_view text, unsigned char &bad)
{
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        unsigned value = 0;
        if (c >= 'A' && c <= 'Z')
            value = static_cast<unsigned>(c - 'A');
        else if (c >= 'a' && c <= 'z')
            value = static_cast<unsigned>(c - 'a') + 26;
        else if (c >= '0' && c <= '9')
            value = static_cast<unsigned>(c - '0') + 52;
        else if (c == '+' || c == '-')
            value = 62;
        else if (c == '/' || c == '_')
            value = 63;
        else if (c == '=')
            break;
        else {
            bad = static_cast<unsigned char>(c);
            return {};
        }
        bits = (bits << 6) | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> count) & 0xff);
        }
    }
    return out;
}

std::optional<std::string> plain(HttpReply &refusal, int status, const std::string &text)
{
    refusal.status = status;
    refusal.type.clear();
    refusal.body = text;
    if (status == 401)
        refusal.headers.emplace_back("www-authenticate", "Basic realm=\"CrateDB Authenticator\"");
    return {};
}

std::optional<std::string> noEntry(HttpReply &refusal, const std::string &user)
{
    return plain(refusal, 401, "No valid auth.host_based.config entry found for host \"127.0.0.1\", "
        "user \"" + user + "\", protocol \"http\". Did you enable TLS in your client?\n");
}

json part(std::string_view text)
{
    unsigned char bad = 0;
    const auto decoded = base64(text, bad);
    return decoded ? json::parse(*decoded, nullptr, false) : json();
}

} // namespace

Authenticator::Authenticator(Users &users, std::map<std::string, std::string> tokens, bool required)
    : m_users(users), m_tokens(std::move(tokens)), m_required(required)
{
}

std::optional<std::string> Authenticator::check(const HttpRequest &request,
    HttpReply &refusal) const
{
    const std::string header = request.header("authorization");
    if (header.empty()) {
        // As shipped, whoever connects from this host without credentials is the superuser.
        if (!m_required)
            return "crate";
        return noEntry(refusal, "crate");
    }
    if (header.starts_with("Basic "))
        return basic(header.substr(6), refusal);
    if (header.starts_with("Bearer "))
        return bearer(header.substr(7), refusal);
    return plain(refusal, 500, "Only basic or bearer HTTP Authentication schemes are allowed.");
}

std::optional<std::string> Authenticator::basic(const std::string &value, HttpReply &refusal) const
{
    unsigned char bad = 0;
    const auto decoded = base64(value, bad);
    if (!decoded) {
        char digits[8];
        std::snprintf(digits, sizeof digits, "%x", bad);
        return plain(refusal, 500, std::string("Illegal base64 character ") + digits);
    }
    const std::size_t colon = decoded->find(':');
    const std::string name = decoded->substr(0, colon);
    const std::string password = colon == std::string::npos ? "" : decoded->substr(colon + 1);
    if (name == "crate" && !m_required)
        return name;
    if (name.empty() || password.empty())
        return noEntry(refusal, name);
    const Role *role = m_users.find(name);
    if (role == nullptr || role->password != password)
        return plain(refusal, 401, "password authentication failed for user \"" + name + "\"\n");
    return name;
}

std::optional<std::string> Authenticator::bearer(const std::string &token, HttpReply &refusal) const
{
    if (const auto known = m_tokens.find(token); known != m_tokens.end()) {
        // A token's user may read and write unless --user or SQL has said what he may.
        if (m_users.find(known->second) == nullptr) {
            Role role;
            role.privileges = {{"CLUSTER", {}, "DML", true}, {"CLUSTER", {}, "DQL", true}};
            m_users.create(known->second, role);
        }
        return known->second;
    }
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string::npos ? first : token.find('.', first + 1);
    if (second == std::string::npos)
        return plain(refusal, 500, "The token was expected to have 3 parts, but got 0.");
    const json head = part(std::string_view(token).substr(0, first));
    const json claims = part(std::string_view(token).substr(first + 1, second - first - 1));
    if (!claims.is_object() || !claims.contains("username"))
        return plain(refusal, 500, "The JWT token must contain a 'username' claim");
    for (const auto &[name, role] : m_users.all()) {
        if (!role.jwt.is_object() || role.jwt["iss"] != claims.value("iss", "")
            || role.jwt["username"] != claims["username"])
            continue;
        const std::string problem = jwtProblem(token, head, claims, role.jwt);
        return plain(refusal, 401, "jwt authentication failed for user " + name + ". Reason: "
            + problem + "\n");
    }
    return noEntry(refusal, "null");
}

/// There are no keys here: a signature is right when the token is one of those given at the start.
std::string Authenticator::jwtProblem(const std::string &token, const json &head,
    const json &claims, const json &expected) const
{
    const std::string signedPart = token.substr(0, token.rfind('.') + 1);
    bool knownKey = m_tokens.empty();
    bool forged = false;
    for (const auto &[known, user] : m_tokens) {
        knownKey = knownKey || part(known.substr(0, known.find('.'))).value("kid", "")
                == head.value("kid", "");
        forged = forged || known.starts_with(signedPart);
    }
    if (!knownKey)
        return "No key found in " + expected.value("iss", "") + " with kid " + head.value("kid", "");
    const std::string badSignature = "The Token's Signature resulted invalid when verified using the "
                                     "Algorithm: SHA256withRSA";
    if (forged)
        return badSignature;
    if (expected.contains("aud") && expected["aud"] != claims.value("aud", ""))
        return "The Claim 'aud' value doesn't contain the required audience.";
    const std::int64_t expires = claims.value("exp", std::int64_t{0});
    if (expires * 1000 < nowMs()) {
        const std::string time = formatTime(expires * 1000);
        return "The Token has expired on " + time.substr(0, time.size() - 5) + "Z.";
    }
    return badSignature;
}

} // namespace fake
