// take_frames SOURCE [--frames N] [--picture known|bars] [--off N] [--gaps N] [--cycles N]: reads a camera by its source's
// address, in the guest. Counts frames and compares them, sample by sample, with what the virtual camera
// drew (known_picture.h) or with the bars of the kernel's own (vivid); with --cycles opens it, takes one frame
// and closes it, as often, and says what memory and open files that cost.
#include "known_picture.h"
#include "libfacetrack/capture/camera_link.h"
#include "libfacetrack/capture/capture_source.h"

#include <QCoreApplication>
#include <QCommandLineParser>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace facetrack;
using namespace facetrack::vm;

namespace {

struct Wanted
{
    std::string source;
    int frames = 20;
    bool bars = false;
    int off = 0;            ///< how far a sample may be off
    std::uint64_t gaps = 0; ///< how many pictures may be lost without the camera's knowing
};

struct Opened
{
    std::unique_ptr<CaptureSource> source;
    std::shared_ptr<CameraLink> link = std::make_shared<CameraLink>(std::chrono::seconds(60));
};

bool open(Opened &opened, const std::string &url)
{
    auto source = openSource(url, Pacing::RealTime);
    if (!source) {
        std::fprintf(stderr, "%s\n", describe(source.error()).c_str());
        return false;
    }
    opened.source = std::move(*source);
    opened.source->attach(opened.link);
    return true;
}

FramePtr next(Opened &opened)
{
    auto frame = opened.source->next({});
    if (!frame)
        std::fprintf(stderr, "%s\n", describe(frame.error()).c_str());
    return frame ? *frame : nullptr;
}

/// The most that a sample is off.
int difference(const Frame &frame, const KnownPicture &picture, std::uint32_t number)
{
    int most = 0;
    for (int index = 0; index < 3; ++index) {
        const Plane &plane = frame.plane(index);
        for (int y = 0; y < plane.height; ++y) {
            const std::uint8_t *row = plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride;
            for (int x = 0; x < plane.width; ++x) {
                const int drawn = index == 0 ? picture.luma(x, y, number)
                                             : picture.chroma(index, 2 * x, 2 * y, number);
                most = std::max(most, std::abs(drawn - row[x]));
            }
        }
    }
    return most;
}

/// Eight bars, from white to black, of 75 % brightness; the texts are above.
int barsOff(const Frame &frame)
{
    constexpr std::array bars{191, 169, 134, 112, 79, 57, 22, 0};
    int most = 0;
    const Plane luma = frame.luma();
    for (std::size_t bar = 0; bar < bars.size(); ++bar) {
        const int x = luma.width * (2 * static_cast<int>(bar) + 1) / 16;
        const std::uint8_t *row = luma.data + static_cast<std::ptrdiff_t>(luma.height * 9 / 10) * luma.stride;
        most = std::max(most, std::abs(bars[bar] - row[x]));
    }
    return most;
}

/// Numbers that follow one another, but for what the camera is known to have lost.
struct Numbers
{
    std::uint64_t unexplained = 0;
    std::uint64_t lost = 0;
    std::optional<std::uint32_t> last;

    void see(std::uint32_t number, std::uint64_t lostNow)
    {
        if (last) {
            const std::uint32_t explained = static_cast<std::uint32_t>(lostNow - lost) + 1;
            unexplained += (number - *last - explained) % KnownPicture::Pictures;
        }
        last = number;
        lost = lostNow;
    }
};

int take(const Wanted &wanted)
{
    Opened opened;
    if (!open(opened, wanted.source))
        return 1;
    Numbers numbers;
    int off = 0;
    int frames = 0;
    Size size;
    for (; frames < wanted.frames; ++frames) {
        const FramePtr frame = next(opened);
        if (!frame)
            return 1;
        size = frame->size();
        const CameraReport report = *opened.link->report();
        if (wanted.bars) {
            off = std::max(off, barsOff(*frame));
            continue;
        }
        const KnownPicture picture(size.width, size.height);
        const std::uint32_t number = picture.number(frame->luma().data, frame->luma().stride);
        numbers.see(number, report.missed + report.dropped);
        off = std::max(off, difference(*frame, picture, number));
    }
    const CameraReport report = *opened.link->report();
    std::printf("%d frames of %dx%d %s: off by %d at most; lost, as the camera counts: %llu, besides: %llu; "
                "sensor's times: %s\n", frames, size.width, size.height, report.setup.format.c_str(), off,
                static_cast<unsigned long long>(report.missed + report.dropped),
                static_cast<unsigned long long>(numbers.unexplained), report.sensorTime ? "yes" : "no");
    return off <= wanted.off && numbers.unexplained <= wanted.gaps ? 0 : 1;
}

double residentMb()
{
    std::ifstream file("/proc/self/statm");
    double total = 0;
    double resident = 0;
    file >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

std::ptrdiff_t openFiles()
{
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         std::filesystem::directory_iterator());
}

std::ptrdiff_t threads()
{
    return std::distance(std::filesystem::directory_iterator("/proc/self/task"),
                         std::filesystem::directory_iterator());
}

/// After the first tenth everything that is kept for good is there.
int cycle(const Wanted &wanted, int cycles)
{
    double memory = 0;
    std::ptrdiff_t files = 0;
    std::ptrdiff_t tasks = 0;
    for (int i = 0; i < cycles; ++i) {
        {
            Opened opened;
            if (!open(opened, wanted.source) || !next(opened)) {
                std::fprintf(stderr, "cycle %d of %d\n", i, cycles);
                return 1;
            }
        }
        if ((i + 1) % std::max(1, cycles / 10) != 0)
            continue;
        if (files == 0) {
            memory = residentMb();
            files = openFiles();
            tasks = threads();
        }
        std::printf("%d times opened, a frame, closed: %.1f MB, %td open files, %td threads\n", i + 1,
                    residentMb(), openFiles(), threads());
        std::fflush(stdout);
    }
    const double grown = residentMb() - memory;
    return grown < 8 && openFiles() <= files && threads() <= tasks + 1 ? 0 : 1; // one may be about to end
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const auto option = [&](const char *name, const char *usual) {
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value"), QString::fromLatin1(usual)});
    };
    option("frames", "20");
    option("picture", "known");
    option("off", "0");
    option("gaps", "0");
    option("cycles", "0");
    parser.process(application);
    const auto number = [&](const char *name) { return parser.value(QString::fromLatin1(name)).toInt(); };
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);
    Wanted wanted;
    wanted.source = parser.positionalArguments().front().toStdString();
    wanted.frames = number("frames");
    wanted.bars = parser.value(QStringLiteral("picture")) == QLatin1String("bars");
    wanted.off = number("off");
    wanted.gaps = static_cast<std::uint64_t>(number("gaps"));
    const int cycles = number("cycles");
    return cycles > 0 ? cycle(wanted, cycles) : take(wanted);
}
