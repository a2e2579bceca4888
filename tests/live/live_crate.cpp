#include "tests/live/live_crate.h"

#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QUrl>

namespace {

QString variable(const char *name)
{
    return qEnvironmentVariable(name);
}

QByteArray authorization()
{
    const QString user = variable("FACETRACK_CRATEDB_USER");
    if (user.isEmpty())
        return {};
    QFile file(variable("FACETRACK_CRATEDB_PASSWORD_FILE"));
    const QByteArray password
        = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    return "Basic " + (user.toUtf8() + ":" + password).toBase64();
}

} // namespace

LiveCrate::LiveCrate()
    : m_schema(QStringLiteral("facetrack_live_%1").arg(QRandomGenerator::global()->generate(), 8, 16,
                                                       QLatin1Char('0')))
{
}

LiveCrate::~LiveCrate()
{
    dropTables();
}

bool LiveCrate::isThere()
{
    return !variable("FACETRACK_CRATEDB_URL").isEmpty();
}

QString LiveCrate::urls() const
{
    return variable("FACETRACK_CRATEDB_URL");
}

QStringList LiveCrate::settings(const QString &other) const
{
    QStringList all{QStringLiteral("upload.urls=") + (other.isEmpty() ? urls() : other),
                    QStringLiteral("database.schema=") + m_schema,
                    QStringLiteral("upload.interval_seconds=0.5"),
                    QStringLiteral("upload.heartbeat_seconds=1")};
    if (!variable("FACETRACK_CRATEDB_USER").isEmpty())
        all << QStringLiteral("upload.user=") + variable("FACETRACK_CRATEDB_USER")
            << QStringLiteral("upload.password_file=") + variable("FACETRACK_CRATEDB_PASSWORD_FILE");
    QStringList arguments;
    for (const QString &setting : all)
        arguments << QStringLiteral("--set") << setting;
    return arguments;
}

nlohmann::json LiveCrate::sql(const std::string &statement) const
{
    QNetworkAccessManager network;
    QUrl url(urls().section(QLatin1Char(','), 0, 0).trimmed());
    url.setPath(QStringLiteral("/_sql"));
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (const QByteArray secret = authorization(); !secret.isEmpty())
        request.setRawHeader("Authorization", secret);
    const std::string body = nlohmann::json{{"stmt", statement}}.dump();
    QNetworkReply *reply = network.post(request, QByteArray::fromStdString(body));
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const QByteArray answer = reply->readAll();
    auto json = nlohmann::json::parse(answer.constData(), nullptr, false);
    if (json.is_object())
        return json;
    const QByteArray why = answer.isEmpty() ? reply->errorString().toUtf8() : answer;
    return {{"error", why.toStdString()}};
}

std::int64_t LiveCrate::count(const std::string &table, const std::string &where) const
{
    sql("REFRESH TABLE " + tableName(table));
    const auto answer = sql("SELECT count(*) FROM " + tableName(table) + " WHERE " + where);
    return answer.contains("rows") ? answer["rows"][0][0].get<std::int64_t>() : -1;
}

std::string LiveCrate::tableName(const std::string &table) const
{
    return "\"" + m_schema.toStdString() + "\".\"" + table + "\"";
}

void LiveCrate::dropTables() const
{
    const auto names = sql("SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                           + m_schema.toStdString() + "'");
    if (!names.contains("rows"))
        return;
    for (const auto &row : names["rows"])
        sql("DROP TABLE " + tableName(row[0].get<std::string>()));
}
