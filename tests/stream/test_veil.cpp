// Where the live picture is coarse: single rules on made-up frames, then the drawn booth and real
// videos with the real analysis, which sees each frame later than the stream does.
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/detect/detector.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "libfacetrack/stream/picture.h"
#include "libfacetrack/stream/veil.h"
#include "pictures.h"

#include <QFile>
#include <QTest>
#include <deque>
#include <opencv2/imgcodecs.hpp>

using namespace facetrack;
using namespace facetrack::test;
using namespace std::chrono_literals;

namespace {

constexpr Size Small{320, 240};

/// Grey, with a bright square at `square` (pixels) where that is not empty.
FramePtr scene(MonotonicTime when, const PixelRect &square = {})
{
    FrameBuilder builder = painted(PixelFormat::I420, Small, [](double, double) {
        return YuvColour{100, 128, 128};
    });
    const MutablePlane luma = builder.plane(0);
    for (int y = square.top; y < square.bottom; ++y)
        for (int x = square.left; x < square.right; ++x)
            at(luma, x, y) = 200;
    return builder.captured(when, UtcTime(0)).build();
}

AnalysedFrame look(FramePtr frame, std::vector<Track> faces = {})
{
    AnalysedFrame result;
    result.looked.lookedAt.assign(std::size_t(LookReport::GridColumns) * LookReport::GridRows,
                                  frame->captured());
    result.frame = std::move(frame);
    result.faces = std::move(faces);
    return result;
}

/// Share of `box` that is coarse.
double coarse(const VeiledPlaces &places, const Box &box)
{
    constexpr int steps = 12;
    int covered = 0;
    for (int i = 0; i < steps * steps; ++i) {
        const float x = box.x + box.w * (float(i % steps) + 0.5F) / steps;
        const float y = box.y + box.h * (float(i / steps) + 0.5F) / steps;
        covered += std::any_of(places.begin(), places.end(), [&](const Box &place) {
            return x >= place.x && x <= place.x + place.w && y >= place.y && y <= place.y + place.h;
        });
    }
    return double(covered) / (steps * steps);
}

constexpr Box Everything{0, 0, 1, 1};

/// Sees and looks at frames without anybody until all is sharp; the time then.
MonotonicTime settle(Veil &veil)
{
    MonotonicTime now = 1s;
    for (; now < 4s; now += 100ms) {
        const FramePtr frame = scene(now);
        veil.see(*frame);
        veil.looked(look(frame));
    }
    return now;
}

/// What a viewer without any right gets.
cv::Mat asSeen(PictureMaker &maker, const Frame &frame, const VeiledPlaces &places)
{
    PictureContent content;
    content.veiled = places;
    PictureKey key;
    key.quality = 95;
    key.overlay = key.caption = false;
    const auto jpeg = maker.make(frame, key, content);
    if (!jpeg)
        return {};
    return cv::imdecode(cv::Mat(1, int(jpeg->size()), CV_8UC1, const_cast<char *>(jpeg->data())),
                        cv::IMREAD_GRAYSCALE);
}

/// Faces that a whole look finds.
std::vector<Detection> facesOn(Detector &detector, const cv::Mat &grey, DetectTuning tuning = {})
{
    FrameBuilder builder(PixelFormat::Grey, {grey.cols, grey.rows});
    const MutablePlane luma = builder.plane(0);
    for (int y = 0; y < grey.rows; ++y)
        std::copy_n(grey.ptr(y), grey.cols, luma.data + std::ptrdiff_t(y) * luma.stride);
    tuning.minNeighbors = 4;
    const auto found = detector.detect(*builder.build(), tuning);
    return found ? *found : std::vector<Detection>();
}

/// Stream and analysis of one source: the analysis is some frames behind.
class Pair
{
public:
    VeiledPlaces show(const FramePtr &frame)
    {
        m_veil.see(*frame);
        m_waiting.push_back(frame);
        if (m_waiting.size() > Behind) {
            const FramePtr old = m_waiting.front();
            m_waiting.pop_front();
            if (const auto faces = m_finder.look(*old, {})) {
                AnalysedFrame result;
                result.frame = old;
                result.faces = *faces;
                result.looked = m_finder.looked();
                m_veil.looked(result);
            }
        }
        return m_veil.places();
    }

private:
    static constexpr std::size_t Behind = 3;
    Veil m_veil;
    FaceFinder m_finder;
    std::deque<FramePtr> m_waiting;
};

FramePtr boothFrame(BoothScene &booth, std::uint64_t index)
{
    FrameBuilder builder(PixelFormat::I420, {booth.options().width, booth.options().height});
    const MutablePlane y = builder.plane(0);
    const MutablePlane u = builder.plane(1);
    const MutablePlane v = builder.plane(2);
    booth.render(index, y.data, y.stride, u.data, u.stride, v.data, v.stride);
    return builder.sequence(index)
        .captured(std::chrono::nanoseconds(std::int64_t(double(index) * 1e9 / booth.options().fps)),
                  UtcTime(0))
        .build();
}

} // namespace

class TestVeil : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsCoarseBeforeTheFirstLook()
    {
        Veil veil;
        QCOMPARE(coarse(veil.places(), Everything), 1.0);
        veil.see(*scene(1s));
        QCOMPARE(coarse(veil.places(), Everything), 1.0);
        veil.see(*scene(10s));
        QCOMPARE(coarse(veil.places(), Everything), 1.0);
    }

    void whatWasLookedAtAndStandsStillIsSharp()
    {
        Veil veil;
        settle(veil);
        QCOMPARE(coarse(veil.places(), Everything), 0.0);
    }

    void whatChangesIsCoarseUntilLookedAtLater()
    {
        Veil veil;
        const MonotonicTime now = settle(veil);
        const PixelRect square{160, 80, 200, 120};
        const Box place{160 / 320.F, 80 / 240.F, 40 / 320.F, 40 / 240.F};
        veil.see(*scene(now, square));
        QCOMPARE(coarse(veil.places(), place), 1.0);
        QVERIFY(coarse(veil.places(), Everything) < 0.5);
        veil.see(*scene(now + 60s, square)); // the analysis hangs or fails
        QCOMPARE(coarse(veil.places(), place), 1.0);
        veil.looked(look(scene(now - 50ms))); // a look that began before
        QCOMPARE(coarse(veil.places(), place), 1.0);
        veil.looked(look(scene(now + 60s, square)));
        QCOMPARE(coarse(veil.places(), place), 0.0);
    }

    void whereNobodyLooksStaysCoarse()
    {
        Veil veil;
        const MonotonicTime now = settle(veil);
        AnalysedFrame masked = look(scene(now));
        for (int y = 0; y < LookReport::GridRows; ++y)
            for (int x = 0; x < LookReport::GridColumns / 2; ++x)
                masked.looked.lookedAt[std::size_t(y * LookReport::GridColumns + x)]
                    = LookReport::Never;
        veil.looked(masked);
        QCOMPARE(coarse(veil.places(), {0, 0, 0.5F, 1}), 1.0);
        QCOMPARE(coarse(veil.places(), {0.6F, 0, 0.4F, 1}), 0.0);
    }

    void aFaceIsCoarseAndStaysSoWhileNothingChangesThere()
    {
        Veil veil;
        MonotonicTime now = settle(veil);
        const Track face{1, {0.4F, 0.4F, 0.1F, 0.13F}, 1};
        veil.looked(look(scene(now), {face}));
        QCOMPARE(coarse(veil.places(), face.box), 1.0);
        now += 60s; // the detector finds it no more, and it does not move
        veil.see(*scene(now));
        veil.looked(look(scene(now)));
        QCOMPARE(coarse(veil.places(), face.box), 1.0);
        const PixelRect gone{128, 96, 160, 128};
        veil.see(*scene(now + 1s, gone));
        veil.see(*scene(now + 5s, gone));
        veil.looked(look(scene(now + 5s, gone)));
        QCOMPARE(coarse(veil.places(), face.box), 0.0);
    }

    void aLargeFaceGetsAFewLargeBlocks()
    {
        Veil veil;
        const MonotonicTime now = settle(veil);
        const Track face{1, {0.2F, 0.2F, 0.6F, 0.6F}, 1};
        veil.looked(look(scene(now), {face}));
        for (const Box &place : veil.places())
            QVERIFY(place.w >= face.box.w / 4.01F);
    }

    void anotherSizeStartsOver()
    {
        Veil veil;
        settle(veil);
        const FramePtr other = plainPicture(PixelFormat::I420, {160, 120}, {100, 128, 128});
        veil.see(*other);
        QCOMPARE(coarse(veil.places(), Everything), 1.0);
    }

    void hiddenLeavesOneGrey()
    {
        Canvas canvas(*smoothPicture(PixelFormat::I420, Small), Small);
        const Box place[] = {{0.25F, 0.25F, 0.5F, 0.5F}};
        drawVeil(canvas, place, true);
        const FramePtr picture = canvas.finish();
        QCOMPARE(at(picture->plane(0), 100, 100), at(picture->plane(0), 200, 150));
        QCOMPARE(at(picture->plane(1), 60, 40), 128);
    }

    void nobodyInTheBoothSlipsThrough()
    {
        const auto detector = makeDetector("haar");
        QVERIFY(detector);
        PictureMaker maker;
        int faces = 0;
        int slipped = 0;
        int stillFound = 0;
        int foundRaw = 0;
        double picture = 0;
        int frames = 0;
        int settled = 0;
        for (const std::uint64_t seed : {1, 2}) {
            BoothScene booth(BoothOptions{.seed = seed, .people = 6});
            Pair pair;
            for (std::uint64_t i = 0; i < 210; ++i, ++frames) {
                const FramePtr frame = boothFrame(booth, i);
                const VeiledPlaces places = pair.show(frame);
                if (i >= 120) { // once all was looked at
                    picture += coarse(places, Everything);
                    ++settled;
                }
                const auto truth = booth.truth(i);
                for (const BoothTruth &person : truth) {
                    ++faces;
                    slipped += coarse(places, {person.x, person.y, person.w, person.h}) < 0.95;
                }
                if (i % 30 != 29)
                    continue;
                const auto among = [&](const std::vector<Detection> &found) {
                    return int(std::count_if(truth.begin(), truth.end(), [&](const auto &person) {
                        const Box box{person.x, person.y, person.w, person.h};
                        return std::any_of(found.begin(), found.end(), [&](const Detection &d) {
                            return overlap(d.box, box) > 0.3F;
                        });
                    }));
                };
                stillFound += among(facesOn(**detector, asSeen(maker, *frame, places)));
                foundRaw += among(facesOn(**detector, asSeen(maker, *frame, {})));
            }
        }
        qInfo("seeds 1 and 2: %d true faces in %d frames, %d slipped through; the cascade finds %d "
              "of them in 14 pictures, %d in the coarse ones; later %.0f %% of the picture is coarse",
              faces, frames, slipped, foundRaw, stillFound, 100 * picture / settled);
        QVERIFY(faces > 500);
        QCOMPARE(slipped, 0);
        QVERIFY2(picture < 0.7 * settled, "everything coarse shows nobody, and nothing else either");
        QVERIFY(foundRaw > 10);
        QCOMPARE(stillFound, 0);
    }

    void noFaceIsFoundInTheCoarsePicturesOfARealVideo_data()
    {
        QTest::addColumn<QString>("video");
        QTest::addColumn<QString>("name");
        for (const char *video : {"walking", "talking"})
            for (const char *name : {"haar", "yunet"})
                QTest::addRow("%s, %s", video, name) << video << name;
    }

    void noFaceIsFoundInTheCoarsePicturesOfARealVideo()
    {
        QFETCH(const QString, video);
        QFETCH(const QString, name);
        const QString data = qEnvironmentVariable("FACETRACK_TEST_DATA");
        const QString file = data + QStringLiteral("/video/") + video + QStringLiteral(".mp4");
        if (!QFile::exists(file))
            QSKIP("no FACETRACK_TEST_DATA");
        DetectTuning tuning;
        tuning.yunet.model = data.toStdString() + "/models/yunet_n_640_640.onnx";
        tuning.yunet.scale = 1; // as sharp as it sees
        const auto source = openSource("file:" + file.toStdString() + "?size=1088x720", Pacing::AsFastAsPossible,
                                       SystemClock::instance());
        QVERIFY(source);
        const auto detector = makeDetector(name.toStdString());
        QVERIFY(detector);
        Pair pair;
        PictureMaker maker;
        std::size_t raw = 0;
        std::size_t still = 0;
        std::size_t invented = 0;
        for (int i = 0; i < 84; ++i) {
            const auto frame = (*source)->next({});
            if (!frame || !*frame)
                break;
            const VeiledPlaces places = pair.show(*frame);
            if (i % 4 != 0)
                continue;
            const auto before = facesOn(**detector, asSeen(maker, **frame, {}), tuning);
            const auto after = facesOn(**detector, asSeen(maker, **frame, places), tuning);
            raw += before.size();
            invented += after.size();
            for (const Detection &face : before)
                still += std::any_of(after.begin(), after.end(), [&](const Detection &found) {
                    return overlap(found.box, face.box) > 0.3F;
                });
        }
        qInfo("%s finds %zu faces in the raw pictures, %zu of them in the coarse ones, and %zu others "
              "there", qPrintable(name), raw, still, invented - still);
        QVERIFY(raw >= 10);
        QCOMPARE(still, std::size_t(0));
    }
};

QTEST_APPLESS_MAIN(TestVeil)
#include "test_veil.moc"
