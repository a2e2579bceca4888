// When a figure becomes a warning, and when it is well again.
#include "libfacetrack/health/health_watch.h"

#include <QTest>
#include <deque>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

class PlayedProbe final : public HealthProbe
{
public:
    explicit PlayedProbe(std::deque<MachineHealth> looks) : m_looks(std::move(looks)) {}
    MachineHealth look() override
    {
        const MachineHealth next = m_looks.front();
        if (m_looks.size() > 1)
            m_looks.pop_front();
        return next;
    }

private:
    std::deque<MachineHealth> m_looks;
};

} // namespace

class TestHealthWarnings : public QObject
{
    Q_OBJECT

private:
    HealthWarnings m_warnings{HealthLimits(), "/srv/counts"};
    MonotonicTime m_now{0};

    /// The codes in force after one more look, five seconds later.
    QStringList after(const MachineHealth &health)
    {
        m_now += 5s;
        QStringList codes;
        for (const HealthWarning &warning : m_warnings.judge(health, m_now)) {
            codes << QString::fromStdString(warning.code);
            if (warning.message.empty() || warning.advice.empty())
                codes << QStringLiteral("without words");
        }
        return codes;
    }
    QStringList afterHeat(double degrees)
    {
        MachineHealth health;
        health.temperature = degrees;
        return after(health);
    }
    QStringList afterDisk(std::uint64_t megabytes)
    {
        MachineHealth health;
        health.diskFree = megabytes << 20;
        return after(health);
    }
    QStringList afterWifi(double dbm)
    {
        MachineHealth health;
        health.wifi = WifiSignal{"wlan0", dbm};
        return after(health);
    }
    QStringList afterVoltage(bool weak)
    {
        MachineHealth health;
        health.underVoltage = weak;
        return after(health);
    }
    QStringList afterDoubt(std::optional<std::chrono::nanoseconds> time)
    {
        MachineHealth health;
        health.clockUntrusted = time;
        return after(health);
    }

    const QStringList none;

private Q_SLOTS:
    void init()
    {
        after({}); // all absent: nothing stays in force
    }

    void aMachineThatTellsNothingWarnsOfNothing() { QCOMPARE(after({}), none); }
    void heatWarnsUntilItIsWellBelow()
    {
        const QStringList hot{QStringLiteral("too_hot")};
        QCOMPARE(afterHeat(79.9), none);
        QCOMPARE(afterHeat(80), hot);
        QCOMPARE(afterHeat(76), hot);
        QCOMPARE(afterHeat(74.9), none);
        QCOMPARE(afterHeat(79.9), none);
    }
    void lowDiskWarnsUntilAQuarterMoreIsFree()
    {
        const QStringList low{QStringLiteral("disk_low")};
        QCOMPARE(afterDisk(500), none);
        QCOMPARE(afterDisk(499), low);
        QCOMPARE(afterDisk(620), low);
        QCOMPARE(afterDisk(625), none);
    }
    void weakWifiWarnsUntilItIsWellAbove()
    {
        const QStringList weak{QStringLiteral("weak_wifi")};
        QCOMPARE(afterWifi(-75), none);
        QCOMPARE(afterWifi(-76), weak);
        QCOMPARE(afterWifi(-71), weak);
        QCOMPARE(afterWifi(-70), none);
    }
    void changingToACableEndsTheWifiWarning()
    {
        QCOMPARE(afterWifi(-90), QStringList{QStringLiteral("weak_wifi")});
        QCOMPARE(after({}), none);
    }
    void weakPowerIsWarnedOfUntilItHasBeenWellForAMinute()
    {
        const QStringList weak{QStringLiteral("under_voltage")};
        QCOMPARE(afterVoltage(false), none);
        QCOMPARE(afterVoltage(true), weak);
        for (int look = 1; look < 12; ++look)
            QCOMPARE(afterVoltage(false), weak);
        QCOMPARE(afterVoltage(false), none);
    }
    void throttlingIsWarnedOf()
    {
        MachineHealth health;
        health.throttled = true;
        QCOMPARE(after(health), QStringList{QStringLiteral("throttled")});
    }
    void aClockMayBeUnsureForAWhileAfterTheStart()
    {
        const QStringList unsure{QStringLiteral("clock_untrusted")};
        QCOMPARE(afterDoubt(119s), none);
        QCOMPARE(afterDoubt(120s), unsure);
        QCOMPARE(afterDoubt(std::nullopt), none);
    }
    void aWarningNamesFigureAndPlaceAndKeepsItsBeginning()
    {
        afterDisk(100);
        const MonotonicTime begun = m_now;
        MachineHealth health;
        health.diskFree = 50U << 20;
        const auto warnings = m_warnings.judge(health, m_now + 10s);
        QCOMPARE(warnings.size(), std::size_t(1));
        QCOMPARE(warnings.front().message,
                 std::string("only 50 MB are free where counts are kept, /srv/counts"));
        QCOMPARE(warnings.front().since, begun);
    }
    void aFlagOnceSeenStaysSeenSinceBoot()
    {
        MachineHealth weak;
        weak.underVoltage = true;
        MachineHealth well;
        well.underVoltage = false;
        ManualClock clock;
        HealthWatch watch(std::make_unique<PlayedProbe>(std::deque{well, weak, well}),
                          HealthWarnings({}, "/srv"), [] { return std::nullopt; }, clock);
        watch.look();
        QVERIFY(!watch.report().machine.underVoltageSinceBoot);
        watch.look();
        watch.look();
        clock.advance(3s);
        const HealthReport report = watch.report();
        QCOMPARE(report.machine.underVoltage, std::optional(false));
        QCOMPARE(report.machine.underVoltageSinceBoot, std::optional(true));
        QCOMPARE(report.age, std::chrono::nanoseconds(3s));
        QCOMPARE(report.warnings.size(), std::size_t(1));
    }
    void theWatchLooksByItselfAndStopsAtOnce()
    {
        MachineHealth first, second;
        first.processors = 1;
        second.processors = 2;
        HealthWatch watch(std::make_unique<PlayedProbe>(std::deque{first, second}),
                          HealthWarnings({}, "/srv"), [] { return std::nullopt; },
                          SystemClock::instance());
        watch.start(1ms);
        QTRY_COMPARE(watch.report().machine.processors, 2U);
        watch.stop();
    }
};

QTEST_GUILESS_MAIN(TestHealthWarnings)
#include "test_health_warnings.moc"
