// Visits on the synthetic booth, with detections made from its truth and spoilt as the cascade
// spoils them: quick, and the same in every run. bench_visits measures the real detector.
#include "libfacetrack/track/tracker.h"
#include "libfacetrack/track/visit_book.h"
#include "tests/track/visit_judge.h"

#include <QTest>
#include <random>

using namespace facetrack;

namespace {

constexpr double Fps = 30;

/// What the cascade does to faces, measured with the adaptive schedule on the booth.
class SpoiltEye
{
public:
    explicit SpoiltEye(unsigned seed) : m_random(seed) {}

    std::vector<Detection> look(const std::vector<BoothTruth> &faces)
    {
        std::vector<Detection> found;
        for (const BoothTruth &face : faces) {
            // Half hidden faces are missed more often, and misses come in rows.
            double &trouble = m_trouble[face.person];
            trouble = 0.9 * trouble + 0.1 * m_normal(m_random);
            const double missed = face.visible < 0.85F ? 0.25 : 0.03;
            if (m_uniform(m_random) < missed + (trouble > 0.35 ? 0.5 : 0))
                continue;
            const auto about = [&](float value, float size) {
                return value + 0.03F * size * float(m_normal(m_random));
            };
            const float grown = float(1 + 0.04 * m_normal(m_random));
            const Box box{about(face.x, face.w), about(face.y, face.h), face.w * grown,
                          face.h * grown};
            found.push_back({box, 1});
            if (m_uniform(m_random) < 0.03) // the cascade sees some faces twice
                found.push_back({{box.x + 0.15F * box.w, box.y + 0.3F * box.h, 0.65F * box.w,
                                  0.65F * box.h}, 1});
        }
        if (m_uniform(m_random) < 0.1) { // and some where there are none
            const float w = 0.03F + 0.05F * float(m_uniform(m_random));
            found.push_back({{float(m_uniform(m_random)) * 0.9F, float(m_uniform(m_random)) * 0.9F,
                              w, w * 1.5F}, 1});
        }
        return found;
    }

private:
    std::mt19937 m_random;
    std::normal_distribution<> m_normal;
    std::uniform_real_distribution<> m_uniform;
    std::map<std::uint32_t, double> m_trouble;
};

VisitFigures watchBooth(unsigned seed, int people, bool spoilt)
{
    const BoothScene scene({.seed = seed, .people = people, .fps = Fps});
    const TrackTuning tuning;
    Tracker tracker(tuning);
    VisitBook book;
    VisitJudge judge(tuning.patienceSeconds, tuning.minSeconds, 1 / Fps);
    SpoiltEye eye(seed);
    for (std::uint64_t i = 0; i < 10 * 60 * 30; ++i) {
        const std::vector<BoothTruth> truth = scene.truth(i);
        const double now = static_cast<double>(i) / Fps;
        judge.truth(now, truth);
        std::vector<Detection> found;
        for (const BoothTruth &face : truth)
            found.push_back({{face.x, face.y, face.w, face.h}, 1});
        if (spoilt)
            found = eye.look(truth);
        const MonotonicTime at(std::llround(now * 1e9));
        const auto faces = tracker.update(found, at);
        judge.looked(faces);
        FrameBuilder frame(PixelFormat::Grey, {136, 90});
        frame.captured(at, UtcTime(0));
        book.note(*frame.build(), faces, tracker, tuning);
        for (const Visit &visit : book.take())
            judge.over(visit);
    }
    book.close();
    for (const Visit &visit : book.take())
        judge.over(visit);
    const VisitFigures figures = judge.figures();
    qInfo("seed %u, %d people%s: %zu visits of %zu (%+.1f %%), %zu false, %zu switches (%.1f %%), "
          "%zu swaps, median dwell %.2f s of %.2f (%+.1f %%)",
          seed, people, spoilt ? ", spoilt" : "", figures.visits, figures.trueVisits,
          100 * figures.countError(), figures.falseVisits, figures.switches,
          100 * figures.switchRate(), figures.swaps, figures.dwell, figures.trueDwell,
          100 * figures.dwellError());
    return figures;
}

} // namespace

class TestBoothVisits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tenMinutesOfTheBooth_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::addColumn<int>("people");
        QTest::addColumn<bool>("spoilt");
        for (const bool spoilt : {false, true})
            for (const auto &[seed, people] : {std::pair(1U, 6), {2U, 7}, {3U, 8}})
                QTest::addRow("seed %u, %d people%s", seed, people, spoilt ? ", spoilt" : "")
                    << seed << people << spoilt;
    }

    void tenMinutesOfTheBooth()
    {
        QFETCH(unsigned, seed);
        QFETCH(int, people);
        QFETCH(bool, spoilt);
        const VisitFigures figures = watchBooth(seed, people, spoilt);
        QVERIFY(std::abs(figures.countError()) < 0.10);
    }
};

QTEST_GUILESS_MAIN(TestBoothVisits)
#include "test_booth_visits.moc"
