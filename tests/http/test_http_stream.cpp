// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/raw_client.h"
#include "libfacetrack/http/server.h"

#include <QTest>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace facetrack;
using namespace facetrack::http;
using namespace std::chrono_literals;

namespace {

using Channel = std::shared_ptr<LatestChannel>;

constexpr std::size_t kPart = 60'000;

/// Fixed size, so that readers need no parser: "0000000017xxxx…".
Bytes part(int number)
{
    std::string text = std::to_string(number);
    text.insert(0, 10 - text.size(), '0');
    return makeBytes(text + std::string(kPart - 10, 'x'));
}

/// The next part's number; -1 at the end, -2 when it is damaged.
int readPart(RawClient &viewer)
{
    const std::string text = viewer.bytes(4 + kPart);
    if (text.size() < 4 + kPart)
        return -1;
    if (!text.starts_with("head") || text.find_first_not_of('x', 14) != std::string::npos)
        return -2;
    return std::stoi(text.substr(4, 10));
}

} // namespace

/// Answers without end: one camera, viewers of all kinds.
class TestHttpStream : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Server> m_server;
    std::mutex m_mutex;
    std::vector<Channel> m_channels;
    const Bytes m_head = makeBytes("head");

    std::vector<Channel> channels()
    {
        const std::lock_guard lock(m_mutex);
        return m_channels;
    }
    Channel waitForChannel(std::size_t index)
    {
        waitFor([&] { return channels().size() > index; });
        return channels().at(index);
    }
    std::unique_ptr<RawClient> view(int receiveBuffer = 0)
    {
        auto viewer = std::make_unique<RawClient>(m_server->port(), receiveBuffer);
        viewer->send(get("/stream"));
        return viewer;
    }

private Q_SLOTS:
    void init()
    {
        ServerLimits limits;
        limits.writeTimeout = 1500ms;
        m_server = std::make_unique<Server>(limits);
        m_server->route("GET", "/stream", [this](const Request &, const auto &reply) {
            reply->stream({"multipart/x-mixed-replace; boundary=b",
                           {{"X-Extra", "1"}},
                           [this](Channel channel) {
                               const std::lock_guard lock(m_mutex);
                               m_channels.push_back(std::move(channel));
                           }});
        });
        m_server->route("GET", "/throws", [](const Request &, const auto &reply) {
            reply->stream({"x/y", {}, [](const Channel &) { throw std::runtime_error("no"); }});
        });
        QVERIFY(m_server->start("127.0.0.1:0"));
    }
    void cleanup()
    {
        m_server.reset();
        m_channels.clear();
    }

    void headerAndParts()
    {
        const auto viewer = view();
        const std::string head = viewer->head();
        QVERIFY(head.starts_with("HTTP/1.1 200 OK\r\n"));
        for (const char *line : {"Content-Type: multipart/x-mixed-replace; boundary=b\r\n",
                                 "Connection: close\r\n", "Cache-Control: no-store\r\n",
                                 "X-Extra: 1\r\n", "Server: facetrack\r\n"})
            QVERIFY2(head.find(line) != std::string::npos, line);
        QVERIFY(head.find("Content-Length") == std::string::npos);
        QVERIFY(head.find("Transfer-Encoding") == std::string::npos);
        const Channel channel = waitForChannel(0);
        for (int i = 0; i < 20; ++i) {
            QVERIFY(channel->offer(m_head, part(i)));
            QCOMPARE(readPart(*viewer), i);
        }
        QCOMPARE(channel->skipped(), std::uint64_t(0));
    }

    void headRequestHasNoStream()
    {
        RawClient client(m_server->port());
        client.send("HEAD /stream HTTP/1.1\r\nHost: t\r\n\r\n");
        QCOMPARE(client.response(false)->status, 200);
        QCOMPARE(client.untilClosed(), std::optional<std::string>(""));
        QVERIFY(channels().empty());
    }

    void noticesThatTheViewerLeaves()
    {
        auto leaver = view();
        auto halfCloser = view();
        const Channel first = waitForChannel(0);
        const Channel second = waitForChannel(1);
        QVERIFY(!first->closed() && !second->closed());
        leaver->close();
        halfCloser->shutdownSend();
        // Without a single part offered.
        QVERIFY(waitFor([&] { return first->closed() && second->closed(); }));
        const Bytes late = part(1);
        QVERIFY(!first->offer(m_head, late));
        QCOMPARE(late.use_count(), 1L);
    }

    void closeEndsTheAnswer()
    {
        const auto viewer = view();
        const Channel channel = waitForChannel(0);
        QVERIFY(!viewer->head().empty());
        channel->offer(m_head, part(1));
        QCOMPARE(readPart(*viewer), 1);
        channel->close();
        QVERIFY(channel->closed());
        QCOMPARE(viewer->untilClosed(), std::optional<std::string>(""));
        QVERIFY(!channel->offer(m_head, part(2)));
    }

    void lettingGoOfTheChannelEndsTheAnswer()
    {
        const auto viewer = view();
        QVERIFY(waitForChannel(0));
        m_channels.clear();
        QVERIFY(viewer->untilClosed());
        RawClient thrower(m_server->port());
        thrower.send(get("/throws"));
        QVERIFY(thrower.untilClosed());
    }

    void slowViewerSkipsAndDelaysNobody()
    {
        const auto slow = view(4096);
        const auto fast = view();
        const Channel slowChannel = waitForChannel(0);
        const Channel fastChannel = waitForChannel(1);
        QVERIFY(!slow->head().empty());
        QVERIFY(!fast->head().empty());
        int last = 0;
        for (int i = 1; i <= 100; ++i) {
            const Bytes bytes = part(i);
            slowChannel->offer(m_head, bytes);
            fastChannel->offer(m_head, bytes);
            QCOMPARE(readPart(*fast), i); // each one, at once
            if (i % 10 == 0) {
                const int number = readPart(*slow);
                QVERIFY2(number > last, "never out of order, never damaged");
                last = number;
            }
        }
        QCOMPARE(fastChannel->skipped() + slowChannel->skipped(), slowChannel->skipped());
        QVERIFY(slowChannel->skipped() > 50);
        QVERIFY(waitFor([&] { return (last = readPart(*slow)) == 100 || last < 0; }));
        QCOMPARE(last, 100); // the newest arrives in the end
    }

    void stoppedViewerIsClosedAfterTheTimeLimit()
    {
        const auto stopped = view(4096);
        const Channel channel = waitForChannel(0);
        const auto begin = std::chrono::steady_clock::now();
        Bytes last;
        QVERIFY(waitFor([&] {
            last = part(1);
            return !channel->offer(m_head, last);
        }));
        QVERIFY(std::chrono::steady_clock::now() - begin >= 1500ms);
        QVERIFY(channel->closed());
        QVERIFY(waitFor([&] { return m_server->connections() == 0; }));
        QCOMPARE(last.use_count(), 1L);
    }

    void nothingToSeeIsNoReasonToClose()
    {
        const auto viewer = view();
        const Channel channel = waitForChannel(0);
        std::this_thread::sleep_for(2500ms); // well over the time limit of a part
        QVERIFY(!channel->closed());
        channel->offer(m_head, part(7));
        QVERIFY(!viewer->head().empty());
        QCOMPARE(readPart(*viewer), 7);
    }

    void atMostTwoPartsAreKeptForAViewer()
    {
        const auto stopped = view(4096);
        const Channel channel = waitForChannel(0);
        std::vector<Bytes> parts;
        for (int i = 0; i < 200; ++i) {
            parts.push_back(part(i));
            channel->offer(m_head, parts.back());
            if (i % 20 == 0)
                std::this_thread::sleep_for(1ms); // lets some of them reach the wire
        }
        QVERIFY(waitFor([&] {
            long kept = 0;
            for (const Bytes &bytes : parts)
                kept += bytes.use_count() - 1;
            return kept <= 2; // one on the wire, one waiting
        }));
        QVERIFY(!channel->closed());
        QVERIFY(channel->skipped() > 100);
    }

    void viewerThatTalksTooMuchIsClosed()
    {
        const auto viewer = view();
        const Channel channel = waitForChannel(0);
        viewer->send("a little is ignored");
        channel->offer(m_head, part(1));
        QVERIFY(!viewer->head().empty());
        QCOMPARE(readPart(*viewer), 1);
        viewer->send(std::string(1'000'000, 'x'));
        QVERIFY(waitFor([&] { return channel->closed(); }));
    }

    void manyViewers()
    {
        constexpr std::size_t kViewers = 100;
        std::vector<std::unique_ptr<RawClient>> viewers;
        for (std::size_t i = 0; i < kViewers; ++i)
            viewers.push_back(view());
        QVERIFY(waitForChannel(kViewers - 1));
        for (const auto &viewer : viewers)
            QVERIFY(!viewer->head().empty());
        for (int i = 0; i < 10; ++i) {
            const Bytes bytes = part(i);
            for (const Channel &channel : channels())
                channel->offer(m_head, bytes);
            for (const auto &viewer : viewers)
                QCOMPARE(readPart(*viewer), i);
        }
        viewers.clear();
        QVERIFY(waitFor([&] { return m_server->connections() == 0; }));
        for (const Channel &channel : channels())
            QVERIFY(channel->closed());
    }

    void viewersComeAndGoWhileTheCameraRuns()
    {
        std::jthread camera([this](const std::stop_token &stop) {
            for (int i = 0; !stop.stop_requested(); ++i) {
                const Bytes bytes = part(i);
                for (const Channel &channel : channels())
                    channel->offer(m_head, bytes);
                std::this_thread::sleep_for(1ms);
            }
        });
        std::vector<std::jthread> people;
        std::atomic<int> seen{0};
        for (int p = 0; p < 4; ++p)
            people.emplace_back([&] {
                for (int visit = 0; visit < 15; ++visit) {
                    const auto viewer = view();
                    if (!viewer->head().empty() && readPart(*viewer) >= 0)
                        ++seen;
                }
            });
        people.clear();
        QCOMPARE(int(seen), 60);
        QVERIFY(waitFor([&] { return m_server->connections() == 0; }));
    }
};

QTEST_GUILESS_MAIN(TestHttpStream)
#include "test_http_stream.moc"
