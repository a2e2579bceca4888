// What sets of settings are compared by, and how a sweep's sets and truths are read.
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/pipeline/evaluation.h"
#include "libfacetrack/pipeline/sweep_sets.h"
#include "libfacetrack/pipeline/truth.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace facetrack;

namespace {

constexpr Box here{0.1F, 0.1F, 0.2F, 0.2F};
constexpr Box there{0.6F, 0.6F, 0.2F, 0.2F};

FramePtr frameOf(Size size, std::uint64_t sequence, const std::string &file = {})
{
    FrameBuilder builder(PixelFormat::Grey, size);
    return builder.sequence(sequence).file(file).build();
}

} // namespace

class TestEvaluation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachBoxHasOnePartnerAtMost()
    {
        QCOMPARE(partners({here, here}, {here}), std::size_t(1));
        QCOMPARE(partners({here, there}, {there, here}), std::size_t(2));
        QCOMPARE(partners({here}, {there}), std::size_t(0));
        QCOMPARE(agreement(FaceBoxes{here, there}, FaceBoxes{here}), 2.0 / 3);
        QCOMPARE(agreement(FaceBoxes{}, FaceBoxes{}), 1.0);
        QCOMPARE(agreement(FaceBoxes{here}, FaceBoxes{}), 0.0);
    }

    void flickerIsZeroForASteadyFaceAndOneForABlinkingOne()
    {
        QCOMPARE(flicker({{here}, {here}, {here}}), 0.0);
        QCOMPARE(flicker({{here}, {}, {here}, {}}), 1.0);
        QCOMPARE(flicker({{here}}), 0.0);
        QCOMPARE(flicker({}), 0.0);
    }

    void theFramesThatDifferMostComeFirst()
    {
        const std::vector<FaceBoxes> a{{here}, {here, there}, {here}, {}};
        const std::vector<FaceBoxes> b{{here}, {here}, {there}, {}};
        QCOMPARE(differingFrames(a, b, 5), (std::vector<std::size_t>{2, 1}));
        QCOMPARE(differingFrames(a, b, 1), (std::vector<std::size_t>{2}));
        QCOMPARE(agreement(a, b), (1 + 2.0 / 3 + 0 + 1) / 4);
    }

    void theFrontHoldsWhatNoOtherSetBeats()
    {
        const std::vector<SetFigures> sets{
            {10, 0.1, 0.9}, {5, 0.1, 0.9}, {20, 0.05, 0.9}, {20, 0.05, 0.8}, {5, 0.1, 0.9}};
        QCOMPARE(paretoFront(sets), (std::vector<bool>{false, true, true, false, true}));
    }

    void aSetIsEvaluatedOverItsFrames()
    {
        auto source = openSource("synthetic:booth?seed=1&people=4&size=640x424&fps=2&frames=12",
                                 Pacing::AsFastAsPossible).value();
        SetEvaluation usual(Tuning{});
        Tuning blind;
        blind.detect.minSize = {400, 400};
        SetEvaluation none(blind);
        while (const FramePtr frame = source->next({}).value()) {
            QVERIFY(usual.look(*frame).has_value());
            QVERIFY(none.look(*frame).has_value());
        }
        QCOMPARE(usual.frames().size(), std::size_t(12));
        QVERIFY(usual.facesPerFrame() > 0);
        QVERIFY(usual.cpuPerFrame() > 0);
        QCOMPARE(none.facesPerFrame(), 0.0);
        QVERIFY(agreement(usual.frames(), none.frames()) < 1);
    }

    void rangesAndListsMakeAGrid()
    {
        const auto sets = sweepSets(
            {"detect.min_neighbors=2..4", "detect.scale_factor=1.05..1.2:0.05"}, {});
        QVERIFY2(sets.has_value(), sets ? "" : describe(sets.error()).c_str());
        QCOMPARE(sets->size(), std::size_t(12));
        QCOMPARE(sets->front().text(),
                 std::string("detect.min_neighbors=2 detect.scale_factor=1.05"));
        QCOMPARE(sets->back().text(),
                 std::string("detect.min_neighbors=4 detect.scale_factor=1.2"));
        QCOMPARE(sets->back().tuning.detect.minNeighbors, 4);
        const auto detectors = sweepSets({"detect.detector=haar,yunet"}, {"detect.min_size=40x40"});
        QCOMPARE(detectors->at(1).tuning.detect.detector, std::string("yunet"));
        QCOMPARE(detectors->at(1).tuning.detect.minSize, (Size{40, 40}));
        QCOMPARE(sweepSets({}, {})->size(), std::size_t(1));
    }

    void wrongRangesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("vary");
        for (const char *vary : {"detect.min_neighbors", "=2..3", "detect.min_neighbors=8..2",
                                 "detect.min_neighbors=2..x", "detect.min_neighbors=2..8:0",
                                 "detect.min_neighbors=2..8:-1", "detect.min_neighbors=",
                                 "detect.min_neighbors=2..800", "detect.neighbours=2..3",
                                 "detect.scale_factor=1.05..1.9:0.0001", "detect.detector=harr"})
            QTest::newRow(vary) << QByteArray(vary);
    }

    void wrongRangesAreRefused()
    {
        QFETCH(QByteArray, vary);
        const auto sets = sweepSets({vary.toStdString()}, {});
        QVERIFY(!sets);
        QVERIFY(!describe(sets.error()).empty());
    }

    void truthsAreReadForVideosAndPictures()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("truth.json")).toStdString();
        const auto load = [&](const char *text) {
            std::ofstream(path) << text;
            return Truth::load(path);
        };
        auto video = load(R"({"boxes_xywh_per_frame": [[[10, 20, 30, 40]], []]})");
        QVERIFY(video.has_value() && video->needsVideoSize());
        video->setVideoSize({100, 200});
        QCOMPARE(video->of(*frameOf({50, 50}, 0))->at(0), (Box{0.1F, 0.1F, 0.3F, 0.2F}));
        QVERIFY(video->of(*frameOf({50, 50}, 1))->empty());
        QVERIFY(!video->of(*frameOf({50, 50}, 2)));
        QVERIFY(!load(R"({"width": 9, "height": 9, "boxes_xywh_per_frame": []})")->needsVideoSize());
        const auto images = load(R"({"images": [{"file": "a.jpg", "boxes_xywh": [[5, 5, 10, 10]]}]})");
        QCOMPARE(images->of(*frameOf({20, 50}, 7, "a.jpg"))->at(0), (Box{0.25F, 0.1F, 0.5F, 0.2F}));
        QVERIFY(!images->of(*frameOf({20, 50}, 7, "b.jpg")));
        for (const char *broken : {"", "[]", "{}", R"({"boxes_xywh_per_frame": [[[1, 2, 3]]]})"})
            QVERIFY2(!load(broken), broken);
        QVERIFY(!Truth::load(path + ".none"));
    }
};

QTEST_GUILESS_MAIN(TestEvaluation)
#include "test_evaluation.moc"
