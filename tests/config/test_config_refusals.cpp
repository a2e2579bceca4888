#include "config_testing.h"

#include <nlohmann/json.hpp>

using namespace facetrack;

class TestConfigRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusalNamesKeyValueAndLimits_data();
    void refusalNamesKeyValueAndLimits();
    void malformedAddressesAreRefused();
    void jsonTypesMustBeRight();
    void secretsAreNotPrinted();
    void passwordsInAddressesAreNotPrinted();
};

void TestConfigRefusals::refusalNamesKeyValueAndLimits_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char *key, const QByteArray &text, const char *part) {
        QTest::addRow("%s=%s", key, text.left(30).constData())
            << QByteArray(key) << text << QByteArray(part);
    };
    row("detect.scale_factor", "nan", "'nan' is not a finite number (a number from 1.01 to 2)");
    row("detect.scale_factor", "-nan", "is not a finite number");
    row("detect.scale_factor", "inf", "is not a finite number");
    row("detect.scale_factor", "1e999", "is not a number");
    row("detect.scale_factor", "1,1", "is not a number: write a point, not a comma");
    row("detect.scale_factor", "1.0", "is below the least, 1.01");
    row("detect.scale_factor", "2.0000001", "is above the most, 2");
    row("detect.scale_factor", "1.1x", "is not a number");
    row("detect.scale_factor", "0x1p0", "is not a number");
    row("detect.scale_factor", "+-1.1", "is not a number");
    row("detect.scale_factor", "", "'' is not a number");
    row("detect.min_neighbors", "3.5", "is not a whole number (a whole number from 0 to 20)");
    row("detect.min_neighbors", "-1", "is below the least, 0");
    row("detect.min_neighbors", "4294967299", "is above the most, 20");
    row("detect.min_neighbors", "99999999999999999999", "is out of range");
    row("detect.equalize", "maybe", "'maybe' is neither (true or false)");
    row("detect.detector", "Haar", "'Haar' is not a choice (one of: haar");
    row("detect.min_size", "30", "is not a size (WIDTHxHEIGHT");
    row("detect.min_size", "30x", "is not a size");
    row("detect.min_size", "30.5x30", "whole pixels");
    row("detect.min_size", "nanx30", "whole pixels");
    row("detect.min_size", "1e300x30", "whole pixels");
    row("detect.min_size", "-3x30", "is below the least, 1");
    row("detect.min_size", "0x30", "has one side of 0");
    row("detect.min_size", "9000x30", "is above the most, 8192");
    row("detect.region", "0,0,1", "is not four numbers");
    row("detect.region", "0,0,1,1,1", "is not four numbers");
    row("detect.region", "0,0,0,1", "is empty");
    row("detect.region", "0,0,1e-60,1", "is empty");
    row("detect.region", "0.6,0,0.5,1", "leaves the frame");
    row("detect.region", "-0.1,0,0.5,1", "leaves the frame");
    row("detect.region", "nan,0,1,1", "leaves the frame");
    row("stream.width", "15", "0 for the camera's own");
    row("agent.id", "a b", "1 to 64 of A-Z a-z 0-9 . _ -");
    row("agent.id", QByteArray(65, 'a'), "is longer than 64 bytes");
    row("agent.name", "a\nb", "'a?b' holds a control character");
    row("agent.name", "a\xff", "is not UTF-8");
    row("source.url", QByteArray(5000, 'a'), "aaaa…'");
}

void TestConfigRefusals::refusalNamesKeyValueAndLimits()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, part);
    AgentConfig config;
    const Result<void> done = set(config, key.toStdString(), text.toStdString());
    QVERIFY(!done);
    QCOMPARE(done.error().where, key.toStdString());
    QCOMPARE(done.error().advice, limits(*find(key.toStdString())));
    COMPARE_CONTAINS(describe(done.error()), part.toStdString());
    QVERIFY2(config == AgentConfig(), "a refused value must change nothing");
}

void TestConfigRefusals::malformedAddressesAreRefused()
{
    const Parameter &listen = *find("http.listen");
    for (const char *address : {"0.0.0.0:80", "127.0.0.1:0", "[::]:65535", "[::ffff:1.2.3.4]:1"})
        QVERIFY2(parse(listen, address), address);
    for (const char *address : {"", "7420", ":7420", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                                "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1: 1", "::1:80", "[::1]",
                                "[127.0.0.1]:80", "256.0.0.1:80", "somewhere:80"}) {
        const Result<Value> value = parse(listen, address);
        QVERIFY2(!value, address);
        COMPARE_CONTAINS(value.error().advice, "ADDRESS:PORT");
    }
}

void TestConfigRefusals::jsonTypesMustBeRight()
{
    const auto accepted = [](const char *key, const char *json) {
        return parseJson(*find(key), nlohmann::json::parse(json)).has_value();
    };
    QVERIFY(accepted("detect.min_neighbors", "3.0")); // JSON does not tell it from 3
    QVERIFY(accepted("detect.scale_factor", "2"));
    QVERIFY(accepted("detect.min_size", "[30, 30]"));
    for (const char *json : {"\"3\"", "3.5", "true", "null", "[3]", "{}", "1e300", "-1",
                             "18446744073709551615", "9223372036854775808"})
        QVERIFY2(!accepted("detect.min_neighbors", json), json);
    for (const char *json : {"\"true\"", "1", "null", "[]"})
        QVERIFY2(!accepted("detect.equalize", json), json);
    for (const char *json : {"[30]", "[30, 30, 30]", "[30, \"30\"]", "[[30], 30]", "30", "[]"})
        QVERIFY2(!accepted("detect.min_size", json), json);
    for (const char *json : {"[0, 0, 1]", "[0, 0, 1, null]", "[0, 0, 1, 1, 1, 1, 1]", "{}"})
        QVERIFY2(!accepted("detect.region", json), json);
    QVERIFY(!accepted("agent.name", "5"));
}

void TestConfigRefusals::secretsAreNotPrinted()
{
    Parameter token = *find("agent.id");
    token.secret = true;
    const Result<Value> value = parse(token, "my secret!");
    QVERIFY(!value);
    QVERIFY(describe(value.error()).find("my secret") == std::string::npos);
    QCOMPARE(display(token, std::string("abc")), std::string("(secret)"));
    QCOMPARE(display(token, std::string()), std::string());
}

void TestConfigRefusals::passwordsInAddressesAreNotPrinted()
{
    for (const char *urls : {"http://user:s3cret@db1:4200", "http://db0,https://user:s3cret@db1",
                             "http://user:s3@cret@db1, http://other:s3cret@db2",
                             "https://user:s3://cret@db1"}) {
        const Result<Value> value = parse(*find("upload.urls"), urls);
        QVERIFY2(!value, urls);
        const std::string words = describe(value.error());
        for (const char *part : {"s3", "cret", "user:"})
            QVERIFY2(words.find(part) == words.npos, words.c_str());
        COMPARE_CONTAINS(words, "upload.password_file");
    }
    const auto long_ = parse(*find("upload.urls"), "http://user:" + std::string(70, 'x') + "@db1");
    QVERIFY(describe(long_.error()).find('x') == std::string::npos);
    COMPARE_CONTAINS(describe(parse(*find("upload.urls"), "http://a:b@db1:4200").error()),
                     "'http://…@db1:4200'");
}

QTEST_GUILESS_MAIN(TestConfigRefusals)
#include "test_config_refusals.moc"
