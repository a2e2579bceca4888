#include "config_testing.h"
#include "libfacetrack/config/patch.h"

#include <nlohmann/json.hpp>

using namespace facetrack;

namespace {

Checked<Tuning> patched(const std::string &json, const AgentConfig &current = {},
                        const AgentConfig &base = {})
{
    return applyPatch(current, nlohmann::json::parse(json), base);
}

std::string refusal(const char *json)
{
    const auto tuning = patched(json);
    return tuning ? "" : describe(tuning.error());
}

} // namespace

class TestConfigPatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nestedAndDottedKeysAreTheSame();
    void whatIsNotNamedStays();
    void nullGoesBackToTheOperatorsValue();
    void allThatIsWrongIsListed();
    void refusalsNameKeyAndLimits();
    void valuesThatFitTogetherAreSetTogether();
    void hostilePatchesAreRefused();
};

void TestConfigPatch::nestedAndDottedKeysAreTheSame()
{
    for (const char *json : {R"({"detect": {"min_neighbors": 5, "equalize": true}})",
                             R"({"detect.min_neighbors": 5, "detect.equalize": true})",
                             R"({"detect": {"min_neighbors": 5}, "detect.equalize": true})"}) {
        const auto tuning = patched(json);
        VERIFY_ACCEPTED(tuning);
        QCOMPARE(tuning->detect.minNeighbors, 5);
        QVERIFY(tuning->detect.equalize);
    }
}

void TestConfigPatch::whatIsNotNamedStays()
{
    AgentConfig current;
    current.tuning.stream.quality = 33;
    QVERIFY(*patched("{}", current) == current.tuning);
    QVERIFY(*patched(R"({"detect": {}})", current) == current.tuning);
    QCOMPARE(patched(R"({"detect.min_neighbors": 5})", current)->stream.quality, 33);
}

void TestConfigPatch::nullGoesBackToTheOperatorsValue()
{
    AgentConfig base;
    base.tuning.stream.quality = 60;
    AgentConfig current = base;
    current.tuning.stream.quality = 10;
    QCOMPARE(patched(R"({"stream": {"quality": null}})", current, base)->stream.quality, 60);
}

void TestConfigPatch::allThatIsWrongIsListed()
{
    const auto tuning = patched(
        R"({"detect": {"min_neighbors": 5, "scale_factor": 9, "equalise": true},
            "http": {"listen": "0.0.0.0:1"}, "stream.quality": "80"})");
    QVERIFY(!tuning);
    QCOMPARE(tuning.error().size(), std::size_t{4});
}

void TestConfigPatch::refusalsNameKeyAndLimits()
{
    const auto tuning = patched(R"({"detect": {"min_neighbors": 99}})");
    QVERIFY(!tuning);
    const Problem &problem = tuning.error().front();
    QCOMPARE(problem.key, std::string("detect.min_neighbors"));
    QCOMPARE(problem.message, std::string("'99' is above the most, 20"));
    QCOMPARE(problem.limits, std::string("a whole number from 0 to 20"));

    COMPARE_CONTAINS(refusal(R"({"http.listen": "0.0.0.0:1"})"), "takes effect at the next start");
    COMPARE_CONTAINS(refusal(R"({"agent": {"id": null}})"), "takes effect at the next start");
    COMPARE_CONTAINS(refusal(R"({"detect": 5})"), "detect: is a section, not a value");
    COMPARE_CONTAINS(refusal(R"({"detect.min_neighbours": 5})"),
                     "did you mean detect.min_neighbors?");
    COMPARE_CONTAINS(refusal(R"({"stream.fps": 5, "stream": {"fps": 6}})"), "is given twice");
    COMPARE_CONTAINS(refusal("[]"), "is not a JSON object");
    COMPARE_CONTAINS(refusal("null"), "is not a JSON object");
}

void TestConfigPatch::valuesThatFitTogetherAreSetTogether()
{
    COMPARE_CONTAINS(refusal(R"({"detect.max_size": "20x20"})"), "is below detect.min_size");
    QVERIFY(patched(R"({"detect.max_size": "20x20", "detect.min_size": [10, 10]})"));
}

void TestConfigPatch::hostilePatchesAreRefused()
{
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += R"({"detect":)";
    QVERIFY(!patched(deep + "1" + std::string(100'000, '}')));
    QVERIFY(!patched(R"({"detect.region":)" + std::string(100'000, '[')
                     + std::string(100'000, ']') + "}"));

    nlohmann::json many;
    for (int i = 0; i < 100'000; ++i)
        many["key" + std::to_string(i)] = i;
    const auto tuning = applyPatch(AgentConfig(), many);
    QVERIFY(!tuning);
    QCOMPARE(tuning.error().size(), mostProblems + 1);

    const nlohmann::json notUtf8{{"detect.cascade", "\xff"}, {"detect.region", {"\xff", 1, 2, 3}}};
    QVERIFY(!applyPatch(AgentConfig(), notUtf8));
}

QTEST_GUILESS_MAIN(TestConfigPatch)
#include "test_config_patch.moc"
