// What the adaptive schedule promises against a whole look at every frame, on the drawn booth and
// counted in pixels and faces, so that it is the same on every machine; bench_detect has the times.
#include "libfacetrack/capture/booth_scene.h"
#include "libfacetrack/pipeline/cpu_budget.h"
#include "libfacetrack/pipeline/face_finder.h"
#include "tests/detect/yunet_model.h"

#include <QTest>
#include <ctime>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

constexpr Size FrameSize{1088, 720};
constexpr double Fps = 30;

class Booth
{
public:
    Booth(std::uint64_t seed, int people)
        : m_scene(BoothOptions{.seed = seed, .people = people, .width = FrameSize.width,
                               .height = FrameSize.height, .fps = Fps})
    {
    }

    FramePtr frame(std::uint64_t index)
    {
        FrameBuilder builder(PixelFormat::I420, FrameSize);
        const MutablePlane y = builder.plane(0);
        const MutablePlane u = builder.plane(1);
        const MutablePlane v = builder.plane(2);
        m_scene.render(index, y.data, y.stride, u.data, u.stride, v.data, v.stride);
        builder.sequence(index).captured(
            std::chrono::nanoseconds(static_cast<std::int64_t>(double(index) * 1e9 / Fps)),
            UtcTime(0));
        return builder.build();
    }
    std::vector<BoothTruth> truth(std::uint64_t index) const { return m_scene.truth(index); }

private:
    BoothScene m_scene;
};

Tuning adaptive(int maxDelay)
{
    Tuning tuning;
    tuning.detect.maxDelay = maxDelay;
    return tuning;
}

template<typename Faces>
bool found(const BoothTruth &person, const Faces &faces)
{
    const Box box{person.x, person.y, person.w, person.h};
    return std::any_of(faces.begin(), faces.end(),
                       [&](const auto &face) { return overlap(face.box, box) >= 0.3F; });
}

/// Pixels that one look at the whole of a frame reads.
std::uint64_t wholeLookPixels(Detector &detector, const Frame &frame,
                              const DetectTuning &tuning = {})
{
    const Look everywhere[] = {Look{}};
    return detector.look(frame, tuning, everywhere)->pixels;
}

/// How many faces the adaptive schedule and whole looks find, and with which share of the work.
struct Tally
{
    int faces = 0;
    int byWhole = 0;
    int byParts = 0;
    double work = 0;
};

Tally watch(std::uint64_t seed, int people, std::uint64_t begin, std::uint64_t frames)
{
    Booth booth(seed, people);
    FaceFinder finder;
    auto detector = makeDetector("haar").value();
    Tally tally;
    std::uint64_t pixels = 0;
    for (std::uint64_t i = begin; i < begin + frames; ++i) {
        const FramePtr frame = booth.frame(i);
        const auto ours = finder.look(*frame, adaptive(1000));
        pixels += finder.looked().pixels;
        if (i % 6 != 0)
            continue; // the whole look only now and then: it is what takes the time
        const auto theirs = detector->detect(*frame, DetectTuning{});
        for (const BoothTruth &person : booth.truth(i)) {
            ++tally.faces;
            tally.byWhole += found(person, *theirs);
            tally.byParts += found(person, *ours);
        }
    }
    tally.work = double(pixels) / double(frames)
                 / double(wholeLookPixels(*detector, *booth.frame(begin)));
    return tally;
}

} // namespace

class TestAdaptive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereNothingMovesAMinuteTakesLessThanATwentiethOfTheWork()
    {
        Booth booth(1, 0); // noise and drifting light are in it
        FaceFinder finder;
        auto detector = makeDetector("haar").value();
        const std::uint64_t whole = wholeLookPixels(*detector, *booth.frame(0));
        std::uint64_t pixels = 0;
        int frames = 0;
        for (std::uint64_t i = 0; i < 60 * 30; i += 15, ++frames) { // two frames a second of it
            QVERIFY(finder.look(*booth.frame(i), adaptive(1000)).has_value());
            pixels += finder.looked().pixels;
        }
        // At 30 frames a second the same work is spread over 15 times as many.
        const double ratio = double(pixels) / 15 / frames / double(whole);
        QVERIFY2(ratio < 1.0 / 20, qPrintable(QString::number(ratio)));
    }

    void eightPeopleTakeAThirdOfTheWorkAndAreFoundAsOften()
    {
        Tally all;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const Tally one = watch(seed, 8, 300, 120);
            QVERIFY2(one.work < 1.0 / 3, qPrintable(QString::number(one.work)));
            all.faces += one.faces;
            all.byWhole += one.byWhole;
            all.byParts += one.byParts;
        }
        const QString result = QStringLiteral("%1 of %2 faces, by whole looks %3")
                                   .arg(all.byParts).arg(all.faces).arg(all.byWhole);
        qInfo("%s", qPrintable(result));
        QVERIFY2(all.faces > 250, qPrintable(result));
        QVERIFY2(all.byWhole - all.byParts <= 0.02 * all.faces, qPrintable(result));
    }

    void aMaskSavesTheWorkWithEveryFrameLookedAtToo_data()
    {
        QTest::addColumn<QByteArray>("detector");
        QTest::addColumn<float>("from"); // what is not masked
        QTest::addColumn<float>("to");
        QTest::addColumn<double>("most"); // of the work without the mask
        QTest::newRow("haar") << QByteArray("haar") << 0.33F << 0.66F << 0.45;
        QTest::newRow("yunet") << QByteArray("yunet") << 0.75F << 1.F << 0.8;
    }

    void aMaskSavesTheWorkWithEveryFrameLookedAtToo()
    {
        QFETCH(QByteArray, detector);
        QFETCH(float, from);
        QFETCH(float, to);
        QFETCH(double, most);
        if (detector == "yunet" && !useTestModels())
            QSKIP(NoTestModels);
        Tuning open;
        open.detect.detector = detector.toStdString();
        open.detect.schedule = "every_frame";
        Tuning masked = open;
        masked.detect.masks = {Shape{"left", {{0, 0}, {from, 0}, {from, 1}, {0, 1}}, {}},
                               Shape{"right", {{to, 0}, {1, 0}, {1, 1}, {to, 1}}, {}}};
        Tuning closed = open;
        closed.detect.masks = {Shape{"all", {{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}};
        Booth booth(2, 8);
        FaceFinder finder;
        auto bare = makeDetector(open.detect.detector).value();
        int faces = 0;
        int same = 0;
        for (const std::uint64_t i : {240U, 280U, 320U, 360U, 400U, 440U}) {
            const FramePtr frame = booth.frame(i);
            const std::uint64_t whole = wholeLookPixels(*bare, *frame, open.detect);
            const auto found = finder.look(*frame, masked);
            QVERIFY2(double(finder.looked().pixels) < most * double(whole),
                     qPrintable(QString::number(double(finder.looked().pixels) / double(whole))));
            QVERIFY(finder.looked().wholeLooks < most);
            auto wanted = bare->detect(*frame, open.detect).value();
            std::erase_if(wanted, [&](const Detection &face) {
                const float middle = face.box.x + face.box.w / 2;
                return middle < from || middle > to;
            });
            for (const Detection &face : wanted)
                same += std::any_of(found->begin(), found->end(), [&](const Track &ours) {
                    return overlap(ours.box, face.box) > 0.6F;
                });
            faces += static_cast<int>(std::max(wanted.size(), found->size()));
            QVERIFY(finder.look(*frame, closed)->empty());
            QCOMPARE(finder.looked().pixels, std::uint64_t(0));
        }
        // The network sees other pixels of a face when it sees another part of the picture.
        const QString figures = QStringLiteral("%1 of %2 faces").arg(same).arg(faces);
        QVERIFY2(faces >= 5 && same >= (detector == "haar" ? 1.0 : 0.75) * faces,
                 qPrintable(figures));
    }

    void theWorkThatIsCountedIsTheCpuThatIsSpent()
    {
        // Nothing else goes on in this process; how busy the machine is does not matter.
        const auto spent = [] {
            timespec time = {};
            ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
            return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
        };
        Booth booth(3, 8);
        std::vector<FramePtr> frames;
        for (std::uint64_t i = 300; i < 330; ++i)
            frames.push_back(booth.frame(i));
        for (const char *schedule : {"adaptive", "every_frame"}) {
            Tuning tuning = adaptive(500);
            tuning.detect.schedule = schedule;
            FaceFinder finder;
            finder.look(*frames[0], tuning).value();
            const double before = spent();
            double counted = 0;
            for (const FramePtr &frame : frames) {
                finder.look(*frame, tuning).value();
                counted += finder.cpuSeconds();
            }
            const double real = spent() - before;
            const QString figures = QStringLiteral("%1: counted %2 of %3 s")
                                        .arg(QString::fromLatin1(schedule)).arg(counted).arg(real);
            qInfo("%s", qPrintable(figures));
            QVERIFY2(counted > 0.9 * real, qPrintable(figures));
            QVERIFY2(counted < 1.5 * real, qPrintable(figures));
        }
    }

    void picturesThatHaveNothingToDoWithEachOtherGetAWholeLookEach()
    {
        Booth booth(1, 4);
        FaceFinder finder;
        auto detector = makeDetector("haar").value();
        for (const std::uint64_t i : {300U, 301U}) {
            const FramePtr picture
                = FrameBuilder::copyOf(*booth.frame(i)).file("a.jpg").build();
            const auto faces = finder.look(*picture, adaptive(500));
            QCOMPARE(finder.looked().wholeLooks, 1.0);
            QCOMPARE(finder.looked().regions, 0U);
            QCOMPARE(faces->size(), detector->detect(*picture, DetectTuning{})->size());
        }
    }

    void theBudgetIsWaitedForAndNotSavedUp()
    {
        CpuBudget budget(4);
        budget.allow(25); // one core's worth
        QCOMPARE(budget.waitAt(10s), 0ns);
        budget.spend(1.5); // a second's worth was there
        const auto wait = budget.waitAt(10s);
        QVERIFY2(wait > 490ms && wait < 510ms, qPrintable(QString::number(wait.count())));
        QCOMPARE(budget.waitAt(10s + 510ms), 0ns);
        QCOMPARE(budget.waitAt(100s), 0ns);
        budget.spend(2);
        QVERIFY2(budget.waitAt(100s) > 900ms, "90 idle seconds give no more than one");
    }
};

QTEST_GUILESS_MAIN(TestAdaptive)
#include "test_adaptive.moc"
