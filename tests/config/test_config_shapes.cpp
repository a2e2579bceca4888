#include "config_testing.h"
#include "libfacetrack/config/patch.h"

#include <nlohmann/json.hpp>

using namespace facetrack;

class TestConfigShapes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textTablesAndJsonMeanTheSame();
    void shapesPrintAsPeopleWriteThem();
    void refusalsNameTheShapeAndTheReason_data();
    void refusalsNameTheShapeAndTheReason();
    void wrongTypesInJsonAreRefused();
    void problemsNameThePlaceInTheFile();
    void patchReplacesTheWholeListAndNullEmptiesIt();
    void theLargestListSurvivesTheTuningFilesForm();
    void insideAndSidesAreAsDrawn();
};

void TestConfigShapes::textTablesAndJsonMeanTheSame()
{
    const std::vector<Shape> zones{{"desk", {{0.1f, 0.5f}, {0.4f, 0.5f}, {0.4f, 0.9f}}, {}},
                                   {"left side", {{0, 0}, {0.25f, 0}, {0.25f, 1}, {0, 1}}, {}}};
    const std::string text = "desk: 0.1,0.5 0.4,0.5 0.4,0.9; left side: 0,0 0.25,0 0.25,1 0,1";
    AgentConfig config;
    QVERIFY(set(config, "track.zones", " " + text + " ; "));
    QVERIFY(config.tuning.track.zones == zones);

    const std::string json = R"([{"name": "desk", "points": [[0.1, 0.5], [0.4, 0.5], [0.4, 0.9]]},
                                 "left side: 0,0 0.25,0  0.25,1 0,1"])";
    config = {};
    QVERIFY(set(config, "track.zones", json));
    QVERIFY(config.tuning.track.zones == zones);

    const Folder folder;
    for (const std::string &toml :
         {"[track]\nzones = \"" + text + "\"\n",
          std::string("[track]\nzones = [\"desk: 0.1,0.5 0.4,0.5 0.4,0.9\",\n"
                      " {name = \"left side\", points = [[0, 0], [0.25, 0], [0.25, 1], [0, 1]]}]\n"),
          std::string("[[track.zones]]\nname = \"desk\"\npoints = [[0.1, 0.5], [0.4, 0.5], [0.4, 0.9]]\n"
                      "[[track.zones]]\nname = \"left side\"\n"
                      "points = [[0, 0], [0.25, 0], [0.25, 1], [0, 1]]\n")}) {
        const auto loaded = loadToml(folder.write("a.toml", toml));
        VERIFY_ACCEPTED(loaded);
        QVERIFY2(loaded->tuning.track.zones == zones, toml.c_str());
    }
}

void TestConfigShapes::shapesPrintAsPeopleWriteThem()
{
    AgentConfig config;
    QVERIFY(set(config, "track.lines", "door (in/out): 0.5,1 0.5,0;gate:0,0.1 1,0.1"));
    QCOMPARE(*get(config, "track.lines"),
             std::string("door (in/out): 0.5,1 0.5,0; gate (forward/backward): 0,0.1 1,0.1"));
    QVERIFY(set(config, "detect.masks", "0,0 1,0 1,0.1; poster: 0.5,0.5 1,0.5 1,1"));
    QCOMPARE(*get(config, "detect.masks"),
             std::string("0,0 1,0 1,0.1; poster: 0.5,0.5 1,0.5 1,1"));
    QCOMPARE(toJson(config.tuning.track.lines).dump(),
             std::string(R"([{"name":"door","points":[[0.5,1.0],[0.5,0.0]],"ways":["in","out"]},)"
                         R"({"name":"gate","points":[[0.0,0.1],[1.0,0.1]],)"
                         R"("ways":["forward","backward"]}])"));
    QVERIFY(set(config, "track.lines", ""));
    QVERIFY(config.tuning.track.lines.empty());
}

void TestConfigShapes::refusalsNameTheShapeAndTheReason_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const char *key, const QByteArray &text,
                        const char *reason) {
        QTest::newRow(name) << QByteArray(key) << text << QByteArray(reason);
    };
    row("two points", "track.zones", "a: 0,0 1,1", "'a' has fewer than 3 points");
    row("no points", "track.zones", "a:", "'a' has fewer than 3 points");
    row("33 points", "track.zones", "a: " + QByteArray("0,0 0,1 1,1 ").repeated(11),
        "'a' has more than 32 points");
    row("flat", "track.zones", "a: 0,0 0.5,0.5 1,1", "'a' has no area");
    row("one place", "track.zones", "a: 0.5,0.5 0.5,0.5 0.5,0.5", "'a' has no area");
    row("outside", "track.zones", "a: 0,0 1,0 1,1.01", "'a' leaves the frame");
    row("negative", "track.zones", "a: 0,0 1,0 1,-0.1", "'a' leaves the frame");
    row("nan", "track.zones", "a: 0,0 1,0 1,nan", "'a' leaves the frame");
    row("one number", "track.zones", "a: 0,0 1,0 1", "'a' has a point that is not two numbers");
    row("words", "track.zones", "a: 0,0 1,0 here", "'a' has a point that is not two numbers");
    row("no name", "track.zones", "0,0 1,0 1,1", "number 1 has no name");
    row("name twice", "track.zones", "a: 0,0 1,0 1,1; a: 0,0 1,0 0,1", "'a' comes twice");
    row("long name", "track.zones", QByteArray(33, 'n') + ": 0,0 1,0 1,1", "has a name that is not");
    row("not UTF-8", "track.zones", "\xff: 0,0 1,0 1,1", "has a name that is not");
    row("quote", "track.zones", "a\": 0,0 1,0 1,1", "has a name that is not");
    row("17", "track.zones", QByteArray("[") + [] {
                  QByteArray list;
                  for (int i = 0; i < 17; ++i)
                      list += "\"a" + QByteArray::number(i) + ": 0,0 1,0 1,1\",";
                  list.chop(1);
                  return list;
              }() + "]",
        "there are more than 16");
    row("zone with ways", "track.zones", "a (in/out): 0,0 1,0 1,1", "only a line has those");
    row("line with three", "track.lines", "a: 0,0 1,0 1,1", "'a' has more than 2 points");
    row("line with no length", "track.lines", "a: 0.1,0.1 0.1,0.1", "'a' has no length");
    row("one way", "track.lines", "a (in): 0,0 1,0", "'a' has no two directions");
    row("same ways", "track.lines", "a (in/in): 0,0 1,0", "'a' has two directions of one name");
    row("broken JSON", "track.lines", "[{", "it is not a list");
    row("after the ways", "track.lines", "a (in/out) b: 0,0 1,0", "'a' has no two directions");
    row("mask twice", "detect.masks", "m: 0,0 1,0 1,1; m: 0,0 1,0 1,1", "'m' comes twice");
}

void TestConfigShapes::refusalsNameTheShapeAndTheReason()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reason);
    AgentConfig config;
    const Result<void> done = set(config, key.toStdString(), text.toStdString());
    QVERIFY(!done);
    QCOMPARE(done.error().where, key.toStdString());
    QCOMPARE(done.error().advice, limits(*find(key.toStdString())));
    COMPARE_CONTAINS(done.error().message, reason.toStdString());
    QVERIFY2(config == AgentConfig(), "a refused value must change nothing");
}

void TestConfigShapes::wrongTypesInJsonAreRefused()
{
    const Parameter &lines = *find("track.lines");
    const auto accepted = [&](const std::string &json) {
        return parseJson(lines, nlohmann::json::parse(json)).has_value();
    };
    QVERIFY(accepted(R"([{"name": "a", "points": [[0, 0], [1, 1]], "ways": ["in", "out"]}])"));
    for (const char *json :
         {"5", "null", "{}", "[5]", "[[]]", "[null]", "[{}]", R"([{"name": "a"}])",
          R"([{"name": 5, "points": [[0, 0], [1, 1]]}])", R"([{"name": "a", "points": 5}])",
          R"([{"name": "a", "points": [0, 0, 1, 1]}])",
          R"([{"name": "a", "points": [["0", 0], [1, 1]]}])",
          R"([{"name": "a", "points": [[0, 0, 0], [1, 1, 1]]}])",
          R"([{"name": "a", "points": [[0, 0], [1, 1]], "ways": "in/out"}])",
          R"([{"name": "a", "points": [[0, 0], [1, 1]], "ways": ["in"]}])",
          R"([{"name": "a", "points": [[0, 0], [1, 1]], "colour": "red"}])"})
        QVERIFY2(!accepted(json), json);
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    QVERIFY(!accepted(deep));
    QVERIFY(!accepted(R"([{"name": "a", "points": )" + deep + "}]"));
    nlohmann::json many = nlohmann::json::array();
    for (int i = 0; i < 100'000; ++i)
        many.push_back({0.5, 0.5});
    QVERIFY(!parseJson(lines, {{{"name", "a"}, {"points", many}}}));
    QVERIFY(!parseJson(lines, {{{"name", "\xff"}, {"points", {{0, 0}, {1, 1}}}}}));
}

void TestConfigShapes::problemsNameThePlaceInTheFile()
{
    const Folder folder;
    const auto problem = [&](const char *text) {
        const auto config = loadToml(folder.write("a.toml", text));
        return config ? std::string() : describe(config.error());
    };
    COMPARE_CONTAINS(problem("[track]\nzones = \"a: 0,0 1,1\"\n"),
                     "a.toml:2:9: track.zones: 'a' has fewer than 3 points (at most 16 polygons");
    COMPARE_CONTAINS(problem("[track]\nzones = [{name = \"a\", points = [[0, 0], [1, [1]]]}]\n"),
                     "a.toml:2:9: track.zones: 'a' leaves the frame");
    COMPARE_CONTAINS(problem("[[track.zone]]\nname = \"a\"\n"), "did you mean track.zones?");
    COMPARE_CONTAINS(problem("[track.zones]\nname = \"a\"\n"), "it is not a list");
    COMPARE_CONTAINS(problem("track.zones = 1979-05-27\n"), "it is not a list");
}

void TestConfigShapes::patchReplacesTheWholeListAndNullEmptiesIt()
{
    AgentConfig current;
    QVERIFY(set(current, "track.zones", "a: 0,0 1,0 1,1; b: 0,0 1,0 0,1"));
    const auto patched = [&](const char *json) {
        return applyPatch(current, nlohmann::json::parse(json));
    };
    const auto other = patched(R"({"track": {"zones": ["c: 0,0 1,0 1,1"]}})");
    VERIFY_ACCEPTED(other);
    QCOMPARE(toText(other->track.zones), std::string("c: 0,0 1,0 1,1"));
    QVERIFY(patched(R"({"track": {"zones": null}})")->track.zones.empty());
    QVERIFY(patched(R"({"track": {"zones": []}})")->track.zones.empty());
    const auto refused = patched(R"({"track.zones": ["c: 0,0 1,0"]})");
    QVERIFY(!refused);
    COMPARE_CONTAINS(describe(refused.error()), "track.zones: 'c' has fewer than 3 points");
}

/// The reader of TOML bounds the length of a line.
void TestConfigShapes::theLargestListSurvivesTheTuningFilesForm()
{
    std::vector<Shape> zones;
    for (int i = 0; i < 16; ++i) {
        Shape zone{"zone " + std::string(25, 'x') + std::to_string(10 + i), {}, {}};
        for (int j = 0; j < 32; ++j)
            zone.points.push_back({static_cast<float>(j) / 31.3f, static_cast<float>(j % 3) / 7});
        zones.push_back(zone);
    }
    const Folder folder;
    const auto config = loadToml(folder.write("a.toml", "track.zones = " + toToml(zones)));
    VERIFY_ACCEPTED(config);
    QVERIFY(config->tuning.track.zones == zones);
}

void TestConfigShapes::insideAndSidesAreAsDrawn()
{
    const Shape corner{"c", {{0, 0}, {1, 0}, {1, 0.25f}, {0.25f, 0.25f}, {0.25f, 1}, {0, 1}}, {}};
    QVERIFY(contains(corner, {0.1f, 0.9f}));
    QVERIFY(contains(corner, {0.9f, 0.1f}));
    QVERIFY(!contains(corner, {0.5f, 0.5f}));
    QVERIFY(!contains(corner, {1.1f, 0.1f}));
    const Shape upwards{"l", {{0.5f, 1}, {0.5f, 0}}, {"in", "out"}};
    QVERIFY(sideOf(upwards, {0.9f, 0.5f}) > 0); // at the right hand of who looks up
    QVERIFY(sideOf(upwards, {0.1f, 0.5f}) < 0);
}

QTEST_GUILESS_MAIN(TestConfigShapes)
#include "test_config_shapes.moc"
