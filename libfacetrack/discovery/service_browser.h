#pragma once
#include "libfacetrack/discovery/advertisement.h"

#include <QByteArrayList>
#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>

namespace facetrack {

/// An agent as DNS-SD shows it.
struct SeenService
{
    QString service; ///< name of the service: what goes away again
    std::string address; ///< numeric
    Advertisement agent;
    bool again = false; ///< what came of lookAgain()
};

/// Listens for agents through Avahi on this machine. Without Avahi nothing is seen; once it is there,
/// or again, everything is. Thread-bound; never waits.
class ServiceBrowser : public QObject
{
    Q_OBJECT

public:
    using Seen = std::function<void(const SeenService &)>;
    using Gone = std::function<void(const QString &service)>;
    using Working = std::function<void(bool, const std::string &trouble)>;

    ServiceBrowser(Seen seen, Gone gone, Working working);
    ~ServiceBrowser() override;

    /// Where is it now? Avahi tells of a service once, and not when it has another address or port.
    void lookAgain(const std::string &service);

private Q_SLOTS:
    void itemNew(int interface, int protocol, const QString &name, const QString &type,
                 const QString &domain, uint flags);
    void itemRemove(int interface, int protocol, const QString &name, const QString &type,
                    const QString &domain, uint flags);

private:
    void begin();
    void browse();
    struct Item
    {
        int interface, protocol;
        QString name, domain;
    };
    void resolve(const Item &item, bool again);
    void resolved(const QString &service, const QVariantList &answer, bool again);

    const Seen m_seen;
    const Gone m_gone;
    const Working m_working;
    const QString m_connection;
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QTimer m_again;
    QList<Item> m_items; ///< that Avahi has told of
};

} // namespace facetrack
