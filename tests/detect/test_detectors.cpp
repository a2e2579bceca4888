// One conformance test for every detector in the list, and what is special to each.
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/detect/cascade_file.h"
#include "libfacetrack/detect/detector.h"
#include "tests/detect/yunet_model.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

using namespace facetrack;

namespace {

constexpr Size FrameSize{1088, 720};

/// A frame of the synthetic booth with at least one face in it, which the detectors must find.
FramePtr boothFrame(std::uint64_t index = 300)
{
    BoothScene scene(BoothOptions{.seed = 1, .people = 4, .width = FrameSize.width,
                                  .height = FrameSize.height, .fps = 30});
    FrameBuilder builder(PixelFormat::I420, FrameSize);
    const MutablePlane y = builder.plane(0);
    const MutablePlane u = builder.plane(1);
    const MutablePlane v = builder.plane(2);
    scene.render(index, y.data, y.stride, u.data, u.stride, v.data, v.stride);
    return builder.build();
}

FramePtr evenGrey(PixelFormat format, Size size)
{
    FrameBuilder builder(format, size);
    for (int i = 0; i < (format == PixelFormat::I420 ? 3 : 1); ++i) {
        const MutablePlane p = builder.plane(i);
        std::fill_n(p.data, static_cast<std::size_t>(p.stride) * static_cast<std::size_t>(p.height),
                    std::uint8_t(128));
    }
    return builder.build();
}

/// The same picture with its luma in another format, without colours.
FramePtr lumaAs(PixelFormat format, const Frame &frame)
{
    FrameBuilder builder(format, frame.size());
    const Plane from = frame.luma();
    const MutablePlane to = builder.plane(0);
    for (int y = 0; y < from.height; ++y)
        std::copy_n(from.data + y * from.stride, from.width, to.data + y * to.stride);
    if (format == PixelFormat::NV12) {
        const MutablePlane p = builder.plane(1);
        std::fill_n(p.data, static_cast<std::size_t>(p.stride) * static_cast<std::size_t>(p.height),
                    std::uint8_t(128));
    }
    return builder.build();
}

std::vector<Detection> look(Detector &detector, const FramePtr &frame, const DetectTuning &tuning)
{
    const auto found = detector.detect(*frame, tuning);
    if (!found)
        qCritical("%s", describe(found.error()).c_str());
    return found.value_or(std::vector<Detection>{});
}

using Places = std::vector<std::array<int, 4>>;

/// x, y, width and height in pixels, sorted.
Places placesOf(const std::vector<cv::Rect> &faces)
{
    Places places;
    for (const cv::Rect &face : faces)
        places.push_back({face.x, face.y, face.width, face.height});
    std::sort(places.begin(), places.end());
    return places;
}

Places placesOf(const std::vector<Detection> &faces, const cv::Size &size)
{
    std::vector<cv::Rect> rects;
    for (const Detection &face : faces)
        rects.emplace_back(qRound(face.box.x * static_cast<float>(size.width)),
                           qRound(face.box.y * static_cast<float>(size.height)),
                           qRound(face.box.w * static_cast<float>(size.width)),
                           qRound(face.box.h * static_cast<float>(size.height)));
    return placesOf(rects);
}

} // namespace

class TestDetectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_models = useTestModels(); }

    void anUnknownNameIsRefusedWithTheKnownOnes()
    {
        const auto detector = makeDetector("harr");
        QVERIFY(!detector);
        QCOMPARE(detector.error().code, ErrorCode::InvalidArgument);
        QVERIFY(detector.error().advice.find("haar") != std::string::npos);
    }

    void conforms_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const DetectorKind &kind : detectorKinds())
            QTest::newRow(kind.name.data()) << QByteArray(kind.name.data());
    }

    void conforms()
    {
        QFETCH(QByteArray, name);
        if (name == "yunet" && !m_models)
            QSKIP(NoTestModels);
        auto detector = makeDetector(name.toStdString());
        QVERIFY(detector.has_value());
        DetectTuning tuning;
        tuning.detector = name.toStdString();

        const FramePtr booth = boothFrame();
        const auto faces = look(**detector, booth, tuning);
        QVERIFY2(!faces.empty(), "the booth's frame has faces to find");
        for (const Detection &face : faces) {
            QVERIFY(face.box.x >= 0 && face.box.y >= 0 && face.box.w > 0 && face.box.h > 0);
            QVERIFY(face.box.x + face.box.w <= 1.0001F && face.box.y + face.box.h <= 1.0001F);
            QVERIFY(face.score > 0 && face.score <= 1);
        }

        // The same again: nothing is carried over from frame to frame.
        QCOMPARE(look(**detector, booth, tuning).size(), faces.size());
        QVERIFY(look(**detector, evenGrey(PixelFormat::I420, FrameSize), tuning).empty());
        QVERIFY(look(**detector, evenGrey(PixelFormat::Grey, {20, 20}), tuning).empty());
        QVERIFY(look(**detector, evenGrey(PixelFormat::I420, {1, 1}), tuning).empty());
        QVERIFY2(!(*detector)->detect(*evenGrey(PixelFormat::BGR, {64, 64}), tuning),
                 "a picture without a luma plane is refused");
    }

    void regionLimitsWhereItLooksAndBoxesStayRelativeToTheFrame_data() { conforms_data(); }

    void regionLimitsWhereItLooksAndBoxesStayRelativeToTheFrame()
    {
        QFETCH(QByteArray, name);
        if (name == "yunet" && !m_models)
            QSKIP(NoTestModels);
        auto detector = makeDetector(name.toStdString());
        DetectTuning tuning;
        const FramePtr booth = boothFrame();
        const auto all = look(**detector, booth, tuning);
        QVERIFY(!all.empty());
        const Box face = all.front().box;
        tuning.region = {std::max(0.F, face.x - 0.05F), std::max(0.F, face.y - 0.05F),
                         std::min(1.F, face.w + 0.1F), std::min(1.F, face.h + 0.1F)};
        const auto inside = look(**detector, booth, tuning);
        const bool found = std::any_of(inside.begin(), inside.end(), [&](const Detection &d) {
            return overlap(d.box, face) > 0.5F;
        });
        QVERIFY2(found, "the face is found in its own region");
        tuning.region = {0, 0, 0.01F, 0.01F};
        QVERIFY(look(**detector, booth, tuning).empty());
    }

    void aLookFindsTheFaceWhoseMiddleAndSizeItAsksFor_data() { conforms_data(); }

    void aLookFindsTheFaceWhoseMiddleAndSizeItAsksFor()
    {
        QFETCH(QByteArray, name);
        if (name == "yunet" && !m_models)
            QSKIP(NoTestModels);
        auto detector = makeDetector(name.toStdString());
        DetectTuning tuning;
        tuning.detector = name.toStdString();
        const FramePtr booth = boothFrame();
        const auto all = look(**detector, booth, tuning);
        QVERIFY(!all.empty());
        const Box face = all.front().box;
        const float width = face.w * float(FrameSize.width);
        const auto seen = [&](const Look &place) {
            const Look looks[] = {place, place}; // asked for twice, found once
            const auto findings = (*detector)->look(*booth, tuning, looks);
            return findings ? std::count_if(findings->faces.begin(), findings->faces.end(),
                                            [&](const Detection &d) {
                                                return overlap(d.box, face) > 0.7F;
                                            })
                            : -1;
        };
        const Box here{face.x + face.w * 0.3F, face.y + face.h * 0.3F, face.w * 0.4F, face.h * 0.4F};
        QCOMPARE(seen({here, width * 0.8F, width * 1.25F}), 1);
        QCOMPARE(seen({here, width * 1.6F, 0}), 0);
        QCOMPARE(seen({here, 0, width * 0.6F}), 0);
        QCOMPARE(seen({{here.x, here.y > 0.5F ? 0.1F : 0.9F, here.w, 0.05F}, 0, 0}), 0);
        QCOMPARE((*detector)->look(*booth, tuning, {}).value().faces.size(), std::size_t(0));
    }

    void facesAreFoundInEveryFormatWithLuma_data() { conforms_data(); }

    void facesAreFoundInEveryFormatWithLuma()
    {
        QFETCH(QByteArray, name);
        if (name == "yunet" && !m_models)
            QSKIP(NoTestModels);
        auto detector = makeDetector(name.toStdString());
        const FramePtr booth = boothFrame();
        for (const auto format : {PixelFormat::NV12, PixelFormat::Grey}) {
            const auto found = look(**detector, lumaAs(format, *booth), DetectTuning{});
            QVERIFY2(!found.empty(), pixelFormatName(format));
            if (name == "haar") // it sees nothing but luma
                QCOMPARE(found.size(), look(**detector, booth, DetectTuning{}).size());
        }
    }

    void haarFindsWhatOpenCvFinds()
    {
        cv::CascadeClassifier cascade(
            findCascade("haarcascade_frontalface_default.xml").value().string());
        auto haar = makeDetector("haar");
        for (const std::uint64_t index : {0U, 200U, 400U}) {
            const FramePtr frame = boothFrame(index);
            const Plane y = frame->luma();
            const cv::Mat luma(y.height, y.width, CV_8UC1, const_cast<std::uint8_t *>(y.data),
                               static_cast<std::size_t>(y.stride));
            std::vector<cv::Rect> expected;
            cascade.detectMultiScale(luma, expected, 1.1, 3, 0, {30, 30});
            const auto found = look(**haar, frame, DetectTuning{});
            // OpenCV's threads finish in any order, and so come the faces.
            QCOMPARE(placesOf(found, luma.size()), placesOf(expected));
        }
    }

    void haarParametersTakeEffectAtTheNextFrame()
    {
        auto haar = makeDetector("haar");
        const FramePtr frame = boothFrame();
        DetectTuning tuning;
        QVERIFY(!look(**haar, frame, tuning).empty());
        tuning.minSize = {700, 700};
        QVERIFY(look(**haar, frame, tuning).empty());
        tuning.minSize = {30, 30};
        tuning.maxSize = {31, 31};
        for (const Detection &face : look(**haar, frame, tuning))
            QVERIFY(face.box.w * 1088 < 32);
    }

    void aMissingCascadeNamesTheFoldersSearched()
    {
        auto haar = makeDetector("haar");
        DetectTuning tuning;
        tuning.cascade = "no_such_cascade.xml";
        const auto found = (*haar)->detect(*boothFrame(), tuning);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::NotFound);
        QVERIFY(describe(found.error()).find("/usr/share/opencv4/haarcascades") != std::string::npos);
        // … and the next good name works again.
        tuning.cascade = DetectTuning{}.cascade;
        QVERIFY((*haar)->detect(*boothFrame(), tuning).has_value());
    }

    void aBrokenCascadeIsAnErrorEachTime()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("broken.xml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<?xml version=\"1.0\"?><opencv_storage><cascade>");
        file.close();
        auto haar = makeDetector("haar");
        DetectTuning tuning;
        tuning.cascade = file.fileName().toStdString();
        for (int i = 0; i < 2; ++i) {
            const auto found = (*haar)->detect(*boothFrame(), tuning);
            QVERIFY(!found);
            QCOMPARE(found.error().code, ErrorCode::Corrupt);
            QVERIFY(found.error().message.find("broken.xml") != std::string::npos);
        }
    }

    void ownFolderOfCascadesIsSearchedFirst()
    {
        QTemporaryDir folder;
        const QString name = QStringLiteral("haarcascade_eye.xml");
        QVERIFY(QFile::copy(
            QString::fromStdString(findCascade(name.toStdString()).value().string()),
            folder.filePath(name)));
        qputenv("FACETRACK_CASCADE_PATH", folder.path().toUtf8());
        const auto found = findCascade(name.toStdString());
        qunsetenv("FACETRACK_CASCADE_PATH");
        QCOMPARE(QString::fromStdString(found.value().string()), folder.filePath(name));
    }

private:
    bool m_models = false;
};

QTEST_GUILESS_MAIN(TestDetectors)
#include "test_detectors.moc"
