// What facetrack provision is made of, without a card and without a network.
#include "console/cli/provision/agent_toml.h"
#include "console/cli/provision/boot_files.h"
#include "console/cli/provision/partition_table.h"
#include "console/cli/provision/remote_state.h"
#include "libfacetrack/base/file_text.h"
#include "libfacetrack/http/token.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>
#include <toml++/toml.h>

using namespace facetrack;
using namespace facetrack::cli;

namespace {

const std::string key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJxVZ0kXQ3ZlcnkgbG9uZyBrZXkgbWFkZSB1cCE= me: \"quoted\" # {x}";

/// Names and secrets that a careless writer of YAML, TOML or shell would take apart.
PiSettings hostilePi()
{
    return {"pi-ber-1", "pi", "Europe/Berlin", {key}, WifiSettings{"Bär's \"#1\": {$(id)} \\ Wi-Fi", std::string(64, 'a'), "DE", true}};
}

nlohmann::json parsed(const std::string &text)
{
    return nlohmann::json::parse(text, nullptr, true, true); // comments begin with #, which it does not know
}

nlohmann::json body(const BootFile &file)
{
    return parsed(file.bytes.substr(file.bytes.find('{')));
}

std::string mbr(unsigned char type, std::uint32_t begin, std::uint32_t size)
{
    std::string sector(512, '\0');
    sector[446 + 16 + 4] = static_cast<char>(type); // the second entry; the first is empty
    for (unsigned i = 0; i < 4; ++i) {
        sector[446 + 16 + 8 + i] = static_cast<char>(begin >> (8 * i));
        sector[446 + 16 + 12 + i] = static_cast<char>(size >> (8 * i));
    }
    sector[510] = 0x55;
    sector[511] = static_cast<char>(0xaa);
    return sector;
}

} // namespace

class TestProvisionParts : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string file(const char *name, const std::string &text, FileAccess access = FileAccess::OwnerOnly) const
    {
        const std::string path = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        return replaceText(path, text, access) ? path : std::string();
    }

    ProvisionOptions options() const
    {
        ProvisionOptions given;
        given.hostname = "pi-ber-1";
        given.sshKey = file("key.pub", key + "\n");
        return given;
    }

private Q_SLOTS:
    void theWifiKeyIsTheOneOfTheStandard()
    {
        // IEEE 802.11i, annex H.4, test vectors 1 and 2.
        QCOMPARE(wifiKey("IEEE", "password"), std::string("f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e"));
        QCOMPARE(wifiKey("ThisIsASSID", "ThisIsAPassword"),
                 std::string("0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af"));
    }

    void hostileTextsComeThroughCloudInitAsTheyAre()
    {
        const PiSettings pi = hostilePi();
        const auto files = cloudInitFiles(pi, {});
        QCOMPARE(files.size(), std::size_t(3));
        QVERIFY(files[0].bytes.starts_with("#cloud-config\n"));
        const auto user = body(files[0]);
        QVERIFY(user["hostname"] == "pi-ber-1");
        QVERIFY(user["timezone"] == "Europe/Berlin");
        QVERIFY(user["ssh_pwauth"] == false);
        QVERIFY(user["users"][0]["lock_passwd"] == true);
        QVERIFY(user["users"][0]["ssh_authorized_keys"][0] == key);
        QVERIFY(user["runcmd"][0][0] == "sh");
        const auto wifi = body(files[1])["network"]["wifis"]["wlan0"];
        QVERIFY(wifi["regulatory-domain"] == "DE");
        QVERIFY(wifi["access-points"][pi.wifi->ssid]["password"] == pi.wifi->key);
        QVERIFY(files[1].secret && files[0].about.find(pi.wifi->key) == std::string::npos);
    }

    void cloudInitsOwnSchemaIsSatisfied()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("cloud-init")).isEmpty())
            QSKIP("no cloud-init here (apt install cloud-init, in a container: on a machine it would run at the next start)");
        const std::string path = file("user-data", cloudInitFiles(hostilePi(), {})[0].bytes);
        QProcess schema;
        schema.start(QStringLiteral("cloud-init"), {QStringLiteral("schema"), QStringLiteral("-c"), QString::fromStdString(path)});
        QVERIFY(schema.waitForFinished());
        const QByteArray said = schema.readAllStandardOutput() + schema.readAllStandardError();
        QVERIFY2(schema.exitCode() == 0 && said.contains("Valid"), said.constData());
    }

    void theInstanceChangesWithWhatIsSetUpAndOnlyThen()
    {
        const std::vector<BootFile> token{{tokenPath, "one", {}, true}}, other{{tokenPath, "two", {}, true}};
        const auto instance = [](const std::vector<BootFile> &own) { return cloudInitFiles(hostilePi(), own)[2].bytes; };
        QCOMPARE(instance(token), instance(token));
        QVERIFY(instance(token) != instance(other));
    }

    void hostileTextsComeThroughCustomTomlAsTheyAre()
    {
        const PiSettings pi = hostilePi();
        const auto files = customTomlFiles(pi, "console=tty1 root=/dev/x init=/usr/lib/raspberrypi-sys-mods/firstboot\n");
        const auto table = toml::parse(files[0].bytes);
        QCOMPARE(table["config_version"].value_or(0), 1);
        QCOMPARE(table["system"]["hostname"].value_or(std::string()), pi.hostname);
        QCOMPARE(table["ssh"]["authorized_keys"][0].value_or(std::string()), key);
        QCOMPARE(table["ssh"]["password_authentication"].value_or(true), false);
        QVERIFY(!table["user"]["password"]);
        QCOMPARE(table["wlan"]["ssid"].value_or(std::string()), pi.wifi->ssid);
        QCOMPARE(table["wlan"]["password_encrypted"].value_or(false), true);
        QCOMPARE(table["locale"]["timezone"].value_or(std::string()), pi.timezone);
    }

    void theCommandLineStaysOneLineAndIsChangedOnce()
    {
        const auto once = customTomlFiles(hostilePi(), "console=tty1 init=/usr/lib/raspberrypi-sys-mods/firstboot\n")[1].bytes;
        QVERIFY(once.starts_with("console=tty1 init=/usr/lib/raspberrypi-sys-mods/firstboot systemd.run=/boot/firmware/facetrack/first-boot "));
        QCOMPARE(std::count(once.begin(), once.end(), '\n'), std::ptrdiff_t(1));
        QCOMPARE(customTomlFiles(hostilePi(), once)[1].bytes, once);
    }

    void theBootPartitionIsFoundByItsType()
    {
        const auto found = bootPartition(mbr(0x0c, 8192, 1048576));
        QVERIFY(found && found->begin == 8192ull * 512 && found->size == 1048576ull * 512);
        QVERIFY(bootPartition(mbr(0x0c, 0xffffffff, 8))->begin == 0xffffffffull * 512); // above 2 TB: no overflow
        QVERIFY(!bootPartition(mbr(0x83, 8192, 100)));
        QVERIFY(bootPartition(mbr(0xee, 1, 100)).error().message.find("GPT") != std::string::npos);
        QVERIFY(!bootPartition(std::string(512, '\0')) && !bootPartition("short") && !bootPartition(""));
    }

    void badNamesAndKeysAreRefusedWithTheOption()
    {
        QVERIFY(piSettings(options()));
        const auto refused = [this](auto change, const char *option) {
            ProvisionOptions given = options();
            change(given);
            const auto settings = piSettings(given);
            return !settings && settings.error().where == option;
        };
        for (const char *name : {"", "Pi", "-pi", "pi_1", "pi.local", "a b", "pi\n"})
            QVERIFY2(refused([&](auto &o) { o.hostname = name; }, "--hostname"), name);
        QVERIFY(refused([](auto &o) { o.timezone = "Europe/Atlantis"; }, "--timezone"));
        QVERIFY(refused([](auto &o) { o.user = "root"; }, "--user"));
        QVERIFY(refused([&](auto &o) { o.sshKey = file("id", "-----BEGIN OPENSSH PRIVATE KEY-----\n"); }, "--ssh-key"));
        QVERIFY(refused([&](auto &o) { o.sshKey = file("none.pub", "# nothing\n"); }, "--ssh-key"));
        QVERIFY(refused([](auto &o) { o.sshKey.clear(); }, "--ssh-key"));
        QVERIFY(refused([](auto &o) { o.wifiSsid = "booth"; }, "--wifi-country"));
        QVERIFY(refused([](auto &o) { o.wifiCountry = "DE"; }, "--wifi-ssid"));
        QVERIFY(refused([](auto &o) { o.wifiSsid = std::string(33, 'x'); o.wifiCountry = "DE"; }, "--wifi-ssid"));
        QVERIFY(refused([&](auto &o) {
            o.wifiSsid = "booth";
            o.wifiCountry = "DE";
            o.wifiPasswordFile = file("short", "seven77\n");
        }, "--wifi-password-file"));
    }

    void aSecretThatOthersMayReadIsNotTaken()
    {
        ProvisionOptions given = options();
        given.wifiSsid = "booth";
        given.wifiCountry = "DE";
        given.wifiPasswordFile = file("open-password", "a good password\n", FileAccess::Everybody);
        const auto settings = piSettings(given);
        QVERIFY(!settings && settings.error().code == ErrorCode::Denied);
    }

    void aTokenThatTheRelayWouldRefuseIsNotWritten()
    {
        const auto token = [](const char *agent, const char *role, std::int64_t expires) {
            return http::signToken({agent, role, expires}, {"one", std::string(32, 'k')});
        };
        constexpr std::int64_t never = 4'000'000'000;
        QVERIFY(checkToken(token("pi-ber-1", "agent", never), "pi-ber-1"));
        const auto other = checkToken(token("pi-ber-1", "agent", never), "pi-ber-2");
        QVERIFY(!other && other.error().where == "--token-file");
        QVERIFY2(other.error().message.find("of agent pi-ber-1, and this one is pi-ber-2") != std::string::npos, other.error().message.c_str());
        const auto old = checkToken(token("pi-ber-1", "agent", 1'700'000'000), "pi-ber-1");
        QVERIFY(!old && old.error().message.find("run out") != std::string::npos);
        QVERIFY(checkToken(token("relay-2", "relay", never), "pi-ber-1")); // brings anyone's
        QVERIFY(checkToken("of-somebody-elses-making", "pi-ber-1") && checkToken({}, "pi-ber-1"));
        // On a card the id is the one that the settings have in the end.
        ProvisionOptions given = options();
        given.tokenFile = file("token", token("hall-2", "agent", never) + "\n");
        const auto named = agentSettings(given, given.hostname);
        QVERIFY(named && !ownFiles(*named));
        given.sets = {"agent.id=hall-2"};
        const auto set = agentSettings(given, given.hostname);
        QVERIFY(set && ownFiles(*set));
    }

    void aRelaysAddressIsARelays()
    {
        ProvisionOptions given = options();
        for (const char *good : {"", "relay+https://relay.example", "relay+https://node-1:6200, relay+https://node-2:6200"}) {
            given.relay = good;
            QVERIFY2(agentSettings(given, "pi-ber-1"), good);
        }
        for (const char *bad : {"https://node-1:6200", "node-1:6200", "relay+https://node-1:6200,node-2:6200", ","}) {
            given.relay = bad;
            const auto settings = agentSettings(given, "pi-ber-1");
            QVERIFY2(!settings && settings.error().where == "--relay", bad);
        }
    }

    void whoVouchesForTheRelayComesAlongAndNoKeyDoes()
    {
        const std::string certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        ProvisionOptions given = options();
        given.relayCa = file("ca.pem", certificate);
        const auto settings = agentSettings(given, "pi-ber-1");
        QVERIFY2(settings.has_value(), settings ? "" : describe(settings.error()).c_str());
        const auto files = ownFiles(*settings);
        QVERIFY(files.has_value());
        const auto with = [&](const char *path) {
            const auto found = std::find_if(files->begin(), files->end(), [&](const BootFile &one) { return one.path == path; });
            return found == files->end() ? std::string() : found->bytes;
        };
        QCOMPARE(with("facetrack/relay-ca.pem"), certificate);
        QVERIFY(with("facetrack/agentd.toml").find("/etc/facetrack/relay-ca.pem") != std::string::npos);
        for (const std::string &wrong : {certificate + "-----BEGIN EC PRIVATE KEY-----\n", std::string("no PEM")}) {
            given.relayCa = file("ca.pem", wrong);
            const auto refused = agentSettings(given, "pi-ber-1");
            QVERIFY(!refused && refused.error().where == "--relay-ca");
        }
    }

    void newSettingsHaveACameraAndListen()
    {
        const auto toml = agentToml({}, {"agent.id=pi-ber-1", "agent.role=counter", "upload.urls=relay+https://relay.example"});
        QVERIFY2(toml.has_value(), toml ? "" : describe(toml.error()).c_str());
        const auto table = toml::parse(*toml);
        QCOMPARE(table["agent"]["id"].value_or(std::string()), std::string("pi-ber-1"));
        QCOMPARE(table["source"]["url"].value_or(std::string()), std::string("libcamera:0"));
        QCOMPARE(portOf(*toml), 7420);
        QCOMPARE(agentToml(*toml, {"agent.id=pi-ber-1"}).value(), *toml);
    }

    void settingsThatAreThereAreKept()
    {
        const std::string before = "# mine\n[source]\nurl = 'qtcamera:'\n[http]\nlisten = '127.0.0.1:7420'\n[detect]\nmin_neighbors = 4\n";
        QCOMPARE(agentToml(before, {}).value(), before);
        QCOMPARE(portOf(before), 0);
        QCOMPARE(portOf({}), 7420);
        const auto table = toml::parse(agentToml(before, {"agent.role=door", "detect.min_neighbors=5"}).value());
        QCOMPARE(table["source"]["url"].value_or(std::string()), std::string("qtcamera:"));
        QCOMPARE(table["detect"]["min_neighbors"].value_or(0), 5);
        QCOMPARE(table["agent"]["role"].value_or(std::string()), std::string("door"));
    }

    void settingsThatCannotBeAreRefused()
    {
        QVERIFY(!agentToml({}, {"agent.id=no spaces please"}));
        QVERIFY(!agentToml({}, {"agent.nmae=x"}));
        QVERIFY(!agentToml({}, {"nothing"}));
        QVERIFY(!agentToml("[broken", {"agent.id=x"}));
    }

    void packagesAreKnownByTheirNames()
    {
        const QTemporaryDir folder;
        const auto put = [&](const char *name) {
            return replaceText(folder.filePath(QString::fromLatin1(name)).toStdString(), "x").has_value();
        };
        QVERIFY(!packageSet(folder.path().toStdString(), {}, false));
        for (const char *name : {"facetrack-agentd_1.0_arm64.deb", "facetrack-agentd_1.0_amd64.deb", "libfacetrack0_1.0_arm64.deb",
                                 "libfacetrack-dev_1.0_arm64.deb", "facetrack-console_1.0_arm64.deb", "notes.txt", "a b_1_arm64.deb"})
            QVERIFY(put(name));
        const auto set = packageSet(folder.path().toStdString(), {}, false);
        QVERIFY(set && set->files.size() == 3);
        QCOMPARE(fitting(set->files, "arm64").size(), std::size_t(2));
        QCOMPARE(packageSet(folder.path().toStdString(), {}, false, {"facetrack-console"})->files.size(), std::size_t(4));
        QVERIFY(!packageSet(folder.path().toStdString(), {}, false, {"facetrack-qtcamera"}));
        RemoteState pi;
        pi.architecture = "arm64";
        pi.versions = {{"facetrack-agentd arm64", "2:1.0"}, {"libfacetrack0 arm64", "0.9"}};
        const auto missing = pi.missing(set->files);
        QVERIFY(missing.size() == 1 && missing.front().name == "libfacetrack0");
        QVERIFY(put("facetrack-agentd_1.1_arm64.deb"));
        QVERIFY(packageSet(folder.path().toStdString(), {}, false).error().message.find("twice") != std::string::npos);
    }

    void anAptSourceIsSignedOrSaidNotToBe()
    {
        QVERIFY(!packageSet("https://apt.example", {}, false));
        const auto open = packageSet("https://apt.example", {}, true);
        QVERIFY(open && open->source.find("Suites: ./\n") != std::string::npos && open->source.find("Trusted: yes") != std::string::npos);
        const std::string signer = file("key.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
        const auto closed = packageSet("https://apt.example/debian trixie main", signer, false);
        QVERIFY(closed && closed->source.find("Components: main\n") != std::string::npos
                && closed->source.find("Signed-By: ") != std::string::npos && !closed->sourceKey.empty());
        QVERIFY(!packageSet("https://user:word@apt.example", {}, true));
    }

    void sshsWordsAreTurnedIntoAdvice()
    {
        const auto says = [](const char *words, const char *message) {
            return sshFailure("pi@pi-1", words).message.find(message) != std::string::npos;
        };
        QVERIFY(says("pi@pi-1: Permission denied (publickey).", "none of your SSH keys"));
        QVERIFY(says("ssh: connect to host pi-1 port 22: No route to host", "no way to it"));
        QVERIFY(says("ssh: connect to host pi-1 port 22: Connection timed out", "does not answer"));
        QVERIFY(says("sudo: a password is required", "sudo asks for a password"));
        QVERIFY(says("something\x1b[31m new", "something[31m new"));
        QVERIFY(sshFailure("pi@pi-1", "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @").trouble == AgentTrouble::Fingerprint);
        QCOMPARE(sshFailure("pi@pi-1", "REMOTE HOST IDENTIFICATION HAS CHANGED").advice.find("ssh-keygen -R pi-1,") != std::string::npos, true);
        QVERIFY(sshFailure("pi@pi-1", "Permission denied").advice.find("ssh-copy-id pi@pi-1") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestProvisionParts)
#include "test_provision_parts.moc"
