// facetrack provision --ssh with a real sshd on loopback and real agents. Each host of ssh's file of
// settings is a folder of its own, with stand-ins for the programs that would change a machine.
#include "libfacetrack/http/token.h"
#include "tests/provision/cli_run.h"
#include "tests/support/agent_process.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray token = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJwaS1iZXItMSJ9.c2VjcmV0LXNlY3JldA";

struct StandIn
{
    const char *name, *script;
};

// FACETRACK_ROOT is the host's folder; STAND_IN says what goes wrong there.
constexpr StandIn standIns[]{
    {"dpkg", "echo amd64"},
    {"dpkg-query", "case \"$*\" in *package*) cat \"$FACETRACK_ROOT/installed\" 2>/dev/null ;; *) grep -q facetrack-agentd \"$FACETRACK_ROOT/installed\" ;; esac"},
    {"apt-get", "echo \"apt-get $*\" >> \"$FACETRACK_ROOT/calls\"\n"
                "case $STAND_IN in apt-fails) echo 'E: Unable to locate package libopencv-core'; exit 100 ;;\n"
                "full-later) echo 'dpkg: error: No space left on device'; exit 100 ;; esac\n"
                "for word; do case $word in *.deb) basename \"$word\" .deb | sed 's/\\(.*\\)_\\(.*\\)_\\(.*\\)/package \\1 \\3 \\2 installed/' >> \"$FACETRACK_ROOT/installed\" ;; esac; done"},
    {"systemctl", "echo \"systemctl $*\" >> \"$FACETRACK_ROOT/calls\"\n"
                  "case \"$*\" in *is-active*) test -e \"$FACETRACK_ROOT/active\" ;;\n"
                  "restart*) [ \"$STAND_IN\" != agent-fails ] && touch \"$FACETRACK_ROOT/active\" ;; esac"},
    {"journalctl", "echo 'source.url: there is no camera imx708'"},
    {"id", "case $STAND_IN in sudo*) echo 1000 ;; *) /usr/bin/id \"$@\" ;; esac"},
    {"sudo", "[ \"$STAND_IN\" != sudo-asks ] || { echo 'sudo: a password is required' >&2; exit 1; }\n"
             "echo sudo >> \"$FACETRACK_ROOT/calls\"; shift; exec \"$@\""},
    {"df", "[ \"$STAND_IN\" != full ] || { echo head; echo '/dev/root 100 98 2 98% /'; exit; }\n/bin/df \"$@\""},
};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &bytes, QFile::Permissions permissions = {})
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()
        && (!permissions || file.setPermissions(permissions));
}

int freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

} // namespace

class TestProvisionSsh : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_sshd;
    std::unique_ptr<AgentProcess> m_agent;
    int m_port = 0;
    QString m_print; ///< of the host key: "SHA256:…"

    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString root(const char *host) const { return path(QStringLiteral("hosts/") + QLatin1String(host)); }
    QString known() const { return path(QStringLiteral("known_hosts")); }

    bool makeKey(const QString &name) const
    {
        return runToEnd(QStringLiteral("ssh-keygen"), {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                        QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(name)}).status == 0;
    }

    bool startSshd()
    {
        if (::geteuid() == 0)
            QDir().mkpath(QStringLiteral("/run/sshd")); // sshd insists on it
        m_port = freePort();
        const QByteArray config = "ListenAddress 127.0.0.1\nPort " + QByteArray::number(m_port) + "\nHostKey " + path(QStringLiteral("host")).toUtf8()
            + "\nPidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nAuthorizedKeysFile "
            + path(QStringLiteral("key.pub")).toUtf8() + "\nAcceptEnv FACETRACK_ROOT STAND_IN\nSetEnv PATH=" + path(QStringLiteral("bin")).toUtf8()
            + ":/usr/sbin:/usr/bin:/sbin:/bin\n";
        if (!write(path(QStringLiteral("sshd_config")), config))
            return false;
        m_sshd = std::make_unique<QProcess>();
        m_sshd->start(findProgram("sshd"), {QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"), path(QStringLiteral("sshd_config"))});
        return QTest::qWaitFor([this] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(m_port));
            return socket.waitForConnected(200);
        }, 20'000);
    }

    /// A host of ssh's settings; what goes wrong there; another key than the right one; another port.
    QByteArray host(const char *name, const char *standIn = "none", const char *key = "key", int port = 0) const
    {
        QDir().mkpath(root(name) + QStringLiteral("/var/lib"));
        return QByteArray("Host ") + name + "\nHostName 127.0.0.1\nPort " + QByteArray::number(port > 0 ? port : m_port) + "\nHostKeyAlias " + name
            + "\nIdentityFile " + path(QLatin1String(key)).toUtf8() + "\nIdentitiesOnly yes\nUserKnownHostsFile " + known().toUtf8()
            + "\nGlobalKnownHostsFile /dev/null\nSetEnv FACETRACK_ROOT=" + root(name).toUtf8() + " STAND_IN=" + standIn + "\n";
    }

    CliRun provision(const QStringList &hosts, const QStringList &more = {}, bool accept = true) const
    {
        QStringList arguments{QStringLiteral("--known-agents"), path(QStringLiteral("known-agents.json")), QStringLiteral("--timeout"),
                              QStringLiteral("30"), QStringLiteral("provision"),
                              QStringLiteral("--ssh")};
        arguments += hosts + QStringList{QStringLiteral("--ssh-config"), path(QStringLiteral("ssh_config")), QStringLiteral("--packages"),
                     path(QStringLiteral("debs")), QStringLiteral("--yes"), QStringLiteral("--wait"), QStringLiteral("2")};
        if (!more.contains(QStringLiteral("--agent-port")))
            arguments += {QStringLiteral("--agent-port"), QString::number(m_agent->url().port())};
        if (accept)
            arguments += {QStringLiteral("--accept-host-key"), m_print};
        CliRun run = runToEnd(QStringLiteral(FACETRACK_CLI), arguments + more);
        if ((run.out + run.errors).contains(token))
            run.status = -2; // secrets are never printed
        return run;
    }
    CliRun provision(const char *host, const QStringList &more = {}, bool accept = true) const
    {
        return provision(QStringList{QString::fromLatin1(host)}, more, accept);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (findProgram("sshd").isEmpty() || findProgram("ssh").isEmpty())
            QSKIP("needs openssh-server and openssh-client");
        QVERIFY(makeKey(QStringLiteral("host")) && makeKey(QStringLiteral("key")) && makeKey(QStringLiteral("stranger")));
        m_print = QString::fromUtf8(runToEnd(QStringLiteral("ssh-keygen"), {QStringLiteral("-lf"), path(QStringLiteral("host.pub"))}).out).section(u' ', 1, 1);
        for (const StandIn &standIn : standIns)
            QVERIFY(write(path(QStringLiteral("bin/") + QLatin1String(standIn.name)), QByteArray("#!/bin/sh\n") + standIn.script + "\n",
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(startSshd());
        QVERIFY(write(path(QStringLiteral("ssh_config")),
                      host("pi-1") + host("pi-2", "sudo") + host("pi-fresh") + host("pi-moved") + host("pi-stranger", "none", "stranger")
                          + host("pi-sudo", "sudo-asks") + host("pi-full", "full") + host("pi-full-later", "full-later") + host("pi-apt", "apt-fails")
                          + host("pi-agent", "agent-fails") + host("pi-mute") + host("pi-off", "none", "key", freePort())));
        QVERIFY(write(path(QStringLiteral("token")), token + '\n', QFile::ReadOwner | QFile::WriteOwner));
        for (const char *name : {"facetrack-agentd_1.0_amd64.deb", "libfacetrack0_1.0_amd64.deb", "libfacetrack0_1.0_arm64.deb"})
            QVERIFY(write(path(QStringLiteral("debs/") + QLatin1String(name)), QByteArray(200'000, 'd')));
        m_agent = runGuardedAgent(QStringLiteral("synthetic:booth?size=160x120&fps=5"), path(QStringLiteral("agent")));
        QVERIFY(m_agent->waitReady());
    }

    void cleanupTestCase()
    {
        if (m_sshd) {
            m_sshd->terminate();
            m_sshd->waitForFinished();
        }
    }

    void aHostKeyIsShownAndTakenOnlyWhenSomebodySaysSo()
    {
        CliRun run = provision("pi-fresh", {}, false);
        QVERIFY2(run.status == 1 && run.errors.contains(m_print.toUtf8()), run.errors.constData());
        QVERIFY2(run.errors.contains("--accept-host-key SHA256:"), run.errors.constData());
        QVERIFY(contents(known()).isEmpty() && contents(root("pi-fresh") + QStringLiteral("/calls")).isEmpty());
        run = provision("pi-fresh", {QStringLiteral("--accept-host-key"), QStringLiteral("SHA256:another")}, false);
        QCOMPARE(run.status, 1);
        run = provision("pi-fresh", {QStringLiteral("--dry-run")});
        QVERIFY2(run.status == 0, run.errors.constData());
        QVERIFY(contents(known()).contains("pi-fresh ssh-ed25519 "));
        QCOMPARE(provision("pi-fresh", {QStringLiteral("--dry-run")}, false).status, 0); // known from now on
    }

    void severalAreSetUpAtOnceAndTheSecondRunFindsNothingToDo()
    {
        const QStringList both{QStringLiteral("pi-1"), QStringLiteral("pi-2")};
        const QStringList settings{QStringLiteral("--role"), QStringLiteral("counter"), QStringLiteral("--relay"), QStringLiteral("relay+https://relay.example"),
                                   QStringLiteral("--token-file"), path(QStringLiteral("token"))};
        const CliRun first = provision(both, settings);
        QVERIFY2(first.status == 0, first.errors.constData());
        QVERIFY2(first.out.contains("pi-1  1.0") && first.out.contains("answers"), first.out.constData());
        QVERIFY2(first.errors.contains("pi-2: installs the packages"), first.errors.constData());
        for (const char *name : {"pi-1", "pi-2"}) {
            const QString kept = root(name) + QStringLiteral("/etc/facetrack/relay-token");
            QCOMPARE(contents(kept), token + '\n');
            QCOMPARE(QFile::permissions(kept) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
            QVERIFY(contents(root(name) + QStringLiteral("/etc/facetrack/agentd.toml")).contains("relay+https://relay.example"));
            QVERIFY(contents(root(name) + QStringLiteral("/etc/facetrack/agentd.toml")).contains("token_file = '/etc/facetrack/relay-token'")
                    || contents(root(name) + QStringLiteral("/etc/facetrack/agentd.toml")).contains("token_file = \"/etc/facetrack/relay-token\""));
            const QByteArray calls = contents(root(name) + QStringLiteral("/calls"));
            QVERIFY2(calls.contains("facetrack-agentd_1.0_amd64.deb") && !calls.contains("arm64"), calls.constData());
            QVERIFY(calls.contains("systemctl restart facetrack-agentd.service"));
            QVERIFY(QDir(root(name) + QStringLiteral("/var/lib")).isEmpty());
            QFile::remove(root(name) + QStringLiteral("/calls"));
        }
        const CliRun second = provision(both, settings + QStringList{QStringLiteral("--json")});
        QVERIFY2(second.status == 0, second.errors.constData());
        for (const auto agent : second.json()[u"agents"].toArray())
            QCOMPARE(agent[u"result"][u"done"].toString(), QStringLiteral("unchanged"));
        QVERIFY(!contents(root("pi-1") + QStringLiteral("/calls")).contains("restart"));
    }

    void anUpdateKeepsSettingsAndTheToken()
    {
        const QString toml = root("pi-1") + QStringLiteral("/etc/facetrack/agentd.toml");
        QVERIFY(QFile::exists(toml)); // of the test before
        QVERIFY(write(toml, "# by hand\n[source]\nurl = \"qtcamera:\"\n[http]\nlisten = \"0.0.0.0:7420\"\n"));
        QVERIFY(QFile::rename(path(QStringLiteral("debs/facetrack-agentd_1.0_amd64.deb")), path(QStringLiteral("debs/facetrack-agentd_1.1_amd64.deb"))));
        const CliRun run = provision("pi-1");
        QVERIFY(QFile::rename(path(QStringLiteral("debs/facetrack-agentd_1.1_amd64.deb")), path(QStringLiteral("debs/facetrack-agentd_1.0_amd64.deb"))));
        QVERIFY2(run.status == 0 && run.out.contains("facetrack-agentd 1.1"), (run.out + run.errors).constData());
        QVERIFY(contents(toml).startsWith("# by hand"));
        QCOMPARE(contents(root("pi-1") + QStringLiteral("/etc/facetrack/relay-token")), token + '\n');
    }

    void aNameThatPeopleSeeIsNotTheAgentsId()
    {
        const CliRun run = provision("pi-2", {QStringLiteral("--agent-name"), QStringLiteral("Berlin, left lane")});
        QVERIFY2(run.status == 0 && run.out.contains("changed settings"), (run.out + run.errors).constData());
        const QByteArray toml = contents(root("pi-2") + QStringLiteral("/etc/facetrack/agentd.toml"));
        QVERIFY2(toml.contains("name = 'Berlin, left lane'") && !toml.contains("id ="), toml.constData());
    }

    void anotherAgentsTokenIsNotPutThere()
    {
        using facetrack::http::signToken;
        const QByteArray theirs = QByteArray::fromStdString(signToken({"pi-of-another", "agent", 4'000'000'000}, {"one", std::string(32, 'k')}));
        QVERIFY(write(path(QStringLiteral("their-token")), theirs + '\n', QFile::ReadOwner | QFile::WriteOwner));
        const CliRun run = provision("pi-2", {QStringLiteral("--token-file"), path(QStringLiteral("their-token"))});
        QVERIFY2(run.status == 1 && run.errors.contains("has the token of agent pi-of-another"), run.errors.constData());
        QCOMPARE(contents(root("pi-2") + QStringLiteral("/etc/facetrack/relay-token")), token + '\n');
    }

    void whoVouchesForTheRelayIsCopiedOnce()
    {
        const QByteArray certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        QVERIFY(write(path(QStringLiteral("ca.pem")), certificate));
        const QStringList wanted{QStringLiteral("--relay-ca"), path(QStringLiteral("ca.pem"))};
        CliRun run = provision("pi-2", wanted);
        QVERIFY2(run.status == 0 && run.out.contains("who vouches for the relay"), (run.out + run.errors).constData());
        const QString kept = root("pi-2") + QStringLiteral("/etc/facetrack/relay-ca.pem");
        QCOMPARE(contents(kept), certificate);
        QVERIFY(QFile::permissions(kept) & QFile::ReadOther); // the agent is another user
        run = provision("pi-2", wanted);
        QVERIFY2(run.status == 0 && run.out.contains("unchanged"), (run.out + run.errors).constData());
    }

    void anotherHostKeyThanBeforeStopsEverything()
    {
        QVERIFY(makeKey(QStringLiteral("other")));
        const QByteArray other = contents(path(QStringLiteral("other.pub")));
        QVERIFY(write(known(), contents(known()) + "pi-moved " + other));
        const CliRun run = provision("pi-moved");
        QVERIFY2(run.status == 4 && run.errors.contains("another host key than before"), run.errors.constData());
        QVERIFY(contents(root("pi-moved") + QStringLiteral("/calls")).isEmpty());
    }

    void whatIsInTheWayIsSaidInWords_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("no key") << QByteArray("pi-stranger") << 1 << QByteArray("takes none of your SSH keys");
        QTest::newRow("no sudo") << QByteArray("pi-sudo") << 1 << QByteArray("sudo asks for a password there");
        QTest::newRow("disk full") << QByteArray("pi-full") << 1 << QByteArray("its disk is full: 3 kB free");
        QTest::newRow("disk full later") << QByteArray("pi-full-later") << 1 << QByteArray("the disk is full");
        QTest::newRow("no packages") << QByteArray("pi-apt") << 1 << QByteArray("Unable to locate package libopencv-core");
        QTest::newRow("the agent fails") << QByteArray("pi-agent") << 1 << QByteArray("there is no camera imx708");
        QTest::newRow("no sshd") << QByteArray("pi-off") << 3 << QByteArray("is there, but takes no SSH");
        QTest::newRow("no name") << QByteArray("pi-unknown.invalid") << 3 << QByteArray("nobody knows this name");
    }
    void whatIsInTheWayIsSaidInWords()
    {
        QFETCH(QByteArray, host);
        QFETCH(int, status);
        QFETCH(QByteArray, words);
        const CliRun run = provision(host.constData());
        QVERIFY2(run.status == status && run.errors.contains(words), run.errors.constData());
    }

    void oneThatFailsKeepsNoOtherFromBeingDone()
    {
        const CliRun run = provision({QStringLiteral("pi-off"), QStringLiteral("pi-fresh")}, {QStringLiteral("--json")});
        QCOMPARE(run.status, 3);
        const QJsonArray agents = run.json()[u"agents"].toArray();
        QVERIFY2(!agents.at(0)[u"ok"].toBool() && agents.at(1)[u"ok"].toBool(), run.out.constData());
        QVERIFY(!QFile::exists(root("pi-fresh") + QStringLiteral("/etc/facetrack/agentd.toml"))); // the package's own
    }

    void anAgentThatDoesNotAnswerIsToldApart()
    {
        const CliRun run = provision("pi-mute", {QStringLiteral("--agent-port"), QString::number(freePort())});
        QVERIFY2(run.status == 3 && run.errors.contains("is installed and runs there, but does not answer from here"), run.errors.constData());
    }

    void whatIsForACardOnlyIsRefused()
    {
        CliRun run = provision("pi-1", {QStringLiteral("--hostname"), QStringLiteral("pi-9")});
        QVERIFY2(run.status == 2 && run.errors.contains("on a card only"), run.errors.constData());
        run = provision("-oProxyCommand=touch");
        QCOMPARE(run.status, 2);
    }
};

QTEST_GUILESS_MAIN(TestProvisionSsh)
#include "test_provision_ssh.moc"
