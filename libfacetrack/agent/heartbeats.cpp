#include "libfacetrack/agent/heartbeats.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QUrl>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace facetrack {

namespace {

std::optional<QHostAddress> ownAddress(QAbstractSocket::NetworkLayerProtocol protocol)
{
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.protocol() == protocol && !address.isLoopback() && !address.isLinkLocal())
            return address;
    }
    return std::nullopt;
}

} // namespace

std::string reachableUrl(const std::string &url)
{
    QUrl reachable(QString::fromStdString(url));
    const QHostAddress host(reachable.host());
    const bool everywhere = host == QHostAddress(QHostAddress::AnyIPv4)
                            || host == QHostAddress(QHostAddress::AnyIPv6);
    if (!everywhere)
        return url;
    auto own = ownAddress(QAbstractSocket::IPv4Protocol);
    if (!own && host.protocol() == QAbstractSocket::IPv6Protocol)
        own = ownAddress(QAbstractSocket::IPv6Protocol);
    if (own)
        reachable.setHost(own->toString());
    return reachable.toString().toStdString();
}

Heartbeats::Heartbeats(std::function<AgentStatus()> status, std::function<void(Heartbeat)> keep,
                       std::string url, std::chrono::milliseconds interval)
    : m_status(std::move(status)), m_keep(std::move(keep)), m_url(std::move(url)),
      m_interval(interval), m_thread([this](std::stop_token stop) { run(stop); })
{
}

Heartbeats::~Heartbeats() = default;

void Heartbeats::run(const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    for (std::uint64_t sequence = 0; !stop.stop_requested(); ++sequence) {
        m_keep(beat(sequence));
        ended.wait_for(lock, stop, m_interval, [] { return false; });
    }
}

Heartbeat Heartbeats::beat(std::uint64_t sequence) const
{
    const AgentStatus status = m_status();
    Heartbeat beat;
    beat.sequence = sequence;
    beat.time = status.now;
    beat.agent = status.agent;
    beat.address = reachableUrl(m_url);
    beat.uptime = std::chrono::duration_cast<std::chrono::seconds>(status.uptime);
    beat.captureFps = status.source.fps;
    beat.detectionFps = status.analysis.fps;
    beat.temperature = status.health.machine.temperature;
    beat.backlog = status.journal.undelivered;
    beat.warning = whatToLookAfter(status);
    return beat;
}

} // namespace facetrack
