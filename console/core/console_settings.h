#pragma once
#include <QSettings>
#include <QStringList>
#include <QVariant>

namespace facetrack::console {

/// What the console remembers, in an INI file: the XDG place unless told otherwise. Each part of
/// the console uses keys under its own name ("wall/order"). No secrets: those are in SecretStore.
class ConsoleSettings
{
public:
    /// Empty: facetrack/console.ini of the user's configuration folder.
    explicit ConsoleSettings(const QString &file = {});

    QVariant value(const QString &key, const QVariant &fallback = {}) const
    {
        return m_settings.value(key, fallback);
    }
    void set(const QString &key, const QVariant &value) { m_settings.setValue(key, value); }
    void remove(const QString &key) { m_settings.remove(key); }
    QString file() const { return m_settings.fileName(); }
    QString folder() const;

    /// Addresses that a person typed, as agentUrl() makes them.
    QStringList addresses() const { return value(QStringLiteral("agents/addresses")).toStringList(); }
    void setAddresses(const QStringList &addresses)
    {
        set(QStringLiteral("agents/addresses"), addresses);
    }

private:
    QSettings m_settings;
};

} // namespace facetrack::console
