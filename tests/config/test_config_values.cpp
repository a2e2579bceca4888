#include "config_testing.h"

#include <clocale>
#include <locale>
#include <nlohmann/json.hpp>

using namespace facetrack;

namespace {

/// Decimal comma and thousands points, whatever locales the machine has.
struct GermanNumbers : std::numpunct<char>
{
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

} // namespace

class TestConfigValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyParameterRoundTripsAsTextTomlAndJson();
    void numbersAreTheSameInEveryLocale();
    void commandLineTextIsForgiving();
    void valuesPrintAsPeopleWriteThem();
};

void TestConfigValues::everyParameterRoundTripsAsTextTomlAndJson()
{
    const Folder folder;
    for (const Parameter &parameter : parameters()) {
        for (const Value &value : {anotherValue(parameter), parameter.defaultValue}) {
            const Result<Value> fromText = parse(parameter, toText(value));
            QVERIFY2(fromText && *fromText == value, parameter.key.c_str());

            const auto json = nlohmann::json::parse(toJson(value).dump());
            const Result<Value> fromJson = parseJson(parameter, json);
            QVERIFY2(fromJson && *fromJson == value, parameter.key.c_str());

            // A password belongs to a user, and a certificate to its key, say rules.
            const std::string besides
                = parameter.key == "upload.password_file"  ? "upload.user = \"face\"\n"
                  : value == parameter.defaultValue         ? ""
                  : parameter.key == "tls.key_file"         ? "tls.certificate_file = \"c\"\n"
                  : parameter.key == "tls.certificate_file" ? "tls.key_file = \"k\"\n"
                                                            : "";
            const auto config = loadToml(
                folder.write("a.toml", besides + parameter.key + " = " + toToml(value)));
            VERIFY_ACCEPTED(config);
            QVERIFY2(parameter.get(*config) == value, parameter.key.c_str());
        }
    }
}

void TestConfigValues::numbersAreTheSameInEveryLocale()
{
    const std::locale before = std::locale::global(std::locale(std::locale(), new GermanNumbers));
    if (!std::setlocale(LC_ALL, "de_DE.UTF-8"))
        qInfo("de_DE.UTF-8 is not installed: only C++ streams have the decimal comma");
    everyParameterRoundTripsAsTextTomlAndJson();
    const auto problem = parse(*find("journal.max_megabytes"), "2000000");
    std::locale::global(before);
    std::setlocale(LC_ALL, "C");
    COMPARE_CONTAINS(describe(problem.error()), "'2000000' is above the most, 1048576");
}

void TestConfigValues::commandLineTextIsForgiving()
{
    AgentConfig config;
    for (const char *yes : {"true", "on", "yes", "1", " true "}) {
        config.tuning.detect.equalize = false;
        QVERIFY(set(config, "detect.equalize", yes));
        QVERIFY2(config.tuning.detect.equalize, yes);
    }
    for (const char *size : {"40x50", "40 x 50", "[40, 50]", "[40,50]"}) {
        config.tuning.detect.minSize = {};
        QVERIFY2(set(config, "detect.min_size", size), size);
        QVERIFY(config.tuning.detect.minSize == (Size{40, 50}));
    }
    QVERIFY(set(config, "detect.min_neighbors", " +5 "));
    QCOMPARE(config.tuning.detect.minNeighbors, 5);
    QVERIFY(set(config, "detect.scale_factor", "1.5e0"));
    QCOMPARE(config.tuning.detect.scaleFactor, 1.5);
    QVERIFY(set(config, "detect.region", "0.25, 0.25, 0.5, 0.5"));
    QVERIFY(config.tuning.detect.region == (Box{0.25f, 0.25f, 0.5f, 0.5f}));
    QVERIFY(set(config, "stream.fps", "-0"));
    QCOMPARE(*get(config, "stream.fps"), std::string("0"));
}

void TestConfigValues::valuesPrintAsPeopleWriteThem()
{
    const Value box = Box{0.1f, 0, 0.9f, 1};
    QCOMPARE(toText(box), std::string("0.1,0,0.9,1"));
    QCOMPARE(toToml(box), std::string("[0.1, 0, 0.9, 1]"));
    QCOMPARE(toJson(box).dump(), std::string("[0.1,0.0,0.9,1.0]"));
    QCOMPARE(toToml(5.0), std::string("5.0")); // or TOML would take it for a whole number
    QCOMPARE(toToml(std::string("a\"b\\c")), std::string("\"a\\\"b\\\\c\""));
    QCOMPARE(display(*find("source.stall_seconds"), 5.0), std::string("5 s"));
}

QTEST_GUILESS_MAIN(TestConfigValues)
#include "test_config_values.moc"
