// YuNet: what its numbers mean, what goes in, where it is run, what it must reach on real pictures.
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/detect/detector.h"
#include "libfacetrack/detect/model_file.h"
#include "libfacetrack/detect/yunet_decode.h"
#include "libfacetrack/detect/yunet_input.h"
#include "libfacetrack/detect/yunet_places.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "tests/detect/yunet_model.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <set>

using namespace facetrack;

namespace {

DetectTuning yunet()
{
    DetectTuning tuning;
    tuning.detector = "yunet";
    return tuning;
}

/// Left half red, right half blue, as BT.601 full range says it.
FramePtr redAndBlue(PixelFormat format)
{
    const Size size{128, 64};
    FrameBuilder builder(format, size);
    const auto fill = [&](int index, int width, int left, int right, int from, int step) {
        const MutablePlane p = builder.plane(index);
        for (int y = 0; y < p.height; ++y)
            for (int x = 0; x < width; ++x)
                p.data[y * p.stride + from + x * step]
                    = static_cast<std::uint8_t>(x < width / 2 ? left : right);
    };
    fill(0, size.width, 76, 29, 0, 1);
    if (format == PixelFormat::I420) {
        fill(1, size.width / 2, 85, 255, 0, 1);
        fill(2, size.width / 2, 255, 107, 0, 1);
    } else if (format == PixelFormat::NV12) {
        fill(1, size.width / 2, 85, 255, 0, 2);
        fill(1, size.width / 2, 255, 107, 1, 2);
    }
    return builder.build();
}

YuNetSheet sheet(const cv::Rect &part, const cv::Rect &shown, const cv::Size &input)
{
    return {{{part, 1, shown}}, input};
}

struct Counts
{
    int truth = 0;
    int found = 0;
    int boxes = 0;

    template<typename Faces>
    void add(const Faces &faces, const std::vector<Box> &wanted)
    {
        truth += static_cast<int>(wanted.size());
        boxes += static_cast<int>(faces.size());
        for (const Box &face : wanted)
            found += std::any_of(faces.begin(), faces.end(), [&](const auto &d) {
                return overlap(d.box, face) >= 0.3F;
            });
    }
};

std::vector<Box> boxesFrom(const nlohmann::json &list, double width, double height)
{
    std::vector<Box> boxes;
    for (const auto &b : list)
        boxes.push_back({float(b[0].get<double>() / width), float(b[1].get<double>() / height),
                         float(b[2].get<double>() / width), float(b[3].get<double>() / height)});
    return boxes;
}

std::string dataPath(const char *name)
{
    return qEnvironmentVariable("FACETRACK_TEST_DATA").toStdString() + "/" + name;
}

nlohmann::json readJson(const char *name)
{
    return nlohmann::json::parse(std::ifstream(dataPath(name)));
}

/// Calls `each` with every frame of a source.
template<typename Each>
void forEachFrame(const std::string &url, Each each)
{
    auto source = openSource(url, Pacing::AsFastAsPossible);
    QVERIFY2(source.has_value(), url.c_str());
    while (true) {
        const auto frame = (*source)->next({});
        QVERIFY(frame.has_value());
        if (!*frame)
            return;
        each(**frame);
    }
}

} // namespace

class TestYuNet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_models = useTestModels(); }

    void aCellsNumbersBecomeABox()
    {
        // The third cell of the second row of 16-pixel cells.
        std::vector<float> cls(8, 0), obj(8, 0), box(32, 0);
        cls[6] = 0.81F;
        obj[6] = 1;
        box[24] = 0.5F;              // the middle: half a cell to the right …
        box[25] = -0.25F;            // … and a quarter up
        box[26] = std::log(2.0F);    // two cells wide
        box[27] = std::log(3.0F);
        std::vector<Detection> found;
        decodeYuNet({16, 4, cls, obj, box}, 0.85F, found);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].score, 0.9F);
        QCOMPARE(found[0].box.w, 32.0F);
        QCOMPARE(found[0].box.h, 48.0F);
        QCOMPARE(found[0].box.x, 2.5F * 16 - 16);
        QCOMPARE(found[0].box.y, 0.75F * 16 - 24);
        decodeYuNet({16, 4, cls, obj, box}, 0.91F, found);
        QCOMPARE(found.size(), std::size_t(1));
    }

    void nonsenseOfTheNetworkIsNoFace()
    {
        constexpr float nan = std::numeric_limits<float>::quiet_NaN();
        const std::vector<float> sure{1, nan, 1, 5}, box{0, 0, 500, 0, 0, 0, 0, 0,
                                                         nan, 0, 0, 0, 0, 0, 0, 0};
        std::vector<Detection> found;
        decodeYuNet({8, 4, sure, sure, box}, 0.5F, found);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].score, 1.0F);
    }

    void ofOverlappingBoxesTheSurestStays()
    {
        const std::vector<Detection> kept = suppressOverlaps(
            {{{0, 0, 10, 10}, 0.7F}, {{1, 0, 10, 10}, 0.9F}, {{20, 0, 10, 10}, 0.8F}}, 0.3F);
        QCOMPARE(kept.size(), std::size_t(2));
        QCOMPARE(kept[0].score, 0.9F);
        QCOMPARE(kept[1].score, 0.8F);
        QCOMPARE(suppressOverlaps({{{0, 0, 10, 10}, 1}, {{5, 0, 10, 10}, 1}}, 0.5F).size(),
                 std::size_t(2));
    }

    /// A place beside the face shows half of it, and the network is surer of that half.
    void aFaceSeenWholeIsNotTakenFromWhereItIsCut()
    {
        const Detection whole{{100, 50, 134, 173}, 0.92F};
        const Detection cut{{149, 50, 85, 170}, 0.95F};
        const std::vector<Detection> faces = joinViews({whole}, {cut}, 0.3F);
        QCOMPARE(faces.size(), std::size_t(1));
        QCOMPARE(faces[0].box.w, 134.0F);
        const Detection elsewhere{{300, 50, 85, 170}, 0.7F};
        QCOMPARE(joinViews({whole}, {cut, elsewhere}, 0.3F).size(), std::size_t(2));
        QCOMPARE(joinViews({}, {cut}, 0.3F).size(), std::size_t(1));
    }

    void theInputIsBlueGreenRedOfTheScaledPart()
    {
        for (const PixelFormat format : {PixelFormat::I420, PixelFormat::NV12}) {
            YuNetInput input;
            input.fill(*redAndBlue(format), sheet({16, 0, 96, 64}, {0, 0, 48, 32}, {64, 64}));
            const auto colour = [&](int x, int y) {
                std::array<int, 3> values{};
                for (int channel = 0; channel < 3; ++channel)
                    values[std::size_t(channel)]
                        = qRound(input.blob().ptr<float>(0, channel, y)[x]);
                return values;
            };
            const auto near = [](std::array<int, 3> a, std::array<int, 3> b) {
                return std::abs(a[0] - b[0]) < 3 && std::abs(a[1] - b[1]) < 3
                       && std::abs(a[2] - b[2]) < 3;
            };
            QVERIFY(near(colour(4, 4), {0, 0, 254}));
            QVERIFY(near(colour(40, 20), {254, 0, 0}));
            QCOMPARE(colour(50, 10), (std::array<int, 3>{0, 0, 0})); // beyond the part
            QCOMPARE(colour(10, 40), (std::array<int, 3>{0, 0, 0}));
        }
        YuNetInput input;
        input.fill(*redAndBlue(PixelFormat::Grey), sheet({0, 0, 128, 64}, {0, 0, 13, 6}, {32, 32}));
        QCOMPARE(qRound(input.blob().ptr<float>(0, 0, 2)[2]), 76);
        QCOMPARE(qRound(input.blob().ptr<float>(0, 2, 2)[2]), 76);
    }

    void aSmallerPictureIsReadWhereItHasEnoughPixels()
    {
        // Told apart by its brightness.
        FrameBuilder small(PixelFormat::Grey, {64, 32});
        std::memset(small.plane(0).data, 200, std::size_t(small.plane(0).stride) * 32);
        FrameBuilder builder = FrameBuilder::copyOf(*redAndBlue(PixelFormat::Grey));
        builder.reduced(small.build());
        const FramePtr frame = builder.build();
        YuNetInput input;
        const auto brightness = [&](const cv::Rect &part, const cv::Rect &shown) {
            input.fill(*frame, sheet(part, shown, {64, 64}));
            return qRound(input.blob().ptr<float>(0, 0, shown.y + 1)[shown.x + 1]);
        };
        QCOMPARE(brightness({16, 0, 96, 64}, {0, 0, 48, 32}), 200); // as many as there are
        QCOMPARE(brightness({16, 0, 96, 64}, {0, 0, 49, 32}), 76);
        QCOMPARE(brightness({120, 60, 8, 4}, {3, 5, 4, 2}), 200); // the last corner
    }

    void anInputFilledBeforeLeavesNothingBehind()
    {
        YuNetInput used;
        used.fill(*redAndBlue(PixelFormat::Grey), sheet({0, 0, 128, 64}, {0, 0, 64, 32}, {64, 32}));
        const YuNetSheet small = sheet({0, 0, 60, 20}, {0, 0, 30, 10}, {64, 32});
        used.fill(*redAndBlue(PixelFormat::I420), small);
        YuNetInput fresh;
        fresh.fill(*redAndBlue(PixelFormat::I420), small);
        QCOMPARE(cv::norm(used.blob().reshape(1, 1), fresh.blob().reshape(1, 1), cv::NORM_INF), 0.0);
    }

    void placesSideBySideShowWhatEachShowsAlone()
    {
        const FramePtr frame = redAndBlue(PixelFormat::I420);
        YuNetSheet both = sheet({0, 0, 60, 40}, {0, 0, 30, 20}, {96, 32});
        both.places.push_back({{90, 10, 38, 40}, 0.5, {34, 3, 19, 20}});
        YuNetInput input;
        input.fill(*frame, both);
        YuNetInput alone;
        alone.fill(*frame, sheet({90, 10, 38, 40}, {0, 0, 19, 20}, {32, 32}));
        for (int channel = 0; channel < 3; ++channel)
            for (int row = 0; row < 20; ++row)
                QVERIFY(std::equal(alone.blob().ptr<float>(0, channel, row),
                                   alone.blob().ptr<float>(0, channel, row) + 19,
                                   input.blob().ptr<float>(0, channel, row + 3) + 34));
        QCOMPARE(input.blob().ptr<float>(0, 2, 5)[31], 0.0F); // between them
    }

    void aPlaceShowsTheFaceWithItsSurroundings()
    {
        const cv::Rect region(0, 0, 1088, 720);
        const Look look{{0.5F, 0.5F, 0.01F, 0.01F}, 36, 44};
        const YuNetSheet sheet = sheetFor(std::span(&look, 1), {1088, 720}, region, yunet());
        QCOMPARE(sheet.places.size(), std::size_t(1));
        const YuNetPlace &place = sheet.places[0];
        const cv::Rect face(544 - 22, 360 - 33, 44 + 11, 66 + 8);
        QCOMPARE(place.part & face, face);
        QVERIFY(place.part.width >= 1.8 * face.width);
        QVERIFY(sheet.input.area() <= 160 * 128);
        QVERIFY(place.scale >= yunet().yunet.scale);
    }

    void largeFacesAreLookedAtSmall()
    {
        const Look look{{0.5F, 0.5F, 0.05F, 0.05F}, 300, 400};
        const YuNetSheet sheet
            = sheetFor(std::span(&look, 1), {1088, 720}, {0, 0, 1088, 720}, yunet());
        QVERIFY(sheet.places[0].scale < 0.1);
        QVERIFY(sheet.input.area() <= 160 * 96);
    }

    void looksTogetherShareAPlaceAndManyAreOneWholeLook()
    {
        const cv::Rect region(0, 0, 1088, 720);
        const auto lookAt = [](float x, float y) { return Look{{x, y, 0.01F, 0.01F}, 36, 44}; };
        const auto placesOf = [&](const std::vector<Look> &looks) {
            return sheetFor(looks, {1088, 720}, region, yunet()).places.size();
        };
        QCOMPARE(placesOf({lookAt(0.5F, 0.5F), lookAt(0.53F, 0.5F)}), std::size_t(1));
        QCOMPARE(placesOf({lookAt(0.1F, 0.1F), lookAt(0.9F, 0.9F)}), std::size_t(2));
        std::vector<Look> many;
        for (int i = 0; i < 60; ++i)
            many.push_back(lookAt(0.1F * static_cast<float>(i % 10), 0.16F * static_cast<float>(i / 10)));
        const YuNetSheet sheet = sheetFor(many, {1088, 720}, region, yunet());
        QVERIFY(costOf(sheet) <= costOf(wholeSheet(region, yunet())));
        QVERIFY(sheetFor({}, {1088, 720}, region, yunet()).places.empty());
    }

    void placesStayInsideApartAndHaveFewSizes()
    {
        std::set<std::pair<int, int>> sizes;
        const cv::Rect region(100, 50, 900, 600);
        for (int i = 0; i < 400; ++i) {
            std::vector<Look> looks;
            for (int face = 0; face <= i % 4; ++face) {
                const float width = 20 + 1.3F * static_cast<float>((i + 23 * face) % 100);
                const float x = 0.0025F * static_cast<float>((i * (1 + face)) % 400);
                looks.push_back({{x, 0.2F + 0.2F * float(face), 0.02F, 0.02F}, width, width * 1.3F});
            }
            const YuNetSheet sheet = sheetFor(looks, {1088, 720}, region, yunet());
            QVERIFY(sheet.input.width % 32 == 0 && sheet.input.height % 32 == 0);
            sizes.insert({sheet.input.width, sheet.input.height});
            for (const YuNetPlace &place : sheet.places) {
                QCOMPARE(place.part & region, place.part);
                QCOMPARE(place.shown & cv::Rect({}, sheet.input), place.shown);
                QVERIFY(!place.shown.empty());
                for (const YuNetPlace &other : sheet.places)
                    QVERIFY(&other == &place || (other.shown & place.shown).empty());
            }
        }
        QVERIFY2(sizes.size() <= 24, std::to_string(sizes.size()).c_str());
        qInfo("%zu sizes of input", sizes.size());
    }

    void aMissingModelNamesTheFoldersSearched()
    {
        auto detector = makeDetector("yunet");
        DetectTuning tuning = yunet();
        tuning.yunet.model = "no_such_model.onnx";
        const auto found = (*detector)->detect(*redAndBlue(PixelFormat::I420), tuning);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::NotFound);
        const std::string text = describe(found.error());
        for (const char *part : {"no_such_model.onnx", "/usr/share/facetrack/models", "README.md"})
            QVERIFY2(text.find(part) != std::string::npos, text.c_str());
    }

    void modelsAreLookedForInTheirFoldersInOrder()
    {
        QTemporaryDir folder;
        const auto write = [&](const char *name) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            QDir().mkpath(QFileInfo(path).path());
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
        };
        write("data/facetrack/models/mine.onnx");
        write("state/models/mine.onnx");
        write("own/mine.onnx");
        const std::string root = folder.path().toStdString();
        const QByteArray before = qgetenv("FACETRACK_MODEL_PATH");
        qputenv("XDG_DATA_HOME", (root + "/data").c_str());
        qputenv("STATE_DIRECTORY", (root + "/state").c_str());
        qputenv("FACETRACK_MODEL_PATH", (root + "/own").c_str());
        QCOMPARE(findModel("mine.onnx").value().string(), root + "/own/mine.onnx");
        QCOMPARE(modelChoices().at(0).value, std::string("mine.onnx"));
        qunsetenv("FACETRACK_MODEL_PATH");
        QCOMPARE(findModel("mine.onnx").value().string(), root + "/state/models/mine.onnx");
        qunsetenv("STATE_DIRECTORY");
        QCOMPARE(findModel("mine.onnx").value().string(), root + "/data/facetrack/models/mine.onnx");
        qunsetenv("XDG_DATA_HOME");
        QVERIFY(!findModel("mine.onnx"));
        qputenv("FACETRACK_MODEL_PATH", before);
    }

    void whatIsNoModelIsSaidEachTime_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("<html>404</html>");
        QTest::newRow("cut short") << QByteArray("yunet_s_640_640.onnx");
    }

    void whatIsNoModelIsSaidEachTime()
    {
        QFETCH(QByteArray, bytes);
        if (bytes.startsWith("yunet")) {
            if (!m_models)
                QSKIP(NoTestModels);
            QFile whole(QString::fromStdString(findModel(bytes.toStdString()).value().string()));
            QVERIFY(whole.open(QIODevice::ReadOnly));
            bytes = whole.read(100'000);
        }
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("broken.onnx")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        auto detector = makeDetector("yunet");
        DetectTuning tuning = yunet();
        tuning.yunet.model = file.fileName().toStdString();
        for (int i = 0; i < 2; ++i) {
            const auto found = (*detector)->detect(*redAndBlue(PixelFormat::I420), tuning);
            QVERIFY(!found);
            QCOMPARE(found.error().code, ErrorCode::Corrupt);
            QVERIFY(found.error().message.find("broken.onnx") != std::string::npos);
        }
        if (!m_models)
            return;
        tuning.yunet.model = yunet().yunet.model; // … and the next good name works again
        QVERIFY((*detector)->detect(*redAndBlue(PixelFormat::I420), tuning).has_value());
    }

    void photographsShowEveryFaceAndAtMostOneFalseBox_data()
    {
        QTest::addColumn<QByteArray>("model");
        QTest::newRow("s") << QByteArray("yunet_s_640_640.onnx");
        QTest::newRow("n") << QByteArray("yunet_n_640_640.onnx");
    }

    void photographsShowEveryFaceAndAtMostOneFalseBox()
    {
        if (!m_models)
            QSKIP(NoTestModels);
        QFETCH(QByteArray, model);
        std::map<std::string, nlohmann::json> truth;
        const nlohmann::json boxes = readJson("faces/boxes.json");
        for (const auto &image : boxes["images"])
            truth[image["file"]] = image["boxes_xywh"];
        auto detector = makeDetector("yunet").value();
        DetectTuning tuning = yunet();
        tuning.yunet.model = model.toStdString();
        Counts counts;
        forEachFrame("images:" + dataPath("faces"), [&](const Frame &frame) {
            if (truth.contains(frame.file()))
                counts.add(detector->detect(frame, tuning).value(),
                           boxesFrom(truth[frame.file()], frame.width(), frame.height()));
        });
        QCOMPARE(counts.truth, 18);
        QCOMPARE(counts.found, 18);
        QVERIFY(counts.boxes <= 19);
    }

    void theWalkersAreFound_data()
    {
        QTest::addColumn<std::string>("schedule");
        QTest::addColumn<std::string>("model");
        const std::string s = yunet().yunet.model;
        QTest::newRow("every frame") << std::string("every_frame") << s;
        QTest::newRow("adaptive") << std::string("adaptive") << s;
        // Whose closer looks see a face in a hand now and then.
        QTest::newRow("adaptive, n") << std::string("adaptive") << std::string("yunet_n_640_640.onnx");
    }

    void theWalkersAreFound()
    {
        if (!m_models)
            QSKIP(NoTestModels);
        QFETCH(std::string, schedule);
        QFETCH(std::string, model);
        Tuning tuning;
        tuning.detect = yunet();
        tuning.detect.yunet.model = model;
        tuning.detect.schedule = schedule;
        tuning.detect.maxDelay = 1000; // the clip has 12 frames a second
        const auto truth = readJson("video/walking.reference.json")["boxes_xywh_per_frame"];
        FaceFinder finder;
        Counts counts;
        forEachFrame("file:" + dataPath("video/walking.mp4") + "?size=1088x720",
                     [&](const Frame &frame) {
                         counts.add(finder.look(frame, tuning).value(),
                                    boxesFrom(truth[frame.sequence()], 480, 270));
                     });
        QCOMPARE(counts.truth, 70);
        QVERIFY2(counts.found >= 0.95 * counts.truth, std::to_string(counts.found).c_str());
        QVERIFY2(counts.found >= 0.98 * counts.boxes, std::to_string(counts.boxes).c_str());
    }

    void looksAroundFacesFindWhatTheWholeLookFinds_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<double>("least");
        QTest::newRow("walkers") << QByteArray("file:video/walking.mp4?size=1088x720") << 0.95;
        // Half hidden faces: of 8 seeds 95.9 %, because other pixels around tip what is in the balance.
        QTest::newRow("booth") << QByteArray("synthetic:booth?seed=3&people=6&fps=1&frames=40")
                               << 0.93;
    }

    void looksAroundFacesFindWhatTheWholeLookFinds()
    {
        if (!m_models)
            QSKIP(NoTestModels);
        QFETCH(QByteArray, source);
        QFETCH(double, least);
        source.replace("file:", "file:" + qgetenv("FACETRACK_TEST_DATA") + "/");
        auto detector = makeDetector("yunet").value();
        int whole = 0;
        int again = 0;
        forEachFrame(source.toStdString(), [&](const Frame &frame) {
            const std::vector<Detection> faces = detector->detect(frame, yunet()).value();
            for (const Detection &face : faces) {
                const float width = face.box.w * static_cast<float>(frame.width());
                const Look look{{face.box.x + 0.3F * face.box.w, face.box.y + 0.3F * face.box.h,
                                 0.4F * face.box.w, 0.4F * face.box.h},
                                width / 1.16F, width * 1.16F};
                ++whole;
                const auto seen = detector->look(frame, yunet(), std::span(&look, 1)).value().faces;
                again += std::any_of(seen.begin(), seen.end(), [&](const Detection &d) {
                    return overlap(d.box, face.box) > 0.6F;
                });
            }
        });
        qInfo("%d of %d", again, whole);
        QVERIFY(whole > 0 && again >= least * whole);
    }

    void settingsHoldFromTheNextFrameOn()
    {
        if (!m_models)
            QSKIP(NoTestModels);
        auto detector = makeDetector("yunet").value();
        auto source
            = openSource("images:" + dataPath("faces"), Pacing::AsFastAsPossible).value();
        const FramePtr frame = source->next({}).value();
        DetectTuning tuning = yunet();
        const auto count = [&] { return detector->detect(*frame, tuning).value().size(); };
        const std::size_t usual = count();
        QVERIFY(usual > 3);
        tuning.yunet.score = 0.95;
        QVERIFY(count() < usual);
        tuning.yunet.score = 0.3;
        QVERIFY(count() >= usual);
        tuning = yunet();
        tuning.yunet.scale = 0.1;
        QVERIFY(count() < usual);
        tuning = yunet();
        tuning.minSize = {200, 200};
        QCOMPARE(count(), std::size_t(0));
        tuning = yunet();
        tuning.maxSize = {31, 31};
        QVERIFY(count() < usual);
        tuning = yunet();
        tuning.yunet.model = "yunet_n_640_640.onnx";
        QVERIFY(count() > 3);
    }

private:
    bool m_models = false;
};

QTEST_GUILESS_MAIN(TestYuNet)
#include "test_yunet.moc"
