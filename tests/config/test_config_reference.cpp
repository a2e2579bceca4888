#include "config_testing.h"
#include "libfacetrack/config/reference.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

using namespace facetrack;

class TestConfigReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void docsInTheTreeAreUpToDate();
    void exampleAsItIsGivesTheDefaults();
    void exampleUncommentedGivesTheDefaults();
    void jsonHasEveryParameter();
    void jsonShape();
    void tableFitsTheTerminal();
};

void TestConfigReference::docsInTheTreeAreUpToDate()
{
    std::stringstream text;
    text << std::ifstream(FACETRACK_SOURCE_DIR "/docs/parameters.md").rdbuf();
    QVERIFY2(text.str() == parametersMarkdown(),
             "run: facetrack-agentd parameters --markdown > docs/parameters.md");
}

void TestConfigReference::exampleAsItIsGivesTheDefaults()
{
    const Folder folder;
    const auto config = loadToml(folder.write("example.toml", exampleToml()));
    VERIFY_ACCEPTED(config);
    QVERIFY(*config == AgentConfig());
}

void TestConfigReference::exampleUncommentedGivesTheDefaults()
{
    // Explanations have a space after the #, values have none.
    const std::string text = std::regex_replace(exampleToml(), std::regex("\n#(\\w)"), "\n$1");
    for (const Parameter &parameter : parameters())
        COMPARE_CONTAINS(text, "\n" + parameter.name() + " = " + toToml(parameter.defaultValue));
    const Folder folder;
    const auto config = loadToml(folder.write("example.toml", text));
    VERIFY_ACCEPTED(config);
    QVERIFY(*config == AgentConfig());
}

void TestConfigReference::jsonHasEveryParameter()
{
    const auto list = nlohmann::json::parse(parametersJson());
    QCOMPARE(list.size(), parameters().size());
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Parameter &parameter = parameters()[i];
        QCOMPARE(list[i]["key"].get<std::string>(), parameter.key);
        QCOMPARE(list[i]["type"].get<std::string>(), std::string(typeName(parameter.type)));
        QVERIFY(list[i]["default"] == toJson(parameter.defaultValue));
        QCOMPARE(list[i].contains("min"), parameter.min.has_value());
        QCOMPARE(list[i].contains("choices"), !parameter.choices.empty());
    }
    QVERIFY(parametersJson(-1).find('\n') == std::string::npos);
}

void TestConfigReference::jsonShape()
{
    const auto list = nlohmann::json::parse(parametersJson());
    const auto found = std::find_if(list.begin(), list.end(), [](const nlohmann::json &item) {
        return item["key"] == "detect.min_neighbors";
    });
    QVERIFY(found != list.end());
    nlohmann::json shown = *found;
    QVERIFY(shown.erase("label") == 1 && shown.erase("doc") == 1); // words may be improved
    QCOMPARE(shown.dump(), nlohmann::json::parse(R"({
        "key": "detect.min_neighbors", "group": "detect", "type": "integer",
        "min": 0, "max": 20, "step": 1, "default": 3, "applies": "next_frame",
        "visible_when": {"key": "detect.detector", "equals": "haar"}})").dump());
}

void TestConfigReference::tableFitsTheTerminal()
{
    for (const std::size_t columns : {70u, 80u, 100u}) {
        std::istringstream lines(parameterTable(columns));
        for (std::string line; std::getline(lines, line);) {
            QVERIFY2(line.size() <= columns, line.c_str());
            QVERIFY2(line.empty() || line.back() != ' ', line.c_str());
        }
    }
    QCOMPARE(parameterTable(0), parameterTable(70));
    for (const Parameter &parameter : parameters())
        COMPARE_CONTAINS(parameterTable(), "\n  " + parameter.key + " ");
}

QTEST_GUILESS_MAIN(TestConfigReference)
#include "test_config_reference.moc"
