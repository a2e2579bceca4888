// Venues: kept, tested against a real stand-in for CrateDB, and what the test says to do.
#include "console/connections/connections_page.h"
#include "console/preflight/finding_list.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/agent_process.h"
#include "tests/support/certificate.h"
#include "tests/support/console_stage.h"

#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace facetrack;
using namespace facetrack::console;

namespace {

constexpr int Patience = 30'000; // ms, for a busy machine

void makeTables(const FakeCrate &crate)
{
    QCOMPARE(QProcess::execute(QStringLiteral(FACETRACK_AGENTD),
                               {QStringLiteral("database"), QStringLiteral("--url"), crate.url(), QStringLiteral("--apply")}),
             0);
    crate.control("POST", "/refresh"); // for users who may not ask for it
}

} // namespace

class TestConsoleConnections : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ConsoleStage> m_stage;

    template<typename T>
    T *part(const char *name) { return m_stage->window().findChild<T *>(QString::fromLatin1(name)); }

    void click(const char *button)
    {
        QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton);
    }

    void type(const char *line, const QString &text)
    {
        auto *const edit = part<QLineEdit>(line);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }

    void newVenue(const QString &name, const QStringList &databases)
    {
        click("newVenue");
        type("venueName", name);
        part<QPlainTextEdit>("databases")->setPlainText(databases.join(QLatin1Char('\n')));
    }

    QList<Finding> test()
    {
        click("testVenue");
        auto *const result = part<QLabel>("testResult");
        auto *const button = part<QPushButton>("testVenue");
        if (!QTest::qWaitFor([&] { return button->text() == QStringLiteral("Test") && !result->text().isEmpty(); }, Patience))
            return {};
        return part<FindingList>("testFindings")->findings();
    }

    static Finding find(const QList<Finding> &findings, const QString &item)
    {
        for (const Finding &finding : findings)
            if (finding.item == item)
                return finding;
        return {};
    }

private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<ConsoleStage>();
        QVERIFY(m_stage->window().showPage(QStringLiteral("connections")));
    }

    void aVenueIsKeptAndItsPasswordStandsInNoSettings()
    {
        newVenue(QStringLiteral("Berlin"), {QStringLiteral("https://db1:4200"), QStringLiteral("https://db2:4200")});
        type("user", QStringLiteral("reader"));
        type("password", QStringLiteral("seecret7"));
        newVenue(QStringLiteral("Koeln / Halle 3"), {QStringLiteral("https://db3:4200")});
        QCOMPARE(m_stage->workspace.venues->active().name, QStringLiteral("Berlin"));
        click("useVenue");

        ConsoleStage next(m_stage->folder());
        const VenueProfiles &venues = *next.workspace.venues;
        QCOMPARE(venues.names(), QStringList({QStringLiteral("Berlin"), QStringLiteral("Koeln / Halle 3")}));
        QCOMPARE(venues.active().name, QStringLiteral("Koeln / Halle 3"));
        QCOMPARE(venues.profile(QStringLiteral("Berlin")).databases.size(), 2);
        QCOMPARE(venues.profile(QStringLiteral("Berlin")).user, QStringLiteral("reader"));
        QString password;
        venues.readPassword(QStringLiteral("Berlin"), this, [&](const QString &kept) { password = kept; });
        QTRY_COMPARE(password, QStringLiteral("seecret7"));
        QFile settings(next.settings.file());
        QVERIFY(settings.open(QIODevice::ReadOnly));
        QVERIFY(!settings.readAll().contains("seecret7"));
        QFile secrets(m_stage->folder() + QStringLiteral("/secrets.json"));
        QVERIFY(secrets.open(QIODevice::ReadOnly));
        QVERIFY(secrets.readAll().contains("profile/Berlin/password"));
        QCOMPARE(secrets.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void aRenamedVenueKeepsItsPasswordAndADeletedOneTakesItAlong()
    {
        newVenue(QStringLiteral("old"), {QStringLiteral("https://db1:4200")});
        type("password", QStringLiteral("seecret7"));
        type("venueName", QStringLiteral("new"));
        VenueProfiles &venues = *m_stage->workspace.venues;
        QCOMPARE(venues.active().name, QStringLiteral("new"));
        const auto kept = [&](const char *key) {
            QFile secrets(m_stage->folder() + QStringLiteral("/secrets.json"));
            return secrets.open(QIODevice::ReadOnly) && secrets.readAll().contains(key);
        };
        QTRY_VERIFY(kept("profile/new/password") && !kept("profile/old/password"));

        click("deleteVenue"); // asks once
        QCOMPARE(venues.names().size(), 1);
        auto *const yes = part<QPushButton>("reallyDelete");
        QVERIFY(yes);
        QTest::mouseClick(yes, Qt::LeftButton);
        QVERIFY(venues.names().isEmpty());
        QTRY_VERIFY(!kept("profile/new/password"));
        QVERIFY(!part<QPushButton>("testVenue")->isEnabled());
    }

    void aDatabaseThatIsAsItShouldBeIsGreenAndLeftAsItWas()
    {
        const FakeCrate crate;
        QVERIFY(crate.isReady());
        makeTables(crate);
        newVenue(QStringLiteral("here"), {crate.url()});
        const QList<Finding> findings = test();
        for (const Finding &finding : findings)
            QVERIFY2(finding.state == FindingState::Good, qPrintable(finding.item + finding.words));
        for (const char *item : {"Reachable", "Login", "Encryption", "Tables", "Write", "Read", "Delete"})
            QVERIFY2(!find(findings, QLatin1String(item)).words.isEmpty(), item);
        QCOMPARE(part<QLabel>("testResult")->text(), QStringLiteral("All is well"));
        crate.control("POST", "/refresh");
        QCOMPARE(crate.rows("SELECT count(*) FROM facetrack.tuning_changes").dump(), std::string("[[0]]"));
    }

    void aWrongPasswordSaysSo()
    {
        const FakeCrate crate({QStringLiteral("--user"), QStringLiteral("reader:right"), QStringLiteral("--require-auth")});
        QVERIFY(crate.isReady());
        newVenue(QStringLiteral("here"), {crate.url()});
        type("user", QStringLiteral("reader"));
        type("password", QStringLiteral("wrong"));
        QList<Finding> findings = test();
        QCOMPARE(find(findings, QStringLiteral("Reachable")).state, FindingState::Good);
        QCOMPARE(find(findings, QStringLiteral("Login")).state, FindingState::Bad);
        QVERIFY(find(findings, QStringLiteral("Login")).advice.contains(QStringLiteral("password")));
        QCOMPARE(find(findings, QStringLiteral("Tables")).state, FindingState::Unknown);
        type("password", QStringLiteral("right"));
        findings = test();
        QCOMPARE(find(findings, QStringLiteral("Login")).state, FindingState::Good);
    }

    void aPortWhereNobodyListensSaysSoAndTheOtherServerIsUsed()
    {
        const FakeCrate crate;
        QVERIFY(crate.isReady());
        makeTables(crate);
        newVenue(QStringLiteral("here"), {QStringLiteral("http://127.0.0.1:1"), crate.url()});
        const QList<Finding> findings = test();
        QVERIFY(!findings.isEmpty());
        QCOMPARE(findings.first().subject, QStringLiteral("http://127.0.0.1:1"));
        QCOMPARE(findings.first().state, FindingState::Bad);
        QVERIFY(findings.first().advice.contains(QStringLiteral("4200")));
        QCOMPARE(find(findings, QStringLiteral("Read")).state, FindingState::Good);
        QCOMPARE(part<QLabel>("testResult")->text(), QStringLiteral("1 not working"));
    }

    void whatIsNoAddressSaysHowOneLooks()
    {
        newVenue(QStringLiteral("here"), {QStringLiteral("db1:4200")});
        const QList<Finding> findings = test();
        QVERIFY(!findings.isEmpty());
        QCOMPARE(findings.first().state, FindingState::Bad);
        QVERIFY(findings.first().advice.contains(QStringLiteral("http://HOST:4200")));
    }

    void missingTablesSayWhatMakesThem()
    {
        const FakeCrate crate;
        QVERIFY(crate.isReady());
        newVenue(QStringLiteral("here"), {crate.url()});
        Finding tables = find(test(), QStringLiteral("Tables"));
        QCOMPARE(tables.state, FindingState::Bad);
        QVERIFY2(tables.advice.contains(QStringLiteral("facetrack-agentd database --url %1 --apply").arg(crate.url())), qPrintable(tables.advice));

        makeTables(crate);
        crate.sql("DROP TABLE facetrack.visits");
        tables = find(test(), QStringLiteral("Tables"));
        QCOMPARE(tables.state, FindingState::Bad);
        QVERIFY2(tables.words.contains(QStringLiteral("visits")), qPrintable(tables.words));
    }

    void aUserWhoMayNotWriteSeesTheGrantThatIsMissing()
    {
        const FakeCrate crate({QStringLiteral("--user"), QStringLiteral("reader:right:DQL@facetrack")});
        QVERIFY(crate.isReady());
        makeTables(crate);
        newVenue(QStringLiteral("here"), {crate.url()});
        type("user", QStringLiteral("reader"));
        type("password", QStringLiteral("right"));
        const Finding write = find(test(), QStringLiteral("Write"));
        QCOMPARE(write.state, FindingState::Bad);
        QCOMPARE(write.advice, QStringLiteral("GRANT DML ON SCHEMA \"facetrack\" TO \"reader\""));
    }

    void aCertificateIsTrustedByItsCaFileOrItsFingerprintOrNotAtAll()
    {
        QTemporaryDir folder;
        const TestCertificate certificate(folder.path());
        const FakeCrate crate({QStringLiteral("--tls-cert"), certificate.certificate, QStringLiteral("--tls-key"), certificate.key});
        QVERIFY(crate.isReady());
        const QString url = QStringLiteral("https://127.0.0.1:%1").arg(crate.port());
        newVenue(QStringLiteral("here"), {url});
        Finding encryption = find(test(), QStringLiteral("Encryption"));
        QCOMPARE(encryption.state, FindingState::Bad);
        QVERIFY(!encryption.words.isEmpty() && !encryption.advice.isEmpty());

        type("caFile", certificate.certificate);
        encryption = find(test(), QStringLiteral("Encryption"));
        QCOMPARE(encryption.state, FindingState::Good);
        QVERIFY2(encryption.words.contains(QStringLiteral("CA file")), qPrintable(encryption.words));

        part<QLineEdit>("caFile")->clear();
        type("fingerprint", QString::fromLatin1(certificate.sha256));
        encryption = find(test(), QStringLiteral("Encryption"));
        QCOMPARE(encryption.state, FindingState::Good);
        QVERIFY2(encryption.words.contains(QStringLiteral("pinned")), qPrintable(encryption.words));

        type("fingerprint", QString(64, QLatin1Char('0')));
        encryption = find(test(), QStringLiteral("Encryption"));
        QCOMPARE(encryption.state, FindingState::Bad);
    }

    void aRelayIsToldWithItsCertificate_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }
    void aRelayIsToldWithItsCertificate()
    {
        QFETCH(bool, tls);
        QTemporaryDir folder;
        const QStringList place{QStringLiteral("--state-dir"), folder.path(), QStringLiteral("--set"),
                                QStringLiteral("relay.tls=%1").arg(tls ? QStringLiteral("true") : QStringLiteral("false"))};
        QCOMPARE(QProcess::execute(QStringLiteral(FACETRACK_AGENTD), QStringList{QStringLiteral("relay"), QStringLiteral("secret")} + place.mid(0, 2)), 0);
        AgentProcess relay(QStringList{QStringLiteral("relay"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")} + place);
        QVERIFY(relay.waitReady());
        newVenue(QStringLiteral("here"), {});
        type("relay", relay.url().toString(QUrl::RemovePath));
        const QList<Finding> findings = test();
        QCOMPARE(find(findings, QStringLiteral("Reachable")).state, FindingState::Good);
        QVERIFY(findings.first().subject.startsWith(QStringLiteral("Relay http")));
        const QString words = find(findings, QStringLiteral("Encryption")).words;
        if (tls)
            QVERIFY2(words.contains(QString::fromLatin1(relay.fingerprint())), qPrintable(words));
        else
            QVERIFY2(words.contains(QStringLiteral("does not leave this machine")), qPrintable(words));
        QVERIFY(!find(findings, QStringLiteral("Delivery")).words.isEmpty());

        relay.kill();
        const Finding gone = find(test(), QStringLiteral("Reachable"));
        QCOMPARE(gone.state, FindingState::Bad);
        QVERIFY(!gone.advice.isEmpty());
    }

    void aTestOfASilentServerCanBeGivenUp()
    {
        const FakeCrate crate;
        QVERIFY(crate.isReady());
        crate.fault({{"match", "any"}, {"action", "stall"}, {"times", -1}});
        newVenue(QStringLiteral("here"), {crate.url()});
        click("testVenue");
        auto *const button = part<QPushButton>("testVenue");
        QCOMPARE(button->text(), QStringLiteral("Cancel"));
        click("testVenue");
        QCOMPARE(button->text(), QStringLiteral("Test"));
        crate.clearFaults();
        QCOMPARE(find(test(), QStringLiteral("Reachable")).state, FindingState::Good);
    }
};

QTEST_MAIN(TestConsoleConnections)
#include "test_console_connections.moc"
