#include "console/count/kept_counts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace facetrack::console {

namespace {

const QString Key = QStringLiteral("count/waiting");

QJsonObject toJson(const KeptCount &one)
{
    return {{QStringLiteral("agent"), one.agent},
            {QStringLiteral("name"), one.name},
            {QStringLiteral("from"), one.from},
            {QStringLiteral("to"), one.to},
            {QStringLiteral("count"), one.count},
            {QStringLiteral("away"), one.awaySeconds},
            {QStringLiteral("note"), one.note}};
}

KeptCount fromJson(const QJsonObject &json)
{
    return {json[QStringLiteral("agent")].toString(),
            json[QStringLiteral("name")].toString(),
            json[QStringLiteral("from")].toInteger(),
            json[QStringLiteral("to")].toInteger(),
            json[QStringLiteral("count")].toInt(),
            json[QStringLiteral("away")].toInt(),
            json[QStringLiteral("note")].toString()};
}

} // namespace

KeptCounts::KeptCounts(ConsoleSettings &settings) : m_settings(settings)
{
    const QJsonDocument kept = QJsonDocument::fromJson(settings.value(Key).toByteArray());
    const QJsonArray all = kept.array();
    for (const QJsonValue &one : all)
        m_all << fromJson(one.toObject());
}

void KeptCounts::keep(const KeptCount &count)
{
    m_all << count;
    save();
}

void KeptCounts::remove(const KeptCount &count)
{
    if (m_all.removeOne(count))
        save();
}

void KeptCounts::save()
{
    QJsonArray all;
    for (const KeptCount &one : m_all)
        all << toJson(one);
    m_settings.set(Key, QJsonDocument(all).toJson(QJsonDocument::Compact));
    Q_EMIT changed();
}

} // namespace facetrack::console
