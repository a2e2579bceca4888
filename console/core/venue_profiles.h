#pragma once
#include "console/core/console_settings.h"
#include "libfacetrack/net/endpoint_settings.h"

#include <QObject>
#include <QStringList>
#include <functional>

namespace facetrack::console {

class SecretStore;

/// A venue's servers. The password is not here: SecretStore has it.
struct VenueProfile
{
    QString name;
    QStringList databases; ///< of CrateDB: "https://db1:4200"; empty: it has none
    QString user;          ///< of CrateDB; empty: nobody logs in
    QString caFile;        ///< PEM; empty: the system's certificates
    QString fingerprint;   ///< SHA-256 of the database's certificate, or empty
    QString schema = QStringLiteral("facetrack");
    QString relay; ///< "https://relay.example" or "relay+https://…"; empty: none

    bool hasDatabase() const { return !databases.isEmpty(); }
    /// For net::EndpointClient and what stands on it.
    net::EndpointSettings servers(const QString &password) const;

    bool operator==(const VenueProfile &) const = default;
};

/// The venues that this console knows, and which one it is at. Kept in the settings, passwords in
/// the secrets ("profile/NAME/password"). Thread-bound (GUI).
class VenueProfiles : public QObject
{
    Q_OBJECT

public:
    VenueProfiles(ConsoleSettings &settings, SecretStore &secrets, QObject *parent = nullptr);

    QStringList names() const;
    /// One without a name where there is none of that name.
    VenueProfile profile(const QString &name) const;
    /// The one that charts, preflight and the search for agents use; without a name: none yet.
    VenueProfile active() const { return profile(m_active); }
    void setActive(const QString &name);

    /// Adds it, or replaces the one of that name. The first becomes the active one.
    void save(const VenueProfile &profile);
    /// With its password. False when there is none of that name, or `to` is taken or empty.
    bool rename(const QString &from, const QString &to);
    /// With its password.
    void remove(const QString &name);
    /// `name`, or with a number behind it when it is taken.
    QString freeName(const QString &name) const;

    void readPassword(const QString &name, QObject *context, std::function<void(QString)> done) const;
    /// `done` with what went wrong; empty: nothing.
    void writePassword(const QString &name, const QString &password, QObject *context,
                       std::function<void(QString trouble)> done);
    QString passwordPlace() const; ///< for people

Q_SIGNALS:
    void changed();       ///< names, or what is in one
    void activeChanged(); ///< another one, or what is in it, or its password

private:
    void keep();

    ConsoleSettings &m_settings;
    SecretStore &m_secrets;
    QList<VenueProfile> m_profiles;
    QString m_active;
};

} // namespace facetrack::console
