// The program facetrack with a card's image, as made by the tools that make cards, and with a mounted
// partition's folder; and what the card's script does at the first start, in a root of its own.
#include "tests/provision/cli_run.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int firstSector = 8192;
const QByteArray wifiPassword = "correct horse battery"; // its key is another thing
const QByteArray token = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJwaS1iZXItMSJ9.c2VjcmV0LXNlY3JldA";

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &bytes, bool secret = false)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()
        && (!secret || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
}

} // namespace

class TestProvisionCard : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    CliRun mtools(const char *tool, const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MTOOLS_SKIP_CHECK"), QStringLiteral("1"));
        return runToEnd(findProgram(tool), QStringList{QStringLiteral("-i"), path("card.img") + QStringLiteral("@@%1").arg(firstSector * 512)} + arguments,
                        input, environment);
    }
    QByteArray onImage(const char *name) const
    {
        return mtools("mtype", {QStringLiteral("::/") + QString::fromLatin1(name)}).out;
    }

    /// As Raspberry Pi OS's: an MBR, a FAT partition at 4 MiB, a Linux partition after it.
    bool makeImage() const
    {
        QFile image(path("card.img"));
        if (!image.open(QIODevice::WriteOnly) || !image.resize(72 * 1024 * 1024))
            return false;
        image.close();
        const CliRun table = runToEnd(findProgram("sfdisk"), {QStringLiteral("-q"), path("card.img")},
                                      "label: dos\nstart=8192, size=98304, type=c\nstart=106496, type=83\n");
        const CliRun fat = runToEnd(findProgram("mkfs.vfat"), {QStringLiteral("-F"), QStringLiteral("32"), QStringLiteral("-s"), QStringLiteral("1"), QStringLiteral("-n"), QStringLiteral("BOOTFS"),
                                    QStringLiteral("--offset"), QString::number(firstSector), path("card.img"), QStringLiteral("49152")});
        if (table.status != 0 || fat.status != 0)
            qWarning("%s%s", table.errors.constData(), fat.errors.constData());
        return table.status == 0 && fat.status == 0;
    }
    bool putOnImage(const char *name, const QByteArray &bytes) const
    {
        return mtools("mcopy", {QStringLiteral("-o"), QStringLiteral("-"), QStringLiteral("::/") + QString::fromLatin1(name)}, bytes).status == 0;
    }
    bool makePiImage(bool cloudInit) const
    {
        return makeImage() && putOnImage("config.txt", "arm_64bit=1\n") && putOnImage("kernel8.img", "kernel")
            && putOnImage("cmdline.txt", "console=tty1 root=PARTUUID=x rootwait init=/usr/lib/raspberrypi-sys-mods/firstboot\n")
            && (!cloudInit || putOnImage("user-data", "#cloud-config\n# as the image comes\n"));
    }
    bool makePiFolder(const QString &boot) const
    {
        return write(boot + QStringLiteral("/config.txt"), "arm_64bit=1\n") && write(boot + QStringLiteral("/start4.elf"), "firmware")
            && write(boot + QStringLiteral("/cmdline.txt"), "console=tty1\n") && write(boot + QStringLiteral("/user-data"), "#cloud-config\n");
    }

    QStringList arguments(const QString &boot) const
    {
        return {QStringLiteral("provision"), QStringLiteral("--boot"), boot, QStringLiteral("--hostname"), QStringLiteral("pi-ber-1"),
                QStringLiteral("--wifi-ssid"), QStringLiteral("Booth \"5\""), QStringLiteral("--wifi-password-file"), path("wifi"),
                QStringLiteral("--wifi-country"), QStringLiteral("DE"), QStringLiteral("--ssh-key"), path("key.pub"),
                QStringLiteral("--timezone"), QStringLiteral("Europe/Berlin"), QStringLiteral("--packages"), path("debs"),
                QStringLiteral("--agent-name"), QStringLiteral("Berlin 1"), QStringLiteral("--role"), QStringLiteral("counter"),
                QStringLiteral("--relay"), QStringLiteral("relay+https://relay.example"), QStringLiteral("--token-file"), path("token")};
    }
    CliRun provision(const QString &boot, const QStringList &more = {}) const
    {
        CliRun run = runToEnd(QStringLiteral(FACETRACK_CLI), arguments(boot) + more);
        // Whatever it says, it never says a secret.
        for (const QByteArray &secret : {wifiPassword, token, QByteArray("0acf136c")})
            if ((run.out + run.errors).contains(secret))
                run.status = -2;
        return run;
    }
    static QStringList states(const CliRun &run, const char *state)
    {
        QStringList found;
        for (const auto file : run.json()[u"files"].toArray()) {
            if (file[u"state"].toString() == QLatin1String(state))
                found << file[u"path"].toString();
        }
        return found;
    }
    const QStringList m_json{QStringLiteral("--yes"), QStringLiteral("--json")};

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(write(path("wifi"), wifiPassword + '\n', true) && write(path("token"), token + '\n', true));
        QVERIFY(write(path("key.pub"), "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJxVZ0kXQ3ZlcnkgbG9uZyBrZXkgbWFkZSB1cCE= me\n"));
        QVERIFY(write(path("debs/facetrack-agentd_1.0_arm64.deb"), QByteArray(300'000, 'a')));
        QVERIFY(write(path("debs/libfacetrack0_1.0_arm64.deb"), QByteArray(700'000, 'b')));
    }

    void anImageIsWrittenWithoutMountingIt()
    {
        for (const char *tool : {"sfdisk", "mkfs.vfat", "mcopy"})
            if (findProgram(tool).isEmpty())
                QSKIP("needs fdisk, dosfstools and mtools");
        QVERIFY(makePiImage(true));
        const CliRun first = provision(path("card.img"), m_json);
        QVERIFY2(first.status == 0, first.errors.constData());
        QCOMPARE(first.json()[u"form"].toString(), QStringLiteral("cloud-init"));
        QVERIFY(onImage("user-data").startsWith("#cloud-config\n") && onImage("user-data").contains("\"pi-ber-1\""));
        QVERIFY(onImage("network-config").contains("Booth \\\"5\\\"") && !onImage("network-config").contains(wifiPassword));
        QVERIFY(onImage("meta-data").contains("\"instance-id\": \"facetrack-"));
        QCOMPARE(onImage("facetrack/relay-token"), token + '\n');
        QVERIFY(onImage("facetrack/agentd.toml").contains("relay+https://relay.example"));
        QCOMPARE(onImage("facetrack/packages/libfacetrack0_1.0_arm64.deb"), QByteArray(700'000, 'b'));
        QCOMPARE(onImage("facetrack/first-boot"), contents(QStringLiteral(FIRST_BOOT)));
        QVERIFY(onImage("cmdline.txt").endsWith("firstboot\n")); // cloud-init needs nothing there
        if (const QString fsck = findProgram("fsck.vfat"); !fsck.isEmpty()) {
            const QByteArray all = contents(path("card.img"));
            QVERIFY(write(path("part.img"), all.mid(firstSector * 512, 48 * 1024 * 1024)));
            const CliRun checked = runToEnd(fsck, {QStringLiteral("-n"), path("part.img")});
            QVERIFY2(checked.status == 0, checked.out.constData());
        }
        const CliRun second = provision(path("card.img"), m_json);
        QCOMPARE(second.status, 0);
        CliRun words = provision(path("card.img"), {QStringLiteral("--set"), QStringLiteral("agent.location=hall 5"), QStringLiteral("--yes")});
        QVERIFY2(words.out.contains("Written. Write it to a card (sudo dd if="), words.out.constData()); // an image is no card yet
        QCOMPARE(provision(path("card.img"), m_json).status, 0);
        QVERIFY2(states(second, "unchanged").size() == second.json()[u"files"].toArray().size(), second.out.constData());
        QCOMPARE(second.json()[u"written"].toBool(), false);
    }

    void anOlderSystemGetsCustomToml()
    {
        if (findProgram("sfdisk").isEmpty() || findProgram("mcopy").isEmpty() || findProgram("mkfs.vfat").isEmpty())
            QSKIP("needs fdisk, dosfstools and mtools");
        QVERIFY(makePiImage(false));
        const CliRun run = provision(path("card.img"), m_json);
        QVERIFY2(run.status == 0, run.errors.constData());
        QCOMPARE(run.json()[u"form"].toString(), QStringLiteral("custom.toml"));
        QVERIFY(onImage("custom.toml").contains("config_version = 1"));
        QVERIFY(onImage("cmdline.txt").contains(" systemd.run=/boot/firmware/facetrack/first-boot "));
        QVERIFY(onImage("user-data").isEmpty());
        QVERIFY(states(provision(path("card.img"), m_json), "changed").isEmpty());
    }

    void whatIsNoPisBootPartitionIsLeftAlone()
    {
        if (findProgram("sfdisk").isEmpty() || findProgram("mcopy").isEmpty() || findProgram("mkfs.vfat").isEmpty())
            QSKIP("needs fdisk, dosfstools and mtools");
        QVERIFY(makeImage() && putOnImage("config.txt", "x"));
        const QByteArray before = contents(path("card.img"));
        CliRun run = provision(path("card.img"), m_json);
        QCOMPARE(run.status, 2);
        QVERIFY2(run.errors.contains("no boot partition of a Raspberry Pi: there is no cmdline.txt"), run.errors.constData());
        QVERIFY(contents(path("card.img")) == before);
        QVERIFY(write(path("empty.img"), QByteArray(1'000'000, '\0')));
        run = provision(path("empty.img"), m_json);
        QVERIFY2(run.status == 2 && run.errors.contains("has no partition table"), run.errors.constData());
        QDir().mkpath(path("home"));
        run = provision(path("home"), m_json);
        QVERIFY2(run.status == 2 && run.errors.contains("no config.txt and no cmdline.txt"), run.errors.constData());
        QVERIFY(QDir(path("home")).isEmpty());
        QCOMPARE(provision(path("nowhere"), m_json).status, 1);
    }

    void aRelayWithoutATokenIsNotWritten()
    {
        const QString boot = path("boot-no-token");
        QVERIFY(makePiFolder(boot));
        QStringList given = arguments(boot);
        given.remove(given.indexOf(QStringLiteral("--token-file")), 2);
        const CliRun run = runToEnd(QStringLiteral(FACETRACK_CLI), given + m_json);
        QVERIFY2(run.status == 2 && run.errors.contains("a relay takes nothing without a token"), run.errors.constData());
        QVERIFY(!QFile::exists(boot + QStringLiteral("/facetrack")));
    }

    void aFullPartitionIsSaidBeforeAnythingIsWritten()
    {
        if (findProgram("sfdisk").isEmpty() || findProgram("mcopy").isEmpty() || findProgram("mkfs.vfat").isEmpty())
            QSKIP("needs fdisk, dosfstools and mtools");
        QVERIFY(makePiImage(true) && putOnImage("filler", QByteArray(47'000'000, 'f')));
        const QByteArray before = contents(path("card.img"));
        const CliRun run = provision(path("card.img"), m_json);
        QVERIFY2(run.status == 1 && run.errors.contains("too little room"), run.errors.constData());
        QVERIFY(contents(path("card.img")) == before);
    }

    void aFolderIsShownFirstAndWrittenOnlyOnAYes()
    {
        const QString boot = path("boot");
        QVERIFY(makePiFolder(boot));
        CliRun run = provision(boot, {QStringLiteral("--dry-run")});
        QVERIFY2(run.status == 0 && run.out.contains("new        facetrack/relay-token") && run.out.contains("(secret)"), run.out.constData());
        QVERIFY(run.out.contains("changed    user-data: host pi-ber-1, user pi with 1 SSH key and no password, Europe/Berlin"));
        run = provision(boot); // nobody is there to ask
        QVERIFY2(run.status == 2 && run.errors.contains("--yes"), run.errors.constData());
        QVERIFY(!QFile::exists(boot + QStringLiteral("/facetrack")));
        run = provision(boot, {QStringLiteral("--yes")});
        QVERIFY2(run.status == 0 && run.out.contains("Written."), run.errors.constData());
        QCOMPARE(contents(boot + QStringLiteral("/facetrack/relay-token")), token + '\n');
        run = provision(boot, {QStringLiteral("--yes")});
        QVERIFY2(run.status == 0 && run.out.contains("Nothing to do"), run.out.constData());
    }

    void newerPackagesTakeThePlaceOfOlderOnes()
    {
        const QString boot = path("boot-newer");
        QVERIFY(makePiFolder(boot) && write(boot + QStringLiteral("/facetrack/packages/facetrack-agentd_0.9_arm64.deb"), "old"));
        const CliRun run = provision(boot, m_json);
        QVERIFY2(run.status == 0, run.errors.constData());
        QCOMPARE(states(run, "removed"), QStringList{QStringLiteral("facetrack/packages/facetrack-agentd_0.9_arm64.deb")});
        QCOMPARE(QDir(boot + QStringLiteral("/facetrack/packages")).entryList(QDir::Files).size(), 2);
    }

    void theScriptPutsEverythingInPlaceAndTheTokenLeavesTheCard()
    {
        const QString root = path("root"), bin = path("bin"), boot = root + QStringLiteral("/boot/firmware");
        QVERIFY(makePiFolder(boot) && provision(boot, m_json).status == 0);
        // Stand-ins write down what they were asked.
        const QByteArray note = "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> \"$FACETRACK_ROOT/calls\"\n";
        for (const char *name : {"systemctl", "apt-get", "journalctl", "dpkg-query"})
            QVERIFY(write(bin + QLatin1Char('/') + QLatin1String(name), note));
        QVERIFY(write(bin + QStringLiteral("/dpkg"), "#!/bin/sh\necho arm64\n"));
        for (const QString &name : QDir(bin).entryList(QDir::Files))
            QFile::setPermissions(bin + QLatin1Char('/') + name, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"), bin + QLatin1Char(':') + environment.value(QStringLiteral("PATH")));
        environment.insert(QStringLiteral("FACETRACK_ROOT"), root);
        CliRun run = runToEnd(QStringLiteral("/bin/sh"), {boot + QStringLiteral("/facetrack/first-boot"), QStringLiteral("begin")}, {}, environment);
        QVERIFY2(run.status == 0, run.errors.constData());
        const QString kept = root + QStringLiteral("/etc/facetrack/relay-token");
        QCOMPARE(contents(kept), token + '\n');
        QCOMPARE(QFile::permissions(kept) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
        QVERIFY(!QFile::exists(boot + QStringLiteral("/facetrack/relay-token")));
        QVERIFY(contents(root + QStringLiteral("/etc/facetrack/agentd.toml")).contains("Berlin 1"));
        QVERIFY(contents(root + QStringLiteral("/etc/systemd/system/facetrack-setup.service")).contains("Restart=on-failure"));
        QVERIFY(contents(root + QStringLiteral("/calls")).contains("systemctl start --no-block facetrack-setup.service"));
        // A card that has been started: the same again does not bring the token back.
        const CliRun again = provision(boot, m_json);
        QVERIFY2(again.json()[u"started"].toBool() && !again.json()[u"written"].toBool(), again.out.constData());
        run = runToEnd(QStringLiteral("/bin/sh"), {root + QStringLiteral("/var/lib/facetrack-setup/first-boot"), QStringLiteral("install")}, {}, environment);
        QVERIFY2(run.status == 0 && run.out.contains("step: done"), run.errors.constData());
        const QByteArray calls = contents(root + QStringLiteral("/calls"));
        QVERIFY2(calls.contains("/facetrack-agentd_1.0_arm64.deb") && calls.contains("systemctl restart facetrack-agentd.service"), calls.constData());
        QVERIFY(contents(boot + QStringLiteral("/facetrack/result.txt")).startsWith("set up"));
        QVERIFY(!QFile::exists(root + QStringLiteral("/var/lib/facetrack-setup")));
    }

    void theScriptSaysOnTheCardWhyItDidNotWork()
    {
        const QString root = path("root-bad"), bin = path("bin-bad"), boot = root + QStringLiteral("/boot/firmware");
        QVERIFY(makePiFolder(boot) && provision(boot, m_json).status == 0);
        QVERIFY(write(bin + QStringLiteral("/apt-get"), "#!/bin/sh\necho 'E: Unable to fetch some archives'\nexit 100\n"));
        QVERIFY(write(bin + QStringLiteral("/systemctl"), "#!/bin/sh\n") && write(bin + QStringLiteral("/dpkg"), "#!/bin/sh\necho arm64\n"));
        for (const QString &name : QDir(bin).entryList(QDir::Files))
            QFile::setPermissions(bin + QLatin1Char('/') + name, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"), bin + QLatin1Char(':') + environment.value(QStringLiteral("PATH")));
        environment.insert(QStringLiteral("FACETRACK_ROOT"), root);
        QCOMPARE(runToEnd(QStringLiteral("/bin/sh"), {boot + QStringLiteral("/facetrack/first-boot")}, {}, environment).status, 0);
        const CliRun run = runToEnd(QStringLiteral("/bin/sh"), {root + QStringLiteral("/var/lib/facetrack-setup/first-boot"), QStringLiteral("install")}, {}, environment);
        QCOMPARE(run.status, 21);
        QVERIFY2(run.errors.contains("failed: the packages cannot be installed\nE: Unable to fetch"), run.errors.constData());
        QVERIFY(contents(boot + QStringLiteral("/facetrack/result.txt")).contains("not set up yet, tried again"));
    }
};

QTEST_GUILESS_MAIN(TestProvisionCard)
#include "test_provision_card.moc"
