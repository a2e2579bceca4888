// What viewers get: pictures, boxes, rates.
#include "libfacetrack/stream/jpeg_encoder.h"
#include "libfacetrack/stream/picture.h"
#include "stage.h"

#include <QTest>
#include <set>

using namespace facetrack;
using namespace facetrack::test;

class TestBroadcaster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsEncodedWithoutViewers()
    {
        Stage stage;
        for (int i = 0; i < 10; ++i)
            stage.shoot();
        QCOMPARE(stage.encodes(), std::uint64_t(0));
        stage.viewer()->close();
        stage.shoot();
        const std::uint64_t before = stage.encodes();
        stage.shoot();
        QCOMPARE(stage.encodes(), before);
    }

    void oneEncodeServesAllWhoWantTheSame()
    {
        Stage stage;
        std::vector<Channel> same;
        for (int i = 0; i < 50; ++i)
            same.push_back(stage.viewer());
        const Channel wide = stage.viewer({.width = 4096}); // the same: never enlarged
        const Channel small = stage.viewer({.width = 160});
        stage.shoot();
        QCOMPARE(stage.encodes(), std::uint64_t(2));
        for (const Channel &channel : same)
            QCOMPARE(channel->body(0).get(), wide->body(0).get());
        QVERIFY(small->body(0)->size() < wide->body(0)->size());
        QCOMPARE(stage.broadcaster.statistics().pictures, std::uint64_t(52));
    }

    void eachDistinctPictureIsEncodedOnce()
    {
        Stage stage({.maxPictures = 8});
        const std::vector<ViewerOptions> wishes{{},
                                                {.width = 160},
                                                {.quality = 20},
                                                {.overlay = false},
                                                {.caption = false},
                                                {.boxes = Boxes::Exact}};
        std::vector<Channel> viewers;
        for (int i = 0; i < 3; ++i)
            for (const ViewerOptions &wish : wishes)
                viewers.push_back(stage.viewer(wish));
        const Channel slower = stage.viewer({.fps = 10.0}); // a rate makes no other picture
        const FramePtr frame = stage.shoot();
        QCOMPARE(stage.encodes(), std::uint64_t(5)); // all but the exact one
        stage.analyse(frame, {face});
        std::set<const std::string *> bodies{slower->body(0).get()};
        for (std::size_t i = 0; i < viewers.size(); ++i) {
            QCOMPARE(viewers[i]->count(), std::size_t(1));
            QCOMPARE(viewers[i]->body(0).get(), viewers[i % wishes.size()]->body(0).get());
            bodies.insert(viewers[i]->body(0).get());
        }
        QCOMPARE(bodies.size(), wishes.size());
    }

    void theCaptionTellsNameRateAndCount()
    {
        Stage stage({.name = "left lane"});
        stage.broadcaster.calibrate(1h);
        const Channel viewer
            = stage.viewer({.overlay = false, .faces = Faces::Visible, .owner = true});
        FramePtr frame;
        for (int i = 0; i < 100; ++i)
            frame = stage.shoot();
        stage.analyse(frame, {face, {2, {0, 0, 0.2F, 0.2F}, 1}});
        frame = stage.shoot();
        PictureMaker maker;
        const PictureKey key{0, StreamTuning().quality, false, true, Boxes::Live};
        const auto expected = [&](const std::string &caption) {
            return std::string(*maker.make(*frame, key, {{}, BoxLine::Solid, caption})) + "\r\n";
        };
        const std::string &last = *viewer->body(viewer->count() - 1);
        QVERIFY(last == expected("left lane  25.0 fps  2 faces"));
        QVERIFY(last != expected("left lane  25.0 fps  1 face"));
    }

    void aPartHasBoundaryFieldsAndLineBreak()
    {
        Stage stage;
        stage.clock.setUtc(UtcTime(1'511'500'000'123));
        const auto response = stage.broadcaster.watch({});
        QVERIFY(response.has_value());
        QCOMPARE(response->contentType, std::string("multipart/x-mixed-replace; boundary=frame"));
        const auto channel = std::make_shared<FakeChannel>();
        response->opened(channel);
        stage.shoot();
        stage.shoot();
        const std::string &body = *channel->body(1);
        QVERIFY(channel->head(1).starts_with("--frame\r\nContent-Type: image/jpeg\r\n"));
        QVERIFY(channel->head(1).ends_with("\r\n\r\n"));
        QCOMPARE(channel->field(1, "Content-Length"), std::to_string(body.size() - 2));
        QCOMPARE(channel->field(1, "X-Sequence"), std::string("1"));
        QCOMPARE(channel->field(1, "X-Timestamp").size(), std::size_t(14));
        QVERIFY(channel->field(1, "X-Timestamp").starts_with("15115000"));
        QCOMPARE(channel->field(1, "X-Latency-Ms"), std::string("0.0"));
        QVERIFY(body.ends_with("\r\n"));
        QVERIFY(isJpeg(std::string_view(body).substr(0, body.size() - 2)));
    }

    void aNewViewerGetsTheNewestPictureAtOnceAndNothingMoreWhileItStandsStill()
    {
        Stage stage;
        stage.shoot();
        stage.clock.advance(60s);
        const Channel first = stage.viewer();
        QCOMPARE(first->count(), std::size_t(1));
        const Channel second = stage.viewer();
        QCOMPARE(second->body(0).get(), first->body(0).get());
        stage.settle();
        QCOMPARE(first->count(), std::size_t(1));
        QVERIFY(!first->closed());
        stage.shoot();
        QCOMPARE(first->count(), std::size_t(2));
    }

    void theRateOfAViewerIsThinned()
    {
        Stage stage;
        const Channel all = stage.viewer();
        const Channel half = stage.viewer({.fps = 12.5});
        const Channel slow = stage.viewer({.fps = 2.0});
        const Channel faster = stage.viewer({.fps = 120.0});
        for (int i = 0; i < 100; ++i)
            stage.shoot(i % 2 ? 43ms : 37ms); // 25 a second, a little uneven
        QCOMPARE(all->count(), std::size_t(100));
        QCOMPARE(faster->count(), std::size_t(100));
        QVERIFY(half->count() >= 50 && half->count() <= 51); // the first one comes at once
        QVERIFY(slow->count() >= 8 && slow->count() <= 9);
        QCOMPARE(stage.encodes(), std::uint64_t(100)); // thinned, not encoded again
    }

    void exactPicturesCarryTheirOwnBoxes()
    {
        Stage stage;
        stage.broadcaster.calibrate(1h);
        const Channel viewer = stage.viewer({.caption = false,
                                             .boxes = Boxes::Exact,
                                             .faces = Faces::Visible,
                                             .owner = true});
        const FramePtr first = stage.shoot();
        const FramePtr second = stage.shoot();
        QCOMPARE(viewer->count(), std::size_t(0));
        stage.analyse(first, {});
        stage.analyse(second, {face});
        stage.shoot();
        QVERIFY((viewer->sequences() == std::vector<std::string>{"0", "1"}));

        PictureMaker maker;
        const PictureKey key{0, StreamTuning().quality, true, false, Boxes::Exact};
        const std::string plain(*maker.make(*first, key, {}));
        const std::vector<Track> faces{face};
        const std::string boxed(*maker.make(*second, key, {faces, BoxLine::Solid, {}}));
        QVERIFY(*viewer->body(0) == plain + "\r\n");
        QVERIFY(*viewer->body(1) == boxed + "\r\n");
        QVERIFY(plain != boxed);
    }

    void liveBoxesAreDashedOnceTheyAreOld()
    {
        Stage stage;
        stage.broadcaster.calibrate(1h);
        const Channel viewer
            = stage.viewer({.caption = false, .faces = Faces::Visible, .owner = true});
        stage.analyse(stage.shoot(), {face});
        const FramePtr fresh = stage.shoot(200ms);
        const FramePtr old = stage.shoot(10ms);
        PictureMaker maker;
        const PictureKey key{0, StreamTuning().quality, true, false, Boxes::Live};
        const std::vector<Track> faces{face};
        const std::string solid(*maker.make(*fresh, key, {faces, BoxLine::Solid, {}}));
        const std::string dashed(*maker.make(*old, key, {faces, BoxLine::Dashed, {}}));
        QVERIFY(*viewer->body(1) == solid + "\r\n");
        QVERIFY(*viewer->body(2) == dashed + "\r\n");
        QVERIFY(solid != dashed);
    }

    void withoutOverlayAndCaptionThePictureIsUntouched()
    {
        Stage stage;
        stage.broadcaster.calibrate(1h);
        const Channel viewer = stage.viewer(
            {.overlay = false, .caption = false, .faces = Faces::Visible, .owner = true});
        stage.analyse(stage.picture(), {face});
        const FramePtr frame = stage.shoot();
        JpegEncoder encoder;
        const std::string expected(*encoder.encode(*frame, StreamTuning().quality));
        QVERIFY(*viewer->body(0) == expected + "\r\n");
    }

    void facesAreForOwnersWhoAskWhileCalibrationIsOpen()
    {
        Stage stage;
        ViewerOptions plain{.overlay = false, .caption = false};
        ViewerOptions asking = plain;
        asking.faces = Faces::Visible;
        ViewerOptions owner = asking;
        owner.owner = true;
        const Channel viewers[] = {stage.viewer(plain), stage.viewer(asking), stage.viewer(owner)};
        JpegEncoder encoder;
        const auto sharpFor = [&](std::size_t i, const FramePtr &frame) {
            const std::string sharp(*encoder.encode(*frame, StreamTuning().quality));
            return *viewers[i]->body(viewers[i]->count() - 1) == sharp + "\r\n";
        };
        FramePtr frame = stage.shoot();
        QVERIFY(!sharpFor(0, frame) && !sharpFor(1, frame) && !sharpFor(2, frame));
        stage.broadcaster.calibrate(15min);
        frame = stage.shoot();
        QVERIFY(!sharpFor(0, frame) && !sharpFor(1, frame));
        QVERIFY(sharpFor(2, frame));
        QVERIFY(*stage.snapshot(plain)->jpeg != *stage.snapshot(owner)->jpeg);
        frame = stage.shoot(15min - 100ms);
        QVERIFY(sharpFor(2, frame));
        frame = stage.shoot(100ms);
        QVERIFY(!sharpFor(2, frame));
        QCOMPARE(stage.broadcaster.calibrationLeft(), 0ns);
    }

    void aStuckViewerSkipsAndDelaysNobody()
    {
        Stage stage;
        const Channel stuck = stage.viewer({}, true);
        const Channel viewer = stage.viewer();
        for (int i = 0; i < 20; ++i)
            stage.shoot();
        QCOMPARE(viewer->count(), std::size_t(20));
        QCOMPARE(stuck->count(), std::size_t(1));
        QCOMPARE(stuck->field(0, "X-Sequence"), std::string("19"));
        QCOMPARE(stage.broadcaster.statistics().skipped, std::uint64_t(19));
    }

    void changedTuningShowsInTheNextPictureUnlessAskedOtherwise()
    {
        Stage stage;
        const Channel viewer = stage.viewer();
        const Channel fixed = stage.viewer({.quality = 80});
        stage.shoot();
        StreamTuning tuning;
        tuning.quality = 5;
        stage.broadcaster.tune(tuning);
        stage.shoot();
        QVERIFY(viewer->body(1)->size() < viewer->body(0)->size() * 3 / 4);
        QVERIFY(fixed->body(1)->size() > fixed->body(0)->size() * 3 / 4);
    }

    void figuresAreTrue()
    {
        Stage stage;
        const Channel viewer = stage.viewer();
        for (int i = 0; i < 100; ++i)
            stage.shoot();
        const StreamStatistics figures = stage.broadcaster.statistics();
        QVERIFY(qAbs(figures.fps - 25) < 0.1);
        QVERIFY(qAbs(stage.broadcaster.captureRate() - 25) < 0.1);
        QCOMPARE(figures.latencyMs, 0.0);
        QCOMPARE(figures.pictures, std::uint64_t(100));
        std::uint64_t bytes = 0;
        for (std::size_t i = 0; i < viewer->count(); ++i)
            bytes += viewer->head(i).size() + viewer->body(i)->size();
        QCOMPARE(figures.bytes, bytes);
        QCOMPARE(stage.broadcaster.newestFrame()->sequence(), std::uint64_t(99));
    }
};

QTEST_GUILESS_MAIN(TestBroadcaster)
#include "test_broadcaster.moc"
