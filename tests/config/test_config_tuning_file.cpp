#include "config_testing.h"
#include "libfacetrack/config/tuning_file.h"

#include <sstream>

using namespace facetrack;

namespace {

std::string contents(const std::filesystem::path &path)
{
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

} // namespace

class TestConfigTuningFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tunedValuesReturn();
    void onlyTunedValuesAreKept();
    void noFileIsNoTunedValue();
    void unusableValuesAreSkippedAndReported();
    void crossedValuesAreSkippedAndReported();
    void failureLeavesTheOldFile();

private:
    Folder m_folder;
};

void TestConfigTuningFile::tunedValuesReturn()
{
    AgentConfig tuned;
    for (const Parameter &parameter : parameters()) {
        if (parameter.applies == Applies::NextFrame)
            parameter.set(tuned, anotherValue(parameter));
    }
    const auto path = m_folder.path("tuning.toml");
    QVERIFY(saveTuningToml(path, tuned.tuning, AgentConfig()));
    const KeptTuning kept = loadTuningToml(path, AgentConfig());
    QVERIFY2(kept.skipped.empty(), describe(kept.skipped).c_str());
    QVERIFY(kept.tuning == tuned.tuning);
    QVERIFY(!std::filesystem::exists(path.string() + ".new"));
}

void TestConfigTuningFile::onlyTunedValuesAreKept()
{
    AgentConfig base;
    base.tuning.stream.quality = 60;
    Tuning tuned = base.tuning;
    tuned.detect.minNeighbors = 7;
    const auto path = m_folder.path("tuning.toml");
    QVERIFY(saveTuningToml(path, tuned, base));
    QCOMPARE(contents(path), std::string("# Values tuned while the agent ran; it rewrites this "
                                         "file.\ndetect.min_neighbors = 7\n"));
    base.tuning.stream.quality = 50; // the operator edits the file; nobody tuned this value
    const KeptTuning kept = loadTuningToml(path, base);
    QCOMPARE(kept.tuning.stream.quality, 50);
    QCOMPARE(kept.tuning.detect.minNeighbors, 7);
}

void TestConfigTuningFile::noFileIsNoTunedValue()
{
    AgentConfig base;
    base.tuning.stream.quality = 60;
    const KeptTuning kept = loadTuningToml(m_folder.path("absent.toml"), base);
    QVERIFY(kept.skipped.empty());
    QVERIFY(kept.tuning == base.tuning);
}

void TestConfigTuningFile::unusableValuesAreSkippedAndReported()
{
    const auto path = m_folder.write("a.toml", "detect.no_more = 1\nstream.quality = 500\n"
                                               "http.listen = \"0.0.0.0:1\"\nstream.fps = 5\n");
    const KeptTuning kept = loadTuningToml(path, AgentConfig());
    QCOMPARE(kept.skipped.size(), std::size_t{3});
    QCOMPARE(kept.tuning.stream.fps, 5.0);
    QCOMPARE(kept.tuning.stream.quality, StreamTuning().quality);

    const KeptTuning damaged = loadTuningToml(m_folder.write("a.toml", "stream.fps = "), {});
    QCOMPARE(damaged.skipped.size(), std::size_t{1});
    QVERIFY(damaged.tuning == Tuning());
}

void TestConfigTuningFile::crossedValuesAreSkippedAndReported()
{
    const auto path = m_folder.write("a.toml", "detect.min_size = \"50x50\"\n");
    AgentConfig base;
    base.tuning.detect.maxSize = {40, 40};
    const KeptTuning kept = loadTuningToml(path, base);
    QCOMPARE(kept.skipped.size(), std::size_t{1});
    QVERIFY(kept.tuning == base.tuning);
}

void TestConfigTuningFile::failureLeavesTheOldFile()
{
    const auto path = m_folder.write("busy", "old");
    std::filesystem::create_directory(path.string() + ".new"); // no temporary file can be made
    Tuning tuned;
    tuned.stream.quality = 1;
    QVERIFY(!saveTuningToml(path, tuned, AgentConfig()));
    QCOMPARE(contents(path), std::string("old"));
    QVERIFY(!saveTuningToml(m_folder.path("no/such/folder"), tuned, AgentConfig()));
}

QTEST_GUILESS_MAIN(TestConfigTuningFile)
#include "test_config_tuning_file.moc"
