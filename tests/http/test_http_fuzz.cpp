// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"
#include "libfacetrack/http/server.h"

#include <QTest>
#include <algorithm>
#include <random>
#include <vector>

using namespace facetrack;
using namespace facetrack::http;
using namespace std::chrono_literals;

namespace {

using Random = std::mt19937;

std::size_t below(Random &random, std::size_t limit)
{
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

const std::vector<std::string> &seeds()
{
    static const std::vector<std::string> all{
        get("/a/b%20c?x=1&y=%C3%A9", "Accept: */*\r\nConnection: keep-alive\r\n"),
        "HEAD /a/b HTTP/1.1\r\nHost: t\r\n\r\n",
        "POST /post HTTP/1.1\r\nHost: t\r\nContent-Length: 11\r\n\r\nhello world",
        "POST /post HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;a=\"b\"\r\nhello\r\n6\r\n world\r\n0\r\nT: x\r\n\r\n",
        "POST /post HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
        "GET http://t/a/b HTTP/1.0\r\nConnection: keep-alive\r\nX: a,\r\n b\r\n\r\n",
        get("/stream"),
    };
    return all;
}

std::string mutate(Random &random, std::string text)
{
    static const std::vector<std::string> words{
        "\r\n", "\n", "\r\n\r\n", std::string(1, '\0'), "%", "%00", "Content-Length: 5\r\n", ":", " ",
        "Transfer-Encoding: chunked\r\n", "ffffffffffffffff", "-1", "\xff", "HTTP/1.1", "?", "/../"};
    const std::size_t changes = 1 + below(random, 6);
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
        const std::size_t at = below(random, text.size());
        const std::size_t length = std::min(text.size() - at, 1 + below(random, 8));
        switch (below(random, 6)) {
        case 0: text[at] = static_cast<char>(below(random, 256)); break;
        case 1: text.erase(at, length); break;
        case 2: text.insert(at, words[below(random, words.size())]); break;
        case 3: text.insert(at, text.substr(at, length)); break;
        case 4: text.resize(at); break;
        case 5: text.insert(at, seeds()[below(random, seeds().size())]); break;
        }
    }
    return text;
}

} // namespace

/// Thousands of damaged requests; FACETRACK_FUZZ_SEED repeats a run.
class TestHttpFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survives()
    {
        ServerLimits limits;
        limits.headerBytes = 2048;
        limits.bodyBytes = 4096;
        limits.headerTimeout = limits.idleTimeout = limits.writeTimeout = 100ms;
        Server server(limits);
        const auto fine = answer([](const Request &r) { return Response::text(200, r.body); });
        server.route("GET", "/a/{name}", fine);
        server.route("POST", "/post", fine);
        server.route("GET", "/stream", [](const Request &, const auto &reply) {
            reply->stream({"x/y", {}, [](const std::shared_ptr<LatestChannel> &channel) {
                               channel->offer(makeBytes("head"), makeBytes("body"));
                           }});
        });
        QVERIFY(server.start("127.0.0.1:0"));

        const auto seed = qEnvironmentVariableIntValue("FACETRACK_FUZZ_SEED");
        const unsigned chosen = seed ? static_cast<unsigned>(seed) : std::random_device()();
        qInfo("FACETRACK_FUZZ_SEED=%u", chosen);
        Random random(chosen);
        for (int i = 0; i < 4000; ++i) {
            RawClient client(server.port());
            QVERIFY(client.connected());
            const std::string request = mutate(random, seeds()[below(random, seeds().size())]);
            const std::size_t cut = below(random, request.size() + 1);
            client.send(std::string_view(request).substr(0, cut));
            client.send(std::string_view(request).substr(cut));
            if (i % 3 == 0)
                client.shutdownSend();
            if (i % 50 == 0) { // half of them would only run into the time limit
                const auto answered = client.untilClosed();
                QVERIFY(answered);
                QVERIFY(answered->empty() || answered->starts_with("HTTP/1.1 "));
            }
            if (i % 100 == 99)
                QCOMPARE(ask(server.port(), get("/a/x"))->status, 200);
        }
        QVERIFY(waitFor([&] { return server.connections() == 0; }));
        QCOMPARE(ask(server.port(), get("/a/x"))->status, 200);
    }
};

QTEST_GUILESS_MAIN(TestHttpFuzz)
#include "test_http_fuzz.moc"
