#include "libfacetrack/agent/access_token.h"

#include "libfacetrack/agent/identity.h"
#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/http/base64url.h"
#include "libfacetrack/http/secret_bytes.h"

namespace facetrack {

namespace {
constexpr std::size_t tokenBytes = 32;
}

Result<std::string> AccessToken::read(const std::filesystem::path &file)
{
    auto text = readSecretText(file);
    if (!text)
        return text;
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r'))
        text->pop_back();
    // The words never repeat what the file says: it is a secret.
    const auto bytes = http::fromBase64Url(*text);
    if (!bytes || bytes->size() < tokenBytes)
        return fail(ErrorCode::InvalidArgument, file.string(), "is not a token (base64url of 32 bytes)",
                    "facetrack-agentd token --new makes another");
    return text;
}

Result<std::string> AccessToken::renew(const std::filesystem::path &file)
{
    std::string token = http::toBase64Url(http::randomBytes(tokenBytes));
    if (auto written = replaceText(file, token + "\n", FileAccess::OwnerOnly); !written)
        return tl::unexpected(written.error());
    return token;
}

Result<std::string> AccessToken::ensure(const std::filesystem::path &file)
{
    auto token = read(file);
    if (!token && token.error().code == ErrorCode::NotFound)
        return renew(file);
    return token;
}

void AccessToken::refresh()
{
    const FileStamp stamp = stampOf(m_file);
    if (m_generation > 0 && stamp == m_stamp)
        return;
    m_stamp = stamp;
    ++m_generation;
    const auto token = read(m_file);
    if (!token)
        qCCritical(lcAgent, "nobody is let in: %s", describe(token.error()).c_str());
    else if (m_generation > 1)
        qCInfo(lcAgent, "the access token was replaced");
    m_token = token.value_or(std::string());
}

bool AccessToken::matches(std::string_view token)
{
    const std::lock_guard lock(m_mutex);
    refresh();
    return http::sameSecret(m_token, token) && !m_token.empty();
}

std::uint64_t AccessToken::generation()
{
    const std::lock_guard lock(m_mutex);
    refresh();
    return m_generation;
}

Result<std::filesystem::path> accessTokenFile(const AgentConfig &config)
{
    auto folder = stateDirectory(config.state.directory);
    if (!folder)
        return folder;
    return *folder / "token";
}

} // namespace facetrack
