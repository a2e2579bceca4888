#include "config_testing.h"

using namespace facetrack;

/// Defaults, file, --set and flags, one over the other.
class TestConfigSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laterSourcesWin();
    void missingFileIsNamed();
    void rulesRunWhenAllIsSet();
    void problemsOfTheCommandLineNameTheFlag();

private:
    Folder m_folder;
};

void TestConfigSources::laterSourcesWin()
{
    const auto file = m_folder.write("a.toml", "[stream]\nquality = 10\nwidth = 100\nfps = 10\n"
                                               "[http]\nlisten = \"0.0.0.0:1\"\n");
    const auto config = loadConfig(file,
                                   {"stream.width=200", "stream.fps=20", " stream.fps = 30",
                                    "agent.name=a=b", "http.listen=0.0.0.0:2"},
                                   {{"--listen", "http.listen", "0.0.0.0:3"}});
    VERIFY_ACCEPTED(config);
    QCOMPARE(config->journal.maxDays, AgentConfig().journal.maxDays);
    QCOMPARE(config->tuning.stream.quality, 10);
    QCOMPARE(config->tuning.stream.width, 200);
    QCOMPARE(config->tuning.stream.fps, 30.0);
    QCOMPARE(config->agent.name, std::string("a=b"));
    QCOMPARE(config->http.listen, std::string("0.0.0.0:3"));
}

void TestConfigSources::missingFileIsNamed()
{
    const auto config = loadConfig(m_folder.path("absent.toml"));
    QVERIFY(!config);
    QCOMPARE(config.error().front().code, ErrorCode::NotFound);
    QCOMPARE(describe(config.error()), m_folder.path("absent.toml").string()
                                           + ": cannot be read: No such file or directory");
}

void TestConfigSources::rulesRunWhenAllIsSet()
{
    const auto file = m_folder.write("a.toml", "detect.max_size = \"20x20\"\n");
    QVERIFY(!loadToml(file));
    QVERIFY(loadConfig(file, {"detect.min_size=10x10"}));
    QVERIFY(loadConfig(file, {"detect.min_size=99x99", "detect.max_size=100x100"}));
}

void TestConfigSources::problemsOfTheCommandLineNameTheFlag()
{
    const auto config = loadConfig(m_folder.write("a.toml", "stream.fps = -1\n"),
                                   {"stream.fps", "=1", "stream.fsp=1", "stream.fps=x"},
                                   {{"--listen", "http.listen", "here"}});
    QVERIFY(!config);
    QCOMPARE(config.error().size(), std::size_t{6});
    QCOMPARE(describe(config.error()[1]),
             std::string("--set: 'stream.fps' is no assignment (write KEY=VALUE, such as "
                         "detect.min_neighbors=5)"));
    QCOMPARE(describe(config.error()[3]),
             std::string("--set: stream.fsp: no such setting (did you mean stream.fps?)"));
    COMPARE_CONTAINS(describe(config.error()[5]), "--listen: http.listen: 'here'");
    COMPARE_CONTAINS(asError(config.error()).message, "\n--listen");

    const auto forgotten = loadConfig({}, {"http://bob:Secret3@db:4200"}, {});
    QVERIFY(!forgotten);
    COMPARE_CONTAINS(describe(forgotten.error()[0]), "'http://…@db:4200' is no assignment");
}

QTEST_GUILESS_MAIN(TestConfigSources)
#include "test_config_sources.moc"
