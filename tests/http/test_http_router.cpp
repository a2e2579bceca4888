// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/listen_address.h"
#include "libfacetrack/http/router.h"
#include "libfacetrack/http/target.h"

#include <QTest>

using namespace facetrack;
using namespace facetrack::http;

class TestHttpRouter : public QObject
{
    Q_OBJECT

private:
    Router m_router;
    std::string m_called;

    void add(const char *method, const char *pattern)
    {
        const std::string name = std::string(method) + ' ' + pattern;
        m_router.add(method, pattern, [this, name](const Request &, const auto &) {
            m_called = name;
        });
    }
    Router::Match match(const char *method, const char *path)
    {
        const auto target = parseTarget(path);
        return target ? m_router.find(method, target->segments) : Router::Match();
    }
    std::string called(const char *method, const char *path)
    {
        m_called.clear();
        if (const auto found = match(method, path); found.handler)
            (*found.handler)({}, nullptr);
        return m_called;
    }

private Q_SLOTS:
    void initTestCase()
    {
        add("GET", "/");
        add("GET", "/api/v1/presets/{name}");
        add("PATCH", "/api/v1/presets/{name}");
        add("GET", "/api/v1/presets/default");
        add("GET", "/api/{version}/presets/last");
        add("PUT", "/only-put");
    }

    void findsTheHandler()
    {
        QCOMPARE(called("GET", "/"), std::string("GET /"));
        QCOMPARE(called("PATCH", "/api/v1/presets/a"), std::string("PATCH /api/v1/presets/{name}"));
        QCOMPARE(called("HEAD", "/api/v1/presets/a"), std::string("GET /api/v1/presets/{name}"));
    }

    void literalWinsOverCapture()
    {
        QCOMPARE(called("GET", "/api/v1/presets/default"),
                 std::string("GET /api/v1/presets/default"));
        // The first difference decides: "v1" before "{version}".
        QCOMPARE(called("GET", "/api/v1/presets/last"), std::string("GET /api/v1/presets/{name}"));
        QCOMPARE(called("GET", "/api/v2/presets/last"),
                 std::string("GET /api/{version}/presets/last"));
    }

    void capturesAreDecoded()
    {
        QCOMPARE(match("GET", "/api/v1/presets/Stand%20A%2FB+1").captures.at("name"),
                 std::string("Stand A/B+1"));
        QCOMPARE(match("GET", "/api/v1/presets/caf%C3%A9").captures.at("name"),
                 std::string("caf\xC3\xA9"));
    }

    void unknownPathOrMethod()
    {
        QVERIFY(match("GET", "/nowhere").allow.empty());
        QVERIFY(match("GET", "/api/v1/presets/").allow.empty()); // a capture is never empty
        QVERIFY(match("GET", "/api/v1/presets/a/").allow.empty());
        const auto wrong = match("DELETE", "/api/v1/presets/a");
        QVERIFY(!wrong.handler);
        QCOMPARE(wrong.allow, std::string("GET, HEAD, PATCH"));
        QCOMPARE(match("HEAD", "/only-put").allow, std::string("PUT"));
    }

    void queryIsDecoded()
    {
        const auto target = parseTarget("/a?x=1&y=a+b%26c%3D&x=2&&flag&n=%0A");
        QVERIFY(target);
        QCOMPARE(target->path, std::string("/a"));
        QCOMPARE(target->query.at("x"), std::string("2"));
        QCOMPARE(target->query.at("y"), std::string("a b&c="));
        QCOMPARE(target->query.at("flag"), std::string());
        QCOMPARE(target->query.at("n"), std::string("\n"));
        QCOMPARE(target->query.size(), std::size_t(4));
    }

    void absoluteForm()
    {
        QCOMPARE(parseTarget("http://host:1/a?b=c")->path, std::string("/a"));
        QCOMPARE(parseTarget("http://host")->path, std::string("/"));
        QCOMPARE(parseTarget("http://host?b=c")->query.at("b"), std::string("c"));
    }

    void malformedTargets_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char *text :
             {"", "*", "a", "host:80", "/%", "/%4", "/%zz", "/%00", "/%0d%0a", "/%c3", "/%c0%af",
              "/%ff", "/..", "/a/../b", "/a/./b", "/%2e%2e/x", "/..%2f..%2fetc", "/a?%", "/a?b=%g0",
              "/a?b=%ff", "/a?b=%00", "/a?%0a=1", "/a#b"})
            QTest::newRow(*text ? text : "empty") << QByteArray(text);
    }
    void malformedTargets()
    {
        QFETCH(QByteArray, target);
        const auto parsed = parseTarget(target.toStdString());
        QVERIFY(!parsed);
        QVERIFY(parsed.error().code == ErrorCode::InvalidArgument);
    }

    void listenAddresses()
    {
        QCOMPARE(parseListenAddress("localhost:7420")->host, std::string("127.0.0.1"));
        QCOMPARE(parseListenAddress("[::1]:7420")->host, std::string("::1"));
        QCOMPARE(parseListenAddress("0.0.0.0:80")->port, std::uint16_t(80));
        for (const char *text : {"", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "::1:80",
                                 "127.0.0.1:65536", "127.0.0.1:-1", "[127.0.0.1]:80", "[::1]",
                                 "300.0.0.1:1", "name:80", "127.0.0.1:80 "}) {
            const auto parsed = parseListenAddress(text);
            QVERIFY2(!parsed, text);
            QVERIFY(parsed.error().code == ErrorCode::InvalidArgument);
            QVERIFY(!parsed.error().advice.empty());
        }
        QCOMPARE(browsableAddress({"0.0.0.0", 80}), std::string("127.0.0.1:80"));
        QCOMPARE(browsableAddress({"::", 80}), std::string("127.0.0.1:80"));
        QCOMPARE(browsableAddress({"::1", 80}), std::string("[::1]:80"));
    }
};

QTEST_GUILESS_MAIN(TestHttpRouter)
#include "test_http_router.moc"
