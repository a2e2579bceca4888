#pragma once
#include "libfacetrack/discovery/advertiser.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>

namespace facetrack {

/// The part of Advertiser that talks to Avahi, on a thread with an event loop.
class AdvertiserWorker : public QObject
{
    Q_OBJECT

public:
    using Tell = std::function<void(AdvertisingState)>;

    AdvertiserWorker(Advertisement what, Tell tell);
    ~AdvertiserWorker() override;

    void change(const Advertisement &what);

private Q_SLOTS:
    void groupChanged(int state, const QString &error);

private:
    void begin();
    void publish();
    void makeGroup();
    void addService();
    void takeAnotherName();
    void trouble(const QString &words);
    void call(const QString &path, const QString &interface, const QString &method,
              const QVariantList &arguments, std::function<void(const QDBusMessage &)> done);

    Advertisement m_what;
    const Tell m_tell;
    const QString m_connection;
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QTimer m_again;
    QString m_name;  ///< the one that is tried or has been taken
    QString m_group; ///< path of the entry group; empty: none
};

} // namespace facetrack
