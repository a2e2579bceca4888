// Who is let in, who goes, what is made on request, and how it all ends.
#include "stage.h"

#include <QTest>
#include <thread>

using namespace facetrack;
using namespace facetrack::test;

class TestViewers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereIsALimitOfViewers()
    {
        Stage stage({.maxViewers = 3});
        std::vector<Channel> viewers;
        for (int i = 0; i < 3; ++i)
            viewers.push_back(stage.viewer());
        const auto refused = stage.broadcaster.watch({});
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(refused.error().message.find("3") != std::string::npos);
        viewers.front()->close();
        stage.shoot();
        QCOMPARE(stage.broadcaster.statistics().viewers, std::size_t(2));
        QVERIFY(stage.viewer());
    }

    void aPlaceIsFreeAgainWhenTheAnswerIsDropped()
    {
        Stage stage({.maxViewers = 1});
        for (int i = 0; i < 3; ++i)
            QVERIFY(stage.broadcaster.watch({}).has_value());
        QCOMPARE(stage.broadcaster.statistics().viewers, std::size_t(0));
    }

    void thereIsALimitOfDifferentPictures()
    {
        Stage stage({.maxPictures = 2});
        const Channel a = stage.viewer({.width = 160});
        const Channel b = stage.viewer({.width = 176});
        const auto refused = stage.broadcaster.watch({.width = 192});
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(stage.viewer({.width = 176, .fps = 3.0})); // one that is there already
        QVERIFY(stage.viewer());                           // the default one is always possible
        a->close();
        stage.shoot();
        QVERIFY(stage.viewer({.width = 192}));
    }

    void aViewerGoneWhileTheCameraStandsStillFreesItsPlace()
    {
        Stage stage;
        stage.shoot();
        stage.viewer()->close();
        QTRY_COMPARE_WITH_TIMEOUT(stage.broadcaster.statistics().viewers, std::size_t(0), 5000);
    }

    void snapshotsAreMadeOnRequest()
    {
        Stage stage;
        const auto early = stage.snapshot({});
        QVERIFY(!early.has_value());
        QCOMPARE(early.error().code, ErrorCode::Unavailable);
        const FramePtr frame = stage.shoot();
        const auto picture = stage.snapshot({.width = 160});
        QVERIFY(picture.has_value());
        QVERIFY(isJpeg(*picture->jpeg));
        QCOMPARE(picture->sequence, frame->sequence());
        QCOMPARE(picture->captured, frame->capturedUtc());
        const std::uint64_t before = stage.encodes();
        const Channel viewer = stage.viewer();
        QVERIFY(stage.snapshot({}).has_value()); // what a viewer has just got
        QCOMPARE(stage.encodes(), before + 1);
    }

    void tooManySnapshotsAreRefused()
    {
        ManualClock clock;
        Broadcaster idle({}, clock); // not started: nothing takes them
        int refused = 0;
        for (int i = 0; i < 20; ++i)
            idle.snapshot({}, [&](const Result<Snapshot> &) { ++refused; });
        QCOMPARE(refused, 4);
        idle.stop();
        QCOMPARE(refused, 20);
        idle.snapshot({}, [&](const Result<Snapshot> &) { ++refused; });
        QCOMPARE(refused, 21);
    }

    void stopEndsEverything()
    {
        auto stage = std::make_unique<Stage>();
        const Channel viewer = stage->viewer();
        const auto late = stage->broadcaster.watch({});
        stage->shoot();
        stage->broadcaster.stop();
        QVERIFY(viewer->closed());
        stage->broadcaster.stop();
        stage.reset();
        const auto channel = std::make_shared<FakeChannel>();
        late->opened(channel); // after the broadcaster is gone
        QVERIFY(channel->closed());
    }

    void manyThreadsAtOnce()
    {
        Broadcaster broadcaster({.maxViewers = 16});
        broadcaster.start();
        std::vector<std::jthread> threads;
        threads.emplace_back([&](std::stop_token stop) {
            for (std::uint64_t i = 0; !stop.stop_requested(); ++i) {
                const FramePtr frame = painted(PixelFormat::I420, {64, 48}, smooth)
                                           .sequence(i)
                                           .captured(SystemClock::instance().monotonic(), {})
                                           .build();
                broadcaster.frame(frame);
                broadcaster.analysis(std::make_shared<AnalysedFrame>(AnalysedFrame{frame, {face}, {}}));
            }
        });
        for (int i = 0; i < 2; ++i)
            threads.emplace_back([&](std::stop_token stop) {
                while (!stop.stop_requested()) {
                    const auto channel = std::make_shared<FakeChannel>(true);
                    if (const auto response = broadcaster.watch({.boxes = Boxes::Exact}))
                        response->opened(channel);
                    broadcaster.snapshot({}, [](const Result<Snapshot> &) {});
                    static_cast<void>(broadcaster.statistics());
                    channel->close();
                }
            });
        QTest::qWait(300);
        broadcaster.stop();
        threads.clear();
        QVERIFY(broadcaster.statistics().encodes > 0);
    }
};

QTEST_GUILESS_MAIN(TestViewers)
#include "test_viewers.moc"
