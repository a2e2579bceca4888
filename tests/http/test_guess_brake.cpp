// Guessing is slowed, per address, and nobody is shut out.
#include "libfacetrack/http/guess_brake.h"

#include <QTest>
#include <atomic>

using namespace facetrack;
using http::GuessBrake;
using namespace std::chrono_literals;

namespace {

/// Notes when its answer came.
class NotingReply final : public http::Reply
{
public:
    void send(http::Response response) override
    {
        at = std::chrono::steady_clock::now();
        status = response.status;
    }
    void stream(http::StreamResponse) override {}

    std::chrono::steady_clock::time_point at;
    std::atomic<int> status{0};
};

/// How long the answer to one bad token takes.
std::chrono::nanoseconds refusalTime(GuessBrake &brake, const std::string &address)
{
    const auto reply = std::make_shared<NotingReply>();
    const auto start = std::chrono::steady_clock::now();
    brake.refuse(address, reply, http::Response::text(401, "no"));
    if (!QTest::qWaitFor([&] { return reply->status != 0; }, 20'000) || reply->status != 401)
        return {};
    return reply->at - start;
}

} // namespace

class TestGuessBrake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachBadTokenFromAnAddressWaitsLonger()
    {
        ManualClock clock;
        GuessBrake brake(clock);
        QVERIFY(refusalTime(brake, "192.0.2.1") >= 100ms);
        QVERIFY(refusalTime(brake, "192.0.2.1") >= 200ms);
        QVERIFY(refusalTime(brake, "192.0.2.1") >= 400ms);
        // Another one begins at the beginning: it is answered before the fourth of the first.
        const auto slow = std::make_shared<NotingReply>();
        brake.refuse("192.0.2.1", slow, http::Response::text(401, "no"));
        QVERIFY(refusalTime(brake, "192.0.2.2") >= 100ms);
        QCOMPARE(slow->status.load(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(slow->status.load(), 401, 20'000);
    }

    void itIsForgottenAfterAWhile()
    {
        ManualClock clock;
        GuessBrake brake(clock);
        for (int i = 0; i < 3; ++i)
            QVERIFY(refusalTime(brake, "192.0.2.1") >= 100ms);
        clock.advance(61s);
        const auto first = std::make_shared<NotingReply>();
        const auto other = std::make_shared<NotingReply>();
        brake.refuse("192.0.2.1", first, http::Response::text(401, "no"));
        brake.refuse("192.0.2.1", other, http::Response::text(401, "no"));
        QTRY_COMPARE_WITH_TIMEOUT(other->status.load(), 401, 20'000);
        // 100 ms and 200 ms after nearly the same moment, so in this order.
        QVERIFY(first->at < other->at);
    }

    void tooManyAtOnceAreToldSo()
    {
        ManualClock clock;
        std::vector<std::shared_ptr<NotingReply>> waiting;
        const auto last = std::make_shared<NotingReply>();
        {
            GuessBrake brake(clock);
            for (std::size_t i = 0; i < GuessBrake::mostWaiting; ++i) {
                waiting.push_back(std::make_shared<NotingReply>());
                // All from one address, which after a few waits 3 s.
                brake.refuse("192.0.2.1", waiting.back(), http::Response::text(401, "no"));
            }
            brake.refuse("192.0.2.9", last, http::Response::text(401, "no"));
            QVERIFY(last->status == 429 || waiting.front()->status == 401);
        }
        for (const auto &reply : waiting)
            QCOMPARE(reply->status.load(), 401); // the end lets nobody wait
    }
};

QTEST_GUILESS_MAIN(TestGuessBrake)
#include "test_guess_brake.moc"
