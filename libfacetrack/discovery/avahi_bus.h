#pragma once
#include <QByteArrayList>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QString>
#include <QVariantList>

namespace facetrack::avahi {

// Avahi's D-Bus API: https://github.com/avahi/avahi/tree/master/avahi-daemon, *.xml.
inline const QString service = QStringLiteral("org.freedesktop.Avahi");
inline const QString serverInterface = QStringLiteral("org.freedesktop.Avahi.Server");
inline const QString groupInterface = QStringLiteral("org.freedesktop.Avahi.EntryGroup");
inline const QString browserInterface = QStringLiteral("org.freedesktop.Avahi.ServiceBrowser");

inline constexpr int anyInterface = -1;
inline constexpr int anyProtocol = -1;
inline constexpr int groupEstablished = 2;
inline constexpr int groupCollision = 3;
inline constexpr int groupFailure = 4;

/// A connection to the system bus of this object's own; close() it. Registers what TXT records are
/// sent as.
QDBusConnection connect(const QString &name);
void close(const QString &name);
/// A name that no other connection of this process has.
QString connectionName();

QDBusMessage callOf(const QString &path, const QString &interface, const QString &method,
                    const QVariantList &arguments = {});

} // namespace facetrack::avahi
