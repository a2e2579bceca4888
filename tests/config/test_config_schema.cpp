#include "config_testing.h"

#include <nlohmann/json.hpp>
#include <set>

using namespace facetrack;

class TestConfigSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void declarationsAreComplete();
    void groupsStayTogether();
    void defaultsAreWithinTheirLimits();
    void writingOneParameterChangesNoOther();
    void unknownKeysSuggestTheNearest_data();
    void unknownKeysSuggestTheNearest();
    void garbageSuggestsNothing();
    void rulesHoldBetweenParameters();
    void credentialsMustFitTogether();
    void valuesNestByGroup();
};

void TestConfigSchema::declarationsAreComplete()
{
    std::set<std::string> keys;
    for (const Parameter &parameter : parameters()) {
        const char *key = parameter.key.c_str();
        QVERIFY2(keys.insert(parameter.key).second, key);
        QVERIFY2(find(parameter.key) == &parameter, key);
        QCOMPARE(parameter.group + "." + parameter.name(), parameter.key);
        QVERIFY2(!parameter.label.empty() && !parameter.doc.empty(), key);
        QVERIFY2(parameter.doc.back() != '.' && parameter.doc.size() <= 90, key);
        const bool numeric = parameter.type == ParameterType::Integer
                             || parameter.type == ParameterType::Number
                             || parameter.type == ParameterType::Size;
        QVERIFY2(!numeric || (parameter.min && parameter.max && *parameter.min < *parameter.max),
                 key);
        QVERIFY2((parameter.type == ParameterType::Text) == (parameter.maxLength > 0), key);
        const bool mayChoose = parameter.type == ParameterType::Choice
                               || parameter.type == ParameterType::Text;
        QVERIFY2(parameter.type != ParameterType::Choice || !parameter.choices.empty(), key);
        QVERIFY2(mayChoose || parameter.choices.empty(), key);
        if (parameter.visibleWhen) {
            const Parameter *other = find(parameter.visibleWhen->key);
            QVERIFY2(other && parse(*other, parameter.visibleWhen->equals), key);
        }
    }
}

void TestConfigSchema::groupsStayTogether()
{
    std::set<std::string> left;
    std::string group;
    for (const Parameter &parameter : parameters()) {
        if (parameter.group != group)
            QVERIFY2(left.insert(parameter.group).second, parameter.key.c_str());
        group = parameter.group;
    }
}

void TestConfigSchema::defaultsAreWithinTheirLimits()
{
    for (const Parameter &parameter : parameters())
        QVERIFY2(parseJson(parameter, toJson(parameter.defaultValue)), parameter.key.c_str());
    QVERIFY(check(AgentConfig()).empty());
}

void TestConfigSchema::writingOneParameterChangesNoOther()
{
    for (const Parameter &parameter : parameters()) {
        AgentConfig config;
        parameter.set(config, anotherValue(parameter));
        for (const Parameter &other : parameters()) {
            const Value expected = &other == &parameter ? anotherValue(other) : other.defaultValue;
            QVERIFY2(other.get(config) == expected, other.key.c_str());
        }
    }
}

void TestConfigSchema::unknownKeysSuggestTheNearest_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("nearest");
    const auto row = [](const char *key, const char *nearest) {
        QTest::addRow("%s", key) << QByteArray(key) << QByteArray(nearest);
    };
    row("detect.min_neighbours", "detect.min_neighbors");
    row("detect.minNeighbors", "detect.min_neighbors");
    row("detect.scale-factor", "detect.scale_factor");
    row("DETECT.SCALE_FACTOR", "detect.scale_factor");
    row("scale_factor", "detect.scale_factor");
    row("detect.scale", "detect.scale_factor");
    row("scalefactor", "detect.scale_factor");
    row("stream.scale_factor", "detect.scale_factor");
    row("detector.min_size", "detect.min_size");
    row("min_sise", "detect.min_size");
    row("listen", "http.listen");
    row("http.lisen", "http.listen");
    row("stream.qualty", "stream.quality");
    row("jounral.max_days", "journal.max_days");
    row("source.uri", "source.url");
}

void TestConfigSchema::unknownKeysSuggestTheNearest()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, nearest);
    AgentConfig config;
    const Result<void> done = set(config, key.toStdString(), "1");
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::NotFound);
    QCOMPARE(describe(done.error()),
             (key + ": no such setting (did you mean " + nearest + "?)").toStdString());
}

void TestConfigSchema::garbageSuggestsNothing()
{
    for (const char *key : {"", ".", "..", "x", "completely.different", "zzz.qqq"})
        QCOMPARE(nearestKey(key), std::string());
    QCOMPARE(nearestKey(std::string(1000000, 'a')), std::string());
    QVERIFY(unknownKey(std::string(1000000, '\n')).where.size() < 100);
}

void TestConfigSchema::rulesHoldBetweenParameters()
{
    AgentConfig config;
    config.tuning.detect.minSize = {50, 40};
    QVERIFY(check(config).empty()); // 0x0 is no limit
    config.tuning.detect.maxSize = {50, 40};
    QVERIFY(check(config).empty());
    config.tuning.detect.maxSize = {100, 39};
    const auto problems = check(config);
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().key, std::string("detect.max_size"));
    QCOMPARE(problems.front().message, std::string("'100x39' is below detect.min_size, '50x40'"));
}

void TestConfigSchema::credentialsMustFitTogether()
{
    const auto broken = [](const char *user, const char *password, const char *token) {
        AgentConfig config;
        config.upload.user = user;
        config.upload.passwordFile = password;
        config.upload.tokenFile = token;
        const auto problems = check(config);
        return problems.empty() ? std::string() : problems.front().key;
    };
    QCOMPARE(broken("pi", "/p", ""), std::string());
    QCOMPARE(broken("pi", "", ""), std::string()); // a database may trust a user's address
    QCOMPARE(broken("", "", "/t"), std::string());
    QCOMPARE(broken("", "/p", ""), std::string("upload.user"));
    QCOMPARE(broken("pi", "", "/t"), std::string("upload.token_file"));
    QCOMPARE(broken("pi", "/p", "/t"), std::string("upload.token_file"));
}

void TestConfigSchema::valuesNestByGroup()
{
    const auto all = valuesJson(AgentConfig());
    QCOMPARE(all["detect"]["min_neighbors"].get<int>(), 3);
    QCOMPARE(all["detect"]["min_size"].get<std::string>(), std::string("30x30"));
    QVERIFY(all.contains("http"));
    const auto live = valuesJson(AgentConfig(), Applies::NextFrame);
    QVERIFY(live.contains("stream") && !live.contains("http"));
}

QTEST_GUILESS_MAIN(TestConfigSchema)
#include "test_config_schema.moc"
