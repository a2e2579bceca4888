#include "libfacetrack/client/agent_access.h"

#include <QUrl>
#include <cctype>

namespace facetrack {

Result<std::string> agentUrl(std::string_view typed)
{
    const std::string text(typed);
    const bool schemed = text.find("://") != text.npos;
    QUrl url(QString::fromStdString(schemed ? text : "https://" + text), QUrl::StrictMode);
    const bool known = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    const bool bare = (url.path().isEmpty() || url.path() == QLatin1String("/")) && !url.hasQuery()
                      && !url.hasFragment() && url.userInfo().isEmpty();
    if (!url.isValid() || !known || url.host().isEmpty() || !bare)
        return fail(ErrorCode::InvalidArgument, text, "is no address of an agent",
                    "give HOST, HOST:PORT or https://HOST:PORT");
    url.setPort(url.port(agentPort));
    url.setPath(QString());
    return url.toString(QUrl::FullyEncoded).toStdString();
}

std::string withOtherScheme(const std::string &url)
{
    return url.starts_with("https://") ? "http" + url.substr(5) : "https" + url.substr(4);
}

std::string fingerprintText(std::string_view hex)
{
    std::string digits;
    for (const char c : hex) {
        if (c == ':')
            continue;
        if (!std::isxdigit(static_cast<unsigned char>(c)))
            return {};
        digits += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    if (digits.size() != 64)
        return {};
    for (std::size_t at = 62; at > 0; at -= 2)
        digits.insert(at, ":");
    return digits;
}

} // namespace facetrack
