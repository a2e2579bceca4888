#include "libfacetrack/discovery/advertiser_worker.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/discovery/avahi_bus.h"

#include <QDBusConnectionInterface>
#include <QDBusPendingCallWatcher>
#include <chrono>
#include <utility>

namespace facetrack {

namespace {

using namespace std::chrono_literals;

constexpr auto TriedAgainAfter = 5s;
constexpr int LongestLabel = 63; // bytes of a DNS label

/// The beginning of `name` that fits a DNS label, cut between characters.
QString serviceName(const std::string &name)
{
    QString text = QString::fromStdString(name);
    while (text.toUtf8().size() > LongestLabel)
        text.chop(1);
    return text;
}

QByteArrayList txtOf(const Advertisement &what)
{
    const auto entry = [](const char *key, const std::string &value) {
        // An entry has 255 bytes at most.
        return (QByteArray(key) + '=' + QByteArray::fromStdString(value)).left(255);
    };
    return {entry("id", what.id),           entry("name", what.name),
            entry("role", what.role),       entry("api", agentApiVersion),
            entry("version", what.version), entry("tls", what.tls ? "1" : "0")};
}

} // namespace

AdvertiserWorker::AdvertiserWorker(Advertisement what, Tell tell)
    : m_what(std::move(what)), m_tell(std::move(tell)), m_connection(avahi::connectionName()),
      m_bus(avahi::connect(m_connection)), m_name(serviceName(m_what.name))
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &AdvertiserWorker::begin);
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) {
                m_group.clear(); // went with the daemon
                if (owner.isEmpty())
                    return trouble(QStringLiteral("Avahi has ended"));
                publish();
            });
    begin();
}

AdvertiserWorker::~AdvertiserWorker()
{
    if (!m_group.isEmpty()) {
        // The goodbye; the daemon would also notice that the connection is gone.
        constexpr int patience = 500; // ms
        m_bus.call(avahi::callOf(m_group, avahi::groupInterface, QStringLiteral("Free")), QDBus::Block,
                   patience);
    }
    avahi::close(m_connection);
}

void AdvertiserWorker::begin()
{
    if (!m_bus.isConnected()) {
        avahi::close(m_connection);
        m_bus = avahi::connect(m_connection);
    }
    if (!m_bus.isConnected())
        return trouble(QStringLiteral("there is no D-Bus"));
    if (m_watcher.watchedServices().isEmpty()) {
        m_watcher.setConnection(m_bus);
        m_watcher.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
        m_watcher.addWatchedService(avahi::service);
    }
    publish();
}

void AdvertiserWorker::change(const Advertisement &what)
{
    if (what == m_what)
        return;
    if (what.name != m_what.name)
        m_name = serviceName(what.name);
    m_what = what;
    publish();
}

void AdvertiserWorker::publish()
{
    if (!m_bus.isConnected())
        return; // begin() comes again
    if (m_group.isEmpty())
        return makeGroup();
    call(m_group, avahi::groupInterface, QStringLiteral("Reset"), {},
         [this](const QDBusMessage &) { addService(); });
}

void AdvertiserWorker::makeGroup()
{
    call(QStringLiteral("/"), avahi::serverInterface, QStringLiteral("EntryGroupNew"), {},
         [this](const QDBusMessage &answer) {
             if (!m_group.isEmpty())
                 return;
             m_group = answer.arguments().value(0).value<QDBusObjectPath>().path();
             m_bus.connect(avahi::service, m_group, avahi::groupInterface,
                           QStringLiteral("StateChanged"), this, SLOT(groupChanged(int, QString)));
             addService();
         });
}

void AdvertiserWorker::addService()
{
    const QVariantList arguments{
        avahi::anyInterface, avahi::anyProtocol, 0U, m_name, QLatin1StringView(agentServiceType),
        QString(), QString(), QVariant::fromValue<ushort>(m_what.port),
        QVariant::fromValue(txtOf(m_what))};
    call(m_group, avahi::groupInterface, QStringLiteral("AddService"), arguments,
         [this](const QDBusMessage &) {
             call(m_group, avahi::groupInterface, QStringLiteral("Commit"), {},
                  [](const QDBusMessage &) {});
         });
}

void AdvertiserWorker::groupChanged(int state, const QString &error)
{
    if (state == avahi::groupEstablished) {
        qCInfo(lcAgent, "advertised as %s", qUtf8Printable(m_name));
        m_again.stop();
        m_tell({true, m_name.toStdString(), {}});
    } else if (state == avahi::groupCollision) {
        takeAnotherName();
    } else if (state == avahi::groupFailure) {
        trouble(QStringLiteral("Avahi: ") + error);
    }
}

/// The id says who it is, whatever the name: also where a reflector makes it collide with itself.
void AdvertiserWorker::takeAnotherName()
{
    call(QStringLiteral("/"), avahi::serverInterface, QStringLiteral("GetAlternativeServiceName"),
         {m_name}, [this](const QDBusMessage &answer) {
             m_name = answer.arguments().value(0).toString();
             publish();
         });
}

void AdvertiserWorker::trouble(const QString &words)
{
    m_tell({false, {}, words.toStdString()});
    if (!m_again.isActive())
        m_again.start(TriedAgainAfter);
}

void AdvertiserWorker::call(const QString &path, const QString &interface, const QString &method,
                            const QVariantList &arguments,
                            std::function<void(const QDBusMessage &)> done)
{
    const auto pending = m_bus.asyncCall(avahi::callOf(path, interface, method, arguments));
    auto *const watcher = new QDBusPendingCallWatcher(pending, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, done = std::move(done)] {
                watcher->deleteLater();
                const QDBusMessage answer = watcher->reply();
                if (answer.type() != QDBusMessage::ErrorMessage)
                    return done(answer);
                const QString name = answer.errorName();
                if (name.endsWith(QStringLiteral("CollisionError")))
                    return takeAnotherName();
                const bool none = name.endsWith(QStringLiteral("ServiceUnknown"))
                                  || name.endsWith(QStringLiteral("NameHasNoOwner"));
                m_group.clear();
                trouble(none ? QStringLiteral("Avahi does not run on this machine")
                             : QStringLiteral("Avahi: ") + answer.errorMessage());
            });
}

} // namespace facetrack
