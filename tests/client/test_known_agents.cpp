// The file of known agents: trust at first sight, and a loud refusal afterwards.
#include "libfacetrack/client/known_agents.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <thread>

using namespace facetrack;

namespace {

const std::string first = fingerprintText(std::string(64, 'a'));
const std::string second = fingerprintText(std::string(64, 'b'));

KnownAgent camera()
{
    return {"cam-1", "left lane", "https://10.0.0.7:7420", first, "secret"};
}

} // namespace

class TestKnownAgents : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path file() const
    {
        return m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction())).toStdString()
               + "/known-agents.json";
    }

private Q_SLOTS:
    void whatIsRememberedIsThereForTheNextAndForNobodyElse()
    {
        QVERIFY(KnownAgents::load(file())->all().empty());
        const auto changed
            = KnownAgents::change(file(), [](KnownAgents &known) { return known.remember(camera()); });
        QVERIFY(changed.has_value());
        struct stat status = {};
        QCOMPARE(::stat(file().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        QCOMPARE(::stat(file().parent_path().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0700U);
        const auto read = KnownAgents::load(file());
        for (const char *name : {"cam-1", "left lane", "https://10.0.0.7:7420"}) {
            QVERIFY2(read->find(name), name);
            QCOMPARE(read->find(name)->token, std::string("secret"));
            QCOMPARE(read->find(name)->fingerprint, first);
        }
        QVERIFY(!read->find("cam-2"));
    }

    void anotherFingerprintIsRefusedLoudly()
    {
        KnownAgents known;
        QVERIFY(known.remember(camera()).has_value());
        KnownAgent stranger = camera();
        stranger.fingerprint = second;
        const auto refused = known.remember(stranger);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Denied);
        const std::string words = describe(refused.error());
        for (const std::string &part : {first, second, std::string("facetrack-agentd fingerprint"),
                                        std::string("facetrack forget left lane")})
            QVERIFY2(words.find(part) != std::string::npos, words.c_str());
        QCOMPARE(known.find("cam-1")->fingerprint, first);

        stranger.fingerprint.clear(); // TLS taken away is a change too
        QVERIFY(!known.remember(stranger));
        QVERIFY(known.forget("left lane").has_value());
        QVERIFY(known.remember(stranger).has_value());
    }

    void newNamesAndAddressesTakeNoTokenAway()
    {
        KnownAgents known;
        QVERIFY(known.remember(camera()).has_value());
        QVERIFY(known.remember({"cam-1", "", "https://10.0.0.9:7420", first, ""}).has_value());
        QCOMPARE(known.all().size(), std::size_t{1});
        QCOMPARE(known.find("cam-1")->token, std::string("secret"));
        QCOMPARE(known.find("cam-1")->name, std::string("left lane"));
        QCOMPARE(known.find("cam-1")->address, std::string("https://10.0.0.9:7420"));
    }

    void aNameThatTwoHaveIsNobody()
    {
        KnownAgents known;
        QVERIFY(known.remember(camera()).has_value());
        KnownAgent other = camera();
        other.id = "cam-2";
        QVERIFY(known.remember(other).has_value());
        QVERIFY(!known.find("left lane"));
        QVERIFY(known.find("cam-2"));
        QVERIFY(!known.forget("left lane"));
    }

    void aFileThatOthersMayReadIsRefused()
    {
        QVERIFY(KnownAgents::change(file(), [](KnownAgents &known) {
                    return known.remember(camera());
                }).has_value());
        QVERIFY(::chmod(file().c_str(), 0644) == 0);
        const auto read = KnownAgents::load(file());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Denied);
        QVERIFY(read.error().advice.starts_with("chmod 600"));
    }

    void aDamagedFileIsLeftAlone()
    {
        QVERIFY(KnownAgents::change(file(), [](KnownAgents &) { return Result<void>(); }).has_value());
        QFile damaged(QString::fromStdString(file().string()));
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("{\"agents\": [");
        damaged.close();
        const auto changed
            = KnownAgents::change(file(), [](KnownAgents &known) { return known.remember(camera()); });
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, ErrorCode::Corrupt);
        QVERIFY(damaged.open(QIODevice::ReadOnly));
        QCOMPARE(damaged.readAll(), QByteArray("{\"agents\": ["));
    }

    void programsThatRememberAtOnceLoseNothing()
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < 4; ++i) {
            writers.emplace_back([i, path = file()] {
                for (int k = 0; k < 5; ++k) {
                    KnownAgent agent = camera();
                    agent.id = std::to_string(i) + "-" + std::to_string(k);
                    const auto changed = KnownAgents::change(
                        path, [&](KnownAgents &known) { return known.remember(agent); });
                    if (!changed)
                        qWarning("%s", describe(changed.error()).c_str());
                }
            });
        }
        writers.clear();
        QCOMPARE(KnownAgents::load(file())->all().size(), std::size_t{20});
    }
};

QTEST_GUILESS_MAIN(TestKnownAgents)
#include "test_known_agents.moc"
