// Fewer frames while the machine is hot, none outside opening hours.
#include "libfacetrack/agent/camera_care.h"

#include <QTest>
#include <atomic>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

constexpr int Patience = 20'000; // ms; only a hang comes near it

/// 30 frames a second by a clock of its own, as fast as they are taken; then it waits.
class ThirtyFps final : public CaptureSource
{
public:
    Result<FramePtr> next(std::stop_token stop) override
    {
        if (stop.stop_requested())
            return FramePtr();
        m_time += 33'333'333ns;
        return FrameBuilder(PixelFormat::Grey, {16, 16}).captured(m_time, {}).build();
    }
    double nominalFps() const override { return 30; }
    bool isLive() const override { return true; }

private:
    MonotonicTime m_time{1s};
};

MachineHealth throttled(bool is)
{
    MachineHealth health;
    health.throttled = is;
    return health;
}

int minute(int day, int hour, int minutes = 0)
{
    return day * CameraHours::MinutesOfDay + hour * 60 + minutes;
}

} // namespace

class TestCameraCare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void heatTakesFramesInStagesAndGivesThemBack()
    {
        CoolDown cool;
        MonotonicTime now = 100s;
        QCOMPARE(cool.judge(throttled(true), now), 0); // a moment is no reason
        QCOMPARE(cool.judge(throttled(true), now + 9s), 0);
        QCOMPARE(cool.judge(throttled(true), now + 10s), 1);
        QCOMPARE(cool.limit(30), 15.0);
        QVERIFY(cool.reason().find("stage 1 of 3") != std::string::npos);
        QCOMPARE(cool.judge(throttled(true), now + 39s), 1);
        QCOMPARE(cool.judge(throttled(true), now + 40s), 2);
        QCOMPARE(cool.judge(throttled(true), now + 70s), 3);
        QCOMPARE(cool.judge(throttled(true), now + 1000s), 3); // never nothing
        QCOMPARE(cool.limit(30), 3.75);
        now += 1001s;
        QCOMPARE(cool.judge(throttled(false), now), 3);
        QCOMPARE(cool.judge(throttled(false), now + 119s), 3);
        QCOMPARE(cool.judge(throttled(false), now + 120s), 2);
        QCOMPARE(cool.judge(throttled(false), now + 240s), 1);
        QCOMPARE(cool.judge(throttled(false), now + 360s), 0);
        QCOMPARE(cool.limit(30), 0.0);
        QVERIFY(cool.reason().empty());
    }

    void temperatureAloneCountsToo()
    {
        CoolDown cool;
        MachineHealth health;
        health.temperature = 86;
        cool.judge(health, 1s);
        QCOMPARE(cool.judge(health, 11s), 1);
        QCOMPARE(cool.judge(MachineHealth(), 12s), 1); // what tells nothing is not hot
    }

    void fewerFramesReachTheSinkAndStatusSaysWhy()
    {
        ManualClock clock;
        clock.advance(1000s);
        std::atomic<std::uint64_t> frames = 0;
        std::atomic<std::int64_t> gap = 0;
        MonotonicTime last{0};
        CaptureLoop loop({"scripted:"}, [] { return Result<std::unique_ptr<CaptureSource>>(
                                                 std::make_unique<ThirtyFps>()); },
                         [&](const FramePtr &frame) {
                             gap = (frame->captured() - last).count();
                             last = frame->captured();
                             ++frames;
                         }, clock);
        CameraCare care({}, {[] { return throttled(true); }, [] { return true; }}, loop, clock);
        loop.start();
        QTRY_VERIFY_WITH_TIMEOUT(frames > 5, Patience);
        QVERIFY(gap < 34'000'000);
        care.look();
        clock.advance(10s);
        care.look();
        QCOMPARE(loop.state().rateLimit, 15.0);
        QVERIFY(loop.state().limitReason.find("1/2") != std::string::npos);
        QTRY_VERIFY_WITH_TIMEOUT(gap > 66'000'000 && gap < 67'000'000, Patience);
    }

    void outsideOpeningHoursItRests()
    {
        ManualClock clock;
        std::atomic<bool> trusted = false;
        std::atomic<std::uint64_t> frames = 0;
        const int now = localMinuteOfWeek(clock.utc());
        const int hour = now % CameraHours::MinutesOfDay / 60;
        AgentConfig::Source config;
        char hours[32]; // an hour that is not this one
        std::snprintf(hours, sizeof hours, "%d:00-%d:30", (hour + 2) % 24, (hour + 2) % 24);
        config.openingHours = hours;
        CaptureLoop loop({"scripted:"}, [] { return Result<std::unique_ptr<CaptureSource>>(
                                                 std::make_unique<ThirtyFps>()); },
                         [&](auto &) { ++frames; }, clock);
        CameraCare care(config, {[] { return MachineHealth(); }, [&] { return trusted.load(); }}, loop,
                        clock);
        loop.start();
        care.look();
        QTRY_VERIFY_WITH_TIMEOUT(frames > 5, Patience); // a clock that may be wrong closes nothing
        trusted = true;
        care.look();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Resting, Patience);
        QVERIFY(loop.state().reason.find("until") != std::string::npos);
        clock.setUtc(clock.utc() + 2h - std::chrono::minutes(now % 60) + 1min);
        care.look();
        QTRY_COMPARE_WITH_TIMEOUT(loop.state().phase, SourcePhase::Running, Patience);
    }

    void hoursOfAWeek()
    {
        const auto hours = CameraHours::parse("mon-fri 9:00-18:00, sat 22:00-2:00");
        QVERIFY(hours);
        QVERIFY(!hours->isOpen(minute(0, 8, 59)));
        QVERIFY(hours->isOpen(minute(0, 9)));
        QVERIFY(hours->isOpen(minute(4, 17, 59)));
        QVERIFY(!hours->isOpen(minute(4, 18)));
        QVERIFY(hours->isOpen(minute(6, 1, 59))); // Sunday morning
        QVERIFY(!hours->isOpen(minute(6, 2)));
        QCOMPARE(hours->nextChange(minute(4, 18)), std::string("sat 22:00"));
        QCOMPARE(hours->nextChange(minute(6, 3)), std::string("mon 9:00"));
        const auto weekEnd = CameraHours::parse("sun 20:00-4:00");
        QVERIFY(weekEnd->isOpen(minute(0, 3)) && !weekEnd->isOpen(minute(0, 4)));
        QVERIFY(CameraHours::parse("")->isOpen(minute(3, 3)));
        QVERIFY(CameraHours::parse("")->nextChange(5).empty());
        QVERIFY(CameraHours::parse("sat-mon 0:00-24:00")->isOpen(minute(0, 23, 59)));
    }

    void whatAreNoHours_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"9-18", "mon 9:00", "mo 9:00-10:00", "9:00-9:00", "24:00-1:00",
                                 "mon-fri 9:60-10:00", "9:00-25:00", "mon- 9:00-10:00", "24:01-25:00", ","})
            QTest::newRow(text) << QByteArray(text);
    }
    void whatAreNoHours()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!CameraHours::parse(text.toStdString()));
    }
};

QTEST_GUILESS_MAIN(TestCameraCare)
#include "test_camera_care.moc"
