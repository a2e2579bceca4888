#include "config_testing.h"

#include <algorithm>

using namespace facetrack;

class TestConfigToml : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sectionsAndDottedKeysAreTheSame();
    void aListIsAnArrayOrATextWithCommas();
    void byteOrderMarkAndCrlfAreAccepted();
    void problemsNameThePlaceInTheFile_data();
    void problemsNameThePlaceInTheFile();
    void allProblemsAreListedInTheFilesOrder();
    void listEndsAtTwenty();

private:
    std::string problems(const std::string &text) const;

    Folder m_folder;
};

/// What is wrong with a file of this text, a line for each problem, without the folder's path.
std::string TestConfigToml::problems(const std::string &text) const
{
    const auto file = m_folder.write("agentd.toml", text);
    const auto config = loadToml(file);
    std::string lines = config ? "" : describe(config.error());
    const std::string prefix = file.parent_path().string() + "/";
    for (auto at = lines.find(prefix); at != lines.npos; at = lines.find(prefix))
        lines.erase(at, prefix.size());
    return lines;
}

void TestConfigToml::sectionsAndDottedKeysAreTheSame()
{
    const std::string section = "[detect]\nmin_neighbors = 5\nscale_factor = 2\n";
    const std::string dotted = "detect.min_neighbors = 5\ndetect.\"scale_factor\" = 2\n";
    const std::string inlined = "detect = { min_neighbors = 5, scale_factor = 2.0 }\n";
    for (const std::string &text : {section, dotted, inlined}) {
        const auto config = loadToml(m_folder.write("a.toml", text));
        VERIFY_ACCEPTED(config);
        QCOMPARE(config->tuning.detect.minNeighbors, 5);
        QCOMPARE(config->tuning.detect.scaleFactor, 2.0);
    }
}

void TestConfigToml::aListIsAnArrayOrATextWithCommas()
{
    const std::string both = "http://db1:4200, https://db2:4200";
    for (const char *value : {"[\"http://db1:4200\", \"https://db2:4200\"]",
                              "\"http://db1:4200, https://db2:4200\""}) {
        const auto config
            = loadToml(m_folder.write("a.toml", std::string("upload.urls = ") + value + "\n"));
        VERIFY_ACCEPTED(config);
        QCOMPARE(config->upload.urls, both);
        QCOMPARE(listItems(config->upload.urls).size(), std::size_t(2));
    }
    QVERIFY(problems("upload.urls = [\"ftp://db1\"]\n").find("right form") != std::string::npos);
    QVERIFY(problems("upload.urls = [\"http://me:pw@db1\"]\n").find("right form")
            != std::string::npos);
    QVERIFY(!problems("upload.urls = [1]\n").empty());
    QVERIFY(!problems("agent.name = [\"a\", \"b\"]\n").empty());
}

void TestConfigToml::byteOrderMarkAndCrlfAreAccepted()
{
    const auto config = loadToml(m_folder.write(
        "a.toml", "\xef\xbb\xbf# Grüße\r\n[agent]\r\nname = \"Tür\"\r\n\r\n[stream]\r\nfps = 5\r\n"));
    VERIFY_ACCEPTED(config);
    QCOMPARE(config->agent.name, std::string("Tür"));
    QCOMPARE(config->tuning.stream.fps, 5.0);
    QCOMPARE(problems("\xef\xbb\xbf[detect]\r\nmin_neighbors = 21\r\n"),
             std::string("agentd.toml:2:17: detect.min_neighbors: '21' is above the most, 20 "
                         "(a whole number from 0 to 20)"));
}

void TestConfigToml::problemsNameThePlaceInTheFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray("agentd.toml:").append(expected);
    };
    row("unknown key", "[detect]\nmin_neighbours = 3\n",
        "2:1: detect.min_neighbours: no such setting (did you mean detect.min_neighbors?)");
    row("unknown section", "[detekt]\nmin_size = \"30x30\"\n",
        "2:1: detekt.min_size: no such setting (did you mean detect.min_size?)");
    row("empty unknown section", "\n[bogus]\n", "2:2: bogus: no such setting");
    row("section as value", "detect = 5\n",
        "1:1: detect: is a section, not a value (name one of its settings, such as detect.detector)");
    row("array of tables", "[[detect]]\nmin_neighbors = 3\n",
        "1:3: detect: is a section, not a value");
    row("value as section", "[detect.min_size]\nwidth = 3\n",
        "1:1: detect.min_size: '{…}' is not a size");
    row("limits", "[detect]\n  scale_factor = 9\n",
        "2:18: detect.scale_factor: '9' is above the most, 2 (a number from 1.01 to 2)");
    row("text for a number", "detect.scale_factor = \"1.1\"\n",
        "1:23: detect.scale_factor: '1.1' is not a number");
    row("text for a switch", "detect.equalize = \"true\"\n",
        "1:19: detect.equalize: 'true' is neither (true or false)");
    row("number for text", "agent.name = 5\n", "1:14: agent.name: '5' is not text");
    row("date", "agent.name = 1979-05-27\n", "1:14: agent.name: '1979-05-27' is not text");
    row("nan", "stream.fps = nan\n", "1:14: stream.fps: 'nan' is not a finite number");
    row("infinity", "stream.fps = -inf\n", "1:14: stream.fps: '-inf' is not a finite number");
    row("fraction", "detect.min_neighbors = 3.5\n",
        "1:24: detect.min_neighbors: '3.5' is not a whole number");
    row("overflow", "detect.min_neighbors = 99999999999999999999\n", "1:");
    row("control character", "agent.name = \"a\\u0007b\"\n",
        "1:14: agent.name: 'a?b' holds a control character");
    row("box of the wrong type", "detect.region = [0, 0, \"1\", 1]\n",
        "1:17: detect.region: '[…]' is not four numbers");
    row("box outside", "detect.region = [0.5, 0, 0.6, 1]\n",
        "1:17: detect.region: '[0.5, 0, 0.6, 1]' leaves the frame");
    row("key twice", "[detect]\nmin_neighbors = 3\nmin_neighbors = 4\n", "3:");
    row("section twice", "[detect]\n[agent]\n[detect]\n", "3:");
    row("syntax", "[detect]\nmin_neighbors = 3 4\n", "2:19: Error while parsing");
    row("unclosed", "[detect\n", "1:");
    row("rule", "[detect]\nmin_size = \"40x40\"\nmax_size = \"30x30\"\n",
        "3:12: detect.max_size: '30x30' is below detect.min_size, '40x40'");
}

void TestConfigToml::problemsNameThePlaceInTheFile()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const std::string found = problems(text.toStdString());
    COMPARE_CONTAINS(found, expected.toStdString());
    QVERIFY2(std::count(found.begin(), found.end(), '\n') == 0, found.c_str());
}

void TestConfigToml::allProblemsAreListedInTheFilesOrder()
{
    QCOMPARE(problems("[stream]\nquality = 0\n[detect]\nscale = 1\nequalize = 2\n"
                      "[agent]\nid = \"ä\"\n"),
             std::string("agentd.toml:2:11: stream.quality: '0' is below the least, 1 (a whole "
                         "number from 1 to 100)\n"
                         "agentd.toml:4:1: detect.scale: no such setting (did you mean "
                         "detect.scale_factor?)\n"
                         "agentd.toml:5:12: detect.equalize: '2' is neither (true or false)\n"
                         "agentd.toml:7:6: agent.id: 'ä' does not have the right form (empty, or "
                         "1 to 64 of A-Z a-z 0-9 . _ -)"));
}

void TestConfigToml::listEndsAtTwenty()
{
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += "key" + std::to_string(i) + " = 1\n";
    const auto config = loadToml(m_folder.write("a.toml", text));
    QVERIFY(!config);
    QCOMPARE(config.error().size(), mostProblems + 1);
    QCOMPARE(config.error()[19].key, std::string("key19"));
    QCOMPARE(config.error().back().message, std::string("more is wrong; not listed"));
}

QTEST_GUILESS_MAIN(TestConfigToml)
#include "test_config_toml.moc"
