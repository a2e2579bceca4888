#include "config_testing.h"

#include <QElapsedTimer>
#include <random>
#include <sys/stat.h>

using namespace facetrack;

namespace {

std::string repeated(const std::string &text, std::size_t times)
{
    std::string result;
    for (std::size_t i = 0; i < times; ++i)
        result += text;
    return result;
}

std::string manyKeys()
{
    std::string text;
    for (int i = 0; i < 60'000; ++i)
        text += "k" + std::to_string(i) + " = 1\n";
    return text;
}

} // namespace

/// Files that are no configuration at all must be refused quickly, with words, without a crash.
class TestConfigHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileFilesAreRefused_data();
    void hostileFilesAreRefused();
    void randomBytesAreRefused();
    void damagedFilesNeverCrash();
    void devicesFoldersAndFifosAreRefused();

private:
    Folder m_folder;
};

void TestConfigHostile::hostileFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const std::string &text) {
        QTest::newRow(name) << QByteArray::fromStdString(text);
    };
    row("10 MB of one letter", std::string(10'000'000, 'a'));
    row("10 MB of comments", repeated("# nothing\n", 1'000'000));
    row("a megabyte in one line", "a = \"" + std::string(1'000'000, 'b') + "\"\n");
    row("deep arrays", "detect.region = " + std::string(4000, '[') + std::string(4000, ']'));
    row("deep arrays over lines", "a = " + repeated("[\n", 100'000) + repeated("]\n", 100'000));
    row("deep inline tables", "a = " + repeated("{a=", 2000) + "1" + repeated("}", 2000));
    row("deep dotted key", repeated("a.", 4000) + "a = 1\n");
    row("deep section", "[" + repeated("a.", 4000) + "a]\n" + repeated("a.", 4000) + "a = 1\n");
    row("deep dotted key of a megabyte", repeated("a.", 500'000) + "a = 1\n");
    row("many keys", manyKeys());
    row("NUL", std::string("[detect]\nmin_neighbors = 3\0\n", 28));
    row("UTF-16", std::string("\xff\xfe[\0d\0]\0\n\0", 10));
    row("not UTF-8", "agent.name = \"\xc3\x28\"\n");
    row("lone surrogate", "agent.name = \"\\ud800\"\n");
}

void TestConfigHostile::hostileFilesAreRefused()
{
    QFETCH(QByteArray, text);
    const auto file = m_folder.write("a.toml", text.toStdString());
    QElapsedTimer timer;
    timer.start();
    const auto config = loadToml(file);
    QVERIFY(!config);
    QVERIFY(config.error().size() <= mostProblems + 1);
    for (const Problem &problem : config.error()) {
        COMPARE_CONTAINS(problem.at, "a.toml");
        QVERIFY2(describe(problem).size() < 1000, "a message is for people");
    }
    QVERIFY2(timer.elapsed() < 10'000, "took too long"); // generous: sanitizers, busy machines
}

void TestConfigHostile::randomBytesAreRefused()
{
    std::mt19937 random(1);
    for (const std::size_t size : {100u, 10'000u, 1'000'000u, 10'000'000u}) {
        std::string bytes(size, ' ');
        for (char &byte : bytes)
            byte = static_cast<char>(random() & 0xff);
        QVERIFY(!loadToml(m_folder.write("a.toml", bytes)));
    }
}

void TestConfigHostile::damagedFilesNeverCrash()
{
    const std::string good = "[detect]\nscale_factor = 1.2\nmin_size = \"30x30\"\n"
                             "region = [0, 0, 0.5, 1]\nequalize = true\n"
                             "[agent]\nname = \"Tür\" # left\n[http]\nlisten = \"[::1]:80\"\n";
    QVERIFY(loadToml(m_folder.write("a.toml", good)));
    std::mt19937 random(2);
    for (int round = 0; round < 1000; ++round) {
        std::string bad = good;
        if (round % 2 == 0)
            bad.resize(1 + random() % good.size());
        bad[random() % bad.size()] = static_cast<char>(random() & 0xff);
        const auto config = loadToml(m_folder.write("a.toml", bad));
        if (config) // the damage was in a comment, or made another good value
            QVERIFY(check(*config).empty());
    }
}

void TestConfigHostile::devicesFoldersAndFifosAreRefused()
{
    const std::filesystem::path fifo = m_folder.path("fifo");
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    for (const std::filesystem::path &path :
         {std::filesystem::path("/dev/zero"), fifo, fifo.parent_path()}) {
        const auto config = loadToml(path);
        QVERIFY(!config);
        COMPARE_CONTAINS(describe(config.error()), "is not a regular file");
    }
}

QTEST_GUILESS_MAIN(TestConfigHostile)
#include "test_config_hostile.moc"
