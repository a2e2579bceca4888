#include "libfacetrack/discovery/service_browser.h"

#include "libfacetrack/discovery/avahi_bus.h"

#include <QDBusArgument>
#include <QDBusPendingCallWatcher>
#include <chrono>
#include <map>
#include <utility>

namespace facetrack {

namespace {

using namespace std::chrono_literals;

constexpr auto TriedAgainAfter = 5s;
constexpr qsizetype MostItems = 2'000; ///< whoever floods the network costs no more

std::map<std::string, std::string> entriesOf(const QByteArrayList &txt)
{
    std::map<std::string, std::string> entries;
    for (const QByteArray &entry : txt)
        if (const qsizetype equals = entry.indexOf('='); equals > 0)
            entries[entry.left(equals).toStdString()] = entry.mid(equals + 1).toStdString();
    return entries;
}

} // namespace

ServiceBrowser::ServiceBrowser(Seen seen, Gone gone, Working working)
    : m_seen(std::move(seen)), m_gone(std::move(gone)), m_working(std::move(working)),
      m_connection(avahi::connectionName()), m_bus(avahi::connect(m_connection))
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ServiceBrowser::begin);
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) {
                m_items.clear(); // it tells of them anew
                if (owner.isEmpty())
                    return m_working(false, "Avahi has ended");
                browse();
            });
    begin();
}

ServiceBrowser::~ServiceBrowser()
{
    avahi::close(m_connection);
}

void ServiceBrowser::begin()
{
    if (!m_bus.isConnected()) {
        avahi::close(m_connection);
        m_bus = avahi::connect(m_connection);
    }
    if (!m_bus.isConnected()) {
        m_working(false, "there is no D-Bus");
        return m_again.start(TriedAgainAfter);
    }
    if (m_watcher.watchedServices().isEmpty()) {
        m_watcher.setConnection(m_bus);
        m_watcher.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
        m_watcher.addWatchedService(avahi::service);
        // For all browsers, and before there is one: the first signals come at once, before anyone
        // knows its path.
        const auto listen = [this](const char *signal, const char *slot) {
            m_bus.connect(avahi::service, QString(), avahi::browserInterface, QLatin1StringView(signal),
                          this, slot);
        };
        listen("ItemNew", SLOT(itemNew(int, int, QString, QString, QString, uint)));
        listen("ItemRemove", SLOT(itemRemove(int, int, QString, QString, QString, uint)));
    }
    browse();
}

void ServiceBrowser::browse()
{
    const QVariantList arguments{avahi::anyInterface, avahi::anyProtocol,
                                 QLatin1StringView(agentServiceType), QString(), 0U};
    auto *const watcher = new QDBusPendingCallWatcher(
        m_bus.asyncCall(avahi::callOf(QStringLiteral("/"), avahi::serverInterface,
                                      QStringLiteral("ServiceBrowserNew"), arguments)),
        this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (!watcher->isError())
            return m_working(true, {});
        m_working(false, "Avahi does not run on this machine");
        m_again.start(TriedAgainAfter);
    });
}

void ServiceBrowser::itemNew(int interface, int protocol, const QString &name, const QString &type,
                             const QString &domain, uint)
{
    if (type != QLatin1StringView(agentServiceType))
        return;
    const Item item{interface, protocol, name, domain};
    if (m_items.size() < MostItems)
        m_items << item;
    resolve(item, false);
}

void ServiceBrowser::lookAgain(const std::string &service)
{
    for (const Item &item : std::as_const(m_items))
        if (item.name.toStdString() == service)
            resolve(item, true);
}

void ServiceBrowser::resolve(const Item &item, bool again)
{
    const QVariantList arguments{item.interface, item.protocol, item.name, QLatin1StringView(agentServiceType),
                                 item.domain, item.protocol, 0U};
    auto *const watcher = new QDBusPendingCallWatcher(
        m_bus.asyncCall(avahi::callOf(QStringLiteral("/"), avahi::serverInterface,
                                      QStringLiteral("ResolveService"), arguments)),
        this);
    // A stale entry is not resolved; the time-out then says nothing new.
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, name = item.name, again] {
        watcher->deleteLater();
        if (!watcher->isError())
            resolved(name, watcher->reply().arguments(), again);
    });
}

void ServiceBrowser::resolved(const QString &service, const QVariantList &answer, bool again)
{
    // interface, protocol, name, type, domain, host, protocol, address, port, TXT, flags
    if (answer.size() < 10)
        return;
    const auto entries = entriesOf(qdbus_cast<QByteArrayList>(answer[9]));
    const auto entry = [&](const char *key) {
        const auto found = entries.find(key);
        return found == entries.end() ? std::string() : found->second;
    };
    SeenService seen;
    seen.service = service;
    seen.address = answer[7].toString().toStdString();
    seen.agent = {entry("id"), entry("name"), entry("role"), entry("version"),
                  answer[8].value<ushort>(), entry("tls") != "0"};
    seen.again = again;
    // Addresses of one link only would need the link's name, which an URL cannot have.
    if (!seen.agent.id.empty() && !seen.address.starts_with("fe80:"))
        m_seen(seen);
}

void ServiceBrowser::itemRemove(int interface, int protocol, const QString &name, const QString &type,
                                const QString &domain, uint)
{
    if (type != QLatin1StringView(agentServiceType))
        return;
    m_items.removeIf([&](const Item &item) {
        return item.interface == interface && item.protocol == protocol && item.name == name && item.domain == domain;
    });
    m_gone(name);
}

} // namespace facetrack
