// How many records go into a request, by how quickly requests are answered.
#include "libfacetrack/store/batch_size.h"

#include <QTest>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

/// A server that takes `base` for a request and `each` for a record.
struct Server
{
    std::chrono::microseconds base, each;

    std::chrono::microseconds take(std::size_t records) const
    {
        return base + each * static_cast<std::int64_t>(records);
    }
};

std::size_t largestOf(BatchSize &size, const Server &server, int answers)
{
    std::size_t most = 0;
    for (int i = 0; i < answers; ++i) {
        size.answered(size.rows(), server.take(size.rows()));
        most = std::max(most, size.rows());
    }
    return most;
}

} // namespace

class TestBatchSize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysSmallWhereAnswersComeAtOnce()
    {
        BatchSize size(10'000);
        QCOMPARE(size.rows(), std::size_t(1'000));
        QCOMPARE(largestOf(size, {500us, 10us}, 1'000), std::size_t(1'000));
    }

    void staysSmallWhereMoreWouldNotBeQuicker()
    {
        BatchSize size(10'000);
        QVERIFY(largestOf(size, {500us, 50us}, 1'000) <= 2'000);
        int small = 0;
        for (int i = 0; i < 1'000; ++i) {
            size.answered(size.rows(), Server{500us, 50us}.take(size.rows()));
            small += size.rows() == 1'000 ? 1 : 0;
        }
        QVERIFY(small > 900); // tries only now and then
    }

    void growsWhereEachRequestTakesLong()
    {
        BatchSize size(10'000);
        QCOMPARE(largestOf(size, {150ms, 5us}, 100), std::size_t(10'000));
    }

    void shrinksWhereAnswersTakeTooLong()
    {
        BatchSize size(10'000);
        for (int i = 0; i < 10; ++i)
            size.answered(size.rows(), 2s);
        QCOMPARE(size.rows(), std::size_t(250));
    }

    void neverSendsAgainWhatWasTooLarge()
    {
        BatchSize size(10'000);
        size.tooLarge(1'000);
        QCOMPARE(size.rows(), std::size_t(500));
        QVERIFY(largestOf(size, {150ms, 5us}, 100) <= 500);
    }

    void smallBatchesTellNothing()
    {
        BatchSize size(10'000);
        for (int i = 0; i < 1'000; ++i)
            size.answered(5, 10ms);
        QCOMPARE(size.rows(), std::size_t(1'000));
    }

    void theSettingBoundsIt()
    {
        BatchSize size(100);
        QVERIFY(largestOf(size, {150ms, 5us}, 100) <= 100);
    }
};

QTEST_GUILESS_MAIN(TestBatchSize)
#include "test_batch_size.moc"
