#pragma once
#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <functional>
#include <memory>

/// The answer to one HTTP request of a test.
struct HttpAnswer
{
    int status = 0; ///< 0: no answer
    QByteArray body;
    QByteArray contentType;
    QJsonObject json() const;
};

/// GET over Qt's own HTTP client, which shares no code with the server.
HttpAnswer httpGet(const QUrl &url);

/// A real facetrack-agentd, started for a test; killed at the end if it still runs.
class AgentProcess
{
public:
    /// Starts `facetrack-agentd` with `arguments`.
    explicit AgentProcess(const QStringList &arguments,
                          const QProcessEnvironment &environment
                          = QProcessEnvironment::systemEnvironment());
    ~AgentProcess();

    /// Waits for the ready line; false (with the log printed) when it ended before.
    bool waitReady();
    QUrl url(const QString &path = {}) const;
    /// Of its certificate, from the ready line; empty in plain HTTP.
    QByteArray fingerprint() const { return m_fingerprint; }
    HttpAnswer get(const QString &path) const { return httpGet(url(path)); }
    QJsonObject status() const { return get(QStringLiteral("api/v1/status")).json(); }
    /// Asks for the status until `good` says yes; false after a long time.
    bool waitStatus(const std::function<bool(const QJsonObject &)> &good) const;

    /// SIGTERM, then the exit status; -1 when it did not end.
    int terminate();
    void kill();       ///< SIGKILL, waits for the end
    int waitForEnd();  ///< exit status; -1 when it did not end
    qint64 pid() const { return m_process.processId(); }
    QByteArray errors() { return m_errors += m_process.readAllStandardError(); }

private:
    QProcess m_process;
    QByteArray m_errors;
    QUrl m_url;
    QByteArray m_fingerprint;
};

/// `facetrack-agentd run` on a free port with its state in `stateDirectory`, in plain HTTP and without
/// a token. The machine's clock is believed, whatever machine it is, unless `more` says otherwise.
std::unique_ptr<AgentProcess> runAgent(const QString &source, const QString &stateDirectory,
                                       const QStringList &more = {},
                                       const QProcessEnvironment &environment
                                       = QProcessEnvironment::systemEnvironment());
/// The same as people run it: with TLS, and everything but the open routes asks for the token.
std::unique_ptr<AgentProcess> runGuardedAgent(const QString &source, const QString &stateDirectory,
                                              const QStringList &more = {});
/// The access token of the agent with this state directory.
QByteArray accessToken(const QString &stateDirectory);
