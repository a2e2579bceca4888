#pragma once
#include "console/core/finding.h"
#include "console/core/venue_profiles.h"
#include "libfacetrack/cratedb/client.h"

#include <QObject>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace facetrack::console {

/// Looks at the servers of a profile: can each be reached, does it let the user in, are the tables
/// there, and does a row that is written come back? That row is one of `tuning_changes`, of an agent
/// "facetrack-preflight" and marked as simulated; it is deleted again, and so are those that an
/// interrupted look has left. Thread-bound: for the network's thread.
class DatabaseCheck : public QObject
{
    Q_OBJECT

public:
    using Tell = std::function<void(const Finding &)>;

    /// `finished` once, unless destroyed before.
    DatabaseCheck(VenueProfile profile, QString password, Tell tell, std::function<void()> finished);
    ~DatabaseCheck() override;

    void start();

private:
    using Rows = std::function<void(const nlohmann::json &rows)>;
    using Failed = std::function<void(const Error &)>;

    struct Server
    {
        QString url;
        std::unique_ptr<cratedb::Client> client;
        std::optional<Error> unusable; ///< its settings cannot be used
        std::optional<cratedb::SqlResult> answer;
    };

    void answered();
    void tell(const QString &item, FindingState state, const QString &words, const QString &advice = {});
    void tellServer(const Server &server);
    void tellEncryption(const Server &server);
    bool tellAnswer(const Server &server);
    void ask(const std::string &statement, const nlohmann::json &args, Rows done, Failed failed);
    void lookAtTables();
    void lookAtVersion();
    void tellMissing(const QStringList &missing);
    void writeRow();
    void readRow(bool refreshed);
    void deleteRow(FindingState read, const QString &words, const QString &advice);
    void end();
    QString grant(const QString &privilege) const;
    std::string table(const char *name) const;

    const VenueProfile m_profile;
    const QString m_password;
    const Tell m_tell;
    const std::function<void()> m_finished;
    std::vector<Server> m_servers;
    std::size_t m_waiting = 0;
    QString m_subject;
    QString m_run; ///< of the row that is written
    std::unique_ptr<cratedb::Client> m_client; ///< of all servers that answered well
};

} // namespace facetrack::console
