// Several servers, some of which fail; TLS; secrets.
#include "libfacetrack/net/endpoint_client.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/certificate.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <optional>

using namespace facetrack;
using namespace facetrack::net;

namespace {

EndpointSettings settingsFor(const QStringList &urls)
{
    EndpointSettings settings;
    for (const QString &url : urls)
        settings.urls.push_back(url.toStdString());
    settings.connectTimeout = std::chrono::seconds(2);
    settings.answerTimeout = std::chrono::seconds(2);
    return settings;
}

PostAnswer ask(EndpointClient &client)
{
    std::optional<PostAnswer> answer;
    client.post({"/_sql", R"({"stmt":"SELECT 1"})", "application/json", {}},
                [&](PostAnswer said) { answer = std::move(said); });
    const bool answered = QTest::qWaitFor([&] { return answer.has_value(); }, 20'000);
    return answered ? std::move(*answer) : PostAnswer();
}

/// 200, or why not.
std::string outcome(const EndpointSettings &settings)
{
    auto client = EndpointClient::make(settings);
    if (!client)
        return describe(client.error());
    const PostAnswer answer = ask(**client);
    return answer.error ? describe(*answer.error) : std::to_string(answer.status);
}

QString writeFile(const QTemporaryDir &folder, const QByteArray &text, QFile::Permissions mode)
{
    const QString name = folder.filePath(QStringLiteral("secret"));
    QFile file(name);
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        file.write(text);
    file.setPermissions(mode);
    return name;
}

constexpr QFile::Permissions OwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

} // namespace

class TestEndpointClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreSpreadOverHealthyServers()
    {
        const FakeCrate crate({QStringLiteral("--nodes"), QStringLiteral("3")});
        auto client
            = EndpointClient::make(settingsFor({crate.url(0), crate.url(1), crate.url(2)})).value();
        int answered = 0;
        for (int i = 0; i < 30; ++i)
            client->post({"/_sql", R"({"stmt":"SELECT 1"})", "application/json", {}},
                         [&](const PostAnswer &answer) { answered += answer.status == 200; });
        QTRY_COMPARE(answered, 30);
        for (const EndpointState &state : client->states())
            QVERIFY2(state.requests >= 5, qPrintable(QString::number(state.requests)));
    }

    void theNextServerTakesARequestAtOnce()
    {
        const FakeCrate crate({QStringLiteral("--nodes"), QStringLiteral("2")});
        auto client = EndpointClient::make(settingsFor({crate.url(0), crate.url(1)})).value();
        crate.down(0);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 6; ++i)
            QCOMPARE(ask(*client).status, 200);
        QVERIFY(timer.elapsed() < 1000);
        QVERIFY(!client->states()[0].healthy);
        QVERIFY(!client->states()[0].error.empty());
        crate.up(0);
        QTRY_VERIFY_WITH_TIMEOUT(client->states()[0].healthy, 10'000);
    }

    void aServerThatAnswers503OrDiesInItsAnswerIsPassedOver()
    {
        const FakeCrate crate({QStringLiteral("--nodes"), QStringLiteral("2")});
        auto client = EndpointClient::make(settingsFor({crate.url(0), crate.url(1)})).value();
        crate.fault({{"match", "sql"}, {"node", 0}, {"action", "http_error"}, {"error", "503"},
                     {"times", 3}});
        for (int i = 0; i < 4; ++i)
            QCOMPARE(ask(*client).status, 200);
        crate.clearFaults();
        crate.fault({{"match", "sql"}, {"node", 1}, {"action", "reset_mid_answer"}, {"times", 1}});
        for (int i = 0; i < 4; ++i)
            QCOMPARE(ask(*client).status, 200);
    }

    void aServerThatHangsIsPassedOverAfterTheTimeLimit()
    {
        const FakeCrate crate({QStringLiteral("--nodes"), QStringLiteral("2")});
        crate.fault({{"match", "sql"}, {"node", 0}, {"action", "stall"}});
        auto client = EndpointClient::make(settingsFor({crate.url(0), crate.url(1)})).value();
        for (int i = 0; i < 2; ++i)
            QCOMPARE(ask(*client).status, 200);
        QVERIFY(client->states()[0].failures > 0);
    }

    void aConnectionThatIsNeverMadeIsGivenUpSoon()
    {
        // A full queue of connections takes no more: as an address that swallows everything.
        QTcpServer full;
        full.setListenBacklogSize(1);
        QVERIFY(full.listen(QHostAddress::LocalHost));
        full.pauseAccepting();
        std::vector<std::unique_ptr<QTcpSocket>> waiting;
        for (int i = 0; i < 4; ++i) {
            waiting.push_back(std::make_unique<QTcpSocket>());
            waiting.back()->connectToHost(QHostAddress::LocalHost, full.serverPort());
        }
        QTest::qWait(50);
        const FakeCrate crate;
        auto client = EndpointClient::make(
            settingsFor({QStringLiteral("http://127.0.0.1:%1").arg(full.serverPort()), crate.url()}));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(ask(**client).status, 200);
        QCOMPARE(ask(**client).status, 200);
        QVERIFY(timer.elapsed() < 8000);
    }

    void withAllServersAwayItSaysSo()
    {
        const FakeCrate crate({QStringLiteral("--nodes"), QStringLiteral("2")});
        auto client = EndpointClient::make(settingsFor({crate.url(0), crate.url(1)})).value();
        crate.down();
        const PostAnswer answer = ask(*client);
        QVERIFY(answer.error.has_value());
        QCOMPARE(answer.error->code, ErrorCode::Unavailable);
        crate.up();
        QTRY_COMPARE_WITH_TIMEOUT(ask(*client).status, 200, 10'000);
    }

    void anAnswerOf401KeepsItsWords()
    {
        const FakeCrate crate({QStringLiteral("--require-auth")});
        auto client = EndpointClient::make(settingsFor({crate.url()})).value();
        const PostAnswer answer = ask(*client);
        QCOMPARE(answer.status, 401);
        QVERIFY2(answer.body.contains("No valid auth"), answer.body.constData());
    }

    void basicAndBearerCredentialsAreSent()
    {
        const FakeCrate crate({QStringLiteral("--require-auth"), QStringLiteral("--user"),
                               QStringLiteral("pi:p ä-ss"), QStringLiteral("--token"),
                               QStringLiteral("a.b.c:pi")});
        const QTemporaryDir folder;
        EndpointSettings settings = settingsFor({crate.url()});
        settings.user = "pi";
        settings.passwordFile = writeFile(folder, "p ä-ss\n", OwnerOnly).toStdString();
        QCOMPARE(outcome(settings), std::string("200"));
        settings.passwordFile.clear();
        QCOMPARE(outcome(settings), std::string("401"));
        settings.tokenFile = writeFile(folder, "a.b.c", OwnerOnly).toStdString();
        QCOMPARE(outcome(settings), std::string("200"));
    }

    void aSecretThatOthersMayReadIsRefused()
    {
        const QTemporaryDir folder;
        EndpointSettings settings = settingsFor({QStringLiteral("http://127.0.0.1:1")});
        for (const QFile::Permission more : {QFile::ReadGroup, QFile::ReadOther, QFile::WriteGroup}) {
            settings.tokenFile = writeFile(folder, "t0p", OwnerOnly | more).toStdString();
            const auto client = EndpointClient::make(settings);
            QVERIFY(!client);
            QCOMPARE(client.error().code, ErrorCode::Denied);
            QVERIFY(describe(client.error()).find("t0p") == std::string::npos);
        }
        settings.tokenFile = folder.filePath(QStringLiteral("none")).toStdString();
        QCOMPARE(EndpointClient::make(settings).error().code, ErrorCode::NotFound);
        settings.tokenFile = writeFile(folder, "\n", OwnerOnly).toStdString();
        QCOMPARE(EndpointClient::make(settings).error().code, ErrorCode::InvalidArgument);
        settings.tokenFile = folder.path().toStdString();
        QVERIFY(!EndpointClient::make(settings));
    }

    void addressesThatCannotBeAreRefused()
    {
        for (const char *url : {"ftp://a:1", "http://", "http://user:pw@host:4200", "host:4200",
                                "http://host:4200/_sql", "http://host:99999", "http://host?x=1"}) {
            const auto client = EndpointClient::make(settingsFor({QLatin1String(url)}));
            QVERIFY2(!client, url);
            QCOMPARE(client.error().code, ErrorCode::InvalidArgument);
            QVERIFY(describe(client.error()).find("pw") == std::string::npos);
        }
    }

    void onlyATrustedOrPinnedCertificateIsAccepted()
    {
        const QTemporaryDir folder, other;
        const TestCertificate own(folder.path());
        const TestCertificate strange(other.path());
        const FakeCrate crate({QStringLiteral("--tls-cert"), own.certificate,
                               QStringLiteral("--tls-key"), own.key});
        EndpointSettings settings
            = settingsFor({QStringLiteral("https://127.0.0.1:%1").arg(crate.port())});
        QVERIFY2(outcome(settings).find("not trusted") != std::string::npos,
                 outcome(settings).c_str());
        settings.caFile = own.certificate.toStdString();
        QCOMPARE(outcome(settings), std::string("200"));
        settings.caFile = strange.certificate.toStdString();
        QVERIFY(outcome(settings).find("not trusted") != std::string::npos);

        settings.caFile.clear();
        settings.pin = own.sha256.toStdString();
        QCOMPARE(outcome(settings), std::string("200"));
        settings.pin = strange.sha256.toStdString();
        const std::string words = outcome(settings);
        QVERIFY2(words.find("not the pinned one") != std::string::npos, words.c_str());
        const QByteArray digits = own.sha256.toLower();
        QVERIFY2(words.find(digits.toStdString()) != std::string::npos, words.c_str());

        // Both: the CA vouches for it, and still it must be that one.
        settings.caFile = own.certificate.toStdString();
        QVERIFY2(outcome(settings).find("pinned") != std::string::npos, outcome(settings).c_str());
        settings.pin = own.sha256.toStdString();
        QCOMPARE(outcome(settings), std::string("200"));
        settings.caFile = strange.certificate.toStdString();
        QVERIFY(outcome(settings).find("not trusted") != std::string::npos);
    }

    void httpTakenForHttpsIsAskedAboutAndTheOtherWayRound()
    {
        const QTemporaryDir folder;
        const TestCertificate own(folder.path());
        const FakeCrate secure({QStringLiteral("--tls-cert"), own.certificate,
                                QStringLiteral("--tls-key"), own.key});
        const FakeCrate plain;
        for (const QString &url : {QStringLiteral("http://127.0.0.1:%1").arg(secure.port()),
                                   QStringLiteral("https://127.0.0.1:%1").arg(plain.port())}) {
            auto client = EndpointClient::make(settingsFor({url})).value();
            const std::string words = describe(ask(*client).error.value());
            QVERIFY2(words.find("is it http:// or https:// there?") != std::string::npos,
                     words.c_str());
            const std::string state = client->states().front().error;
            QVERIFY2(state.find("is it http:// or https:// there?") != std::string::npos,
                     state.c_str());
        }
    }

    void aCertificateThatIsNotAcceptedGetsNoCredentials()
    {
        const QTemporaryDir folder, other;
        const TestCertificate own(folder.path());
        const TestCertificate strange(other.path());
        const FakeCrate crate({QStringLiteral("--tls-cert"), own.certificate,
                               QStringLiteral("--tls-key"), own.key});
        EndpointSettings settings
            = settingsFor({QStringLiteral("https://127.0.0.1:%1").arg(crate.port())});
        settings.pin = strange.sha256.toStdString();
        settings.tokenFile = writeFile(folder, "token", OwnerOnly).toStdString();
        auto client = EndpointClient::make(settings).value();
        const PostAnswer answer = ask(*client);
        QVERIFY(answer.error.has_value());
        QCOMPARE(answer.error->code, ErrorCode::Denied); // a person must look, no hasty repeats
        QCOMPARE(crate.stats()["requests"].get<int>(), 0);
    }

    void nothingCallsBackAfterTheEnd()
    {
        const FakeCrate crate;
        crate.fault({{"match", "any"}, {"action", "stall"}});
        auto client = EndpointClient::make(settingsFor({crate.url()})).value();
        bool called = false;
        for (int i = 0; i < 3; ++i)
            client->post({"/_sql", "{}", "application/json", {}},
                         [&](const PostAnswer &) { called = true; });
        QTest::qWait(100);
        QElapsedTimer timer;
        timer.start();
        client.reset();
        QVERIFY(timer.elapsed() < 1000);
        QTest::qWait(100);
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TestEndpointClient)
#include "test_endpoint_client.moc"
