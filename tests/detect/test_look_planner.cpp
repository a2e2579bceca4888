// Where LookPlanner looks, on drawn pictures and without a detector's work.
#include "libfacetrack/detect/look_planner.h"
#include "libfacetrack/detect/open_places.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

constexpr Size FrameSize{1088, 720};

/// A grey picture with sensor noise, and a lighter square where asked for.
FramePtr picture(int index, std::optional<Box> square = {}, int light = 120,
                 std::chrono::nanoseconds at = std::chrono::nanoseconds(-1))
{
    FrameBuilder builder(PixelFormat::Grey, FrameSize);
    const MutablePlane y = builder.plane(0);
    std::uint32_t random = 12345U + static_cast<std::uint32_t>(index) * 977U;
    for (int row = 0; row < y.height; ++row) {
        for (int column = 0; column < y.width; ++column) {
            random = random * 1664525U + 1013904223U;
            const float fx = float(column) / float(y.width);
            const float fy = float(row) / float(y.height);
            const bool in = square && fx >= square->x && fx < square->x + square->w
                            && fy >= square->y && fy < square->y + square->h;
            y.data[row * y.stride + column]
                = static_cast<std::uint8_t>(light + (in ? 60 : 0) + int(random >> 29));
        }
    }
    builder.captured(at.count() < 0 ? index * 33ms : at, UtcTime(0));
    return builder.build();
}

bool covers(const Look &look, float x, float y, float width)
{
    return x >= look.middles.x && x <= look.middles.x + look.middles.w && y >= look.middles.y
           && y <= look.middles.y + look.middles.h && width >= look.least
           && (look.most <= 0 || width < look.most);
}

bool covered(const std::vector<Look> &looks, float x, float y, float width)
{
    return std::any_of(looks.begin(), looks.end(),
                       [&](const Look &look) { return covers(look, x, y, width); });
}

class Stage
{
public:
    std::vector<Look> show(const FramePtr &frame, const std::vector<ExpectedFace> &expected = {})
    {
        const auto plan = planner.plan(*frame, tuning, *detector, expected);
        whole += plan.report.wholeLooks;
        last = plan.report;
        return plan.looks;
    }

    LookPlanner planner;
    DetectTuning tuning;
    std::unique_ptr<Detector> detector = makeDetector("haar").value();
    double whole = 0;
    LookReport last;
};

} // namespace

class TestLookPlanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstFrameGetsAWholeLookWithoutOverlap()
    {
        Stage stage;
        const auto looks = stage.show(picture(0));
        QCOMPARE(stage.whole, 1.0);
        for (const float width : {30.F, 33.F, 60.F, 100.F, 333.F, 700.F})
            for (float x = 0.013F; x < 1; x += 0.051F)
                for (float y = 0.017F; y < 1; y += 0.057F)
                    QCOMPARE(std::count_if(looks.begin(), looks.end(),
                                           [&](const Look &l) { return covers(l, x, y, width); }),
                             std::ptrdiff_t(1));
    }

    void aStillSceneIsLookedAtSeldomAndEvenly()
    {
        // A minute in which nothing moves: noise, and light that drifts.
        Stage stage;
        stage.tuning.maxDelay = 1000;
        stage.show(picture(0));
        double most = 0;
        for (int i = 1; i < 360; ++i) { // at 6 frames a second
            stage.show(picture(i, {}, 120 + int(12 * std::sin(i / 40.0)), i * 166ms));
            most = std::max(most, stage.last.wholeLooks);
        }
        QVERIFY2(stage.whole < 1 + 60 / 3.0, qPrintable(QString::number(stage.whole)));
        QVERIFY2(stage.whole > 1 + 60 / 5.0, qPrintable(QString::number(stage.whole)));
        QVERIFY2(most < 0.1, qPrintable(QString::number(most)));
    }

    void somethingNewIsLookedAtSoonInAllItsSizes()
    {
        Stage stage;
        int i = 0;
        for (; i < 60; ++i)
            stage.show(picture(i));
        const double before = stage.whole;
        const Box newcomer{0.4F, 0.3F, 0.06F, 0.09F};
        std::vector<float> missing{40, 50, 60, 70, 80};
        for (int frames = 0; frames < 8; ++frames) { // half of max_delay
            const auto looks = stage.show(picture(i++, newcomer));
            std::erase_if(missing,
                          [&](float width) { return covered(looks, 0.43F, 0.345F, width); });
        }
        QVERIFY(missing.empty());
        QVERIFY2(stage.whole - before < 0.5, "only there");
    }

    void whateverChangesIsLookedAtWithinTheDelay()
    {
        // Everything changes all the time: the work is the most, and still spread.
        Stage stage;
        stage.tuning.maxDelay = 600;
        stage.show(picture(0));
        std::vector<std::vector<Look>> window;
        for (int i = 1; i < 40; ++i) {
            window.push_back(stage.show(picture(i, Box{float(i % 3) / 3, 0, 0.334F, 1})));
            QVERIFY2(stage.last.wholeLooks < 0.4, qPrintable(QString::number(stage.last.wholeLooks)));
        }
        for (const float width : {31.F, 55.F, 120.F})
            for (float x = 0.05F; x < 1; x += 0.1F) {
                int gap = 0;
                for (const auto &looks : window) {
                    gap = covered(looks, x, 0.5F, width) ? 0 : gap + 1;
                    QVERIFY(gap * 33 <= stage.tuning.maxDelay);
                }
            }
    }

    void anExpectedFaceIsLookedForInEveryFrameAndWiderWhileItIsLost()
    {
        Stage stage;
        stage.show(picture(0));
        const ExpectedFace face{7, {0.5F, 0.5F, 0.05F, 0.075F}};
        const std::uint32_t threads[] = {7};
        stage.planner.found(threads);
        float radius = 0;
        for (int i = 1; i < 5; ++i) {
            const auto looks = stage.show(picture(i), {face});
            QCOMPARE(stage.last.regions, 1U);
            QVERIFY(covers(looks.front(), 0.525F, 0.5375F, 0.05F * 1088));
            QVERIFY(looks.front().middles.w > radius);
            radius = looks.front().middles.w;
        }
        stage.planner.found(threads);
        QVERIFY(stage.show(picture(5), {face}).front().middles.w < radius);
    }

    void eachLostFaceIsLookedForAsWideAsItIsLost()
    {
        // Two faces of whom nobody knows who they are: one is found all the time, one is not.
        Stage stage;
        stage.show(picture(0));
        const std::vector<ExpectedFace> faces{{7, {0.2F, 0.5F, 0.05F, 0.075F}},
                                              {8, {0.7F, 0.5F, 0.05F, 0.075F}}};
        const std::uint32_t found[] = {7};
        std::vector<Look> looks;
        for (int i = 1; i < 5; ++i) {
            looks = stage.show(picture(i), faces);
            stage.planner.found(found);
        }
        QCOMPARE(stage.last.regions, 2U);
        QVERIFY(looks[0].middles.w < 0.7F * looks[1].middles.w);
        QVERIFY(looks[0].most < looks[1].most);
    }

    void aSuspicionGetsOneCloserLookUnlessItIsAKnownFace()
    {
        Stage stage;
        stage.show(picture(0)); // everything
        const ExpectedFace known{7, {0.2F, 0.5F, 0.05F, 0.075F}};
        const Box hints[] = {{0.21F, 0.5F, 0.05F, 0.075F}, {0.7F, 0.5F, 0.05F, 0.075F}};
        stage.planner.suspected(hints);
        const std::vector<Look> looks = stage.show(picture(1), {known});
        QVERIFY(covered(looks, 0.725F, 0.5375F, 0.05F * 1088));
        QVERIFY2(!looks.at(0).doubted && looks.at(1).doubted, "only the suspicion is doubted");
        QCOMPARE(stage.last.regions, 2U);
        while (stage.show(picture(2), {known}), stage.last.wholeLooks > 0) {
        }
        stage.planner.suspected(hints);
        stage.show(picture(3), {known});
        QVERIFY2(stage.last.regions == 1, "a closer look brings no closer look");
    }

    void noLookGoesIntoAMask()
    {
        Stage stage;
        const auto all = stage.show(picture(0));
        Stage masked;
        masked.tuning.masks = {Shape{"poster", {{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}, {}}};
        const auto looks = masked.show(picture(0));
        const auto work = [&](const std::vector<Look> &some) {
            double sum = 0;
            for (const Look &look : some)
                sum += stage.detector->effort(look, FrameSize, stage.tuning);
            return sum;
        };
        QVERIFY2(work(looks) < 0.6 * work(all), qPrintable(QString::number(work(looks) / work(all))));
        QVERIFY(!covered(looks, 0.2F, 0.5F, 35));
        QVERIFY(covered(looks, 0.7F, 0.5F, 35));
        const ExpectedFace hidden{3, {0.1F, 0.5F, 0.05F, 0.075F}};
        masked.show(picture(1), {hidden});
        QCOMPARE(masked.last.regions, 0U);
    }

    void aWholeLookAroundAMaskSeesEveryOtherPlaceOnce()
    {
        DetectTuning tuning;
        tuning.region = {0, 0, 1, 0.8F};
        tuning.masks = {Shape{"screen", {{0.25F, 0.2F}, {0.75F, 0.2F}, {0.75F, 0.6F}, {0.25F, 0.6F}}, {}}};
        const std::vector<Look> looks = openLooks(tuning);
        const auto times = [&](float x, float y) {
            return std::count_if(looks.begin(), looks.end(),
                                 [&](const Look &look) { return covers(look, x, y, 50); });
        };
        for (float x = 0.013F; x < 1; x += 0.051F)
            for (float y = 0.017F; y < 0.8F; y += 0.057F)
                QCOMPARE(times(x, y), x > 0.25F && x < 0.75F && y > 0.2F && y < 0.6F ? 0 : 1);
        QCOMPARE(times(0.1F, 0.9F), 0);
        tuning.masks[0].points = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
        QVERIFY(openLooks(tuning).empty());
    }

    void aChangedSettingGetsAWholeLook()
    {
        Stage stage;
        stage.show(picture(0));
        stage.show(picture(1));
        stage.tuning.minNeighbors = 5;
        stage.show(picture(2));
        QCOMPARE(stage.last.wholeLooks, 1.0);
        stage.tuning.maxDelay = 900;
        stage.show(picture(3));
        QVERIFY2(stage.last.wholeLooks < 0.5, "the delay only changes the turns");
    }
};

QTEST_GUILESS_MAIN(TestLookPlanner)
#include "test_look_planner.moc"
