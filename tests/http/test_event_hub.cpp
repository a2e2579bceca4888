// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/event_hub.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/http/worker.h"
#include "tests/http/raw_client.h"

#include <QTest>
#include <atomic>

using namespace facetrack;
using namespace facetrack::http;

/// Server-sent events, long answers and the guard, over real sockets.
class TestEventHub : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<EventHub> m_hub;
    std::unique_ptr<Worker> m_worker;
    std::unique_ptr<Server> m_server;

    std::unique_ptr<RawClient> listen(const std::string &headers = {}, int receiveBuffer = 0)
    {
        auto client = std::make_unique<RawClient>(m_server->port(), receiveBuffer);
        client->send(get("/events", headers));
        return client;
    }
    bool waitForListeners(std::size_t count)
    {
        return waitFor([&] { return m_hub->listeners() == count; });
    }

private Q_SLOTS:
    void init()
    {
        m_hub = std::make_unique<EventHub>("run1", EventHub::Options{3, 8, 4});
        m_worker = std::make_unique<Worker>(2);
        m_server = std::make_unique<Server>(ServerLimits());
        m_server->route("GET", "/events", m_hub->handler([] {
            return std::vector<EventHub::Event>{{"state", "first"}};
        }));
        QVERIFY(m_server->start("127.0.0.1:0"));
    }
    void cleanup()
    {
        m_server.reset();
        m_worker.reset();
        m_hub.reset();
    }

    void aListenerFirstLearnsWhereThingsStand()
    {
        auto client = listen();
        QVERIFY(client->head().find("Content-Type: text/event-stream") != std::string::npos);
        const std::string first = "retry: 1000\n\nid: run1-0\nevent: state\ndata: first\n\n";
        QCOMPARE(client->bytes(first.size()), first);
        QVERIFY(waitForListeners(1));
        m_hub->publish({"a", "1"});
        m_hub->tell({"b", "2"});
        m_hub->heartbeat();
        const std::string then = "id: run1-1\nevent: a\ndata: 1\n\nevent: b\ndata: 2\n\n: still here\n\n";
        QCOMPARE(client->bytes(then.size()), then);
    }

    void whoComesBackGetsWhatItMissed()
    {
        for (int i = 1; i <= 4; ++i)
            m_hub->publish({"a", std::to_string(i)});
        auto client = listen("Last-Event-ID: run1-2\r\n");
        client->head();
        const std::string missed = "retry: 1000\n\nid: run1-3\nevent: a\ndata: 3\n\n"
                                   "id: run1-4\nevent: a\ndata: 4\n\n";
        QCOMPARE(client->bytes(missed.size()), missed);
    }

    void whoWasAwayTooLongBeginsAgain_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("forgotten") << QStringLiteral("run1-1");
        QTest::newRow("of another run") << QStringLiteral("run0-6");
        QTest::newRow("not yet") << QStringLiteral("run1-7");
        QTest::newRow("rubbish") << QStringLiteral("run1-x");
    }
    void whoWasAwayTooLongBeginsAgain()
    {
        for (int i = 1; i <= 6; ++i)
            m_hub->publish({"a", std::to_string(i)});
        QFETCH(QString, id);
        auto client = listen("Last-Event-ID: " + id.toStdString() + "\r\n");
        client->head();
        const std::string again = "retry: 1000\n\nid: run1-6\nevent: state\ndata: first\n\n";
        QCOMPARE(client->bytes(again.size()), again);
    }

    void aSlowListenerIsCutOffAndTheOthersMissNothing()
    {
        auto slow = listen({}, 4096);
        QVERIFY(waitForListeners(1));
        auto quick = listen();
        QVERIFY(waitForListeners(2));
        quick->head();
        quick->bytes(std::string("retry: 1000\n\nid: run1-0\nevent: state\ndata: first\n\n").size());
        const std::string data(100'000, 'x');
        const std::string head = "event: a\ndata: ";
        int sent = 0;
        while (m_hub->listeners() == 2 && sent < 1000) {
            m_hub->tell({"a", data});
            ++sent;
            QCOMPARE(quick->bytes(head.size() + data.size() + 2).size(), head.size() + data.size() + 2);
        }
        qInfo("cut off after %d events of 100 kB", sent);
        QVERIFY(waitForListeners(1));
        QVERIFY(waitFor([&] { return m_server->connections() == 1; }));
        QVERIFY(sent < 100);
    }

    void tooManyListenersAreRefused()
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (std::size_t i = 1; i <= 3; ++i) {
            clients.push_back(listen());
            QVERIFY(waitForListeners(i));
        }
        QCOMPARE(ask(m_server->port(), get("/events"))->status, 503);
        clients.clear();
        QVERIFY(waitFor([&] { return m_server->connections() == 0; }));
        auto again = listen();
        QVERIFY(again->head().starts_with("HTTP/1.1 200"));
    }

    void longAnswersLeaveTheServerFreeAndAreBounded()
    {
        m_server->stop();
        std::atomic<bool> open{false};
        std::atomic<int> begun{0};
        m_server->route("GET", "/long", answerOn(*m_worker, [&](const Request &, std::stop_token) {
            ++begun;
            waitFor([&] { return open.load(); });
            return Response::text(200, "done");
        }));
        m_server->route("GET", "/short", answer([](const Request &) {
            return Response::text(200, "at once");
        }));
        m_server->route("GET", "/bad", answerOn(*m_worker, [](const Request &, std::stop_token) -> Response {
            throw std::runtime_error("oh");
        }));
        QVERIFY(m_server->start("127.0.0.1:0"));
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 3; ++i) { // one under way, two waiting
            clients.push_back(std::make_unique<RawClient>(m_server->port()));
            clients.back()->send(get("/long"));
            if (i == 0)
                QVERIFY(waitFor([&] { return begun == 1; }));
        }
        QVERIFY(waitFor([&] { return ask(m_server->port(), get("/long"))->status == 503; }));
        QCOMPARE(ask(m_server->port(), get("/short"))->body, std::string("at once"));
        open = true;
        for (const auto &client : clients)
            QCOMPARE(client->response()->body, std::string("done"));
        QCOMPARE(ask(m_server->port(), get("/bad"))->status, 500);
    }

    void theGuardStandsBeforeEveryPath()
    {
        m_server->stop();
        m_server->guard([](Request &request, const std::shared_ptr<Reply> &reply) {
            request.answerHeaders.emplace_back("X-Seen", "yes");
            if (request.path == "/events")
                reply->send(Response::error(403, "denied", "not for " + request.remoteAddress));
            return request.path != "/events";
        });
        QVERIFY(m_server->start("127.0.0.1:0"));
        const auto refused = ask(m_server->port(), get("/events"));
        QCOMPARE(refused->status, 403);
        QVERIFY(refused->body.find("127.0.0.1") != std::string::npos);
        QCOMPARE(refused->headers.at("x-seen"), std::string("yes"));
        QCOMPARE(ask(m_server->port(), get("/nowhere"))->status, 404);
        QCOMPARE(ask(m_server->port(), get("/nowhere"))->headers.at("x-seen"), std::string("yes"));
    }
};

QTEST_GUILESS_MAIN(TestEventHub)
#include "test_event_hub.moc"
