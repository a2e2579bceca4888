// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/token_secrets.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/http/base64url.h"
#include "libfacetrack/http/secret_bytes.h"

#include <QDateTime>
#include <algorithm>
#include <cstdio>

namespace facetrack::http {

namespace {

constexpr std::size_t keyBytes = 32;

bool isId(std::string_view text)
{
    constexpr std::string_view others = "._-";
    const auto good = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || others.find(c) != others.npos;
    };
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), good);
}

/// Cuts the first word off.
std::string_view word(std::string_view &line)
{
    constexpr std::string_view blanks = " \t\r";
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    const std::string_view first = line.substr(0, line.find_first_of(blanks));
    line.remove_prefix(first.size());
    return first;
}

Result<TokenSecret> secretIn(std::string_view line)
{
    const std::string_view id = word(line);
    const auto key = fromBase64Url(word(line));
    // The words never repeat what the line says: it is a secret.
    if (!isId(id) || !word(line).empty())
        return fail(ErrorCode::InvalidArgument, {}, "is not KID SECRET");
    if (!key || key->size() < keyBytes)
        return fail(ErrorCode::InvalidArgument, {}, "its secret is not base64url of 32 bytes or more");
    return TokenSecret{std::string(id), *key};
}

} // namespace

Result<std::vector<TokenSecret>> TokenSecrets::read(const std::filesystem::path &file)
{
    const auto text = readSecretText(file);
    if (!text)
        return tl::unexpected(text.error());
    std::vector<TokenSecret> secrets;
    std::string_view rest = *text;
    for (int number = 1; !rest.empty(); ++number) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        std::string_view probe = line;
        if (const auto first = word(probe); first.empty() || first.front() == '#')
            continue;
        auto secret = secretIn(line);
        const bool known = secret
            && std::any_of(secrets.begin(), secrets.end(),
                           [&](const TokenSecret &other) { return other.id == secret->id; });
        if (!secret || known)
            return fail(ErrorCode::InvalidArgument, file.string() + ":" + std::to_string(number),
                        known ? "this KID comes twice" : secret.error().message,
                        "facetrack-agentd relay secret writes such a file");
        secrets.push_back(std::move(*secret));
    }
    if (secrets.empty())
        return fail(ErrorCode::InvalidArgument, file.string(), "there is no secret in it",
                    "facetrack-agentd relay secret adds one");
    return secrets;
}

Result<void> TokenSecrets::write(const std::filesystem::path &file,
                                 const std::vector<TokenSecret> &secrets)
{
    std::string text = "# Secrets of facetrack tokens, KID SECRET. The first one signs new tokens.\n";
    for (const TokenSecret &secret : secrets)
        text += secret.id + " " + toBase64Url(secret.key) + "\n";
    return replaceText(file, text, FileAccess::OwnerOnly);
}

TokenSecret TokenSecrets::random(std::chrono::seconds now)
{
    const std::string day = QDateTime::fromSecsSinceEpoch(now.count())
                                .toUTC()
                                .toString(QStringLiteral("yyyy-MM-dd-"))
                                .toStdString();
    char tail[5];
    const std::string bytes = randomBytes(2);
    std::snprintf(tail, sizeof tail, "%02x%02x", static_cast<unsigned char>(bytes[0]),
                  static_cast<unsigned char>(bytes[1]));
    return {day + tail, randomBytes(keyBytes)};
}

Result<std::vector<TokenSecret>> TokenSecrets::current()
{
    const FileStamp stamp = stampOf(m_file);
    const std::lock_guard lock(m_mutex);
    if (!m_known || stamp != m_stamp) {
        m_secrets = read(m_file);
        m_stamp = stamp;
        m_known = true;
    }
    return m_secrets;
}

} // namespace facetrack::http
