// Threads that share the pieces of a job.
#include "libfacetrack/detect/work_crew.h"

#include <QDeadlineTimer>
#include <QTest>
#include <array>
#include <atomic>
#include <memory>
#include <stdexcept>

using namespace facetrack;

class TestWorkCrew : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPieceIsDoneOnceBeforeItReturns()
    {
        // Small pieces, so that the caller is often through while helpers take the last ones; go on
        // until helpers have done their part, however busy the machine is.
        WorkCrew crew(3);
        std::atomic<int> helped = 0;
        std::atomic<int> spent = 0;
        QDeadlineTimer patience(30'000);
        int jobs = 0;
        for (; (jobs < 2'000 || helped < 2'000) && !patience.hasExpired(); ++jobs) {
            std::array<std::atomic<int>, 32> done{};
            crew.share(done.size(), [&](std::size_t piece, std::size_t worker) {
                for (int turn = 0; turn < 100; ++turn)
                    spent += turn;
                ++done[piece];
                helped += worker > 0;
            });
            for (const auto &times : done)
                QCOMPARE(times.load(), 1);
        }
        QVERIFY2(helped > 0, qPrintable(QString::number(jobs)));
    }

    void aPieceThatIsLastAndSlowIsWaitedFor()
    {
        WorkCrew crew(2);
        for (int job = 0; job < 200; ++job) {
            const auto work = std::make_unique<std::atomic<int>>(0);
            crew.share(3, [&](std::size_t, std::size_t worker) {
                if (worker > 0) // the caller is through before
                    std::this_thread::sleep_for(std::chrono::microseconds(200));
                ++*work;
            });
            QCOMPARE(work->load(), 3);
        }
    }

    void aFailureReachesTheCallerAndTheCrewGoesOn()
    {
        WorkCrew crew(2);
        QVERIFY_EXCEPTION_THROWN(crew.share(10, [](std::size_t piece, std::size_t) {
            if (piece == 4)
                throw std::runtime_error("no");
        }), std::runtime_error);
        std::atomic<int> done = 0;
        crew.share(10, [&](std::size_t, std::size_t) { ++done; });
        QCOMPARE(done.load(), 10);
    }
};

QTEST_GUILESS_MAIN(TestWorkCrew)
#include "test_work_crew.moc"
