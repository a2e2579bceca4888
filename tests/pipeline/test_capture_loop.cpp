#include "libfacetrack/capture/camera_source.h"
#include "libfacetrack/pipeline/capture_loop.h"
#include "tests/support/scripted_camera.h"

#include <QTest>
#include <atomic>
#include <condition_variable>
#include <deque>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

constexpr int Patience = 20'000; // ms; only a hang comes near it

FramePtr picture(std::uint64_t sequence)
{
    return FrameBuilder(PixelFormat::Grey, {16, 16}).sequence(sequence).build();
}

/// Delivers so many frames, then ends, fails, or waits for ever.
class ScriptedSource final : public CaptureSource
{
public:
    enum class Then { End, Fail, Wait };
    ScriptedSource(int frames, Then then, bool live) : m_left(frames), m_then(then), m_live(live) {}

    Result<FramePtr> next(std::stop_token stop) override
    {
        if (m_left-- > 0)
            return picture(m_sequence++);
        if (m_then == Then::Fail)
            return fail(ErrorCode::Unavailable, "scripted", "unplugged");
        if (m_then == Then::Wait) {
            std::mutex mutex;
            std::condition_variable_any never;
            std::unique_lock lock(mutex);
            never.wait(lock, stop, [] { return false; });
        }
        return FramePtr();
    }
    double nominalFps() const override { return 25; }
    bool isLive() const override { return m_live; }

private:
    int m_left;
    const Then m_then;
    const bool m_live;
    std::uint64_t m_sequence = 0;
};

using Then = ScriptedSource::Then;

CaptureLoop::Opener opener(int frames, Then then, bool live)
{
    return [=]() -> Result<std::unique_ptr<CaptureSource>> {
        return std::make_unique<ScriptedSource>(frames, then, live);
    };
}

CaptureLoopOptions quickOptions()
{
    return {"scripted:", 5s, 1ms, 4ms};
}

} // namespace

class TestCaptureLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileEnds()
    {
        std::atomic<int> frames = 0;
        CaptureLoop loop(quickOptions(), opener(3, Then::End, false), [&](auto &) { ++frames; },
                         SystemClock::instance());
        QCOMPARE(loop.state().phase, SourcePhase::Starting);
        loop.start();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Ended, Patience);
        QCOMPARE(frames.load(), 3);
        QCOMPARE(loop.state().frames, std::uint64_t(3));
        QCOMPARE(loop.latest()->sequence(), std::uint64_t(2));
        QCOMPARE(loop.state().nominalFps, 25.0);
    }

    void aCameraThatFailsIsOpenedAgain()
    {
        std::atomic<int> frames = 0;
        CaptureLoop loop(quickOptions(), opener(2, Then::Fail, true), [&](auto &) { ++frames; },
                         SystemClock::instance());
        loop.start();
        QTRY_VERIFY_WITH_TIMEOUT(frames >= 6, Patience);
        QVERIFY(loop.state().reopened >= 2);
    }

    void aSourceThatCannotBeOpenedSaysWhyAndIsTriedAgain()
    {
        std::atomic<int> tries = 0;
        CaptureLoop loop(
            {"camera:", 5s, 1ms, 1h},
            [&]() -> Result<std::unique_ptr<CaptureSource>> {
                if (++tries < 4)
                    return fail(ErrorCode::Unavailable, "camera", "busy");
                return std::make_unique<ScriptedSource>(1, Then::Wait, true);
            },
            [](auto &) {}, SystemClock::instance());
        loop.start();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Running, Patience);
        QCOMPARE(tries.load(), 4);
        QVERIFY(loop.state().reason.empty());
    }

    void whileItWaitsToTryAgainItSaysSo()
    {
        CaptureLoop loop(
            {"camera:", 5s, 1h, 1h},
            []() -> Result<std::unique_ptr<CaptureSource>> {
                return fail(ErrorCode::Unavailable, "camera", "busy");
            },
            [](auto &) {}, SystemClock::instance());
        loop.start();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Failed, Patience);
        QCOMPARE(loop.state().reason, std::string("camera: busy"));
        QTRY_VERIFY_WITH_TIMEOUT(loop.state().retryIn > 59min, Patience);
        loop.stop(); // at once, not after the hour
    }

    void restartOpensItAnewFromEveryState_data()
    {
        QTest::addColumn<int>("then");
        QTest::addColumn<bool>("live");
        QTest::addColumn<SourcePhase>("phase");
        QTest::newRow("running") << int(Then::Wait) << true << SourcePhase::Running;
        QTest::newRow("ended") << int(Then::End) << false << SourcePhase::Ended;
        QTest::newRow("waited for") << int(Then::Fail) << true << SourcePhase::Failed;
    }
    void restartOpensItAnewFromEveryState()
    {
        QFETCH(int, then);
        QFETCH(bool, live);
        QFETCH(SourcePhase, phase);
        std::atomic<int> frames = 0;
        CaptureLoop loop({"scripted:", 5s, 1h, 1h}, opener(3, Then(then), live),
                         [&](auto &) { ++frames; }, SystemClock::instance());
        loop.start();
        for (int turn = 1; turn <= 3; ++turn) {
            QTRY_COMPARE_WITH_TIMEOUT(frames.load(), 3 * turn, Patience);
            QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, phase, Patience);
            loop.restart();
        }
        QTRY_COMPARE_WITH_TIMEOUT(frames.load(), 12, Patience);
        QCOMPARE(loop.state().reopened, std::uint64_t(3));
        loop.stop(); // at once, also while it has ended or waits
    }

    void aCameraThatComesBackIsTakenUpAtOnceAndSetAsBefore()
    {
        std::atomic<bool> there = true;
        std::atomic<int> changes = 0;
        auto script = std::make_shared<ScriptedCamera::Script>();
        CaptureLoopOptions options{"scripted:", 5s, 1h, 1h};
        options.link = std::make_shared<CameraLink>(1h);
        options.plugged = [&] { return std::to_string(changes); };
        CameraTuning tuning;
        tuning.rotation = "90";
        options.link->tune(tuning);
        CaptureLoop loop(
            options,
            [&]() -> Result<std::unique_ptr<CaptureSource>> {
                if (!there)
                    return fail(ErrorCode::Unavailable, "scripted", "there is no camera");
                return std::make_unique<CameraSource>(std::make_unique<ScriptedCamera>(script),
                                                      CameraSource::Wanted{}, SystemClock::instance());
            },
            [](auto &) {}, SystemClock::instance());
        loop.start();
        script->push();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().frames, std::uint64_t(1), Patience);
        there = false;
        script->breakWith({ErrorCode::Unavailable, "scripted", "the camera was unplugged", {}});
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Failed, Patience);
        QCOMPARE(loop.state().reason, std::string("scripted: the camera was unplugged"));
        QCOMPARE(loop.state().failures, std::uint64_t(1));
        there = true;
        const MonotonicTime plugged = SystemClock::instance().monotonic();
        ++changes;
        script->push();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().frames, std::uint64_t(2), Patience);
        QVERIFY(SystemClock::instance().monotonic() - plugged < 5s);
        QCOMPARE(loop.latest()->size(), (Size{48, 64}));
        QCOMPARE(loop.state().failures, std::uint64_t(0));
    }

    void cameraThatComesWhileItIsLookedForIsTakenUpSoon()
    {
        std::atomic<int> changes = 0;
        CaptureLoopOptions options{"scripted:", 5s, 1h, 1h};
        options.plugged = [&] { return std::to_string(changes); };
        CaptureLoop loop(
            options,
            [&]() -> Result<std::unique_ptr<CaptureSource>> {
                if (changes++ == 0) // plugged in just after the list was made
                    return fail(ErrorCode::Unavailable, "scripted", "there is no camera");
                return std::make_unique<ScriptedSource>(1, Then::Wait, true);
            },
            [](auto &) {}, SystemClock::instance());
        loop.start();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().frames, std::uint64_t(1), Patience);
    }

    void afterTooManyFailuresInARowItSaysSo()
    {
        std::atomic<int> told = 0;
        CaptureLoopOptions options = quickOptions();
        options.mostFailures = 3;
        options.gaveUp = [&](const std::string &reason) { told += reason == "camera: busy"; };
        std::atomic<int> tries = 0;
        CaptureLoop loop(
            options,
            [&]() -> Result<std::unique_ptr<CaptureSource>> {
                ++tries;
                return fail(ErrorCode::Unavailable, "camera", "busy");
            },
            [](auto &) {}, SystemClock::instance());
        loop.start();
        QTRY_VERIFY_WITH_TIMEOUT(told > 0, Patience);
        QVERIFY(tries >= 3);
        QTRY_VERIFY_WITH_TIMEOUT(tries > 5, Patience); // and goes on until it is ended
    }

    void frameInBetweenStartsTheCountOfFailuresAnew()
    {
        std::atomic<int> told = 0;
        std::atomic<int> frames = 0;
        CaptureLoopOptions options = quickOptions();
        options.mostFailures = 2;
        options.gaveUp = [&](const std::string &) { ++told; };
        CaptureLoop loop(options, opener(1, Then::Fail, true), [&](auto &) { ++frames; },
                         SystemClock::instance());
        loop.start();
        QTRY_VERIFY_WITH_TIMEOUT(frames >= 5, Patience);
        QCOMPARE(told.load(), 0);
    }

    void itRestsAndComesBack()
    {
        std::atomic<int> frames = 0;
        CaptureLoop loop(quickOptions(), opener(1, Then::Wait, true), [&](auto &) { ++frames; },
                         SystemClock::instance());
        loop.rest("closed");
        loop.start();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Resting, Patience);
        QCOMPARE(loop.state().reason, std::string("closed"));
        QCOMPARE(frames.load(), 0);
        loop.rest({});
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Running, Patience);
        loop.rest("closed again");
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Resting, Patience);
        QCOMPARE(loop.state().reopened, std::uint64_t(0));
        QCOMPARE(loop.state().failures, std::uint64_t(0));
    }

    void silenceIsStalled()
    {
        ManualClock clock;
        CaptureLoop loop(quickOptions(), opener(1, Then::Wait, true), [](auto &) {}, clock);
        loop.start();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Running, Patience);
        clock.advance(6s);
        QCOMPARE(loop.state().phase, SourcePhase::Stalled);
        QCOMPARE(loop.state().since, std::chrono::nanoseconds(6s));
    }
};

QTEST_GUILESS_MAIN(TestCaptureLoop)
#include "test_capture_loop.moc"
