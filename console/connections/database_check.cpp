#include "console/connections/database_check.h"

#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/store/crate_schema.h"

#include <QHostAddress>
#include <QUrl>
#include <QUuid>
#include <nlohmann/json.hpp>

namespace facetrack::console {

namespace {

constexpr std::chrono::seconds ConnectTimeout{4}, AnswerTimeout{10};
constexpr const char *ProbeAgent = "facetrack-preflight";

QString text(const std::string &words)
{
    return QString::fromStdString(words);
}

bool onThisMachine(const QUrl &url)
{
    return url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
}

/// Without its advice, where that names the settings of an agent: they are not the console's.
QString wordsOf(const Error &error)
{
    return text(error.message);
}

std::string quoted(const std::string &name)
{
    std::string out = "\"";
    for (const char letter : name)
        out += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return out + "\"";
}

} // namespace

DatabaseCheck::DatabaseCheck(VenueProfile profile, QString password, Tell tell,
                             std::function<void()> finished)
    : m_profile(std::move(profile)), m_password(std::move(password)), m_tell(std::move(tell)),
      m_finished(std::move(finished)), m_run(QUuid::createUuid().toString(QUuid::Id128).left(16))
{}

DatabaseCheck::~DatabaseCheck() = default;

void DatabaseCheck::start()
{
    for (const QString &url : m_profile.databases) {
        VenueProfile one = m_profile;
        one.databases = {url};
        net::EndpointSettings settings = one.servers(m_password);
        settings.connectTimeout = ConnectTimeout;
        settings.answerTimeout = AnswerTimeout;
        Server server{url, nullptr, {}, {}};
        auto client = cratedb::Client::make(settings);
        if (client)
            server.client = std::move(*client);
        else
            server.unusable = client.error();
        m_servers.push_back(std::move(server));
    }
    m_waiting = 1; // this function, so that it does not end before all were asked
    for (Server &server : m_servers) {
        if (!server.client)
            continue;
        ++m_waiting;
        server.client->send(R"({"stmt":"SELECT 1"})", [this, &server](cratedb::SqlResult result) {
            server.answer = std::move(result);
            answered();
        });
    }
    answered();
}

void DatabaseCheck::answered()
{
    if (--m_waiting > 0)
        return;
    VenueProfile good = m_profile;
    good.databases.clear();
    for (const Server &server : m_servers) {
        tellServer(server);
        if (server.answer && server.answer->meaning.verdict == cratedb::Verdict::Done)
            good.databases << server.url;
    }
    m_subject = tr("Database");
    if (!good.hasDatabase()) {
        tell(tr("Tables"), FindingState::Unknown,
             tr("not looked at: no server lets us in"));
        return end();
    }
    net::EndpointSettings settings = good.servers(m_password);
    settings.connectTimeout = ConnectTimeout;
    settings.answerTimeout = AnswerTimeout;
    if (auto client = cratedb::Client::make(settings))
        m_client = std::move(*client);
    if (!m_client)
        return end();
    lookAtTables();
}

void DatabaseCheck::tell(const QString &item, FindingState state, const QString &words,
                         const QString &advice)
{
    m_tell({m_subject, item, state, words, advice});
}

void DatabaseCheck::tellServer(const Server &server)
{
    m_subject = server.url;
    if (server.unusable) {
        const bool file = server.unusable->where == m_profile.caFile.toStdString();
        return tell(tr("Settings"), FindingState::Bad, wordsOf(*server.unusable),
                    file ? tr("choose the CA file anew: a PEM file that you may read")
                    : server.unusable->where == "pin"
                        ? text(server.unusable->advice)
                        : tr("give http://HOST:4200 or https://HOST:4200; user and password have lines of their own"));
    }
    if (tellAnswer(server))
        tellEncryption(server);
}

/// False when there is nothing to say about its encryption.
bool DatabaseCheck::tellAnswer(const Server &server)
{
    const QString reachable = tr("Reachable");
    const QString login = tr("Login");
    const QString checkPort = tr("check host and port (CrateDB listens at 4200), whether it runs, and the network between");
    const cratedb::Meaning &meaning = server.answer->meaning;
    const net::EndpointState state = server.client->endpoints().front();
    if (meaning.verdict == cratedb::Verdict::Done) {
        tell(reachable, FindingState::Good, tr("it answers"));
        tell(login, FindingState::Good,
             m_profile.user.isEmpty() ? tr("lets in without a user")
                                      : tr("lets %1 in").arg(m_profile.user));
        return true;
    }
    const bool byTransport = state.failures > 0 && state.error.rfind("answered ", 0) != 0;
    if (byTransport && meaning.error.code == ErrorCode::Denied) {
        tell(reachable, FindingState::Good, tr("it answers"));
        tell(tr("Encryption"), FindingState::Bad, wordsOf(meaning.error),
             text(meaning.error.advice));
        return false;
    }
    if (byTransport) {
        tell(reachable, FindingState::Bad, wordsOf(meaning.error),
             meaning.error.advice.empty() ? checkPort : text(meaning.error.advice) + QStringLiteral(" ") + checkPort);
        return false;
    }
    if (meaning.error.code == ErrorCode::Denied) {
        tell(reachable, FindingState::Good, tr("it answers"));
        tell(login, FindingState::Bad, wordsOf(meaning.error),
             m_profile.user.isEmpty() ? tr("give user and password: it lets nobody in without")
                                      : tr("check user and password of this profile"));
        return true;
    }
    const bool passing = meaning.error.code == ErrorCode::Unavailable;
    tell(reachable, FindingState::Bad, wordsOf(meaning.error),
         passing ? tr("wait, and look at the database's own log if it lasts") : checkPort);
    return false;
}

void DatabaseCheck::tellEncryption(const Server &server)
{
    const QString item = tr("Encryption");
    const QUrl url(server.url);
    if (url.scheme() == QLatin1String("https"))
        return tell(item, FindingState::Good,
                    !m_profile.fingerprint.isEmpty() ? tr("TLS, and its certificate is the pinned one")
                    : !m_profile.caFile.isEmpty() ? tr("TLS, trusted by the CA file")
                                                  : tr("TLS, trusted by the system's certificates"));
    if (onThisMachine(url))
        return tell(item, FindingState::Good, tr("none, but it does not leave this machine"));
    tell(item, FindingState::Attention,
         m_profile.user.isEmpty() ? tr("none: others on the network can read along")
                                  : tr("none: others on the network can read the password"),
         tr("set up TLS in CrateDB and use https://, with its CA file or fingerprint here"));
}

void DatabaseCheck::ask(const std::string &statement, const nlohmann::json &args, Rows done, Failed failed)
{
    const nlohmann::json body{{"stmt", statement}, {"args", args}};
    m_client->send(QByteArray::fromStdString(body.dump()),
                   [done = std::move(done), failed = std::move(failed)](const cratedb::SqlResult &result) {
                       if (result.meaning.verdict != cratedb::Verdict::Done)
                           return failed(result.meaning.error);
                       const auto json = nlohmann::json::parse(result.body.begin(), result.body.end(), nullptr, false);
                       const bool rows = json.is_object() && json.contains("rows") && json["rows"].is_array();
                       done(rows ? json["rows"] : nlohmann::json::array());
                   });
}

std::string DatabaseCheck::table(const char *name) const
{
    return quoted(m_profile.schema.toStdString()) + "." + quoted(name);
}

QString DatabaseCheck::grant(const QString &privilege) const
{
    return QStringLiteral("GRANT %1 ON SCHEMA \"%2\" TO \"%3\"").arg(privilege, m_profile.schema, m_profile.user);
}

void DatabaseCheck::lookAtTables()
{
    const auto failed = [this](const Error &error) {
        tell(tr("Tables"), FindingState::Bad, wordsOf(error), text(error.advice));
        end();
    };
    ask("SELECT table_name FROM information_schema.tables WHERE table_schema = ?",
        {m_profile.schema.toStdString()},
        [this](const nlohmann::json &rows) {
            QStringList missing;
            for (const std::string &name : crateTableNames())
                missing << text(name);
            for (const nlohmann::json &row : rows)
                if (row.is_array() && !row.empty() && row[0].is_string())
                    missing.removeAll(text(row[0].get<std::string>()));
            if (!missing.isEmpty()) {
                tellMissing(missing);
                return end();
            }
            // Tables made a moment ago show their version only after a refresh.
            const auto look = [this] { lookAtVersion(); };
            ask("REFRESH TABLE " + table("schema_versions"), nlohmann::json::array(),
                [look](const nlohmann::json &) { look(); }, [look](const Error &) { look(); });
        },
        failed);
}

void DatabaseCheck::tellMissing(const QStringList &missing)
{
    const bool all = static_cast<std::size_t>(missing.size()) == crateTableNames().size();
    QString advice = tr("make them: facetrack-agentd database --url %1 --apply").arg(m_profile.databases.first());
    if (!m_profile.user.isEmpty())
        advice += tr("; a user without rights on the schema sees none either: %1").arg(grant(QStringLiteral("DQL")));
    tell(tr("Tables"), FindingState::Bad,
         all ? tr("none of facetrack's in the schema %1").arg(m_profile.schema)
             : tr("missing in the schema %1: %2").arg(m_profile.schema, missing.join(QStringLiteral(", "))),
         advice);
}

void DatabaseCheck::lookAtVersion()
{
    const QString item = tr("Tables");
    ask("SELECT max(\"version\") FROM " + table("schema_versions"), nlohmann::json::array(),
        [this, item](const nlohmann::json &rows) {
            const bool known = !rows.empty() && rows[0].is_array() && !rows[0].empty() && rows[0][0].is_number_integer();
            const int version = known ? rows[0][0].get<int>() : 0;
            const int newest = crateSchemaVersion();
            if (version == newest) {
                tell(item, FindingState::Good, tr("all there, version %1").arg(version));
                return writeRow();
            }
            if (version > newest)
                tell(item, FindingState::Attention,
                     tr("version %1, and this console knows %2").arg(version).arg(newest),
                     tr("use a newer facetrack-console"));
            else
                tell(item, FindingState::Bad,
                     tr("version %1, and %2 is needed").arg(version).arg(newest),
                     tr("bring them up to date: facetrack-agentd database --url %1 --apply").arg(m_profile.databases.first()));
            end();
        },
        [this, item](const Error &error) {
            tell(item, FindingState::Bad, wordsOf(error),
                 error.code == ErrorCode::Denied ? grant(QStringLiteral("DQL")) : text(error.advice));
            // A user that may only write is an agent's: whether that works is worth knowing.
            writeRow();
        });
}

void DatabaseCheck::writeRow()
{
    const QString item = tr("Write");
    ask("INSERT INTO " + table("tuning_changes")
            + R"( ("agent", "run", "seq", "ts", "clock_trusted", "simulated", "parameter") VALUES (?, ?, 0, ?, true, true, 'preflight'))",
        {ProbeAgent, m_run.toStdString(), isoTime(SystemClock::instance().utc())},
        [this, item](const nlohmann::json &) {
            tell(item, FindingState::Good, tr("a row of tuning_changes was taken"));
            readRow(false);
        },
        [this, item](const Error &error) {
            tell(item, FindingState::Bad, wordsOf(error),
                 error.code == ErrorCode::Denied ? grant(QStringLiteral("DML")) : text(error.advice));
            end();
        });
}

void DatabaseCheck::readRow(bool refreshed)
{
    ask("SELECT \"parameter\" FROM " + table("tuning_changes") + R"( WHERE "agent" = ? AND "run" = ? AND "seq" = 0)",
        {ProbeAgent, m_run.toStdString()},
        [this, refreshed](const nlohmann::json &rows) {
            if (rows.size() == 1)
                return deleteRow(FindingState::Good, tr("it was read back"), {});
            if (refreshed)
                return deleteRow(FindingState::Bad, tr("it did not come back"),
                                 tr("look at the health of the cluster in CrateDB's own console"));
            const auto again = [this] { readRow(true); };
            ask("REFRESH TABLE " + table("tuning_changes"), nlohmann::json::array(),
                [again](const nlohmann::json &) { again(); }, [again](const Error &) { again(); });
        },
        [this](const Error &error) {
            deleteRow(FindingState::Bad, wordsOf(error),
                      error.code == ErrorCode::Denied ? grant(QStringLiteral("DQL")) : text(error.advice));
        });
}

void DatabaseCheck::deleteRow(FindingState read, const QString &words, const QString &advice)
{
    tell(tr("Read"), read, words, advice);
    const QString item = tr("Delete");
    const auto old = [this] {
        constexpr std::chrono::minutes leftOver{10};
        const auto done = [this] { end(); };
        ask("DELETE FROM " + table("tuning_changes") + R"( WHERE "agent" = ? AND "ts" < ?)",
            {ProbeAgent, isoTime(SystemClock::instance().utc() - leftOver)},
            [done](const nlohmann::json &) { done(); }, [done](const Error &) { done(); });
    };
    ask("DELETE FROM " + table("tuning_changes") + R"( WHERE "agent" = ? AND "run" = ? AND "seq" = 0)",
        {ProbeAgent, m_run.toStdString()},
        [this, item, old](const nlohmann::json &) {
            tell(item, FindingState::Good, tr("it is gone again"));
            old();
        },
        [this, item](const Error &error) {
            tell(item, FindingState::Attention, wordsOf(error),
                 tr("a row of the agent %1 stays in tuning_changes; the next test takes it away").arg(QLatin1String(ProbeAgent)));
            end();
        });
}

void DatabaseCheck::end()
{
    m_finished();
}

} // namespace facetrack::console
