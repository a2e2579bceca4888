#include "libfacetrack/discovery/avahi_bus.h"

#include <QDBusMetaType>
#include <atomic>

namespace facetrack::avahi {

QDBusConnection connect(const QString &name)
{
    qDBusRegisterMetaType<QByteArrayList>(); // or AddService fails on the TXT
    return QDBusConnection::connectToBus(QDBusConnection::SystemBus, name);
}

void close(const QString &name)
{
    QDBusConnection::disconnectFromBus(name);
}

QString connectionName()
{
    static std::atomic<int> count{0};
    return QStringLiteral("facetrack-avahi-%1").arg(count++);
}

QDBusMessage callOf(const QString &path, const QString &interface, const QString &method,
                    const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    return message;
}

} // namespace facetrack::avahi
