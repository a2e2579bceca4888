#include "libfacetrack/track/visit_book.h"

#include <QRandomGenerator>
#include <QTest>
#include <algorithm>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

constexpr UtcTime Start{1'700'000'000'000};

TrackTuning tuningWith(std::vector<Shape> zones, std::vector<Shape> lines = {})
{
    TrackTuning tuning;
    tuning.minHits = 3;
    tuning.minSeconds = 0.2;
    tuning.patienceSeconds = 1;
    tuning.zones = std::move(zones);
    tuning.lines = std::move(lines);
    return tuning;
}

const Shape LeftHalf{"left", {{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}, {}};
const Shape RightHalf{"right", {{0.5F, 0}, {1, 0}, {1, 1}, {0.5F, 1}}, {}};
const Shape Door{"door", {{0.5F, 1}, {0.5F, 0}}, {"in", "out"}}; // in: to the right

/// Frames of 160x120, looked at by a tracker and taken down by a book.
class Stage
{
public:
    explicit Stage(TrackTuning with) : tuning(std::move(with)) {}

    /// Middles of faces as large as a tenth of the frame.
    void see(std::chrono::milliseconds at, const std::vector<Point> &middles, float size = 0.1F)
    {
        std::vector<Detection> faces;
        for (const Point &p : middles)
            faces.push_back({{p.x - size / 2, p.y - size / 2, size, size}, 1});
        FrameBuilder frame(PixelFormat::Grey, {160, 120});
        frame.captured(at, Start + at);
        tracker.tune(tuning);
        book.note(*frame.build(), tracker.update(faces, at), tracker, tuning);
        for (Visit &row : book.take())
            rows.push_back(std::move(row));
        now = at;
    }
    /// One face on its way from `from` to `to`, seen every 40 ms.
    void walk(Point from, Point to, std::chrono::milliseconds during)
    {
        const auto begun = now;
        for (auto t = 40ms; t <= during; t += 40ms) {
            const float share = float(t.count()) / float(during.count());
            see(begun + t, {{from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)}});
        }
    }
    void nobody(std::chrono::milliseconds during)
    {
        const auto begun = now;
        for (auto t = 40ms; t <= during; t += 40ms)
            see(begun + t, {});
    }
    void close()
    {
        book.close();
        for (Visit &row : book.take())
            rows.push_back(std::move(row));
    }

    TrackTuning tuning;
    Tracker tracker;
    VisitBook book;
    std::vector<Visit> rows;
    std::chrono::milliseconds now{0};
};

} // namespace

class TestVisitBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aVisitGoesFromTheFirstSightingToTheLast()
    {
        Stage stage(tuningWith({}));
        stage.nobody(400ms);
        stage.walk({0.3F, 0.5F}, {0.3F, 0.5F}, 4000ms);
        stage.nobody(800ms);
        QVERIFY2(stage.rows.empty(), "it may come back yet");
        QCOMPARE(stage.book.presence().visitors, 1U);
        stage.nobody(400ms);
        QCOMPARE(stage.rows.size(), std::size_t(1));
        QCOMPARE(stage.book.presence().visitors, 0U);
        const Visit &visit = stage.rows[0];
        QCOMPARE(visit.start, Start + 440ms); // not when it became somebody
        QCOMPARE(visit.duration, 3960ms);
        QCOMPARE(visit.dwell, 3960ms);
        QCOMPARE(visit.observations, 100U);
        QCOMPARE(visit.track, 1U);
        QCOMPARE(visit.sequence, std::uint64_t(0));
        QVERIFY(visit.zone.empty() && visit.crossings.empty() && visit.complete);
        QVERIFY(std::abs(visit.size - 0.1F) < 0.001F);
        QCOMPARE(stage.book.begun(), std::uint64_t(1));
    }

    void whoIsLostForPatienceAndBackInPlaceIsOneVisit()
    {
        Stage stage(tuningWith({}));
        stage.walk({0.3F, 0.5F}, {0.3F, 0.5F}, 2000ms);
        stage.nobody(880ms);
        stage.walk({0.3F, 0.5F}, {0.3F, 0.5F}, 2000ms);
        stage.nobody(2000ms);
        QCOMPARE(stage.rows.size(), std::size_t(1));
        QCOMPARE(stage.rows[0].duration, 4840ms);
        QCOMPARE(stage.rows[0].observations, 100U);
    }

    void flickerLeavesNoTrace()
    {
        Stage stage(tuningWith({LeftHalf}));
        for (int i = 0; i < 10; ++i) {
            stage.walk({0.3F, 0.5F}, {0.3F, 0.5F}, 80ms);
            stage.nobody(1500ms);
        }
        stage.close();
        QVERIFY(stage.rows.empty());
        QCOMPARE(stage.book.begun(), std::uint64_t(0));
    }

    void stoppingEndsVisitsInProgress()
    {
        Stage stage(tuningWith({LeftHalf}));
        stage.walk({0.3F, 0.5F}, {0.3F, 0.5F}, 2000ms);
        QVERIFY(stage.rows.empty());
        stage.close();
        QCOMPARE(stage.rows.size(), std::size_t(2));
        QVERIFY(!stage.rows[0].complete && !stage.rows[1].complete);
        QCOMPARE(stage.rows[1].sequence, std::uint64_t(1));
        stage.close();
        QCOMPARE(stage.rows.size(), std::size_t(2)); // each once
    }

    void timeIsMeasuredInZones()
    {
        Stage stage(tuningWith({LeftHalf, RightHalf}));
        stage.walk({0.2F, 0.5F}, {0.2F, 0.5F}, 3000ms);
        stage.walk({0.2F, 0.5F}, {0.8F, 0.5F}, 2000ms);
        stage.walk({0.8F, 0.5F}, {0.8F, 0.5F}, 1000ms);
        QCOMPARE(stage.book.presence().zones.at("right"), 1U);
        QCOMPARE(stage.book.presence().zones.at("left"), 0U);
        stage.nobody(2000ms);
        QCOMPARE(stage.rows.size(), std::size_t(3));
        QVERIFY(stage.rows[0].zone.empty());
        const Visit &left = stage.rows[1];
        const Visit &right = stage.rows[2];
        QCOMPARE(left.zone, std::string("left"));
        QCOMPARE(left.track, stage.rows[0].track);
        QVERIFY(std::abs((left.dwell - 3960ms).count()) <= 40);
        QVERIFY(std::abs((right.dwell - 2000ms).count()) <= 40);
        QCOMPARE(left.start, stage.rows[0].start);
        QVERIFY(right.start > left.start + left.duration);
        QVERIFY(left.dwell + right.dwell <= stage.rows[0].dwell);
        QCOMPARE(left.observations + right.observations, stage.rows[0].observations);
    }

    void comingBackToAZoneAddsToItsDwell()
    {
        Stage stage(tuningWith({LeftHalf}));
        stage.walk({0.3F, 0.5F}, {0.3F, 0.5F}, 1000ms);
        stage.walk({0.3F, 0.5F}, {0.7F, 0.5F}, 1000ms);
        stage.walk({0.7F, 0.5F}, {0.7F, 0.5F}, 3000ms);
        stage.walk({0.7F, 0.5F}, {0.3F, 0.5F}, 1000ms);
        stage.walk({0.3F, 0.5F}, {0.3F, 0.5F}, 1000ms);
        stage.close();
        QCOMPARE(stage.rows.size(), std::size_t(2));
        QVERIFY(std::abs((stage.rows[1].dwell - 2960ms).count()) <= 80);
        QCOMPARE(stage.rows[1].duration, 6960ms); // first sighting there to the last
    }

    void linesAreCrossedInTheirDirections()
    {
        Stage stage(tuningWith({}, {Door}));
        stage.walk({0.2F, 0.5F}, {0.8F, 0.5F}, 2000ms);
        stage.walk({0.8F, 0.5F}, {0.2F, 0.5F}, 2000ms);
        stage.close();
        QCOMPARE(stage.rows.size(), std::size_t(1));
        const auto &crossings = stage.rows[0].crossings;
        QCOMPARE(crossings.size(), std::size_t(2));
        QCOMPARE(crossings[0].line, std::string("door"));
        QCOMPARE(crossings[0].way, std::string("in"));
        QCOMPARE(crossings[1].way, std::string("out"));
        QVERIFY(crossings[0].at > 900ms && crossings[0].at < 1200ms);
    }

    void whoTremblesOnALineDoesNotCrossIt()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        Stage stage(tuningWith({}, {Door}));
        for (int i = 0; i < 200; ++i)
            stage.see(i * 40ms, {{0.5F + 0.01F * float(random.generateDouble() * 2 - 1), 0.5F}});
        stage.close();
        QVERIFY(stage.rows[0].crossings.empty());
    }

    void whoGoesRoundTheEndOfALineDoesNotCrossIt()
    {
        const Shape half{"half", {{0.5F, 1}, {0.5F, 0.5F}}, {"in", "out"}};
        Stage stage(tuningWith({}, {half}));
        stage.walk({0.3F, 0.8F}, {0.3F, 0.2F}, 2000ms);
        stage.walk({0.3F, 0.2F}, {0.7F, 0.2F}, 2000ms);
        stage.walk({0.7F, 0.2F}, {0.7F, 0.8F}, 2000ms);
        stage.close();
        QVERIFY(stage.rows[0].crossings.empty());
    }

    void aLineCrossedOutOfSightCounts()
    {
        Stage stage(tuningWith({}, {Door}));
        stage.walk({0.46F, 0.5F}, {0.46F, 0.5F}, 2000ms);
        stage.nobody(800ms);
        stage.walk({0.535F, 0.5F}, {0.535F, 0.5F}, 2000ms);
        stage.close();
        QCOMPARE(stage.rows.size(), std::size_t(1));
        QCOMPARE(stage.rows[0].crossings.size(), std::size_t(1));
    }

    void zonesAndLinesMayChangeWhileSomebodyIsThere()
    {
        Stage stage(tuningWith({LeftHalf}, {Door}));
        stage.walk({0.3F, 0.5F}, {0.3F, 0.5F}, 1000ms);
        stage.tuning.zones = {RightHalf};
        stage.tuning.lines.clear();
        stage.walk({0.3F, 0.5F}, {0.7F, 0.5F}, 1000ms);
        stage.tuning.lines = {Door};
        stage.walk({0.7F, 0.5F}, {0.7F, 0.5F}, 1000ms);
        stage.close();
        QCOMPARE(stage.rows.size(), std::size_t(3));
        QCOMPARE(stage.rows[1].zone, std::string("left"));
        QCOMPARE(stage.rows[2].zone, std::string("right"));
    }

    void crossingsOfOneVisitAreBounded()
    {
        Stage stage(tuningWith({}, {Door}));
        for (int i = 0; i < 50; ++i) {
            stage.walk({0.4F, 0.5F}, {0.6F, 0.5F}, 800ms);
            stage.walk({0.6F, 0.5F}, {0.4F, 0.5F}, 800ms);
        }
        stage.close();
        QCOMPARE(stage.rows.size(), std::size_t(1));
        QCOMPARE(stage.rows[0].crossings.size(), Visit::mostCrossings);
    }

    void whateverHappensRowsMakeSense()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        for (int round = 0; round < 20; ++round) {
            Stage stage(tuningWith({LeftHalf, RightHalf}, {Door}));
            std::vector<Point> people(3);
            std::chrono::milliseconds at(0);
            for (int i = 0; i < 400; ++i) {
                at += std::chrono::milliseconds(random.bounded(1, 200));
                std::vector<Point> seen;
                for (Point &p : people) {
                    p.x += float(random.generateDouble() - 0.5) * 0.05F + (p.x < 0.1F ? 0.1F : 0);
                    p.y = 0.5F;
                    if (random.bounded(100) == 0)
                        p = {float(random.generateDouble()), 0.5F};
                    if (random.bounded(4) > 0)
                        seen.push_back(p);
                }
                stage.see(at, seen, 0.05F + 0.1F * float(random.generateDouble()));
            }
            stage.close();
            std::uint64_t whole = 0;
            for (std::size_t i = 0; i < stage.rows.size(); ++i) {
                const Visit &row = stage.rows[i];
                QCOMPARE(row.sequence, std::uint64_t(i));
                QVERIFY(row.dwell >= 0ms && row.dwell <= row.duration);
                QVERIFY(row.start >= Start && row.start + row.duration <= Start + at);
                QVERIFY(row.observations > 0 && row.track > 0 && row.size > 0);
                whole += row.zone.empty() ? 1 : 0;
                for (const Crossing &crossing : row.crossings)
                    QVERIFY(crossing.at >= 0ms && crossing.at <= row.duration);
            }
            QCOMPARE(stage.book.begun(), whole);
        }
    }
};

QTEST_GUILESS_MAIN(TestVisitBook)
#include "test_visit_book.moc"
