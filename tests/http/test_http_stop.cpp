// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"
#include "libfacetrack/http/server.h"

#include <QTest>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

using namespace facetrack;
using namespace facetrack::http;
using namespace std::chrono_literals;

namespace {

/// Replies that a handler put aside.
class Shelf
{
public:
    Handler handler()
    {
        return [this](const Request &, std::shared_ptr<Reply> reply) {
            const std::lock_guard lock(m_mutex);
            m_replies.push_back(std::move(reply));
        };
    }
    std::shared_ptr<Reply> take()
    {
        const std::lock_guard lock(m_mutex);
        if (m_replies.empty())
            return nullptr;
        auto reply = std::move(m_replies.back());
        m_replies.pop_back();
        return reply;
    }
    std::shared_ptr<Reply> wait()
    {
        std::shared_ptr<Reply> reply;
        waitFor([&] { return (reply = take()) != nullptr; });
        return reply;
    }

private:
    std::mutex m_mutex;
    std::vector<std::shared_ptr<Reply>> m_replies;
};

/// How long it took.
std::chrono::milliseconds stopTime(Server &server)
{
    const auto begin = std::chrono::steady_clock::now();
    server.stop();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now()
                                                                 - begin);
}

} // namespace

/// Beginnings and ends: ports, stopping at any moment, replies that outlive everything.
class TestHttpStop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void portInUse()
    {
        Server first{ServerLimits{}};
        QVERIFY(first.start("127.0.0.1:0"));
        Server second{ServerLimits{}};
        const auto started = second.start("127.0.0.1:" + std::to_string(first.port()));
        QVERIFY(!started);
        QVERIFY(started.error().code == ErrorCode::Unavailable);
        QVERIFY(started.error().message.find(std::to_string(first.port())) != std::string::npos);
        QVERIFY(!started.error().advice.empty());
        QVERIFY(second.start("127.0.0.1:0")); // a failed start leaves it usable
    }

    void badAddresses()
    {
        Server server{ServerLimits{}};
        QVERIFY(server.start("nowhere").error().code == ErrorCode::InvalidArgument);
    }

    /// At boot the network may come later than the agent.
    void anAddressThatTheMachineDoesNotHaveYetIsTakenAndSaid()
    {
        Server server{ServerLimits{}};
        QTest::ignoreMessage(QtWarningMsg, "this machine does not have the address 192.0.2.1 yet: nobody reaches it before");
        QVERIFY(server.start("192.0.2.1:0"));
        QVERIFY(server.port() != 0);
    }

    void samePortAgainWhileOldConnectionsLinger()
    {
        Server server{ServerLimits{}};
        server.route("GET", "/", answer([](const Request &) { return Response::text(200, "x"); }));
        QVERIFY(server.start("127.0.0.1:0"));
        const std::string listen = server.address();
        for (int i = 0; i < 5; ++i) {
            RawClient client(server.port());
            client.send(get("/"));
            QVERIFY(client.response());
            QVERIFY(stopTime(server) < 1s); // the server closes first: TIME_WAIT is on its side
            QVERIFY(server.start(listen));
        }
    }

    void listensOnIpv6()
    {
        Server server{ServerLimits{}};
        server.route("GET", "/", answer([](const Request &r) {
            return Response::text(200, r.remoteAddress);
        }));
        const auto started = server.start("[::]:0");
        if (!started)
            QSKIP(describe(started.error()).c_str());
        // IPv4 comes in as well, and is called by its own name.
        QCOMPARE(ask(server.port(), get("/"))->body, std::string("127.0.0.1"));
        QCOMPARE(server.address(), "127.0.0.1:" + std::to_string(server.port()));
    }

    void stopsWithIdleAndHalfRequests()
    {
        Server server{ServerLimits{}};
        QVERIFY(server.start("127.0.0.1:0"));
        RawClient idle(server.port());
        RawClient half(server.port());
        half.send("GET / HT");
        QVERIFY(waitFor([&] { return server.connections() == 2; }));
        QVERIFY(stopTime(server) < 1s);
        QVERIFY(idle.untilClosed());
        QVERIFY(half.untilClosed());
        QCOMPARE(server.connections(), std::size_t(0));
    }

    void answersUnderWayGetAMoment()
    {
        Shelf shelf;
        Server server{ServerLimits{}};
        server.route("GET", "/later", shelf.handler());
        QVERIFY(server.start("127.0.0.1:0"));
        RawClient client(server.port());
        client.send(get("/later"));
        auto reply = shelf.wait();
        QVERIFY(reply);
        std::thread late([&] {
            std::this_thread::sleep_for(50ms);
            reply->send(Response::text(200, "just in time"));
        });
        const auto time = stopTime(server);
        late.join();
        QVERIFY(time < 1s);
        const auto response = client.response();
        QVERIFY(response);
        QCOMPARE(response->body, std::string("just in time"));
    }

    void stopsThoughNobodyAnswers()
    {
        Shelf shelf;
        std::shared_ptr<Reply> reply;
        {
            Server server{ServerLimits{}};
            server.route("GET", "/never", shelf.handler());
            QVERIFY(server.start("127.0.0.1:0"));
            RawClient client(server.port());
            client.send(get("/never"));
            reply = shelf.wait();
            QVERIFY(reply);
            QVERIFY(stopTime(server) < 1s);
            QCOMPARE(client.untilClosed(), std::optional<std::string>(""));
        }
        reply->send(Response::text(200, "too late")); // the server is gone for good
        reply.reset();
    }

    void replyAfterTheClientHasGone()
    {
        Shelf shelf;
        Server server{ServerLimits{}};
        server.route("GET", "/later", shelf.handler());
        server.route("GET", "/", answer([](const Request &) { return Response::text(200, "x"); }));
        QVERIFY(server.start("127.0.0.1:0"));
        for (int i = 0; i < 20; ++i) {
            auto client = std::make_unique<RawClient>(server.port());
            client->send(get("/later"));
            auto reply = shelf.wait();
            QVERIFY(reply);
            client.reset();
            if (i % 2)
                reply->send(Response::text(200, std::string(100'000, 'x')));
            reply.reset(); // or dropped
        }
        QVERIFY(waitFor([&] { return server.connections() == 0; }));
        QCOMPARE(ask(server.port(), get("/"))->status, 200);
    }

    void stopWhileStreaming()
    {
        std::vector<std::shared_ptr<LatestChannel>> channels;
        std::mutex mutex;
        const Bytes picture = makeBytes(std::string(50'000, 'p'));
        Server server{ServerLimits{}};
        server.route("GET", "/stream", [&](const Request &, const std::shared_ptr<Reply> &reply) {
            reply->stream({"video/x", {}, [&](std::shared_ptr<LatestChannel> channel) {
                               const std::lock_guard lock(mutex);
                               channels.push_back(std::move(channel));
                           }});
        });
        QVERIFY(server.start("127.0.0.1:0"));
        std::vector<std::unique_ptr<RawClient>> viewers;
        for (int i = 0; i < 10; ++i) {
            viewers.push_back(std::make_unique<RawClient>(server.port(), i % 2 ? 4096 : 0));
            viewers.back()->send(get("/stream"));
            QVERIFY(!viewers.back()->head().empty());
        }
        std::jthread camera([&](const std::stop_token &stop) {
            while (!stop.stop_requested()) {
                const std::lock_guard lock(mutex);
                for (const auto &channel : channels)
                    channel->offer(makeBytes("head"), picture);
            }
        });
        std::this_thread::sleep_for(50ms); // in full swing
        QVERIFY(stopTime(server) < 1s);
        camera = {};
        for (const auto &channel : channels) {
            QVERIFY(channel->closed());
            QVERIFY(!channel->offer(nullptr, picture));
        }
        QCOMPARE(picture.use_count(), 1L); // nothing is kept for anybody
    }

    void stopWhileManyAsk()
    {
        for (int round = 0; round < 10; ++round) {
            Server server{ServerLimits{}};
            server.route("GET", "/", answer([](const Request &) {
                return Response::text(200, "x");
            }));
            QVERIFY(server.start("127.0.0.1:0"));
            std::vector<std::jthread> askers;
            for (int i = 0; i < 4; ++i)
                askers.emplace_back([port = server.port()](const std::stop_token &stop) {
                    while (!stop.stop_requested())
                        ask(port, get("/"));
                });
            QVERIFY(waitFor([&] { return server.requests() > 20; }));
            QVERIFY(stopTime(server) < 1s);
        }
    }
};

QTEST_GUILESS_MAIN(TestHttpStop)
#include "test_http_stop.moc"
