// When an agent says that it is alive: pure decisions, no sleeping.
#include "libfacetrack/agent/watchdog.h"

#include <QTest>

using namespace facetrack;
using namespace std::chrono_literals;

class TestWatchdog : public QObject
{
    Q_OBJECT

private:
    static constexpr std::chrono::seconds limit{30};

    /// An agent in play: each member is advanced by `second()` unless it is stuck.
    struct Played
    {
        std::uint64_t captured = 0;
        std::uint64_t analysed = 0;
        std::uint64_t answered = 0;
        bool reconnecting = false;
        bool resting = false;
        bool captureStuck = false;
        bool analysisStuck = false;
        bool serverStuck = false;

        std::vector<WorkPart> second()
        {
            if (!captureStuck && !reconnecting)
                captured += 30;
            if (!analysisStuck && !resting)
                analysed = captured;
            if (!serverStuck)
                ++answered;
            return {{"no frame", captured, reconnecting, {}},
                    {"no look", analysed, resting, captured},
                    {"no answer", answered, false, {}}};
        }
    };

    /// The seconds after `begin` at which it gave a sign.
    static QList<int> signsOf(Watchdog &dog, Played &agent, int begin, int end)
    {
        QList<int> signs;
        for (int second = begin; second < end; ++second) {
            if (dog.look(agent.second(), std::chrono::seconds(second)))
                signs << second;
        }
        return signs;
    }

private Q_SLOTS:
    void framesThatFlowGiveASignThriceInTheLimit()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        QCOMPARE(signsOf(dog, agent, 1, 35), QList<int>({10, 20, 30}));
        QVERIFY(dog.stuck(35s).empty());
    }
    void itLooksOftenEnoughForAnyLimit()
    {
        QCOMPARE(Watchdog(30s, 0s).interval(), std::chrono::nanoseconds(1s));
        QCOMPARE(Watchdog(1s, 0s).interval(), std::chrono::nanoseconds(1s) / 12);
        QCOMPARE(Watchdog(1ms, 0s).interval(), std::chrono::nanoseconds(20ms));
    }
    void aFrozenCaptureEndsTheSigns()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        QCOMPARE(signsOf(dog, agent, 1, 11), QList<int>({10}));
        agent.captureStuck = true;
        QCOMPARE(signsOf(dog, agent, 11, 200), QList<int>());
        QVERIFY2(dog.stuck(200s).starts_with("no frame for 190 s"), dog.stuck(200s).c_str());
    }
    void whatMovedAfterTheLastSignAllowsJustOneMore()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        signsOf(dog, agent, 1, 15);
        agent.captureStuck = true;
        QCOMPARE(signsOf(dog, agent, 15, 200), QList<int>({20}));
    }
    void aHungAnalysisEndsTheSignsThoughFramesFlow()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        signsOf(dog, agent, 1, 11);
        agent.analysisStuck = true;
        QCOMPARE(signsOf(dog, agent, 11, 200), QList<int>());
        QVERIFY(dog.stuck(200s).starts_with("no look"));
    }
    void aServerThatHangsEndsTheSigns()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        signsOf(dog, agent, 1, 11);
        agent.serverStuck = true;
        QCOMPARE(signsOf(dog, agent, 11, 200), QList<int>());
        QCOMPARE(dog.stuck(40s), std::string("no answer for 30 s"));
    }
    void oneFrozenFromTheBeginningGivesNoSignAtAll()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        agent.captureStuck = true;
        QCOMPARE(signsOf(dog, agent, 1, 100), QList<int>());
    }
    void aSourceThatIsOpenedAgainIsNoFreeze()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        agent.reconnecting = true;
        QCOMPARE(signsOf(dog, agent, 1, 35), QList<int>({10, 20, 30}));
        agent.reconnecting = false;
        QCOMPARE(signsOf(dog, agent, 35, 65), QList<int>({40, 50, 60}));
    }
    void openingThatTakesAWhileBetweenReconnectsIsAllowed()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        agent.captureStuck = true;
        for (int second = 1; second < 100; ++second) {
            agent.reconnecting = second % 8 == 0; // fails in between, and says so
            dog.look(agent.second(), std::chrono::seconds(second));
            QVERIFY(dog.stuck(std::chrono::seconds(second)).empty());
        }
    }
    void detectionWithoutNewFramesIsIdleNotHung()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        signsOf(dog, agent, 1, 11);
        agent.reconnecting = true; // no frames to look at
        QCOMPARE(signsOf(dog, agent, 11, 35), QList<int>({20, 30}));
    }
    void detectionThatRestsForItsBudgetIsNotHung()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        agent.resting = true;
        QCOMPARE(signsOf(dog, agent, 1, 35), QList<int>({10, 20, 30}));
    }
    void oneThatGetsOnAgainGivesSignsAgain()
    {
        Watchdog dog(limit, 0s);
        Played agent;
        signsOf(dog, agent, 1, 11);
        agent.captureStuck = true;
        signsOf(dog, agent, 11, 38);
        agent.captureStuck = false;
        QCOMPARE(signsOf(dog, agent, 38, 50), QList<int>({38, 48}));
    }
};

QTEST_APPLESS_MAIN(TestWatchdog)
#include "test_watchdog.moc"
