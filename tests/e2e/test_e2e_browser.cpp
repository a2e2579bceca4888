// Agents are found by saved addresses and by the database, without any DNS-SD.
#include "libfacetrack/discovery/agent_browser.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/agent_process.h"

#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;

namespace {

const QString Still = QStringLiteral("synthetic:still?size=160x120&fps=2");

std::optional<FoundAgent> find(const AgentBrowser &browser, const std::string &id)
{
    for (const FoundAgent &agent : browser.agents())
        if (agent.id == id)
            return agent;
    return std::nullopt;
}

bool isThere(const AgentBrowser &browser, const std::string &id, bool answers)
{
    const auto agent = find(browser, id);
    return agent && agent->answers == answers;
}

std::string addressOf(const AgentProcess &agent)
{
    std::string url = agent.url().toString().toStdString();
    url.pop_back();
    return url;
}

} // namespace

class TestE2eBrowser : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString folder(const char *name) const { return m_folder.filePath(QLatin1StringView(name)); }
    static QStringList named(const char *id)
    {
        return {QStringLiteral("--set"), QStringLiteral("agent.id=") + QLatin1StringView(id)};
    }

private Q_SLOTS:
    void theDatabaseTellsWhereAgentsAre()
    {
        FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        QVERIFY(crate.isReady());
        QCOMPARE(QProcess::execute(QStringLiteral(FACETRACK_AGENTD),
                                   {QStringLiteral("database"), QStringLiteral("--apply"),
                                    QStringLiteral("--set"),
                                    QStringLiteral("upload.urls=") + crate.url()}),
                 0);
        auto agent = runAgent(Still, folder("a"),
                              named("pi-1")
                                  + QStringList{QStringLiteral("--set"),
                                                QStringLiteral("upload.urls=") + crate.url(),
                                                QStringLiteral("--set"),
                                                QStringLiteral("upload.heartbeat_seconds=1")});
        QVERIFY(agent->waitReady());
        const auto isTold = [&] {
            const auto rows = crate.rows("SELECT agent FROM facetrack.agents");
            return rows.is_array() && !rows.empty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isTold(), 60'000);

        BrowserSources sources;
        sources.dnsSd = false;
        sources.database = net::EndpointSettings{};
        sources.database->urls = {crate.url().toStdString()};
        int changes = 0;
        const AgentBrowser browser(sources, [&] { ++changes; });
        QTRY_VERIFY_WITH_TIMEOUT(isThere(browser, "pi-1", true), 60'000);
        const FoundAgent found = *find(browser, "pi-1");
        QVERIFY(found.by == (FoundBy{false, false, true}));
        QCOMPARE(found.address, addressOf(*agent));
        QVERIFY(found.lastSeen.has_value());
        QVERIFY(browser.state().database);
        QVERIFY(!browser.state().dnsSd);
        QVERIFY(changes > 0);

        agent->kill();
        QTRY_VERIFY_WITH_TIMEOUT(isThere(browser, "pi-1", false), 60'000);
        QVERIFY(!find(browser, "pi-1")->trouble.empty());
        QVERIFY(find(browser, "pi-1")->lastSeen.has_value());
    }

    void withoutTheDatabaseTheOtherWaysGoOn()
    {
        auto guarded = runGuardedAgent(Still, folder("b"), named("pi-2"));
        QVERIFY(guarded->waitReady());
        BrowserSources sources;
        sources.dnsSd = false;
        sources.database = net::EndpointSettings{};
        sources.database->urls = {"http://127.0.0.1:9"}; // nobody listens there
        sources.saved = {addressOf(*guarded) + "/", "https://127.0.0.1:9"};
        AgentBrowser browser(sources, [] {});
        QTRY_VERIFY_WITH_TIMEOUT(isThere(browser, "pi-2", true), 60'000);
        const FoundAgent found = *find(browser, "pi-2");
        QCOMPARE(found.fingerprint, guarded->fingerprint().toStdString());
        QVERIFY(found.by == (FoundBy{false, true, false}));
        QTRY_VERIFY_WITH_TIMEOUT(!browser.state().databaseTrouble.empty(), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(isThere(browser, "", false), 60'000); // the other address

        browser.setSaved({"https://127.0.0.1:9"});
        QVERIFY(!find(browser, "pi-2"));
    }
};

QTEST_GUILESS_MAIN(TestE2eBrowser)
#include "test_e2e_browser.moc"
