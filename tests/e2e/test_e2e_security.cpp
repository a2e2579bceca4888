// A new agent as people run it: HTTPS, a token, and what others get to see. curl and openssl are the
// independent witnesses.
#include "tests/support/agent_process.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=2&size=320x240&fps=10");

struct Curled
{
    int exit = -1;
    int status = 0;
    QByteArray headers;
    QByteArray body;
};

QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return process.readAll();
}

} // namespace

class TestE2eSecurity : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<AgentProcess> m_agent;

    void start(const QStringList &more = {})
    {
        m_agent = runGuardedAgent(Booth, m_state->path(), more);
        QVERIFY(m_agent->waitReady());
    }
    QString state() const { return m_state->path(); }
    QString certificate() const { return state() + QStringLiteral("/tls/certificate.pem"); }
    QByteArray token() const { return accessToken(state()); }
    QString address() const
    {
        return QStringLiteral("127.0.0.1:%1").arg(m_agent->url().port());
    }

    /// With the agent's certificate as the only one that is trusted.
    Curled curl(const QString &path, const QStringList &more = {}) const
    {
        QProcess process;
        process.start(QStringLiteral("curl"),
                      QStringList{QStringLiteral("-sS"), QStringLiteral("-i"), QStringLiteral("-m"),
                                  QStringLiteral("30"), QStringLiteral("--cacert"), certificate()}
                          + more + QStringList{m_agent->url(path).toString()});
        Curled result;
        if (!process.waitForFinished(60'000))
            return result;
        result.exit = process.exitCode();
        const QByteArray all = process.readAllStandardOutput();
        const qsizetype end = all.indexOf("\r\n\r\n");
        result.headers = all.left(end);
        result.body = all.mid(end + 4);
        result.status = result.headers.mid(9, 3).toInt();
        return result;
    }
    QStringList bearer(const QByteArray &token) const
    {
        return {QStringLiteral("-H"),
                QStringLiteral("Authorization: Bearer ") + QString::fromUtf8(token)};
    }
    QByteArray agentd(const QStringList &arguments) const
    {
        return run(QStringLiteral(FACETRACK_AGENTD),
                   arguments + QStringList{QStringLiteral("--state-dir"), state()}).trimmed();
    }
    QByteArray openssl(const QStringList &arguments) const
    {
        return run(QStringLiteral("openssl"), arguments, "Q\n");
    }

private Q_SLOTS:
    void init() { m_state = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_agent.reset(); }

    void aNewAgentSpeaksTlsAndIsKnownByItsFingerprint()
    {
        start();
        QCOMPARE(m_agent->url().scheme(), QStringLiteral("https"));
        const QByteArray fingerprint = agentd({QStringLiteral("fingerprint")});
        QCOMPARE(fingerprint.size(), 32 * 3 - 1);
        QCOMPARE(m_agent->fingerprint(), fingerprint);
        const QByteArray seen = openssl({QStringLiteral("x509"), QStringLiteral("-in"), certificate(),
                                         QStringLiteral("-noout"), QStringLiteral("-fingerprint"),
                                         QStringLiteral("-sha256")});
        QVERIFY2(seen.contains(fingerprint), seen.constData());
        QCOMPARE(curl(QStringLiteral("healthz")).status, 200); // the name fits the certificate
        for (const char *file : {"/token", "/tls/key.pem"}) {
            const auto others = QFileInfo(state() + QLatin1StringView(file)).permissions()
                                & (QFile::ReadGroup | QFile::ReadOther);
            QVERIFY2(!others, file);
        }
        QCOMPARE(m_agent->terminate(), 0);
        start();
        QCOMPARE(m_agent->fingerprint(), fingerprint); // kept
    }

    void oldTlsIsRefused()
    {
        start();
        const auto talk = [&](const char *version) {
            return openssl({QStringLiteral("s_client"), QStringLiteral("-connect"), address(),
                            QLatin1StringView(version), QStringLiteral("-cipher"),
                            QStringLiteral("DEFAULT@SECLEVEL=0")});
        };
        QVERIFY(talk("-tls1_2").contains("Protocol  : TLSv1.2"));
        QVERIFY(talk("-tls1_3").contains("TLSv1.3"));
        QVERIFY(!talk("-tls1_1").contains("Cipher is ECDHE"));
        QVERIFY(!talk("-tls1").contains("Cipher is ECDHE"));
    }

    void whoSaysHttpIsTold()
    {
        start();
        const QByteArray said = run(QStringLiteral("curl"),
                                    {QStringLiteral("-sS"), QStringLiteral("-i"),
                                     QStringLiteral("http://%1/").arg(address())});
        QVERIFY2(said.contains("https"), said.constData());
        QVERIFY2(!said.startsWith("HTTP/1.1 200"), said.constData());
    }

    void everythingButTheOpenRoutesAsksForTheToken()
    {
        start();
        QCOMPARE(curl(QStringLiteral("api/v1/agent")).status, 200);
        for (const char *path : {"api/v1/status", "stream.mjpg", "snapshot.jpg", "metrics",
                                 "api/v1/tuning", "api/v1/events", "api/v1/clip"}) {
            const Curled refused = curl(QLatin1StringView(path));
            QVERIFY2(refused.status == 401, path);
            QVERIFY(refused.headers.contains("WWW-Authenticate: Bearer"));
        }
        QCOMPARE(curl(QStringLiteral("api/v1/status"), bearer(token())).status, 200);
        QCOMPARE(agentd({QStringLiteral("token")}), token());
        const QStringList patch{QStringLiteral("-X"), QStringLiteral("PATCH"), QStringLiteral("-H"),
                                QStringLiteral("Content-Type: application/json"),
                                QStringLiteral("-d"),
                                QStringLiteral(R"({"detect": {"min_neighbors": 5}})")};
        QCOMPARE(curl(QStringLiteral("api/v1/tuning"), patch).status, 401);
        QCOMPARE(curl(QStringLiteral("api/v1/tuning"), patch + bearer("wrong")).status, 401);
        QCOMPARE(curl(QStringLiteral("api/v1/tuning"), patch + bearer(token())).status, 200);
    }

    void thePagesSayWhatBrowsersMayDo()
    {
        start();
        const Curled page = curl(QStringLiteral("login"));
        QCOMPARE(page.status, 200);
        static const QRegularExpression policy(
            QStringLiteral("Content-Security-Policy: ([^\r\n]*)"));
        const QString said = policy.match(QString::fromUtf8(page.headers)).captured(1);
        QVERIFY2(said.contains(QStringLiteral("default-src 'none'")), qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("unsafe")));
        QVERIFY(said.contains(QStringLiteral("frame-ancestors 'none'")));
        for (const char *name : {"X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin"})
            QVERIFY2(page.headers.contains(name), name);
        QVERIFY(!page.headers.contains("Access-Control-Allow-Origin"));
        const Curled start = curl({});
        QCOMPARE(start.status, 303);
        QVERIFY(start.headers.contains("Location: /login"));
    }

    void aFormLogsIn()
    {
        start();
        const QString jar = state() + QStringLiteral("/jar");
        const auto logIn = [&](const QByteArray &token) {
            return curl(QStringLiteral("login"),
                        {QStringLiteral("-c"), jar, QStringLiteral("--data-urlencode"),
                         QStringLiteral("token=") + QString::fromUtf8(token)});
        };
        QCOMPARE(logIn("wrong").status, 401);
        const Curled good = logIn(token());
        QCOMPARE(good.status, 303);
        QVERIFY(good.headers.contains("HttpOnly"));
        QVERIFY(!good.headers.contains(token()));
        const QStringList cookie{QStringLiteral("-b"), jar};
        QTRY_COMPARE_WITH_TIMEOUT(curl(QStringLiteral("snapshot.jpg"), cookie).status, 200, 60'000);
        const QStringList patch = cookie
            + QStringList{QStringLiteral("-X"), QStringLiteral("POST"), QStringLiteral("-H")};
        // Another page's request carries the cookie in an old browser: it is refused.
        QCOMPARE(curl(QStringLiteral("api/v1/tuning/reset"),
                      patch + QStringList{QStringLiteral("Origin: https://evil.example")}).status,
                 403);
        QCOMPARE(curl(QStringLiteral("api/v1/tuning/reset"),
                      patch + QStringList{QStringLiteral("Origin: https://") + address()}).status,
                 200);
        // Another token ends what was begun with this one, at once.
        const QByteArray renewed = agentd({QStringLiteral("token"), QStringLiteral("--new")});
        QCOMPARE(renewed, token());
        QCOMPARE(curl(QStringLiteral("snapshot.jpg"), cookie).status, 401);
        QCOMPARE(curl(QStringLiteral("snapshot.jpg"), bearer(token())).status, 200);
    }

    void everybodyMayLookWhereTheOperatorSaysSo()
    {
        start({QStringLiteral("--set"), QStringLiteral("http.public_view=true")});
        // An agent serves before its first picture has come; until then there is none to look at.
        QTRY_COMPARE_WITH_TIMEOUT(curl(QStringLiteral("snapshot.jpg")).status, 200, 60'000);
        QCOMPARE(curl(QStringLiteral("api/v1/status")).status, 200);
        QCOMPARE(curl(QStringLiteral("api/v1/identify"),
                      {QStringLiteral("-X"), QStringLiteral("POST")}).status, 401);
        QCOMPARE(curl(QStringLiteral("api/v1/clip")).status, 403);
    }

    void withoutProtectionOnLoopbackOnly()
    {
        const QByteArray said = run(
            QStringLiteral(FACETRACK_AGENTD),
            {QStringLiteral("run"), QStringLiteral("--source"), Booth, QStringLiteral("--state-dir"),
             state(), QStringLiteral("--insecure-loopback"), QStringLiteral("--listen"),
             QStringLiteral("0.0.0.0:0")});
        QVERIFY2(said.contains("loopback"), said.constData());
        QVERIFY(!said.contains("ready"));
    }

    void aSilentClientBlocksNobody()
    {
        start();
        QProcess silent; // opens connections and says nothing
        silent.start(QStringLiteral("bash"),
                     {QStringLiteral("-c"),
                      QStringLiteral("for i in $(seq 20); do exec {fd}<>/dev/tcp/127.0.0.1/%1; done; "
                                     "echo open; read")
                          .arg(m_agent->url().port())});
        QVERIFY(silent.waitForReadyRead(60'000));
        QCOMPARE(curl(QStringLiteral("api/v1/status"), bearer(token())).status, 200);
        silent.closeWriteChannel();
        silent.waitForFinished();
        QCOMPARE(m_agent->terminate(), 0);
    }
};

QTEST_GUILESS_MAIN(TestE2eSecurity)
#include "test_e2e_security.moc"
