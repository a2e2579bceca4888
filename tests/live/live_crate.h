#pragma once
#include <QString>
#include <QStringList>
#include <nlohmann/json.hpp>
#include <string>

/// The cluster of the live tests: FACETRACK_CRATEDB_URL, one address or several with commas, and,
/// where it asks for them, FACETRACK_CRATEDB_USER and FACETRACK_CRATEDB_PASSWORD_FILE. Works in a
/// schema of its own, which it drops at the end.
class LiveCrate
{
public:
    LiveCrate();
    ~LiveCrate();

    static bool isThere();
    QString urls() const;
    const QString &schema() const { return m_schema; }
    /// "--set" arguments for facetrack-agentd.
    QStringList settings(const QString &urls = {}) const;

    /// The answer's JSON; `error` in it when it was refused.
    nlohmann::json sql(const std::string &statement) const;
    /// First column of the first row, after a REFRESH of `table`.
    std::int64_t count(const std::string &table, const std::string &where = "true") const;
    std::string tableName(const std::string &table) const;
    void dropTables() const;

private:
    const QString m_schema;
};
