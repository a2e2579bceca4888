#include "console/present/screen_saver_hold.h"

#include "console/core/log.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace facetrack::console {

namespace {

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("/org/freedesktop/ScreenSaver"),
                                          QStringLiteral("org.freedesktop.ScreenSaver"), method);
}

void release(unsigned cookie)
{
    QDBusMessage call = callOf(QStringLiteral("UnInhibit"));
    call << cookie;
    QDBusConnection::sessionBus().send(call);
}

void tellThatThereIsNone(const QString &why)
{
    qCWarning(lcConsole, "no screen saver can be held off (%s): set the desktop's own to never while presenting", qPrintable(why));
}

} // namespace

ScreenSaverHold::ScreenSaverHold(const QString &reason)
{
    const QDBusConnection session = QDBusConnection::sessionBus();
    if (!session.isConnected()) { // then no answer ever comes
        tellThatThereIsNone(session.lastError().message());
        return;
    }
    QDBusMessage call = callOf(QStringLiteral("Inhibit"));
    call << QStringLiteral("facetrack-console") << reason;
    auto *const watcher = new QDBusPendingCallWatcher(session.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<unsigned> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError())
            tellThatThereIsNone(reply.error().message());
        else
            m_cookie = reply.value();
    });
}

ScreenSaverHold::~ScreenSaverHold()
{
    // Without an answer yet there is nothing to take back: who inhibits ends with our connection.
    if (m_cookie)
        release(m_cookie);
}

} // namespace facetrack::console
