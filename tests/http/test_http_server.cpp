// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"
#include "libfacetrack/http/server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace facetrack;
using namespace facetrack::http;

namespace {

Response echo(const Request &request)
{
    std::string text = request.method + ' ' + request.path + '\n';
    for (const auto &[key, value] : request.captures)
        text += "capture " + key + '=' + value + '\n';
    for (const auto &[key, value] : request.query)
        text += "query " + key + '=' + value + '\n';
    if (const auto found = request.headers.find("x-test"); found != request.headers.end())
        text += "x-test " + found->second + '\n';
    return Response::text(200, text + "from " + request.remoteAddress + '\n' + request.body);
}

QByteArray errorCode(const RawResponse &response)
{
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(response.body)).object();
    return json.value(QLatin1String("error")).toObject().value(QLatin1String("code"))
        .toString().toUtf8();
}

} // namespace

/// What well-behaved clients, and handlers of all kinds, see of the server.
class TestHttpServer : public QObject
{
    Q_OBJECT

private:
    Server m_server{ServerLimits{}};
    std::thread m_thread; ///< of a handler that answers later

    std::uint16_t port() const { return m_server.port(); }

private Q_SLOTS:
    void initTestCase()
    {
        m_server.route("GET", "/echo/{name}", answer(echo));
        m_server.route("POST", "/echo", answer(echo));
        m_server.route("GET", "/throws", answer([](const Request &) -> Response {
            throw std::runtime_error("on purpose");
        }));
        m_server.route("GET", "/throws-anything", answer([](const Request &) -> Response {
            throw 7;
        }));
        m_server.route("GET", "/dropped", [](const Request &, const auto &) {});
        m_server.route("GET", "/twice", [](const Request &, const auto &reply) {
            reply->send(Response::text(200, "first"));
            reply->send(Response::text(200, "second"));
        });
        m_server.route("GET", "/thread", [this](const Request &, const auto &reply) {
            m_thread = std::thread([reply] { reply->send(Response::text(200, "from a thread")); });
        });
        m_server.route("GET", "/headers", answer([](const Request &) {
            Response response = Response::json(201, "{}");
            response.headers = {{"Cache-Control", "max-age=5"},
                                {"Content-Length", "99"},
                                {"X-Bad", "a\r\nInjected: yes"},
                                {"X-Good", "fine"}};
            return response;
        }));
        m_server.route("GET", "/none", answer([](const Request &) {
            return Response::text(204, "must not be sent");
        }));
        m_server.route("GET", "/large", answer([](const Request &) {
            return Response::text(200, std::string(5'000'000, 'x'));
        }));
        const auto started = m_server.start("localhost:0");
        QVERIFY2(started, started ? "" : describe(started.error()).c_str());
    }
    void cleanup()
    {
        if (m_thread.joinable())
            m_thread.join();
    }

    void answersWithTheUsualHeaders()
    {
        const auto response = ask(port(), get("/echo/a%20b?x=%C3%A9", "X-Test: 1\r\nX-Test: 2\r\n"));
        QVERIFY(response);
        QCOMPARE(response->status, 200);
        QCOMPARE(response->body, std::string("GET /echo/a b\ncapture name=a b\nquery x=\xC3\xA9\n"
                                             "x-test 1, 2\nfrom 127.0.0.1\n"));
        QCOMPARE(response->headers.at("server"), std::string("facetrack"));
        QCOMPARE(response->headers.at("x-content-type-options"), std::string("nosniff"));
        QCOMPARE(response->headers.at("cache-control"), std::string("no-store"));
        QCOMPARE(response->headers.at("connection"), std::string("keep-alive"));
        QCOMPARE(response->headers.at("content-type"), std::string("text/plain; charset=utf-8"));
    }

    void handlersCannotBreakTheFraming()
    {
        const auto response = ask(port(), get("/headers"));
        QVERIFY(response);
        QCOMPARE(response->status, 201);
        QCOMPARE(response->body, std::string("{}"));
        QCOMPARE(response->headers.at("cache-control"), std::string("max-age=5"));
        QCOMPARE(response->headers.at("x-good"), std::string("fine"));
        QVERIFY(!response->headers.contains("x-bad"));
        QVERIFY(!response->headers.contains("injected"));
    }

    void headIsGetWithoutBody()
    {
        RawClient client(port());
        client.send("HEAD /echo/x HTTP/1.1\r\nHost: t\r\n\r\n" + get("/echo/y"));
        const auto head = client.response(false);
        QVERIFY(head);
        QCOMPARE(head->headers.at("content-length"), std::string("43"));
        const auto next = client.response();
        QVERIFY(next);
        QVERIFY(next->body.starts_with("GET /echo/y\n"));
    }

    void unknownPathAndMethod()
    {
        const auto unknown = ask(port(), get("/nowhere"));
        QCOMPARE(unknown->status, 404);
        QCOMPARE(errorCode(*unknown), QByteArray("not_found"));
        for (const std::string method : {"DELETE", "BREW", "get"}) {
            const auto wrong = ask(port(), method + " /echo/a HTTP/1.1\r\nHost: t\r\n\r\n");
            QCOMPARE(wrong->status, 405);
            QCOMPARE(wrong->headers.at("allow"), std::string("GET, HEAD"));
            QCOMPARE(errorCode(*wrong), QByteArray("method_not_allowed"));
        }
    }

    void keepsTheConnection()
    {
        RawClient client(port());
        for (int i = 0; i < 50; ++i) {
            client.send(get("/echo/" + std::to_string(i)));
            const auto response = client.response();
            QVERIFY(response);
            QVERIFY(response->body.starts_with("GET /echo/" + std::to_string(i) + '\n'));
        }
    }

    void pipelinedRequestsAreAnsweredInOrder()
    {
        std::string requests;
        for (int i = 0; i < 500; ++i) {
            const std::string number = std::to_string(i);
            requests += i % 7 == 3
                ? "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(number.size())
                    + "\r\n\r\n" + number + "\r\n" // the stray line end of old clients
                : get("/echo/" + number);
        }
        RawClient client(port());
        std::thread sender([&] { client.send(requests); });
        for (int i = 0; i < 500; ++i) {
            const auto response = client.response();
            const std::string number = std::to_string(i);
            if (!response || (!response->body.ends_with('\n' + number)
                              && !response->body.starts_with("GET /echo/" + number + '\n')))
                QTest::qFail(("answer " + number).c_str(), __FILE__, __LINE__);
        }
        sender.join();
    }

    void byteByByte()
    {
        RawClient client(port());
        for (const char c : "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n")
            if (c)
                client.send({&c, 1});
        const auto response = client.response();
        QVERIFY(response);
        QVERIFY(response->body.ends_with("\nabcde"));
    }

    void closesWhenAsked()
    {
        for (const std::string &request :
             {get("/echo/x", "Connection: close\r\n"), std::string("GET /echo/x HTTP/1.0\r\n\r\n")}) {
            RawClient client(port());
            client.send(request);
            const auto response = client.response();
            QVERIFY(response);
            QCOMPARE(response->status, 200);
            QCOMPARE(response->headers.at("connection"), std::string("close"));
            QCOMPARE(client.untilClosed(), std::optional<std::string>(""));
        }
    }

    void oldClientKeepsTheConnection()
    {
        RawClient client(port());
        for (int i = 0; i < 2; ++i) {
            client.send("GET /echo/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            const auto response = client.response();
            QVERIFY(response);
            QCOMPARE(response->headers.at("connection"), std::string("keep-alive"));
        }
    }

    void halfClosedClientGetsItsAnswers()
    {
        RawClient client(port());
        client.send(get("/echo/1") + get("/thread") + get("/echo/3"));
        client.shutdownSend();
        QVERIFY(client.response()->body.starts_with("GET /echo/1\n"));
        QCOMPARE(client.response()->body, std::string("from a thread"));
        QVERIFY(client.response()->body.starts_with("GET /echo/3\n"));
        QCOMPARE(client.untilClosed(), std::optional<std::string>(""));
    }

    void continues()
    {
        RawClient client(port());
        client.send("POST /echo HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\n"
                    "Content-Length: 4\r\n\r\n");
        QCOMPARE(client.head(), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
        client.send("body");
        QVERIFY(client.response()->body.ends_with("\nbody"));
        // Not waited for: no interim answer.
        client.send("POST /echo HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\n"
                    "Content-Length: 4\r\n\r\nbody");
        QCOMPARE(client.response()->status, 200);
    }

    void failingHandlersAnswer500()
    {
        RawClient client(port());
        for (const char *path : {"/throws", "/throws-anything", "/dropped"}) {
            client.send(get(path));
            const auto response = client.response();
            QVERIFY(response);
            QCOMPARE(response->status, 500);
            QCOMPARE(errorCode(*response), QByteArray("internal"));
        }
        client.send(get("/echo/still-there"));
        QCOMPARE(client.response()->status, 200);
    }

    void onlyTheFirstAnswerCounts()
    {
        RawClient client(port());
        client.send(get("/twice") + get("/echo/next"));
        QCOMPARE(client.response()->body, std::string("first"));
        QVERIFY(client.response()->body.starts_with("GET /echo/next\n"));
    }

    void statusWithoutBody()
    {
        RawClient client(port());
        client.send(get("/none") + get("/echo/next"));
        const auto none = client.response();
        QCOMPARE(none->status, 204);
        QVERIFY(!none->headers.contains("content-length"));
        QVERIFY(client.response()->body.starts_with("GET /echo/next\n"));
    }

    void largeAnswer()
    {
        QCOMPARE(ask(port(), get("/large"))->body.size(), std::size_t(5'000'000));
    }

    void errorsSurviveBrokenText()
    {
        const Response response = Response::error(400, "bad", "quoted \xff\xfe", "try \"x\"");
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(*response.body));
        QVERIFY(json.isObject());
    }

    void countsRequestsAndConnections()
    {
        QVERIFY(waitFor([this] { return m_server.connections() == 0; }));
        const auto before = m_server.requests();
        RawClient client(port());
        client.send(get("/echo/x"));
        QVERIFY(client.response());
        QCOMPARE(m_server.connections(), std::size_t(1));
        QCOMPARE(m_server.requests(), before + 1);
        client.close();
        QVERIFY(waitFor([this] { return m_server.connections() == 0; }));
    }

    void thePulseStandsStillWhileTheThreadIsStuckAndOnlyThen()
    {
        std::mutex held;
        Server server{ServerLimits{}};
        server.route("GET", "/stuck", answer([&](const Request &) {
            const std::lock_guard wait(held);
            return Response::text(200, "at last");
        }));
        QVERIFY(server.start("127.0.0.1:0"));
        QTRY_VERIFY(server.pulse() >= 2);
        std::unique_lock hold(held);
        RawClient client(server.port());
        client.send("GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n");
        // Counted on the thread that then goes straight into the handler.
        QTRY_COMPARE(server.requests(), std::uint64_t(1));
        const std::uint64_t stood = server.pulse();
        for (int asked = 0; asked < 1000; ++asked)
            QCOMPARE(server.pulse(), stood);
        hold.unlock();
        QTRY_VERIFY(server.pulse() > stood + 1);
    }
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "test_http_server.moc"
