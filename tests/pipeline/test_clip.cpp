// The last seconds are kept as JPEGs within a bound, come back as frames, and sets of settings are
// tried on them.
#include "libfacetrack/pipeline/clip_ring.h"
#include "libfacetrack/pipeline/clip_trial.h"
#include "tests/support/booth_clip.h"

#include <QTest>
#include <chrono>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

FramePtr greyAt(std::chrono::milliseconds time)
{
    FrameBuilder builder(PixelFormat::Grey, {160, 120});
    const MutablePlane plane = builder.plane(0);
    for (int y = 0; y < plane.height; ++y)
        std::fill_n(plane.data + y * plane.stride, plane.width,
                    static_cast<std::uint8_t>(y + time.count() / 100));
    return builder.sequence(std::uint64_t(time.count()))
        .captured(MonotonicTime(time), UtcTime(time))
        .build();
}

/// Offers one frame and waits until it is packed.
void offer(ClipRing &ring, std::chrono::milliseconds time)
{
    ring.offer(greyAt(time));
    const auto isKept = [&] {
        const auto clip = ring.last(1ns);
        return clip && (*clip)->frames.back().captured == MonotonicTime(time);
    };
    QTRY_VERIFY(isKept());
}

ClipPtr boothClip(int frames, const std::string &size = "640x424")
{
    return clipOf("synthetic:booth?seed=3&people=4&size=" + size + "&fps=10&frames=" + std::to_string(frames));
}

bool isOver(const ClipTrial &trial)
{
    return trial.state().phase != ClipTrialState::Phase::Running;
}

} // namespace

class TestClip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFrameComesBackAsItWas()
    {
        auto source = openSource("synthetic:booth?seed=1&people=4&size=321x213&frames=1",
                                 Pacing::AsFastAsPossible)
                          .value();
        const FramePtr frame = source->next({}).value();
        JpegEncoder encoder;
        JpegDecoder decoder;
        const ClipFrame packed{std::make_shared<const std::string>(*encoder.encode(*frame, 95)),
                               frame->size(), 7, MonotonicTime(5ms), UtcTime(9ms), {}};
        const FramePtr again = unpack(packed, decoder).value();
        QCOMPARE(again->format(), PixelFormat::I420);
        QVERIFY(again->size() == frame->size());
        QCOMPARE(again->sequence(), std::uint64_t(7));
        QVERIFY(again->captured() == MonotonicTime(5ms));
        double difference = 0;
        for (int y = 0; y < frame->height(); ++y)
            for (int x = 0; x < frame->width(); ++x)
                difference += std::abs(frame->luma().data[y * frame->luma().stride + x]
                                       - again->luma().data[y * again->luma().stride + x]);
        QVERIFY(difference / (frame->width() * frame->height()) < 2);
    }

    void whatIsNoJpegIsRefused()
    {
        JpegDecoder decoder;
        QCOMPARE(decoder.decode("no picture").error().code, ErrorCode::Corrupt);
        QCOMPARE(decoder.decode("").error().code, ErrorCode::Corrupt);
    }

    void theNewestSecondsAreFrozen()
    {
        ClipRing ring(1 << 20);
        QCOMPARE(ring.last(1s).error().code, ErrorCode::Unavailable);
        ring.start();
        for (int i = 0; i < 30; ++i)
            offer(ring, 100ms * i);
        const ClipPtr clip = ring.last(1s).value();
        QCOMPARE(clip->frames.size(), std::size_t(11));
        QCOMPARE(clip->seconds(), 1.0);
        QVERIFY(clip->asked == 1s);
        QVERIFY(clip->reach == ClipReach::AsAsked);
        QVERIFY(ring.last(10s).value()->reach == ClipReach::Beginning);
        QVERIFY(clip->frames.back().captured == MonotonicTime(2900ms));
        QVERIFY(clip->bytes() > 0);
        QCOMPARE(ring.last(1h).value()->frames.size(), std::size_t(30));
    }

    void framesThatComeFasterAreThinned()
    {
        ClipRing ring(1 << 20);
        ring.start();
        offer(ring, 0ms);
        ring.offer(greyAt(33ms));
        ring.offer(greyAt(66ms));
        offer(ring, 100ms);
        QCOMPARE(ring.last(1h).value()->frames.size(), std::size_t(2));
    }

    void theBoundInBytesHolds()
    {
        constexpr std::size_t most = 20'000;
        ClipRing ring(most);
        ring.start();
        for (int i = 0; i < 60; ++i)
            offer(ring, 100ms * i);
        const ClipPtr clip = ring.last(1h).value();
        QVERIFY(clip->bytes() <= most);
        QVERIFY(clip->frames.size() < 60);
        QVERIFY(clip->reach == ClipReach::Memory);
        QVERIFY(ring.last(200ms).value()->reach == ClipReach::AsAsked);
        QVERIFY(clip->frames.back().captured == MonotonicTime(5900ms));
    }

    void aSourceThatStartsAgainStartsTheClipAgain()
    {
        ClipRing ring(1 << 20);
        ring.start();
        offer(ring, 5000ms);
        offer(ring, 100ms);
        QCOMPARE(ring.last(1h).value()->frames.size(), std::size_t(1));
    }

    void withoutMemoryNothingIsKept()
    {
        ClipRing ring(0);
        ring.start();
        ring.offer(greyAt(0ms));
        QCOMPARE(ring.last(1s).error().code, ErrorCode::Unsupported);
    }

    void setsAreHeldAgainstTheFirst()
    {
        Tuning blind;
        blind.detect.minSize = {400, 400};
        ClipTrial trial;
        QVERIFY(trial.start(boothClip(15), {{"now", {}}, {"again", {}}, {"blind", blind}}));
        QTRY_VERIFY_WITH_TIMEOUT(isOver(trial), 120'000);
        const ClipTrialState state = trial.state();
        QVERIFY2(state.phase == ClipTrialState::Phase::Done, state.error.c_str());
        QCOMPARE(state.framesDone, std::size_t(3 * 15));
        QCOMPARE(state.frames, std::size_t(3 * 15));
        const ClipFigures &now = state.sets.at(0), &again = state.sets.at(1),
                          &none = state.sets.at(2);
        QCOMPARE(now.name, std::string("now"));
        QVERIFY(now.facesPerFrame > 0.5);
        QVERIFY(now.cpuMilliseconds > 0);
        QCOMPARE(now.agreement, 1.0);
        QCOMPARE(again.agreement, 1.0);
        QCOMPARE(again.facesPerFrame, now.facesPerFrame);
        QVERIFY(again.differences.empty());
        QCOMPARE(none.facesPerFrame, 0.0);
        QVERIFY(none.agreement < 1);
        QVERIFY(!none.differences.empty());
        QVERIFY(none.differences.size() <= ClipTrial::mostDifferences);
        QVERIFY(!none.differences.front().first.empty());
        QVERIFY(none.differences.front().boxes.empty());
    }

    void oneTrialRunsAtATimeAndCanBeCancelled()
    {
        ClipTrial trial;
        const ClipPtr clip = boothClip(60);
        Tuning slow;
        slow.detect.schedule = "every_frame";
        slow.detect.scaleFactor = 1.01;
        QVERIFY(trial.start(clip, {{"slow", slow}, {"slower", slow}}));
        QVERIFY(!trial.start(clip, {{"other", {}}}));
        trial.cancel();
        QVERIFY(trial.state().phase == ClipTrialState::Phase::None);
        // One that was cancelled leaves no trace in the next.
        Tuning blind;
        blind.detect.minSize = {400, 400};
        QVERIFY(trial.start(clip, {{"other", blind}}));
        QTRY_VERIFY_WITH_TIMEOUT(isOver(trial), 120'000);
        const ClipTrialState state = trial.state();
        QCOMPARE(state.frames, std::size_t(60));
        QCOMPARE(state.framesDone, std::size_t(60));
        QCOMPARE(state.sets.size(), std::size_t(1));
        QCOMPARE(state.sets.front().name, std::string("other"));
        QCOMPARE(state.sets.front().facesPerFrame, 0.0);
    }

    void aCancelDoesNotWaitForTheLookUnderWay()
    {
        ClipTrial trial;
        const ClipPtr clip = boothClip(3, "1088x720");
        Tuning slow;
        slow.detect.schedule = "every_frame";
        slow.detect.scaleFactor = 1.02;
        slow.detect.minSize = {20, 20};
        const auto seconds = [](auto since) {
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
        };
        const auto begun = std::chrono::steady_clock::now();
        QVERIFY(trial.start(clip, {{"slow", slow}}));
        QTRY_VERIFY_WITH_TIMEOUT(trial.state().framesDone > 0, 120'000);
        const double look = seconds(begun);
        const auto now = std::chrono::steady_clock::now();
        trial.cancel();
        const double cancel = seconds(now);
        QVERIFY2(cancel < look / 4, qPrintable(QStringLiteral("a look takes %1 s, cancelling %2 s")
                                                   .arg(look).arg(cancel)));
    }

    void oneBadSetSpoilsNoOther()
    {
        Tuning broken;
        broken.detect.detector = "yunet";
        broken.detect.yunet.model = "/nowhere/model.onnx";
        ClipTrial trial;
        QVERIFY(trial.start(boothClip(8), {{"broken", broken}, {"now", {}}, {"again", {}}}));
        QTRY_VERIFY_WITH_TIMEOUT(isOver(trial), 60'000);
        const ClipTrialState state = trial.state();
        QVERIFY(state.phase == ClipTrialState::Phase::Done);
        QVERIFY(state.error.empty());
        QVERIFY(state.sets.at(0).error.find("model.onnx") != std::string::npos);
        QVERIFY(!state.sets.at(0).front);
        QVERIFY(state.sets.at(1).error.empty());
        QVERIFY(state.sets.at(1).facesPerFrame > 0.5);
        QCOMPARE(state.sets.at(1).agreement, 1.0);
        QCOMPARE(state.sets.at(2).agreement, 1.0);
    }

    void theFilesOfAFolderAreNamedAndHaveNothingToDoWithEachOther()
    {
        auto clip = std::make_shared<Clip>(*boothClip(4));
        for (ClipFrame &frame : clip->frames)
            frame.file = "picture " + std::to_string(frame.sequence) + ".jpg";
        JpegDecoder decoder;
        QCOMPARE(unpack(clip->frames.at(2), decoder).value()->file(), std::string("picture 2.jpg"));
        Tuning blind;
        blind.detect.minSize = {400, 400};
        ClipTrial trial;
        QVERIFY(trial.start(clip, {{"now", {}}, {"blind", blind}}));
        QTRY_VERIFY_WITH_TIMEOUT(isOver(trial), 60'000);
        const ClipTrialState state = trial.state();
        QVERIFY(!state.sets.at(1).differences.empty());
        for (const ClipDifference &one : state.sets.at(1).differences)
            QCOMPARE(one.file, clip->frames.at(one.frame).file);
    }

    void aSetThatCannotBeTriedSaysWhy()
    {
        Tuning broken;
        broken.detect.detector = "yunet";
        broken.detect.yunet.model = "/nowhere/model.onnx";
        ClipTrial trial;
        QVERIFY(trial.start(boothClip(2), {{"broken", broken}}));
        QTRY_VERIFY_WITH_TIMEOUT(isOver(trial), 60'000);
        QVERIFY(trial.state().phase == ClipTrialState::Phase::Failed);
        QVERIFY(trial.state().error.find("model.onnx") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestClip)
#include "test_clip.moc"
