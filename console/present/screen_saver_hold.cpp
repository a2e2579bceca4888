#include "console/present/screen_saver_hold.h"

#include "console/core/log.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QPointer>

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
        m_answered = true;
        tellThatThereIsNone(session.lastError().message());
        return;
    }
    QDBusMessage call = callOf(QStringLiteral("Inhibit"));
    call << QStringLiteral("facetrack-console") << reason;
    // It outlives this where the answer comes late: what nobody wants any more is taken back.
    auto *const watcher = new QDBusPendingCallWatcher(session.asyncCall(call));
    connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [hold = QPointer(this), watcher] {
        const QDBusPendingReply<unsigned> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError())
            tellThatThereIsNone(reply.error().message());
        else if (hold)
            hold->m_cookie = reply.value();
        else
            release(reply.value());
        if (hold)
            hold->m_answered = true;
    });
}

ScreenSaverHold::~ScreenSaverHold()
{
    if (m_cookie)
        release(m_cookie);
}

} // namespace facetrack::console
