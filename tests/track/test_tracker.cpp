#include "libfacetrack/track/tracker.h"

#include <QTest>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

Detection at(float x, float y = 0.5F)
{
    return {{x, y, 0.1F, 0.1F}, 1};
}

} // namespace

class TestTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMovingFaceKeepsItsIdentity()
    {
        Tracker tracker;
        std::uint32_t id = 0;
        for (int i = 0; i < 30; ++i) {
            const auto tracks = tracker.update({at(0.01F * static_cast<float>(i))}, i * 33ms);
            QCOMPARE(tracks.size(), std::size_t(1));
            if (i > 0)
                QCOMPARE(tracks[0].id, id);
            id = tracks[0].id;
        }
        QCOMPARE(tracker.started(), 1U);
    }

    void twoFacesNeverShareAnIdentity()
    {
        Tracker tracker;
        const auto first = tracker.update({at(0.2F), at(0.24F)}, 0ms);
        QVERIFY(first[0].id != first[1].id);
        const auto second = tracker.update({at(0.23F), at(0.2F)}, 33ms);
        QCOMPARE(second[0].id, first[1].id);
        QCOMPARE(second[1].id, first[0].id);
    }

    void aFaceLostForLongerThanPatienceIsSomeoneNew()
    {
        Tracker tracker(500ms);
        const auto first = tracker.update({at(0.5F)}, 0ms);
        QVERIFY(tracker.update({}, 100ms).empty());
        QCOMPARE(tracker.update({at(0.5F)}, 400ms)[0].id, first[0].id);
        QVERIFY(tracker.update({at(0.5F)}, 1000ms)[0].id != first[0].id);
    }

    void aFaceFarAwayIsSomeoneElse()
    {
        Tracker tracker;
        const auto first = tracker.update({at(0.1F)}, 0ms);
        QVERIFY(tracker.update({at(0.8F)}, 33ms)[0].id != first[0].id);
    }

    void aFaceIsExpectedUntilItsPatienceIsOver()
    {
        Tracker tracker(500ms);
        const auto seen = tracker.update({at(0.5F)}, 0ms);
        QCOMPARE(tracker.expected(33ms).size(), std::size_t(1));
        QCOMPARE(tracker.expected(33ms)[0].id, seen[0].id);
        tracker.update({}, 100ms);
        QCOMPARE(tracker.expected(400ms).size(), std::size_t(1));
        QVERIFY(tracker.expected(600ms).empty());
    }

    void theOrderOfDetectionsIsKept()
    {
        Tracker tracker;
        const auto tracks = tracker.update({at(0.9F), at(0.1F), at(0.5F)}, 0ms);
        QCOMPARE(tracks[0].box.x, 0.9F);
        QCOMPARE(tracks[1].box.x, 0.1F);
        QCOMPARE(tracks[2].box.x, 0.5F);
    }
};

QTEST_GUILESS_MAIN(TestTracker)
#include "test_tracker.moc"
