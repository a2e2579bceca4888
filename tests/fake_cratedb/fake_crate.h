// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

/// The answer to one request of a test.
struct CrateAnswer
{
    int status = 0; ///< 0: no answer
    std::map<std::string, std::string> headers;
    std::string body;

    nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
};

/// A stand-in CrateDB in a process of its own, for the length of a test. Its calls wait.
class FakeCrate
{
public:
    /// Starts `fake_cratedb` with `arguments` and waits until it is ready.
    explicit FakeCrate(const QStringList &arguments = {});
    ~FakeCrate();

    bool isReady() const { return m_controlPort != 0; }
    std::uint16_t port(std::size_t node = 0) const { return m_ports.at(node); }
    std::uint16_t controlPort() const { return m_controlPort; }
    /// "http://127.0.0.1:port" of a node.
    QString url(std::size_t node = 0) const { return m_urls.at(node); }
    qint64 pid() const { return m_process.processId(); }

    /// POST /_sql; without args when null, with bulk_args when `bulk`.
    CrateAnswer sql(const std::string &statement, const nlohmann::json &args = nullptr,
        bool bulk = false, std::size_t node = 0) const;
    /// The rows of a SELECT.
    nlohmann::json rows(const std::string &statement, const nlohmann::json &args = nullptr) const;

    /// A call of the control port; its answer's body.
    std::string control(const std::string &method, const std::string &path,
        const std::string &body = {}) const;
    /// Adds fault rules; README.md lists their fields.
    void fault(const nlohmann::json &rules) const;
    void clearFaults() const;
    nlohmann::json stats() const;
    void down(int node = -1) const;
    void up(int node = -1) const;
    /// All primary keys of a table, as lines.
    std::vector<std::string> ids(const std::string &table) const;

private:
    QProcess m_process;
    std::vector<std::uint16_t> m_ports;
    QStringList m_urls;
    std::uint16_t m_controlPort = 0;
};
