// When a machine's clock is believed, on made-up evidence and made-up machines.
#include "libfacetrack/base/clock_probe.h"
#include "libfacetrack/base/clock_trust.h"
#include "libfacetrack/base/version.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

constexpr UtcTime built{1'790'000'000'000};
constexpr UtcTime today{1'800'000'000'000};

ClockEvidence nothing()
{
    ClockEvidence evidence;
    evidence.kernelSynchronized = false;
    return evidence;
}

ClockEvidence synchronised()
{
    ClockEvidence evidence;
    evidence.kernelSynchronized = true;
    return evidence;
}

ClockEvidence timesyncd(std::optional<std::int64_t> mark)
{
    ClockEvidence evidence = nothing();
    evidence.timeClient = true;
    evidence.timesyncMark = mark;
    return evidence;
}

ClockTrust automatic()
{
    return ClockTrust(TrustRule::Auto, built);
}

class Machine
{
public:
    Machine &file(const std::string &path, const std::string &text = {})
    {
        const std::filesystem::path full = root() / path;
        std::filesystem::create_directories(full.parent_path());
        std::ofstream(full) << text;
        return *this;
    }
    std::filesystem::path root() const { return m_directory.path().toStdString(); }
    ClockEvidence look(std::optional<bool> kernel) const
    {
        return SystemClockProbe(root(), [kernel] { return kernel; }).look();
    }

private:
    QTemporaryDir m_directory;
};

} // namespace

class TestClockTrust : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theKernelsWordIsTaken()
    {
        ClockTrust trust = automatic();
        QVERIFY(!trust.judge(today, 10s, nothing()).trusted);
        const ClockVerdict verdict = trust.judge(today, 10s, synchronised());
        QVERIFY(verdict.trusted);
        QVERIFY(verdict.offset == today - 10s);
    }

    void aDayBeforeTheProgramWasBuiltIsWrongWhoeverSaysSo()
    {
        for (const TrustRule rule : {TrustRule::Auto, TrustRule::Always}) {
            ClockTrust trust(rule, built);
            const ClockVerdict verdict = trust.judge(UtcTime(5'000), 5s, synchronised());
            QVERIFY(!verdict.trusted);
            QVERIFY2(verdict.reason.find("1970-01-01") != std::string::npos, verdict.reason.c_str());
            QVERIFY(trust.judge(today, 6s, synchronised()).trusted);
        }
    }

    void settingsOverruleEvidence()
    {
        QVERIFY(ClockTrust(TrustRule::Always, built).judge(today, 1s, nothing()).trusted);
        QVERIFY(!ClockTrust(TrustRule::Never, built).judge(today, 1s, synchronised()).trusted);
    }

    void timesyncdIsBelievedOnceItHasSynchronised()
    {
        ClockTrust trust = automatic();
        QVERIFY(!trust.judge(today, 1s, timesyncd({})).trusted);
        QVERIFY(trust.judge(today, 1s, timesyncd(1)).trusted);
    }

    void aClockThatWasRightStaysSoWhileUndisturbed()
    {
        ClockTrust trust = automatic();
        QVERIFY(trust.judge(today, 1s, synchronised()).trusted);
        QVERIFY(trust.judge(today + 24h, 24h + 1s, nothing()).trusted); // no network for a day
        QVERIFY(trust.judge(today + 24h + 300ms, 24h + 1s, nothing()).trusted); // steered
        QVERIFY(trust.judge(today + 24h + 600ms, 24h + 1s, nothing()).trusted);
    }

    void aClockThatWasSetIsDoubtedUntilConfirmed()
    {
        ClockTrust trust = automatic();
        QVERIFY(trust.judge(today, 1s, timesyncd(1)).trusted);
        const ClockVerdict doubted = trust.judge(today - 1h, 2s, timesyncd(1));
        QVERIFY(!doubted.trusted);
        QVERIFY(doubted.offset == today - 1s); // the best guess is what was right before
        const ClockVerdict confirmed = trust.judge(today - 1h, 2s, timesyncd(2));
        QVERIFY(confirmed.trusted);
        QVERIFY(confirmed.offset == today - 1h - 2s);
    }

    void aClockThatIsSetBackToRightIsTrustedAgain()
    {
        ClockTrust trust = automatic();
        QVERIFY(trust.judge(today, 1s, synchronised()).trusted);
        QVERIFY(!trust.judge(today + 1h, 2s, nothing()).trusted);
        QVERIFY(trust.judge(today + 2s, 3s, nothing()).trusted);
    }

    void whatWasRightEarlierInThisBootCounts()
    {
        ClockTrust trust = automatic();
        trust.remember(today - 1s);
        QVERIFY(trust.judge(today + 100s, 101s, nothing()).trusted);
        QVERIFY(!trust.judge(today + 500s, 102s, nothing()).trusted);
    }

    void aVirtualMachinesClockIsItsHosts()
    {
        ClockEvidence evidence = nothing();
        evidence.virtualMachine = true;
        QVERIFY(automatic().judge(today, 1s, evidence).trusted);
        evidence.timeClient = true; // it has one of its own: wait for that
        QVERIFY(!automatic().judge(today, 1s, evidence).trusted);
    }

    void whereNothingCanBeKnownTheClockIsTaken()
    {
        ClockEvidence evidence;
        QVERIFY(automatic().judge(today, 1s, evidence).trusted);
        evidence.timeClient = true;
        QVERIFY(!automatic().judge(today, 1s, evidence).trusted);
    }

    void guessesNeverGoBeforeWhatIsKnown()
    {
        ClockTrust trust = automatic();
        QVERIFY(trust.judge(UtcTime(0), 0s, nothing()).offset == built);
        QVERIFY(trust.judge(UtcTime(7'000), 7s, nothing()).offset == built);
        ClockTrust later = automatic();
        later.setFloor(today);
        QVERIFY(later.judge(today - 1h, 5s, nothing()).offset == today);
        QVERIFY(later.judge(today + 1h, 5s, nothing()).offset == today + 1h - 5s);
    }

    void timesDoNotTrembleWithRounding()
    {
        ClockTrust trust = automatic();
        const auto first = trust.judge(today, 1s, synchronised()).offset;
        for (int i = 1; i < 100; ++i) {
            const auto offset = trust.judge(today + UtcTime(i), 1s + i * 1ms + (i % 2) * 900us,
                                            synchronised()).offset;
            QVERIFY(offset == first);
        }
    }

    void aBareMachineShowsNothing()
    {
        const ClockEvidence evidence = Machine().look(false);
        QVERIFY(!evidence.timeClient && !evidence.timesyncMark && !evidence.virtualMachine);
        QVERIFY(!evidence.batteryClock);
        QCOMPARE(evidence.kernelSynchronized, std::optional(false));
    }

    void machinesAreToldByTheirFiles()
    {
        const ClockEvidence pi = Machine().file("run/systemd/timesync/synchronized")
                                     .file("proc/cpuinfo", "Features : fp asimd\n").look(false);
        QVERIFY(pi.timeClient && pi.timesyncMark && !pi.virtualMachine && !pi.batteryClock);
        const ClockEvidence vm = Machine().file("proc/cpuinfo", "flags\t: fpu hypervisor\n").look(true);
        QVERIFY(vm.virtualMachine && vm.batteryClock && !vm.timeClient);
        const ClockEvidence desk = Machine().file("sys/class/rtc/rtc0").file("run/chrony/chronyd.pid")
                                       .file("proc/cpuinfo", "flags : fpu nx\n").look(std::nullopt);
        QVERIFY(desk.batteryClock && desk.timeClient && !desk.virtualMachine);
        QVERIFY(!desk.kernelSynchronized);
    }

    void thisMachineAnswers()
    {
        SystemClockProbe probe;
        const ClockEvidence evidence = probe.look();
        qInfo("kernel %s, client %d, virtual %d, battery %d, boot %s",
              !evidence.kernelSynchronized ? "silent"
              : *evidence.kernelSynchronized ? "synchronised" : "not synchronised",
              evidence.timeClient, evidence.virtualMachine, evidence.batteryClock,
              bootId().c_str());
        QCOMPARE(bootId(), bootId());
        QCOMPARE(bootId().size(), std::size_t(36));
        QVERIFY(buildDate() <= SystemClock::instance().utc());
        QVERIFY(buildDate() > UtcTime(1'700'000'000'000));
    }

    void sleepCountsSinceBoot()
    {
        ManualClock clock;
        const auto offset = clock.utc() - clock.sinceBoot();
        clock.sleep(2h);
        clock.advance(1s);
        QVERIFY(clock.monotonic() == 1s && clock.sinceBoot() == 2h + 1s);
        QVERIFY(clock.utc() - clock.sinceBoot() == offset);
        QVERIFY(SystemClock::instance().sinceBoot() >= SystemClock::instance().monotonic() - 1s);
    }
};

QTEST_GUILESS_MAIN(TestClockTrust)
#include "test_clock_trust.moc"
