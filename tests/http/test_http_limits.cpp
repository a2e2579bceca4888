// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"
#include "libfacetrack/http/server.h"

#include <QTest>
#include <algorithm>
#include <atomic>
#include <memory>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

using namespace facetrack;
using namespace facetrack::http;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

ServerLimits tightLimits()
{
    ServerLimits limits;
    limits.headerBytes = 4096;
    limits.bodyBytes = 10'000;
    limits.connections = 8;
    limits.headerTimeout = 300ms;
    limits.idleTimeout = 600ms;
    limits.writeTimeout = 400ms;
    return limits;
}

std::string post(std::string_view headers, std::string_view body = {})
{
    return "POST /sink HTTP/1.1\r\nHost: t\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

} // namespace

/// Clients that are broken, greedy, slow or hostile.
class TestHttpLimits : public QObject
{
    Q_OBJECT

private:
    Server m_server{tightLimits()};
    std::atomic<int> m_handled{0};

    std::uint16_t port() const { return m_server.port(); }

    void refused(const std::string &request, int status)
    {
        const int before = m_handled;
        RawClient client(port());
        client.send(request);
        const auto response = client.response();
        QVERIFY(response);
        QCOMPARE(response->status, status);
        QCOMPARE(response->headers.at("connection"), std::string("close"));
        QCOMPARE(response->headers.at("content-type"), std::string("application/json"));
        QVERIFY(response->body.starts_with("{\"error\":{\"code\":\""));
        QCOMPARE(client.untilClosed(), std::optional<std::string>(""));
        QCOMPARE(int(m_handled), before);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto count = [this](const Request &request) {
            ++m_handled;
            return Response::text(200, std::to_string(request.body.size()));
        };
        m_server.route("GET", "/", answer(count));
        m_server.route("POST", "/sink", answer(count));
        m_server.route("GET", "/huge", answer([huge = makeBytes(std::string(40'000'000, 'x'))](
                                                  const Request &) {
            Response response;
            response.body = huge;
            return response;
        }));
        QVERIFY(m_server.start("127.0.0.1:0"));
    }
    void init()
    {
        QVERIFY(waitFor([this] { return m_server.connections() == 0; }));
    }

    void malformed_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const std::string &request, int status) {
            QTest::newRow(name) << QByteArray::fromStdString(request) << status;
        };
        row("noise", "\x01\x02\x03\x04 hello\r\n\r\n", 400);
        row("a TLS client", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400);
        row("bad method", "G@T / HTTP/1.1\r\nHost: t\r\n\r\n", 400);
        row("no version", "GET /\r\nHost: t\r\n\r\n", 400);
        row("version 2", "GET / HTTP/2.0\r\nHost: t\r\n\r\n", 400);
        row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
        row("bad percent", get("/%zz"), 400);
        row("dot segments", get("/../etc/passwd"), 400);
        row("bad query", get("/?a=%"), 400);
        row("bare line feed in header", "GET / HTTP/1.1\r\nHost: t\nX: y\r\n\r\n", 400);
        row("space before colon", "GET / HTTP/1.1\r\nHost : t\r\n\r\n", 400);
        row("NUL in header", "GET / HTTP/1.1\r\nHost: t\r\nX: a\0b\r\n\r\n"s, 400);
        row("length is no number", post("Content-Length: ten\r\n"), 400);
        row("negative length", post("Content-Length: -1\r\n"), 400);
        row("length beyond 64 bits", post("Content-Length: 99999999999999999999999\r\n"), 400);
        row("two lengths", post("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"), 400);
        row("length and chunked", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400);
        row("unknown coding", post("Transfer-Encoding: gzip\r\n"), 501);
        row("two codings", post("Transfer-Encoding: gzip, chunked\r\n"), 501);
        row("unknown expectation", post("Expect: wonders\r\nContent-Length: 1\r\n"), 417);
        row("bad chunk size", post("Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n"), 400);
        row("chunk without end", post("Transfer-Encoding: chunked\r\n", "3\r\nabcdef\r\n"), 400);
    }
    void malformed()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        refused(request.toStdString(), status);
    }

    void headerOverTheLimit()
    {
        refused(get("/", "X-Big: " + std::string(100'000, 'x') + "\r\n"), 431);
        refused(get('/' + std::string(100'000, 'x')), 431);
        refused("GET /" + std::string(100'000, 'x'), 431);
        std::string many;
        for (int i = 0; i < 2000; ++i)
            many += "X-" + std::to_string(i) + ": y\r\n";
        refused(get("/", many), 431);
    }

    void bodyOverTheLimit()
    {
        // From the header alone: the client has not sent a byte of it.
        refused(post("Content-Length: 10001\r\n"), 413);
        refused(post("Content-Length: 300000000\r\n"), 413);
        refused(post("Content-Length: 18446744073709551615\r\n"), 413);
        refused(post("Expect: 100-continue\r\nContent-Length: 10001\r\n"), 413);
        refused(post("Content-Length: 2000000\r\n", std::string(2'000'000, 'x')), 413);
    }

    void chunkedBodyOverTheLimit()
    {
        const std::string chunked = "Transfer-Encoding: chunked\r\n";
        refused(post(chunked, "2711\r\n"), 413);
        refused(post(chunked, "ffffffffffffffff\r\n"), 413);
        std::string many;
        for (int i = 0; i < 1001; ++i)
            many += "a\r\n0123456789\r\n";
        refused(post(chunked, many), 413);
        refused(post(chunked, "5;" + std::string(100'000, 'x')), 400);
    }

    void bodyAtTheLimit()
    {
        const auto response = ask(port(), post("Content-Length: 10000\r\n",
                                               std::string(10'000, 'x')));
        QVERIFY(response);
        QCOMPARE(response->body, std::string("10000"));
    }

    void halfARequestThenSilence()
    {
        for (const std::string &half : {std::string("GE"), std::string("GET / HTTP/1.1\r\nHost: t\r\n"),
                                       post("Content-Length: 10\r\n", "abc"),
                                       post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n")})
            refused(half, 408);
    }

    void slowlorisHasNoMoreTime()
    {
        RawClient client(port());
        const auto begin = std::chrono::steady_clock::now();
        client.send("GET / HTTP/1.1\r\nHost: t\r\n");
        std::atomic<bool> answered{false};
        std::thread drip([&] {
            while (!answered && client.send("X: y\r\n"))
                std::this_thread::sleep_for(20ms);
        });
        const auto response = client.response();
        answered = true;
        drip.join();
        QVERIFY(response);
        QCOMPARE(response->status, 408);
        QVERIFY(std::chrono::steady_clock::now() - begin >= 300ms);
    }

    void idleConnectionIsClosed()
    {
        RawClient silent(port());
        QCOMPARE(silent.untilClosed(), std::optional<std::string>(""));
        RawClient used(port());
        used.send(get("/"));
        QVERIFY(used.response());
        QCOMPARE(used.untilClosed(), std::optional<std::string>(""));
    }

    void clientThatDoesNotReadIsClosed()
    {
        RawClient client(port(), 4096);
        client.send(get("/huge"));
        QVERIFY(waitFor([this] { return m_server.connections() == 1; }));
        QVERIFY(waitFor([this] { return m_server.connections() == 0; }));
    }

    void slowReaderOfALargeAnswerHasItsTime()
    {
        RawClient client(port());
        client.send(get("/huge"));
        const std::string head = client.head();
        QVERIFY(head.find("Content-Length: 40000000\r\n") != std::string::npos);
        // In all far longer than the time limit, which is for each piece.
        std::size_t got = 0;
        for (std::size_t piece = 1; piece > 0 && got < 40'000'000; got += piece) {
            piece = client.bytes(std::min<std::size_t>(2'000'000, 40'000'000 - got)).size();
            std::this_thread::sleep_for(50ms);
        }
        QCOMPARE(got, std::size_t(40'000'000));
    }

    void aboveTheConnectionLimit()
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 8; ++i)
            clients.push_back(std::make_unique<RawClient>(port()));
        QVERIFY(waitFor([this] { return m_server.connections() == 8; }));
        const auto response = ask(port(), get("/"));
        QVERIFY(response);
        QCOMPARE(response->status, 503);
        clients.clear();
        QVERIFY(waitFor([this] { return m_server.connections() == 0; }));
        QCOMPARE(ask(port(), get("/"))->status, 200);
    }

    void abruptEnds()
    {
        for (int i = 0; i < 100; ++i) {
            RawClient client(port());
            client.send(std::string_view(get("/huge")).substr(0, std::size_t(i)));
        }
        QVERIFY(waitFor([this] { return m_server.connections() == 0; }));
        QCOMPARE(ask(port(), get("/"))->status, 200);
    }

    void noFileDescriptorsLeft()
    {
        rlimit normal = {};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &normal), 0);
        const int unconnected = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        rlimit low = normal;
        low.rlim_cur = 3; // more are open already: each new one fails
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
        RawClient client(port(), RawClient::Socket{unconnected}); // the kernel alone completes it
        client.send(get("/"));
        rusage before = {};
        rusage after = {};
        ::getrusage(RUSAGE_SELF, &before);
        std::this_thread::sleep_for(500ms);
        ::getrusage(RUSAGE_SELF, &after);
        const bool alone = m_server.connections() == 0;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &normal), 0);
        QVERIFY(alone);
        const auto seconds = [](const rusage &u) {
            return double(u.ru_utime.tv_sec + u.ru_stime.tv_sec)
                + double(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
        };
        QVERIFY2(seconds(after) - seconds(before) < 0.25, "the server spins");
        const auto response = client.response(); // and here it goes on
        QVERIFY(response);
        QCOMPARE(response->status, 200);
    }
};

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "test_http_limits.moc"
