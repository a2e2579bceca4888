#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/pipeline/analysis_loop.h"

#include <QTest>
#include <atomic>

using namespace facetrack;

namespace {

constexpr int Patience = 30'000; // ms; only a hang comes near it

FramePtr boothFrame()
{
    auto source = openSource("synthetic:booth?seed=1&people=4&size=640x424", Pacing::AsFastAsPossible);
    FramePtr frame;
    for (int i = 0; i < 200; ++i)
        frame = (*source)->next({}).value();
    return frame;
}

} // namespace

class TestAnalysisLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyResultCarriesItsFrameRevisionAndSequence()
    {
        LiveTuning tuning{Tuning{}};
        std::mutex mutex;
        std::vector<AnalysedFramePtr> results;
        AnalysisLoop loop(
            tuning,
            [&](const AnalysedFramePtr &result) {
                const std::lock_guard lock(mutex);
                results.push_back(result);
            },
            SystemClock::instance());
        loop.start();
        const FramePtr frame = boothFrame();
        loop.offer(frame);
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().analysed, std::uint64_t(1), Patience);

        Tuning next;
        next.detect.minSize = {400, 400};
        QCOMPARE(tuning.change(next), 2U);
        loop.offer(frame);
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().analysed, std::uint64_t(2), Patience);
        loop.stop();

        QCOMPARE(results.size(), std::size_t(2));
        QCOMPARE(results[0]->frame, frame);
        QCOMPARE(results[0]->revision, 1U);
        QVERIFY(!results[0]->faces.empty());
        QCOMPARE(results[1]->sequence, std::uint64_t(1));
        QCOMPARE(results[1]->revision, 2U);
        QVERIFY2(results[1]->faces.empty(), "the changed setting holds from the next frame on");
    }

    void framesThatComeWhileItIsBusyAreCounted()
    {
        LiveTuning tuning{Tuning{}};
        AnalysisLoop loop(tuning, [](auto &) {}, SystemClock::instance());
        const FramePtr frame = boothFrame();
        for (int i = 0; i < 5; ++i)
            loop.offer(frame); // not started: only the newest waits
        loop.start();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().analysed, std::uint64_t(1), Patience);
        QCOMPARE(loop.state().skipped, std::uint64_t(4));
    }

    void aDetectorThatFailsGivesNoResultsButAReason()
    {
        Tuning broken;
        broken.detect.cascade = "no_such_cascade.xml";
        LiveTuning tuning{broken};
        std::atomic<int> results = 0;
        AnalysisLoop loop(tuning, [&](auto &) { ++results; }, SystemClock::instance());
        loop.start();
        loop.offer(boothFrame());
        QTRY_VERIFY_WITH_TIMEOUT(!loop.state().error.empty(), Patience);
        QCOMPARE(results.load(), 0);

        tuning.change(Tuning{});
        loop.offer(boothFrame());
        QTRY_COMPARE_WITH_TIMEOUT(results.load(), 1, Patience);
        QVERIFY2(loop.state().error.empty(), "it recovers at the next frame");
    }
};

QTEST_GUILESS_MAIN(TestAnalysisLoop)
#include "test_analysis_loop.moc"
