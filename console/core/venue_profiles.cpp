#include "console/core/venue_profiles.h"

#include "console/core/secret_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace facetrack::console {

namespace {

const QString ListKey = QStringLiteral("venues/profiles");
const QString ActiveKey = QStringLiteral("venues/active");

QString passwordKey(const QString &name)
{
    return QStringLiteral("profile/%1/password").arg(name);
}

QJsonObject toJson(const VenueProfile &profile)
{
    return {{QStringLiteral("name"), profile.name},
            {QStringLiteral("databases"), QJsonArray::fromStringList(profile.databases)},
            {QStringLiteral("user"), profile.user},
            {QStringLiteral("ca_file"), profile.caFile},
            {QStringLiteral("fingerprint"), profile.fingerprint},
            {QStringLiteral("schema"), profile.schema},
            {QStringLiteral("relay"), profile.relay}};
}

VenueProfile profileFrom(const QJsonObject &json)
{
    VenueProfile profile;
    profile.name = json[u"name"].toString();
    for (const QJsonValue &url : json[u"databases"].toArray())
        profile.databases << url.toString();
    profile.user = json[u"user"].toString();
    profile.caFile = json[u"ca_file"].toString();
    profile.fingerprint = json[u"fingerprint"].toString();
    profile.schema = json[u"schema"].toString(profile.schema);
    profile.relay = json[u"relay"].toString();
    return profile;
}

} // namespace

net::EndpointSettings VenueProfile::servers(const QString &password) const
{
    net::EndpointSettings settings;
    for (const QString &url : databases)
        settings.urls.push_back(url.toStdString());
    settings.user = user.toStdString();
    settings.password = password.toStdString();
    settings.caFile = caFile.toStdString();
    settings.pin = fingerprint.toStdString();
    return settings;
}

VenueProfiles::VenueProfiles(ConsoleSettings &settings, SecretStore &secrets, QObject *parent)
    : QObject(parent), m_settings(settings), m_secrets(secrets)
{
    // One value for all, so that a name may hold anything and no profile is ever half written.
    const auto list = QJsonDocument::fromJson(settings.value(ListKey).toString().toUtf8()).array();
    for (const QJsonValue &entry : list)
        m_profiles << profileFrom(entry.toObject());
    m_active = settings.value(ActiveKey).toString();
}

void VenueProfiles::keep()
{
    QJsonArray list;
    for (const VenueProfile &profile : m_profiles)
        list << toJson(profile);
    m_settings.set(ListKey, QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact)));
    m_settings.set(ActiveKey, m_active);
}

QStringList VenueProfiles::names() const
{
    QStringList names;
    for (const VenueProfile &profile : m_profiles)
        names << profile.name;
    return names;
}

VenueProfile VenueProfiles::profile(const QString &name) const
{
    for (const VenueProfile &profile : m_profiles)
        if (profile.name == name)
            return profile;
    return {};
}

void VenueProfiles::setActive(const QString &name)
{
    if (name == m_active)
        return;
    m_active = name;
    keep();
    Q_EMIT activeChanged();
}

void VenueProfiles::save(const VenueProfile &profile)
{
    const auto at = std::find_if(m_profiles.begin(), m_profiles.end(), [&](const VenueProfile &known) {
        return known.name == profile.name;
    });
    if (at == m_profiles.end())
        m_profiles << profile;
    else if (*at == profile)
        return;
    else
        *at = profile;
    if (m_profiles.size() == 1)
        m_active = profile.name;
    keep();
    Q_EMIT changed();
    if (profile.name == m_active)
        Q_EMIT activeChanged();
}

bool VenueProfiles::rename(const QString &from, const QString &to)
{
    const QStringList known = names();
    if (!known.contains(from) || known.contains(to) || to.isEmpty())
        return false;
    for (VenueProfile &profile : m_profiles)
        if (profile.name == from)
            profile.name = to;
    const bool active = m_active == from;
    if (active)
        m_active = to;
    keep();
    m_secrets.read(passwordKey(from), this, [this, from, to](const QString &password) {
        if (password.isEmpty())
            return;
        m_secrets.write(passwordKey(to), password, this, [this, from](const QString &trouble) {
            if (trouble.isEmpty()) // else it stays where it was, rather than nowhere
                m_secrets.write(passwordKey(from), {}, this, [](const QString &) {});
            Q_EMIT activeChanged();
        });
    });
    Q_EMIT changed();
    if (active)
        Q_EMIT activeChanged();
    return true;
}

void VenueProfiles::remove(const QString &name)
{
    m_profiles.removeIf([&](const VenueProfile &profile) { return profile.name == name; });
    m_secrets.write(passwordKey(name), {}, this, [](const QString &) {});
    const bool active = m_active == name;
    if (active)
        m_active = m_profiles.isEmpty() ? QString() : m_profiles.first().name;
    keep();
    Q_EMIT changed();
    if (active)
        Q_EMIT activeChanged();
}

QString VenueProfiles::freeName(const QString &name) const
{
    const QStringList known = names();
    QString free = name;
    for (int number = 2; known.contains(free); ++number)
        free = QStringLiteral("%1 %2").arg(name).arg(number);
    return free;
}

void VenueProfiles::readPassword(const QString &name, QObject *context,
                                 std::function<void(QString)> done) const
{
    m_secrets.read(passwordKey(name), context, std::move(done));
}

void VenueProfiles::writePassword(const QString &name, const QString &password, QObject *context,
                                  std::function<void(QString)> done)
{
    m_secrets.write(passwordKey(name), password, context,
                    [this, name, done = std::move(done)](const QString &trouble) {
                        done(trouble);
                        if (name == m_active)
                            Q_EMIT activeChanged();
                    });
}

QString VenueProfiles::passwordPlace() const
{
    return m_secrets.place();
}

} // namespace facetrack::console
