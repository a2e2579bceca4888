#include "libfacetrack/net/endpoint.h"

#include <QRandomGenerator>
#include <algorithm>

namespace facetrack::net {

Endpoint::Endpoint(const std::string &url) : m_url(QString::fromStdString(url))
{
    m_state.url = url;
}

QUrl Endpoint::address(const std::string &path) const
{
    QUrl url = m_url;
    url.setPath(QString::fromStdString(path));
    return url;
}

bool Endpoint::succeeded()
{
    m_failuresInRow = 0;
    return revived();
}

bool Endpoint::revived()
{
    const bool news = !m_state.healthy;
    m_state.healthy = true;
    m_state.error.clear();
    return news;
}

bool Endpoint::failed(const std::string &words)
{
    const bool news = m_state.healthy;
    m_state.healthy = false;
    m_state.error = words;
    ++m_state.failures;
    ++m_failuresInRow;
    return news;
}

std::chrono::milliseconds Endpoint::pause() const
{
    const int doublings = std::clamp(m_failuresInRow - 1, 0, 5);
    const int longest = std::min(30'000, 1'000 << doublings);
    return std::chrono::milliseconds(
        QRandomGenerator::global()->bounded(longest / 2, longest + 1));
}

} // namespace facetrack::net
