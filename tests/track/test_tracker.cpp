#include "libfacetrack/track/tracker.h"

#include <QRandomGenerator>
#include <QTest>
#include <set>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

Detection at(float x, float y = 0.5F, float size = 0.1F)
{
    return {{x, y, size, size}, 1};
}

/// Somebody from the first look on.
TrackTuning atOnce(double patience = 3)
{
    TrackTuning tuning;
    tuning.minHits = 1;
    tuning.minSeconds = 0;
    tuning.patienceSeconds = patience;
    return tuning;
}

/// Looks at the same faces every 33 ms from `from` to `to`; the last answer.
std::vector<Track> watch(Tracker &tracker, const std::vector<Detection> &faces,
                         std::chrono::milliseconds from, std::chrono::milliseconds to)
{
    std::vector<Track> tracks;
    for (auto t = from; t <= to; t += 33ms)
        tracks = tracker.update(faces, t);
    return tracks;
}

} // namespace

class TestTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMovingFaceKeepsItsIdentity()
    {
        Tracker tracker(atOnce());
        for (int i = 0; i < 60; ++i) {
            const auto tracks = tracker.update({at(0.01F * float(i))}, i * 33ms);
            QCOMPARE(tracks.size(), std::size_t(1));
            QCOMPARE(tracks[0].id, 1U);
        }
        QCOMPARE(tracker.started(), 1U);
    }

    void aFaceIsSomebodyOnlyWhenFoundOftenAndLongEnough()
    {
        TrackTuning tuning;
        tuning.minHits = 3;
        tuning.minSeconds = 0.5;
        Tracker tracker(tuning);
        QCOMPARE(tracker.update({at(0.5F)}, 0ms)[0].id, 0U);
        QCOMPARE(tracker.update({at(0.5F)}, 250ms)[0].id, 0U);
        QCOMPARE(tracker.update({at(0.5F)}, 510ms)[0].id, 1U);
        Tracker quick(tuning);
        QCOMPARE(watch(quick, {at(0.5F)}, 0ms, 460ms)[0].id, 0U);
    }

    void flickerNeverGetsAnIdentity()
    {
        Tracker tracker;
        for (int i = 0; i < 300; ++i) {
            std::vector<Detection> faces;
            if (i % 30 < 2) // two looks in a row, once in a second
                faces.push_back(at(0.3F));
            tracker.update(faces, i * 33ms);
        }
        QCOMPARE(tracker.started(), 0U);
    }

    void theSecondBoxOnOneHeadIsNobody()
    {
        Tracker tracker(atOnce());
        watch(tracker, {at(0.5F)}, 0ms, 500ms);
        const auto tracks = tracker.update({at(0.515F, 0.52F, 0.065F), at(0.5F)}, 533ms);
        QCOMPARE(tracks[0].id, 0U);
        QCOMPARE(tracks[1].id, 1U);
        QCOMPARE(tracker.started(), 1U);
    }

    void twoFacesNeverShareAnIdentity()
    {
        Tracker tracker(atOnce());
        const auto first = tracker.update({at(0.2F), at(0.3F)}, 0ms);
        QVERIFY(first[0].id != first[1].id);
        const auto second = tracker.update({at(0.295F), at(0.2F)}, 33ms);
        QCOMPARE(second[0].id, first[1].id);
        QCOMPARE(second[1].id, first[0].id);
    }

    void whoeverWasLostAndComesBackInPlaceIsTheSame()
    {
        Tracker tracker(atOnce(3));
        const auto id = watch(tracker, {at(0.5F)}, 0ms, 1000ms)[0].id;
        watch(tracker, {}, 1033ms, 3500ms);
        QCOMPARE(watch(tracker, {at(0.503F)}, 3533ms, 4500ms)[0].id, id);
    }

    void aFaceLostForLongerThanPatienceIsSomeoneNew()
    {
        Tracker tracker(atOnce(1));
        const auto id = watch(tracker, {at(0.5F)}, 0ms, 1000ms)[0].id;
        watch(tracker, {}, 1033ms, 2200ms);
        QVERIFY(!tracker.knows(id));
        QVERIFY(watch(tracker, {at(0.5F)}, 2233ms, 3200ms)[0].id != id);
    }

    void aFaceThatComesBackElsewhereOrLargerIsSomeoneElse()
    {
        for (const Detection &other : {at(0.8F), at(0.45F, 0.45F, 0.2F)}) {
            Tracker tracker(atOnce());
            const auto id = watch(tracker, {at(0.5F)}, 0ms, 1000ms)[0].id;
            watch(tracker, {}, 1033ms, 2000ms);
            QVERIFY(watch(tracker, {other}, 2033ms, 3000ms)[0].id != id);
        }
    }

    void pathsThatCrossKeepTheirIdentities()
    {
        Tracker tracker(atOnce());
        std::uint32_t right = 0, left = 0;
        for (int i = 0; i <= 90; ++i) {
            const float way = 0.008F * float(i);
            // The nearer face is larger; while they are in one place only it is found.
            const Detection near = at(0.1F + way, 0.40F, 0.12F);
            const Detection far = at(0.8F - way, 0.45F, 0.10F);
            const bool hidden = std::abs(near.box.x + 0.01F - far.box.x) < 0.07F;
            const auto tracks = tracker.update(
                hidden ? std::vector{near} : std::vector{near, far}, i * 33ms);
            if (i == 10) {
                right = tracks[0].id;
                left = tracks[1].id;
            }
        }
        const auto last = tracker.update({at(0.82F, 0.40F, 0.12F), at(0.08F, 0.45F, 0.1F)}, 3003ms);
        QCOMPARE(last[0].id, right);
        QCOMPARE(last[1].id, left);
    }

    void whoPassesInFrontOfSomebodyDoesNotTakeTheirIdentity()
    {
        Tracker tracker(atOnce());
        const auto standing = watch(tracker, {at(0.5F)}, 0ms, 2000ms)[0].id;
        // A larger face appears on top of the standing one, walks on, and the other is seen again.
        std::vector<Track> tracks;
        for (int i = 0; i < 40; ++i) {
            std::vector<Detection> faces{at(0.47F + 0.01F * float(i), 0.48F, 0.13F)};
            if (i > 12)
                faces.push_back(at(0.5F));
            tracks = tracker.update(faces, 2033ms + i * 33ms);
        }
        QVERIFY(tracks[0].id != standing && tracks[0].id != 0);
        QCOMPARE(tracks[1].id, standing);
    }

    void looksAtAnyIntervalFollowAFace_data()
    {
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::newRow("60 a second") << 16 << 17;
        QTest::newRow("10 a second") << 100 << 101;
        QTest::newRow("2 a second") << 500 << 501;
        QTest::newRow("irregular") << 10 << 400;
    }

    void looksAtAnyIntervalFollowAFace()
    {
        QFETCH(int, least);
        QFETCH(int, most);
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        Tracker tracker(atOnce());
        for (int t = 0; t < 10'000; t += random.bounded(least, most + 1))
            tracker.update({at(0.1F + 0.00005F * float(t))}, std::chrono::milliseconds(t));
        QCOMPARE(tracker.started(), 1U);
    }

    void aFaceMissedNowAndThenKeepsItsIdentity()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        Tracker tracker(atOnce());
        for (int i = 0; i < 900; ++i) {
            std::vector<Detection> faces;
            const auto tremble = [&] { return 0.003F * float(random.generateDouble() * 2 - 1); };
            if (random.bounded(10) >= 3)
                faces.push_back(at(0.5F + tremble(), 0.5F + tremble(), 0.1F + tremble()));
            tracker.update(faces, i * 33ms);
        }
        QCOMPARE(tracker.started(), 1U);
    }

    void aFaceIsExpectedWhereItGoesUntilItsPatienceIsOver()
    {
        Tracker tracker(atOnce(2));
        for (int i = 0; i < 30; ++i)
            tracker.update({at(0.2F + 0.01F * float(i))}, i * 33ms);
        const auto soon = tracker.expected(29 * 33ms + 100ms);
        QCOMPARE(soon.size(), std::size_t(1));
        QCOMPARE(soon[0].thread, tracker.threads().at(0));
        QVERIFY(std::abs(soon[0].box.x - 0.52F) < 0.01F);
        QCOMPARE(tracker.expected(29 * 33ms + 1900ms).size(), std::size_t(1));
        QVERIFY(tracker.expected(29 * 33ms + 2100ms).empty());
    }

    void aHeadSeenNowLargerNowSmallerIsOnePerson()
    {
        Tracker tracker; // default settings: threads become somebody after a while
        for (int i = 0; i < 150; ++i) {
            const bool wholeLook = i % 5 == 4;
            tracker.update({wholeLook ? at(0.49F, 0.485F, 0.125F) : at(0.5F)}, i * 33ms);
        }
        QCOMPARE(tracker.started(), 1U);
    }

    /// As YuNet draws them: 27 pixels wide from close by, 39 in a whole look.
    void aHeadDrawnMuchLargerNowAndThenIsOnePerson()
    {
        Tracker tracker;
        for (int i = 0; i < 150; ++i) {
            const auto tracks
                = tracker.update({i % 5 == 4 ? at(0.48F, 0.48F, 0.145F) : at(0.5F)}, i * 33ms);
            QVERIFY(i < 30 || tracks[0].id == 1);
        }
        QCOMPARE(tracker.started(), 1U);
    }

    void aHeadDrawnInTwoSizesForSomeTimeEachIsOnePerson()
    {
        Tracker tracker;
        for (int i = 0; i < 150; ++i)
            tracker.update({i % 10 > 2 ? at(0.48F, 0.48F, 0.145F) : at(0.5F)}, i * 33ms);
        QCOMPARE(tracker.started(), 1U);
    }

    /// The one in front is seen alone from then on: not for a moment only, as an odd box is.
    void whoStaysInFrontOfSomebodyIsAnother()
    {
        Tracker tracker;
        watch(tracker, {at(0.5F)}, 0ms, 2000ms);
        const auto tracks = watch(tracker, {at(0.48F, 0.48F, 0.145F)}, 2033ms, 3500ms);
        QCOMPARE(tracks[0].id, 2U);
    }

    /// Boxes of somebody who walks fast, as YuNet drew them (pixels of 1088x720); one is cut off at the left.
    void oneBoxOffItsPlaceLosesNobody()
    {
        Tracker tracker(atOnce());
        const Box boxes[] = {
            {942, 269, 56, 67}, {928, 266, 59, 74}, {919, 271, 58, 68}, {908, 274, 58, 68}, {895, 272, 59, 75},
            {883, 274, 60, 75}, {871, 275, 58, 73}, {860, 280, 58, 72}, {844, 275, 66, 76}, {836, 276, 64, 77},
            {822, 280, 62, 71}, {812, 273, 60, 75}, {803, 278, 59, 70}, {788, 273, 61, 76}, {778, 272, 63, 75},
            {763, 271, 63, 75}, {758, 269, 56, 70}, {741, 269, 60, 69}, {726, 263, 59, 72}, {717, 266, 61, 75},
            {724, 263, 43, 78}, {694, 269, 57, 65}, {680, 269, 60, 73}, {664, 265, 65, 76}, {657, 267, 62, 74},
        };
        auto t = 0ms;
        for (const Box &b : boxes)
            tracker.update({{{b.x / 1088, b.y / 720, b.w / 1088, b.h / 720}, 1}}, t += 33ms);
        QCOMPARE(tracker.started(), 1U);
    }

    void whoTurnsAwayAndGetsANarrowerBoxIsTheSame()
    {
        Tracker tracker(atOnce());
        watch(tracker, {{{0.5F, 0.5F, 0.1F, 0.12F}, 1}}, 0ms, 1000ms);
        const auto tracks = watch(tracker, {{{0.525F, 0.5F, 0.05F, 0.12F}, 1}}, 1033ms, 2000ms);
        QCOMPARE(tracks[0].id, 1U);
    }

    void twoWhoAreSeenBesideEachOtherAreTwoAlsoWhenTheyTakeTurns()
    {
        Tracker tracker;
        for (int i = 0; i < 150; ++i) {
            const Detection left = at(0.5F), right = at(0.57F);
            if (i < 60)
                tracker.update({left, right}, i * 33ms);
            else
                tracker.update({i % 2 == 0 ? left : right}, i * 33ms);
        }
        QCOMPARE(tracker.started(), 2U);
        QCOMPARE(watch(tracker, {at(0.5F), at(0.57F)}, 5000ms, 5100ms).size(), std::size_t(2));
    }

    void theOrderOfDetectionsIsKept()
    {
        Tracker tracker;
        const auto tracks = tracker.update({at(0.9F), at(0.1F), at(0.5F)}, 0ms);
        QCOMPARE(tracks[0].box.x, 0.9F);
        QCOMPARE(tracks[1].box.x, 0.1F);
        QCOMPARE(tracks[2].box.x, 0.5F);
    }

    void aDetectorGoneWildIsBorne()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        Tracker tracker(atOnce());
        for (int i = 0; i < 3; ++i) {
            std::vector<Detection> faces;
            for (int j = 0; j < 1000; ++j)
                faces.push_back(at(float(random.generateDouble()), float(random.generateDouble()),
                                   0.02F * float(random.generateDouble())));
            faces.push_back({{0, 0, 0, 0}, 1});
            const auto tracks = tracker.update(faces, i * 33ms);
            QCOMPARE(tracks.size(), faces.size());
            std::set<std::uint32_t> ids;
            for (const Track &track : tracks)
                QVERIFY(track.id == 0 || ids.insert(track.id).second);
            QVERIFY(tracker.expected(i * 33ms).size() <= 256 + faces.size());
        }
    }
};

QTEST_GUILESS_MAIN(TestTracker)
#include "test_tracker.moc"
