// A scripted camera behind CameraSource: copies, times, settings, and what goes wrong.
#include "libfacetrack/capture/camera_orders.h"
#include "libfacetrack/capture/camera_source.h"
#include "libfacetrack/capture/sensor_time.h"
#include "libfacetrack/capture/video_devices.h"
#include "tests/support/scripted_camera.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

using Script = ScriptedCamera::Script;

struct Rig
{
    std::shared_ptr<Script> script = std::make_shared<Script>();
    std::shared_ptr<CameraLink> link = std::make_shared<CameraLink>(300ms);
    std::unique_ptr<CameraSource> source;

    explicit Rig(const CameraSource::Wanted &wanted = {"scripted:", {}, 0, {}, {}},
                 const Clock &clock = SystemClock::instance())
        : source(std::make_unique<CameraSource>(std::make_unique<ScriptedCamera>(script), wanted, clock))
    {
        source->attach(link);
    }
    FramePtr next()
    {
        script->push();
        const auto frame = source->next({});
        return frame ? *frame : nullptr;
    }
};

CameraAbout everything()
{
    CameraAbout about;
    about.controls = {{"exposure", 0, 0}, {"exposure_ms", 0.1, 60}, {"gain", 1, 16},
                      {"compensation", -4, 4}, {"light", 0, 0}, {"most_fps", 1, 60},
                      {"white_balance", 0, 0}, {"red_gain", 0, 8}, {"blue_gain", 0, 8},
                      {"focus", 0, 0}, {"focus_window", 0, 0}, {"lens_position", 0, 10}, {"crop", 0, 0}};
    return about;
}

void write(const std::filesystem::path &path, const std::string &text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

} // namespace

class TestCameraSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFrameIsCopiedAndTheBufferIsBackBeforeItIsSeen()
    {
        Rig rig;
        for (int i = 0; i < 50; ++i) {
            const FramePtr frame = rig.next();
            QVERIFY(frame);
            QCOMPARE(rig.script->lent, std::size_t(0));
            QCOMPARE(frame->sequence(), std::uint64_t(i));
            QCOMPARE(frame->plane(2).data[3], ScriptedCamera::sample(2, 3, 0));
        }
        QCOMPARE(rig.script->mostLent, std::size_t(1));
        QCOMPARE(rig.link->report()->delivered, std::uint64_t(50));
    }

    void settingsArriveWithoutAStartAndATurnNeedsOne()
    {
        Rig rig;
        rig.script->about = everything();
        rig.source = std::make_unique<CameraSource>(std::make_unique<ScriptedCamera>(rig.script),
                                                    CameraSource::Wanted{"s:", {}, 30, {}, {}},
                                                    SystemClock::instance());
        rig.source->attach(rig.link);
        QVERIFY(rig.next());
        CameraTuning tuning;
        tuning.exposure = "fixed";
        tuning.exposureMs = 200; // more than it has
        rig.link->tune(tuning);
        QVERIFY(rig.next());
        QCOMPARE(rig.script->starts.size(), std::size_t(1));
        QCOMPARE(rig.script->orders.size(), std::size_t(2));
        QCOMPARE(rig.script->orders.back().exposureMs, std::optional(60.0));
        QCOMPARE(rig.link->report()->asked.exposureMs, std::optional(60.0));
        tuning.rotation = "90";
        rig.link->tune(tuning);
        const FramePtr turned = rig.next();
        QCOMPARE(rig.script->starts.size(), std::size_t(2));
        QCOMPARE(turned->size(), (Size{48, 64}));
        QCOMPARE(turned->luma().data[0], ScriptedCamera::sample(0, 0, 47));
    }

    void upsideDownIsDoneOnceByTheCameraOrInSoftware()
    {
        for (const bool itself : {false, true}) {
            Rig rig;
            rig.script->canFlip = itself;
            CameraTuning tuning;
            tuning.rotation = "180";
            rig.link->tune(tuning);
            const FramePtr frame = rig.next();
            QVERIFY(rig.script->starts.back().flipX && rig.script->starts.back().flipY);
            QCOMPARE(frame->luma().data[0], itself ? ScriptedCamera::sample(0, 0, 0)
                                                   : ScriptedCamera::sample(0, 63, 47));
        }
    }

    void aSecondStreamComesWithTheFrameTurnedAsItIs()
    {
        Rig rig;
        rig.script->reduced = {32, 24};
        QVERIFY(!rig.next()->reduced());
        QVERIFY(!rig.script->starts.back().reduced);
        rig.link->wantReduced(true);
        FramePtr frame = rig.next();
        QCOMPARE(rig.script->starts.size(), std::size_t(2));
        QVERIFY(rig.script->starts.back().reduced && frame->reduced());
        QCOMPARE(rig.link->report()->setup.reduced, (Size{32, 24}));
        QCOMPARE(frame->reduced()->size(), (Size{32, 24}));
        QCOMPARE(frame->reduced()->plane(1).data[2], ScriptedCamera::sample(1, 2, 0));
        CameraTuning tuning;
        tuning.rotation = "90";
        rig.link->tune(tuning);
        frame = rig.next();
        QCOMPARE(frame->size(), (Size{48, 64}));
        QCOMPARE(frame->reduced()->size(), (Size{24, 32}));
        QCOMPARE(frame->reduced()->luma().data[0], ScriptedCamera::sample(0, 0, 23));
        QCOMPARE(rig.script->mostLent, std::size_t(1));
        rig.link->wantReduced(false);
        QVERIFY(!rig.next()->reduced());
    }

    void aSecondStreamIsLeftOutWhereTheFirstIsMadeToFit()
    {
        Rig rig({"scripted:", {60, 40}, 0, {}, {}});
        rig.script->reduced = {32, 24};
        rig.link->wantReduced(true);
        const FramePtr frame = rig.next();
        QCOMPARE(frame->size(), (Size{60, 40}));
        QVERIFY(!frame->reduced());
        Rig without; // a camera that has none
        without.link->wantReduced(true);
        QVERIFY(without.next() && !without.next()->reduced());
    }

    void aCameraThatFallsSilentIsGivenUp()
    {
        Rig rig;
        QVERIFY(rig.next());
        const auto nothing = rig.source->next({});
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().code, ErrorCode::Unavailable);
        QVERIFY(nothing.error().message.find("no frame") != std::string::npos);
    }

    void unpluggedAndBusyAreToldInTheDevicesWords()
    {
        Rig rig;
        rig.script->breakWith({ErrorCode::Unavailable, "scripted", "the camera was unplugged", {}});
        QCOMPARE(rig.source->next({}).error().message, std::string("the camera was unplugged"));
        Rig other;
        other.script->refuses = Error{ErrorCode::Unavailable, "scripted", "in use by motion", {}};
        QCOMPARE(other.source->next({}).error().message, std::string("in use by motion"));
    }

    void oneDamagedFrameIsPassedOverAndManyAreAnError()
    {
        Rig rig;
        CameraBuffer broken;
        broken.picture.pixels = CameraPixels::Mjpeg;
        static const std::uint8_t bytes[8]{};
        broken.picture.data[0] = bytes;
        broken.picture.bytes[0] = 8;
        rig.script->push(broken);
        QVERIFY(rig.next());
        QCOMPARE(rig.link->report()->damaged, std::uint64_t(1));
        for (int i = 0; i < 30; ++i)
            rig.script->push(broken);
        const auto frame = rig.source->next({});
        QVERIFY(!frame);
        QCOMPARE(frame.error().code, ErrorCode::Corrupt);
        QCOMPARE(rig.script->lent, std::size_t(0));
    }

    void aLimitedRateThinsOutEvenly()
    {
        ManualClock clock;
        clock.advance(100s);
        Rig rig({"scripted:", {}, 0, {}, {}}, clock);
        rig.link->limitRate(10);
        std::vector<std::chrono::nanoseconds> times;
        for (int i = 0; i < 90; ++i) { // 30 fps, jittering by 2 ms
            CameraBuffer buffer;
            buffer.clock = SensorClock::Monotonic;
            buffer.taken = clock.monotonic() - 10ms + (i % 3 - 1) * 2ms;
            buffer.sequence = static_cast<std::uint64_t>(i);
            clock.advance(33'333us);
            rig.script->push(buffer);
        }
        rig.script->push(); // without a time: now
        while (times.size() < 30)
            times.push_back((*rig.source->next({}))->captured());
        for (std::size_t i = 1; i < times.size(); ++i)
            QVERIFY2(times[i] - times[i - 1] > 90ms && times[i] - times[i - 1] < 110ms,
                     qPrintable(QString::number((times[i] - times[i - 1]).count())));
        QCOMPARE(rig.link->report()->thinned, std::uint64_t(58));
    }

    void lostFramesAreCountedByTheCamerasOwnCount()
    {
        Rig rig;
        for (const std::uint64_t sequence : {4, 5, 9}) {
            CameraBuffer buffer;
            buffer.sequence = sequence;
            rig.script->push(buffer);
            QVERIFY(*rig.source->next({}));
        }
        QCOMPARE(rig.link->report()->missed, std::uint64_t(3));
        rig.script->dropped = 2; // of the four between these
        CameraBuffer buffer;
        buffer.sequence = 14;
        rig.script->push(buffer);
        QVERIFY(*rig.source->next({}));
        QCOMPARE(rig.link->report()->missed, std::uint64_t(5));
        QCOMPARE(rig.link->report()->dropped, std::uint64_t(2));
    }

    void sensorTimesBecomeUtc()
    {
        ManualClock clock;
        clock.advance(50s);
        clock.sleep(3600s); // boottime is an hour ahead
        CameraBuffer buffer;
        buffer.taken = clock.sinceBoot() - 40ms;
        FrameTimes times = sensorTimes(buffer, clock);
        QVERIFY(times.fromSensor);
        QCOMPARE(times.monotonic, clock.monotonic() - 40ms);
        QCOMPARE(times.utc, clock.utc() - 40ms);
        buffer.taken = clock.monotonic() - 25ms; // a driver that stamps by the other clock
        times = sensorTimes(buffer, clock);
        QVERIFY(times.fromSensor);
        QCOMPARE(times.monotonic, clock.monotonic() - 25ms);
        for (const auto nonsense : {clock.sinceBoot() + 5s, clock.monotonic() - 20s, 0ns}) {
            buffer.taken = nonsense;
            times = sensorTimes(buffer, clock);
            QVERIFY(!times.fromSensor);
            QCOMPARE(times.monotonic, clock.monotonic());
        }
    }

    void onlyWhatACameraHasIsAskedOfIt()
    {
        const CameraOrders none = cameraOrders(CameraTuning(), CameraAbout(), 30, 0);
        QVERIFY(none == CameraOrders());
        CameraTuning tuning;
        CameraOrders orders = cameraOrders(tuning, everything(), 30, 0);
        QCOMPARE(orders.autoExposure, std::optional(true));
        QVERIFY(!orders.exposureMs && !orders.gain && !orders.lensPosition && !orders.colourGains);
        QVERIFY(std::abs((*orders.frameMs)[0] - 33.3) < 0.1);
        QCOMPARE((*orders.frameMs)[0], (*orders.frameMs)[1]);
        tuning.light = "low";
        orders = cameraOrders(tuning, everything(), 30, 0);
        QCOMPARE(orders.longExposure, std::optional(true));
        QCOMPARE((*orders.frameMs)[1], 100.0);
        orders = cameraOrders(tuning, everything(), 30, 15); // hot
        QVERIFY(std::abs((*orders.frameMs)[0] - 66.7) < 0.1);
        tuning.exposure = "fixed";
        tuning.gain = 40;
        tuning.whiteBalance = "fixed";
        tuning.focus = "locked";
        tuning.lensPosition = 2.5;
        orders = cameraOrders(tuning, everything(), 30, 0);
        QCOMPARE(orders.autoExposure, std::optional(false));
        QCOMPARE(orders.gain, std::optional(16.0));
        QVERIFY(!orders.longExposure && !orders.compensation);
        QCOMPARE(orders.colourGains, std::optional(std::array{1.5, 1.5}));
        QCOMPARE(orders.lensPosition, std::optional(2.5));
        QVERIFY(cameraHas(everything(), "least_fps") && cameraHas(CameraAbout(), "mirror"));
        QVERIFY(!cameraHas(CameraAbout(), "gain"));
    }

    void mirroringIsOfTheUprightPicture()
    {
        CameraTuning tuning;
        QVERIFY(cameraTurn(tuning).none());
        tuning.mirror = true;
        QVERIFY((cameraTurn(tuning) == Turn{false, true, false}));
        tuning.rotation = "180";
        QVERIFY((cameraTurn(tuning) == Turn{false, false, true}));
        tuning.rotation = "90";
        QVERIFY((cameraTurn(tuning) == Turn{true, false, false}));
    }

    void whoHoldsACameraIsNamed()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        write(root / "dev/video0", "");
        write(root / "dev/media3", "");
        write(root / "dev/videoX", "");
        write(root / "proc/412/comm", "motion\n");
        write(root / "proc/413/comm", "cat\n");
        std::filesystem::create_directories(root / "proc/412/fd");
        std::filesystem::create_directories(root / "proc/413/fd");
        std::filesystem::create_symlink("/dev/video0", root / "proc/412/fd/7");
        std::filesystem::create_symlink("/dev/null", root / "proc/413/fd/1");
        write(root / "proc/414/comm", "facetrack-agent\n"); // as much of it as the kernel keeps
        write(root / "proc/414/cmdline", std::string("/usr/bin/facetrack-agentd\0run", 29));
        std::filesystem::create_directories(root / "proc/414/fd");
        std::filesystem::create_symlink("/dev/media3", root / "proc/414/fd/9");
        QCOMPARE(holdersOf({"/dev/media3"}, root),
                 std::vector<std::string>{"facetrack-agentd (process 414)"});
        QCOMPARE(videoDevices(root), (std::vector<std::string>{"/dev/media3", "/dev/video0"}));
        QCOMPARE(busyWords({"/dev/video0"}, root), std::string("in use by motion (process 412)"));
        QVERIFY(busyWords({"/dev/video1"}, root).find("another program") != std::string::npos);
    }

    void pluggingInChangesTheStamp()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        const std::string none = videoDevicesStamp(root);
        write(root / "dev/video0", "");
        const std::string one = videoDevicesStamp(root);
        QVERIFY(none != one);
        QCOMPARE(videoDevicesStamp(root), one);
        std::filesystem::remove(root / "dev/video0");
        QCOMPARE(videoDevicesStamp(root), none);
    }

    void optionsAreReadAndOthersRefused()
    {
        const auto wanted = [](const char *url) { return CameraSource::wanted(*SourceUrl::parse(url)); };
        const auto good = wanted("libcamera:0?size=1088x720&fps=30&format=nv12&range=limited");
        QVERIFY(good);
        QCOMPARE(good->size, (Size{1088, 720}));
        QCOMPARE(good->fps, 30.0);
        QVERIFY(good->pixels == CameraPixels::NV12);
        QCOMPARE(good->limitedRange, std::optional(true));
        QVERIFY(!wanted("libcamera:0?format=SRGGB10"));
        QVERIFY(!wanted("libcamera:0?fsp=30"));
    }
};

QTEST_GUILESS_MAIN(TestCameraSource)
#include "test_camera_source.moc"
