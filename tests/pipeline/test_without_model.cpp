// A model that is not there: haar goes on, says why, and the model is taken once it is there.
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/pipeline/analysis_loop.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "tests/detect/yunet_model.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;

namespace {

Tuning yunet(const std::string &model)
{
    Tuning tuning;
    tuning.detect.detector = "yunet";
    tuning.detect.yunet.model = model;
    return tuning;
}

FramePtr frameAt(std::chrono::seconds time)
{
    FrameBuilder builder(PixelFormat::Grey, {64, 64});
    const MutablePlane p = builder.plane(0);
    std::fill_n(p.data, static_cast<std::size_t>(p.stride) * 64, std::uint8_t(128));
    return builder.captured(time, UtcTime(0)).build();
}

} // namespace

class TestWithoutModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAModelHaarGoesOnAndSaysWhy()
    {
        FaceFinder finder(FaceFinder::WithoutModel::HaarGoesOn);
        const auto faces = finder.look(*frameAt(std::chrono::seconds(1)), yunet("none.onnx"));
        QVERIFY2(faces.has_value(), faces ? "" : describe(faces.error()).c_str());
        QCOMPARE(finder.detector(), std::string("haar"));
        QVERIFY(finder.warning().find("none.onnx") != std::string::npos);
        QVERIFY(finder.warning().find("/usr/share/facetrack/models") != std::string::npos);
        QVERIFY(finder.look(*frameAt(std::chrono::seconds(2)), Tuning{}).has_value());
        QVERIFY(finder.warning().empty());
    }

    void analysesOfFilesFailInstead()
    {
        FaceFinder finder;
        const auto faces = finder.look(*frameAt(std::chrono::seconds(1)), yunet("none.onnx"));
        QVERIFY(!faces);
        QCOMPARE(faces.error().where, std::string("detect.yunet.model"));
    }

    void aModelPutInPlaceIsTaken()
    {
        if (!useTestModels())
            QSKIP(NoTestModels);
        QTemporaryDir folder;
        const QString model = folder.filePath(QStringLiteral("later.onnx"));
        const Tuning tuning = yunet(model.toStdString());
        FaceFinder finder(FaceFinder::WithoutModel::HaarGoesOn);
        QVERIFY(finder.look(*frameAt(std::chrono::seconds(1)), tuning).has_value());
        QVERIFY(QFile::copy(qEnvironmentVariable("FACETRACK_MODEL_PATH")
                                + QStringLiteral("/yunet_s_640_640.onnx"), model));
        QVERIFY(finder.look(*frameAt(std::chrono::seconds(2)), tuning).has_value());
        QCOMPARE(finder.detector(), std::string("haar")); // not looked for in each frame
        QVERIFY(finder.look(*frameAt(std::chrono::seconds(20)), tuning).has_value());
        QCOMPARE(finder.detector(), std::string("yunet"));
        QVERIFY(finder.warning().empty());
    }

    void theLoopTellsWhichDetectorWorks()
    {
        LiveTuning tuning{yunet("none.onnx")};
        AnalysisLoop loop(tuning, [](const AnalysedFramePtr &) {}, SystemClock::instance());
        loop.start();
        loop.offer(frameAt(std::chrono::seconds(1)));
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().detector, std::string("haar"), 30'000);
        QVERIFY(loop.state().warning.find("none.onnx") != std::string::npos);
        QVERIFY(loop.state().error.empty());
    }
};

QTEST_GUILESS_MAIN(TestWithoutModel)
#include "test_without_model.moc"
