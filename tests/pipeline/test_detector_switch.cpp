// Another detector, or another file of the same one, while frames come: these go on meanwhile.
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/pipeline/analysis_loop.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "tests/detect/yunet_model.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;

namespace {

constexpr int Patience = 30'000; // ms; only a hang comes near it

FramePtr frameAt(std::chrono::milliseconds time)
{
    static const FramePtr drawn = [] {
        auto source = openSource("synthetic:booth?seed=1&people=4&size=640x424&fps=1",
                                 Pacing::AsFastAsPossible);
        FramePtr frame;
        for (int i = 0; i < 8; ++i)
            frame = (*source)->next({}).value();
        return frame;
    }();
    return FrameBuilder::copyOf(*drawn).captured(time, UtcTime(0)).build();
}

Tuning withCascade(const char *file)
{
    Tuning tuning;
    tuning.detect.cascade = file;
    return tuning;
}

Tuning withModel(const std::string &model)
{
    Tuning tuning;
    tuning.detect.detector = "yunet";
    tuning.detect.yunet.model = model;
    return tuning;
}

/// A finder at work with the usual cascade.
class Finder
{
public:
    Finder() { look({}); }

    std::size_t look(const Tuning &tuning)
    {
        const auto faces = finder.look(*next(), tuning);
        if (!faces)
            qCritical("%s", describe(faces.error()).c_str());
        return faces ? faces->size() : 0;
    }
    bool isReady(const Tuning &tuning) { return finder.isReady(*next(), tuning); }

    FaceFinder finder{FaceFinder::WithoutModel::HaarGoesOn};

private:
    FramePtr next() { return frameAt(m_time += std::chrono::milliseconds(33)); }
    std::chrono::milliseconds m_time{0};
};

} // namespace

class TestDetectorSwitch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void otherSettingsHoldAtOnce()
    {
        Finder at;
        Tuning tuning;
        tuning.detect.minNeighbors = 5;
        tuning.detect.schedule = "every_frame";
        QVERIFY(at.isReady(tuning));
    }

    void aCascadeIsReadWhileTheOldOneGoesOn()
    {
        Finder at;
        const Tuning alt2 = withCascade("haarcascade_frontalface_alt2.xml");
        QVERIFY2(!at.isReady(alt2), "the first call begins to read");
        QVERIFY(at.look({}) > 0);
        QVERIFY2(at.isReady({}), "what is in use may go on for ever");
        QTRY_VERIFY_WITH_TIMEOUT(at.isReady(alt2), Patience);
        QVERIFY(at.look(alt2) > 0);
        QVERIFY(at.isReady(alt2));
    }

    void whoeverChangesHisMindTwiceGetsTheLast()
    {
        Finder at;
        QVERIFY(!at.isReady(withCascade("haarcascade_frontalface_alt2.xml")));
        const Tuning last = withCascade("lbpcascade_frontalface.xml");
        QTRY_VERIFY_WITH_TIMEOUT(at.isReady(last), Patience);
        QVERIFY(at.look(last) > 0);
    }

    void aModelIsReadBeforeItsFirstFrame()
    {
        if (!useTestModels())
            QSKIP(NoTestModels);
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("mine.onnx"));
        QVERIFY(QFile::copy(qEnvironmentVariable("FACETRACK_MODEL_PATH")
                                + QStringLiteral("/yunet_s_640_640.onnx"), file));
        const Tuning yunet = withModel(file.toStdString());
        Finder at;
        QVERIFY(!at.isReady(yunet));
        QTRY_VERIFY_WITH_TIMEOUT(at.isReady(yunet), Patience);
        QVERIFY(QFile::remove(file)); // look() reads nothing any more
        QVERIFY(at.look(yunet) > 0);
        QCOMPARE(at.finder.detector(), std::string("yunet"));
        QVERIFY(at.finder.warning().empty());

        const Tuning missing = withModel("none.onnx");
        QVERIFY(!at.isReady(missing));
        QTRY_VERIFY_WITH_TIMEOUT(at.isReady(missing), Patience);
        QVERIFY(at.look(missing) > 0);
        QCOMPARE(at.finder.detector(), std::string("haar"));
        QVERIFY(at.finder.warning().find("none.onnx") != std::string::npos);
    }

    void aMissingModelIsNotLookedForInEachFrame()
    {
        Finder at;
        const Tuning missing = withModel("none.onnx");
        QVERIFY(!at.isReady(missing));
        QTRY_VERIFY_WITH_TIMEOUT(at.isReady(missing), Patience);
        for (int i = 0; i < 20; ++i) {
            QVERIFY(at.isReady(missing));
            QVERIFY(at.look(missing) > 0);
        }
        QCOMPARE(at.finder.detector(), std::string("haar"));
    }

    void theLoopTellsTheOldRevisionUntilTheNewOneHolds()
    {
        LiveTuning tuning{Tuning{}};
        std::mutex mutex;
        std::vector<std::uint32_t> revisions;
        AnalysisLoop loop(
            tuning,
            [&](const AnalysedFramePtr &result) {
                const std::lock_guard lock(mutex);
                revisions.push_back(result->revision);
            },
            SystemClock::instance());
        loop.start();
        int offered = 0;
        const auto offer = [&] {
            loop.offer(frameAt(std::chrono::milliseconds(33 * ++offered)));
            return loop.state();
        };
        offer();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().analysed, std::uint64_t(1), Patience);
        tuning.change(withCascade("haarcascade_frontalface_alt2.xml"));
        QTRY_COMPARE_WITH_TIMEOUT(offer().revision, 2U, Patience);
        loop.stop();
        QVERIFY(std::is_sorted(revisions.begin(), revisions.end()));
        QVERIFY2(std::count(revisions.begin(), revisions.end(), 1U) >= 2,
                 "the frame after the change did not wait for the file");
    }

    void theFirstFilesAreReadBeforeTheFirstFrame()
    {
        if (!useTestModels())
            QSKIP(NoTestModels);
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("mine.onnx"));
        QVERIFY(QFile::copy(qEnvironmentVariable("FACETRACK_MODEL_PATH")
                                + QStringLiteral("/yunet_s_640_640.onnx"), file));
        FaceFinder finder(FaceFinder::WithoutModel::HaarGoesOn);
        finder.getReady(withModel(file.toStdString()));
        QVERIFY(QFile::remove(file));
        QVERIFY(finder.look(*frameAt({}), withModel(file.toStdString())).has_value());
        QCOMPARE(finder.detector(), std::string("yunet"));
    }
};

QTEST_GUILESS_MAIN(TestDetectorSwitch)
#include "test_detector_switch.moc"
