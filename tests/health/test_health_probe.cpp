// What a machine tells of itself, from made-up /proc and /sys.
#include "libfacetrack/health/health_probe.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

using namespace facetrack;

class TestHealthProbe : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_root;

    std::filesystem::path root() const { return m_root->path().toStdString(); }
    void write(const std::string &path, const std::string &text) const
    {
        const auto file = root() / path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
    }
    MachineHealth look() const { return SystemHealthProbe(root(), root()).look(); }

private Q_SLOTS:
    void init() { m_root = std::make_unique<QTemporaryDir>(); }

    void whatAMachineDoesNotTellIsAbsent()
    {
        const MachineHealth health = look();
        QVERIFY(!health.temperature);
        QVERIFY(!health.throttled && !health.throttledSinceBoot);
        QVERIFY(!health.underVoltage && !health.underVoltageSinceBoot);
        QVERIFY(!health.load && !health.memorySize && !health.memoryAvailable);
        QVERIFY(!health.wifi && !health.uptime);
        QVERIFY(health.diskFree && health.diskSize && *health.diskFree <= *health.diskSize);
    }
    void aFolderThatIsGoneHasNoDisk()
    {
        QVERIFY(!SystemHealthProbe(root() / "none", root()).look().diskFree);
    }
    void theHottestSensorOfTheProcessorCounts()
    {
        write("sys/class/thermal/thermal_zone0/type", "acpitz\n");
        write("sys/class/thermal/thermal_zone0/temp", "99000\n");
        QVERIFY(!look().temperature);
        write("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n");
        write("sys/class/thermal/thermal_zone1/temp", "48312\n");
        QCOMPARE(look().temperature.value(), 48.312);
        write("sys/class/hwmon/hwmon3/name", "k10temp\n");
        write("sys/class/hwmon/hwmon3/temp1_input", "61000\n");
        QCOMPARE(look().temperature.value(), 61.0);
    }
    void temperaturesThatAreNoNumbersAreAbsent()
    {
        write("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        for (const char *text : {"", "hot\n", "48x\n", "99999999999999\n"}) {
            write("sys/class/thermal/thermal_zone0/temp", text);
            QVERIFY2(!look().temperature, text);
        }
    }
    void theFirmwareWordIsReadBitByBit_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<bool>("voltage");
        QTest::addColumn<bool>("voltageEver");
        QTest::addColumn<bool>("slowed");
        QTest::addColumn<bool>("slowedEver");
        QTest::newRow("well") << "0" << false << false << false << false;
        QTest::newRow("weak and throttled now") << "50005" << true << true << true << true;
        QTest::newRow("both earlier") << "50000" << false << true << false << true;
        QTest::newRow("soft heat limit") << "80008" << false << false << true << true;
        QTest::newRow("voltage now, not yet remembered") << "1" << true << true << false << false;
    }
    void theFirmwareWordIsReadBitByBit()
    {
        QFETCH(QString, word);
        write("sys/devices/platform/soc/soc:firmware/get_throttled", word.toStdString() + "\n");
        const MachineHealth health = look();
        QTEST(health.underVoltage.value(), "voltage");
        QTEST(health.underVoltageSinceBoot.value(), "voltageEver");
        QTEST(health.throttled.value(), "slowed");
        QTEST(health.throttledSinceBoot.value(), "slowedEver");
    }
    void theFirmwareIsFoundUnderAnAddressToo()
    {
        write("sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "50000\n");
        QVERIFY(look().underVoltageSinceBoot.value());
    }
    void theVoltageAlarmAloneTellsOfNowOnly()
    {
        write("sys/class/hwmon/hwmon1/name", "rpi_volt\n");
        write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n");
        const MachineHealth health = look();
        QVERIFY(health.underVoltage.value());
        QVERIFY(!health.underVoltageSinceBoot);
        QVERIFY(!health.throttled);
    }
    void loadMemoryAndUptimeAreThoseOfTheKernel()
    {
        write("proc/loadavg", "0.42 1.50 2.25 1/345 6789\n");
        write("proc/meminfo", "MemTotal:        3884372 kB\nMemFree:          100 kB\n"
                              "MemAvailable:    2000000 kB\n");
        write("proc/uptime", "3600.50 7000.00\n");
        const MachineHealth health = look();
        QCOMPARE(health.load.value()[0], 0.42);
        QCOMPARE(health.load.value()[2], 2.25);
        QCOMPARE(health.memorySize.value(), 3884372U * 1024ULL);
        QCOMPARE(health.memoryAvailable.value(), 2000000U * 1024ULL);
        QCOMPARE(health.uptime.value(), std::chrono::milliseconds(3600500));
    }
    void theSignalIsThatOfTheDefaultRoute()
    {
        write("proc/net/wireless",
              "Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n"
              " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n"
              " wlan0: 0000   58.  -52.  -256        0      0      0      0     12        0\n"
              " wlan1: 0000   20.  -83.  -256        0      0      0      0     12        0\n");
        QVERIFY2(!look().wifi, "no route, no signal");
        const std::string head = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n";
        write("proc/net/route", head + "wlan1\t00000000\t0102A8C0\t0003\t0\t0\t600\t00000000\n"
                                       "wlan0\t0002A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\n");
        QCOMPARE(look().wifi.value().interface, std::string("wlan1"));
        QCOMPARE(look().wifi.value().dbm, -83.0);
        write("proc/net/route", head + "wlan1\t00000000\t0102A8C0\t0003\t0\t0\t600\t00000000\n"
                                       "eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\n");
        QVERIFY2(!look().wifi, "the cable goes first");
    }
    void anInterfaceWithIpv6OnlyIsFound()
    {
        write("proc/net/wireless", " wlan0: 0000   58   -52   -256  0 0 0 0 12 0\n");
        const std::string none(32, '0');
        write("proc/net/ipv6_route",
              none + " 00 " + none + " 00 " + none + " ffffffff 00000001 00000000 00200200 lo\n"
                  + none + " 00 " + none + " 00 fe80000000000000000000000000000a 00000400 00000001"
                           " 00000000 00450003 wlan0\n");
        QCOMPARE(look().wifi.value().dbm, -52.0);
    }
    void aDriverWithoutDecibelsTellsNothing()
    {
        write("proc/net/wireless", " wlan0: 0000   58.  40.  0.  0 0 0 0 12 0\n");
        write("proc/net/route", "head\nwlan0\t00000000\t0102A8C0\t0003\t0\t0\t600\t00000000\n");
        QVERIFY(!look().wifi);
    }
    void thisMachineTellsWhatEveryLinuxTells()
    {
        const MachineHealth health = SystemHealthProbe("/tmp").look();
        QVERIFY(health.load && health.memorySize && health.memoryAvailable && health.uptime);
        QVERIFY(health.processors > 0 && *health.memorySize > *health.memoryAvailable);
    }
};

QTEST_GUILESS_MAIN(TestHealthProbe)
#include "test_health_probe.moc"
