// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/capture/booth_scene.h"

#include <QtTest/QtTest>

#include <cmath>
#include <map>
#include <set>
#include <vector>

#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

using facetrack::BoothOptions;
using facetrack::BoothPerson;
using facetrack::BoothScene;
using facetrack::BoothTruth;

namespace {

constexpr const char *kCascade =
    "/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml";

BoothOptions sized(int width, int height, int people = 4, std::uint64_t seed = 1)
{
    BoothOptions options;
    options.seed = seed;
    options.people = people;
    options.width = width;
    options.height = height;
    return options;
}

/// A frame whose planes have padding, so that drawing past a row's end shows.
struct Frame
{
    static constexpr int kPad = 5;
    static constexpr std::uint8_t kUntouched = 0xA7;

    explicit Frame(const BoothOptions &o)
        : width(o.width), height(o.height), halfWidth((o.width + 1) / 2),
          halfHeight((o.height + 1) / 2), y(plane(width, height)), u(plane(halfWidth, halfHeight)),
          v(plane(halfWidth, halfHeight))
    {
    }

    static std::vector<std::uint8_t> plane(int w, int h)
    {
        return std::vector<std::uint8_t>(
            static_cast<std::size_t>(w + kPad) * static_cast<std::size_t>(h), kUntouched);
    }

    void draw(BoothScene &scene, std::uint64_t index)
    {
        scene.render(index, y.data(), width + kPad, u.data(), halfWidth + kPad, v.data(),
                     halfWidth + kPad);
    }

    bool paddingUntouched() const
    {
        return untouched(y, width) && untouched(u, halfWidth) && untouched(v, halfWidth);
    }

    static bool untouched(const std::vector<std::uint8_t> &plane, int w)
    {
        const auto stride = static_cast<std::size_t>(w + kPad);
        for (std::size_t i = 0; i < plane.size(); ++i)
            if (i % stride >= static_cast<std::size_t>(w) && plane[i] != kUntouched)
                return false;
        return true;
    }

    bool operator==(const Frame &o) const { return y == o.y && u == o.u && v == o.v; }

    cv::Mat luma()
    {
        return {height, width, CV_8UC1, y.data(), static_cast<std::size_t>(width + kPad)};
    }

    int width, height, halfWidth, halfHeight;
    std::vector<std::uint8_t> y, u, v;
};

double overlap(const cv::Rect2f &a, const cv::Rect2f &b)
{
    const double common = static_cast<double>((a & b).area());
    return common / (static_cast<double>(a.area()) + static_cast<double>(b.area()) - common);
}

struct Score
{
    int found = 0;
    int missed = 0;
    int wrong = 0;
    double recall() const { return static_cast<double>(found) / std::max(1, found + missed); }
    double precision() const { return static_cast<double>(found) / std::max(1, found + wrong); }
};

void judge(Score &score, const std::vector<BoothTruth> &truth, std::vector<cv::Rect> boxes,
           const BoothOptions &o)
{
    for (const BoothTruth &t : truth) {
        const auto w = static_cast<float>(o.width);
        const auto h = static_cast<float>(o.height);
        const cv::Rect2f face(t.x * w, t.y * h, t.w * w, t.h * h);
        auto best = boxes.end();
        double most = 0.3;
        for (auto it = boxes.begin(); it != boxes.end(); ++it)
            if (const double iou = overlap(face, *it); iou >= most) {
                most = iou;
                best = it;
            }
        if (best == boxes.end()) {
            ++score.missed;
        } else {
            ++score.found;
            boxes.erase(best);
        }
    }
    score.wrong += static_cast<int>(boxes.size());
}

} // namespace

class TestBoothScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameOptionsGiveTheSameBytes();
    void framesDoNotDependOnTheirOrder();
    void anotherSeedIsAnotherScene();
    void noiseDiffersFromFrameToFrame();
    void everySizeIsDrawnInsideItsPlanes_data();
    void everySizeIsDrawnInsideItsPlanes();
    void truthLiesInThePicture_data();
    void truthLiesInThePicture();
    void anEmptySceneHasNoTruth();
    void aPersonComesOnceAndIdsAreNeverReused();
    void facesMoveWithoutJumps();
    void peopleKeepTheirDistance_data();
    void peopleKeepTheirDistance();
    void peopleHideEachOther_data();
    void peopleHideEachOther();
    void facesHaveManySizes();
    void memoryDoesNotGrow();
    void theStockCascadeFindsMostFacesAndLittleElse_data();
    void theStockCascadeFindsMostFacesAndLittleElse();
};

void TestBoothScene::sameOptionsGiveTheSameBytes()
{
    const BoothOptions options = sized(544, 360);
    BoothScene one(options);
    BoothScene two(options);
    Frame a(options);
    Frame b(options);
    for (const std::uint64_t index : {0U, 1U, 777U, 100000U}) {
        a.draw(one, index);
        b.draw(two, index);
        QVERIFY(a == b);
    }
}

void TestBoothScene::framesDoNotDependOnTheirOrder()
{
    const BoothOptions options = sized(544, 360);
    BoothScene forth(options);
    BoothScene back(options);
    const std::vector<std::uint64_t> indices{5, 400, 1500, 2600, 9000};
    std::map<std::uint64_t, Frame> frames;
    for (const std::uint64_t index : indices) {
        Frame &frame = frames.emplace(index, options).first->second;
        frame.draw(forth, index);
    }
    for (auto it = indices.rbegin(); it != indices.rend(); ++it) {
        Frame frame(options);
        frame.draw(back, *it);
        QVERIFY(frame == frames.at(*it));
    }
}

void TestBoothScene::anotherSeedIsAnotherScene()
{
    const BoothOptions options = sized(320, 240);
    BoothScene one(options);
    BoothScene two(sized(320, 240, 4, 2));
    Frame a(options);
    Frame b(options);
    a.draw(one, 60);
    b.draw(two, 60);
    QVERIFY(!(a == b));
}

void TestBoothScene::noiseDiffersFromFrameToFrame()
{
    const BoothOptions options = sized(320, 240, 0);
    BoothScene scene(options);
    Frame a(options);
    Frame b(options);
    a.draw(scene, 10);
    b.draw(scene, 11);
    cv::Mat difference;
    cv::absdiff(a.luma(), b.luma(), difference);
    const double mean = cv::mean(difference)[0];
    QVERIFY2(mean > 1 && mean < 8, qPrintable(QString::number(mean)));
}

void TestBoothScene::everySizeIsDrawnInsideItsPlanes_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("people");
    QTest::newRow("usual") << 1088 << 720 << 4;
    QTest::newRow("eight people") << 1088 << 720 << 8;
    QTest::newRow("full HD") << 1920 << 1080 << 4;
    QTest::newRow("small") << 320 << 240 << 4;
    QTest::newRow("odd") << 641 << 479 << 4;
    QTest::newRow("odd and upright") << 301 << 503 << 3;
    QTest::newRow("tiny") << 17 << 19 << 2;
    QTest::newRow("nobody") << 320 << 240 << 0;
}

void TestBoothScene::everySizeIsDrawnInsideItsPlanes()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, people);
    const BoothOptions options = sized(width, height, people);
    BoothScene scene(options);
    for (std::uint64_t index = 0; index < 3000; index += 300) {
        Frame frame(options);
        frame.draw(scene, index);
        QVERIFY(frame.paddingUntouched());
        const double mean = cv::mean(frame.luma())[0];
        QVERIFY2(mean > 50 && mean < 200, qPrintable(QString::number(mean)));
    }
}

void TestBoothScene::truthLiesInThePicture_data() { everySizeIsDrawnInsideItsPlanes_data(); }

void TestBoothScene::truthLiesInThePicture()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, people);
    const BoothScene scene(sized(width, height, people));
    for (std::uint64_t index = 0; index < 9000; index += 90) {
        const std::vector<BoothTruth> truth = scene.truth(index);
        QVERIFY(truth.size() <= static_cast<std::size_t>(people));
        std::set<std::uint32_t> persons;
        for (const BoothTruth &t : truth) {
            QVERIFY(t.x >= 0 && t.y >= 0 && t.w > 0 && t.h > 0);
            QVERIFY(t.x + t.w <= 1.0001F && t.y + t.h <= 1.0001F);
            QVERIFY(t.visible >= BoothScene::kVisibleShare && t.visible <= 1);
            QVERIFY(persons.insert(t.person).second);
        }
    }
}

void TestBoothScene::anEmptySceneHasNoTruth()
{
    const BoothScene scene(sized(1088, 720, 0));
    for (std::uint64_t index = 0; index < 900; index += 30)
        QVERIFY(scene.truth(index).empty());
}

void TestBoothScene::aPersonComesOnceAndIdsAreNeverReused()
{
    const BoothScene scene(sized(1088, 720));
    std::map<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>>
        stay; // first and last frame seen
    constexpr std::uint64_t kHour = 30 * 3600;
    for (std::uint64_t index = 0; index < kHour; index += 15)
        for (const BoothTruth &t : scene.truth(index)) {
            const auto [it, fresh] = stay.try_emplace(t.person, index, index);
            it->second.second = index;
        }
    // Four slots whose persons change every 30 seconds on average; a few are never seen well.
    QVERIFY2(stay.size() > 380 && stay.size() < 490, qPrintable(QString::number(stay.size())));
    for (const auto &[person, seen] : stay)
        QVERIFY(seen.second - seen.first < 30 * 45);
}

void TestBoothScene::facesMoveWithoutJumps()
{
    const BoothScene scene(sized(1088, 720, 8));
    std::map<std::uint32_t, std::pair<std::uint64_t, BoothTruth>> last;
    for (std::uint64_t index = 0; index < 4500; ++index)
        for (const BoothTruth &t : scene.truth(index)) {
            const auto it = last.find(t.person);
            const bool whole =
                t.x > 0 && t.y > 0 && t.x + t.w < 1; // boxes are cut at the picture's edge
            if (it != last.end() && it->second.first + 1 == index && whole) {
                const float dx =
                    std::fabs(t.x + t.w / 2 - it->second.second.x - it->second.second.w / 2) / t.w;
                QVERIFY2(dx < 0.3F, qPrintable(QStringLiteral("person %1, frame %2: %3")
                                                   .arg(t.person)
                                                   .arg(index)
                                                   .arg(static_cast<double>(dx))));
            }
            if (whole)
                last[t.person] = {index, t};
        }
}

void TestBoothScene::peopleKeepTheirDistance_data()
{
    QTest::addColumn<int>("people");
    QTest::addColumn<int>("seed");
    for (const int people : {4, 6, 8})
        for (int seed = 1; seed <= 3; ++seed)
            QTest::addRow("%d people, seed %d", people, seed) << people << seed;
}

void TestBoothScene::peopleKeepTheirDistance()
{
    QFETCH(int, people);
    QFETCH(int, seed);
    const BoothScene scene(sized(1088, 720, people, static_cast<std::uint64_t>(seed)));
    float least = 100;
    int moments = 0;
    int close = 0;
    for (std::uint64_t index = 0; index < 30 * 600; index += 5) {
        const std::vector<BoothPerson> all = scene.people(index);
        float apart = 100;
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t j = i + 1; j < all.size(); ++j)
                apart = std::min(apart, std::hypot(all[i].x - all[j].x, all[i].z - all[j].z));
        least = std::min(least, apart);
        ++moments;
        close += apart < 0.5F ? 1 : 0;
    }
    const double share = static_cast<double>(close) / moments;
    qInfo("closest %.2f m; two within half a metre of each other in %.2f %% of moments",
          static_cast<double>(least), 100 * share);
    QVERIFY(least > 0.2F);
    QVERIFY(share < 0.02);
}

void TestBoothScene::peopleHideEachOther_data()
{
    QTest::addColumn<int>("people");
    QTest::addColumn<int>("seed");
    for (const int people : {6, 8})
        for (int seed = 1; seed <= 3; ++seed)
            QTest::addRow("%d people, seed %d", people, seed) << people << seed;
}

/// Distance must not make the scene easy: faces turned to the camera are covered as often as in a
/// room full of people, and go in and out of cover all the time.
void TestBoothScene::peopleHideEachOther()
{
    QFETCH(int, people);
    QFETCH(int, seed);
    const BoothScene scene(sized(1088, 720, people, static_cast<std::uint64_t>(seed)));
    int faces = 0;
    int mostlyHidden = 0;
    int moments = 0;
    int withHidden = 0;
    int hidings = 0;
    std::map<std::uint32_t, bool> wasHidden;
    for (std::uint64_t index = 0; index < 30 * 600; index += 5) {
        int hidden = 0;
        for (const BoothPerson &p : scene.people(index)) {
            if (!p.inPicture || std::fabs(p.yaw) > BoothScene::kFrontalYaw)
                continue;
            ++faces;
            const bool isHidden = p.visible < 0.5F;
            hidden += isHidden ? 1 : 0;
            const auto [before, isNew] = wasHidden.try_emplace(p.person, isHidden);
            hidings += !before->second && isHidden ? 1 : 0;
            before->second = isHidden;
        }
        mostlyHidden += hidden;
        ++moments;
        withHidden += hidden > 0 ? 1 : 0;
    }
    const double share = static_cast<double>(mostlyHidden) / faces;
    const double often = static_cast<double>(withHidden) / moments;
    qInfo("%.1f %% of frontal faces are more than half hidden, some face is in %.1f %% of moments; "
          "%d times in ten minutes a face went into hiding",
          100 * share, 100 * often, hidings);
    QVERIFY(share > 0.15);
    QVERIFY(often > 0.5);
    QVERIFY(hidings > 200);
}

void TestBoothScene::facesHaveManySizes()
{
    const BoothOptions options = sized(1088, 720);
    const BoothScene scene(options);
    int small = 0;
    int middle = 0;
    int large = 0;
    for (std::uint64_t index = 0; index < 30 * 1800; index += 60)
        for (const BoothTruth &t : scene.truth(index)) {
            const float pixels = t.w * static_cast<float>(options.width);
            QVERIFY(pixels < 220);
            (pixels < 50 ? small : pixels < 100 ? middle : large) += 1;
        }
    QVERIFY(small > 200 && middle > 200 && large > 200);
}

void TestBoothScene::memoryDoesNotGrow()
{
    const BoothOptions options = sized(320, 240);
    BoothScene scene(options);
    Frame frame(options);
    frame.draw(scene, 0);
    const std::size_t bound = scene.cachedBytes() * 3 / 2; // people differ in their sprites
    for (std::uint64_t index = 0; index < 30 * 7200; index += 1800) {
        frame.draw(scene, index);
        QVERIFY(scene.cachedBytes() <= bound);
    }
}

void TestBoothScene::theStockCascadeFindsMostFacesAndLittleElse_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void TestBoothScene::theStockCascadeFindsMostFacesAndLittleElse()
{
    QFETCH(int, seed);
    cv::CascadeClassifier cascade;
    if (!cascade.load(kCascade))
        QSKIP("the stock cascade is not installed (package opencv-data)");
    const BoothOptions options = sized(1088, 720, 4, static_cast<std::uint64_t>(seed));
    BoothScene scene(options);
    Frame frame(options);
    Score score;
    constexpr std::uint64_t kFrames = 40;
    constexpr std::uint64_t kEvery = 181; // about six seconds: four minutes of scene
    for (std::uint64_t i = 0; i < kFrames; ++i) {
        frame.draw(scene, i * kEvery);
        std::vector<cv::Rect> boxes;
        cascade.detectMultiScale(frame.luma(), boxes, 1.1, 3, 0, {30, 30});
        judge(score, scene.truth(i * kEvery), boxes, options);
    }
    const QString text = QStringLiteral("recall %1, precision %2 (%3 found, %4 missed, %5 wrong)")
                             .arg(score.recall(), 0, 'f', 3)
                             .arg(score.precision(), 0, 'f', 3)
                             .arg(score.found)
                             .arg(score.missed)
                             .arg(score.wrong);
    qInfo("%s", qPrintable(text));
    QVERIFY2(score.found + score.missed > 60, qPrintable(text));
    QVERIFY2(score.recall() >= 0.80 && score.recall() <= 0.98, qPrintable(text));
    QVERIFY2(score.precision() >= 0.90, qPrintable(text));
}

QTEST_GUILESS_MAIN(TestBoothScene)
#include "test_booth_scene.moc"
