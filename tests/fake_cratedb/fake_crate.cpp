// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/fake_crate.h"

#include "tests/http/raw_client.h"

#include <QUrl>
#include <sstream>

namespace {

constexpr int Patience = 20'000;

CrateAnswer call(std::uint16_t port, const std::string &method, const std::string &path,
    const std::string &body)
{
    const auto answer = ask(port, method + " " + path + " HTTP/1.1\r\nHost: t\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + body);
    return answer ? CrateAnswer{answer->status, answer->headers, answer->body} : CrateAnswer{};
}

} // namespace

FakeCrate::FakeCrate(const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(FAKE_CRATEDB), arguments);
    while (m_controlPort == 0) {
        if (!m_process.canReadLine() && !m_process.waitForReadyRead(Patience))
            return;
        if (!m_process.canReadLine())
            continue;
        const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
        const QUrl url(line.section(QLatin1Char(' '), 1));
        const auto port = static_cast<std::uint16_t>(url.port());
        if (line.startsWith(QLatin1String("control "))) {
            m_controlPort = port;
        } else {
            m_ports.push_back(port);
            m_urls << url.toString(QUrl::StripTrailingSlash | QUrl::RemovePath);
        }
    }
}

FakeCrate::~FakeCrate()
{
    m_process.kill();
    m_process.waitForFinished(Patience);
}

CrateAnswer FakeCrate::sql(const std::string &statement, const nlohmann::json &args, bool bulk,
    std::size_t node) const
{
    nlohmann::json body = {{"stmt", statement}};
    if (!args.is_null())
        body[bulk ? "bulk_args" : "args"] = args;
    return call(port(node), "POST", "/_sql", body.dump());
}

nlohmann::json FakeCrate::rows(const std::string &statement, const nlohmann::json &args) const
{
    const CrateAnswer answer = sql(statement, args);
    const nlohmann::json json = answer.json();
    return json.is_object() && json.contains("rows") ? json["rows"] : nlohmann::json(answer.body);
}

std::string FakeCrate::control(const std::string &method, const std::string &path,
    const std::string &body) const
{
    return call(m_controlPort, method, path, body).body;
}

void FakeCrate::fault(const nlohmann::json &rules) const
{
    control("POST", "/faults", rules.dump());
}

void FakeCrate::clearFaults() const
{
    control("DELETE", "/faults");
}

nlohmann::json FakeCrate::stats() const
{
    return nlohmann::json::parse(control("GET", "/stats"), nullptr, false);
}

void FakeCrate::down(int node) const
{
    control("POST", node < 0 ? "/down" : "/down?node=" + std::to_string(node));
}

void FakeCrate::up(int node) const
{
    control("POST", node < 0 ? "/up" : "/up?node=" + std::to_string(node));
}

std::vector<std::string> FakeCrate::ids(const std::string &table) const
{
    std::istringstream lines(control("GET", "/ids?table=" + table));
    std::vector<std::string> out;
    for (std::string line; std::getline(lines, line);)
        out.push_back(line);
    return out;
}
