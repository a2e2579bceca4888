// take_frames SOURCE [--frames N] [--picture known|bars] [--off N] [--gaps N] [--reduced 1]
// [--rotation DEGREES] [--cycles N]: reads a camera by its source's address, in the guest. Counts frames and compares
// them, sample by sample, with what the virtual camera drew (known_picture.h), turned clockwise by --rotation, or with
// the bars of the kernel's own (vivid). With --reduced the second, smaller stream must be there and is compared too.
// With --cycles opens the camera, takes one frame and closes it, as often, and says what memory, open files and threads
// that cost.
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
    bool reduced = false;   ///< the second stream too
    int rotation = 0;       ///< as camera.rotation
};

struct Opened
{
    std::unique_ptr<CaptureSource> source;
    std::shared_ptr<CameraLink> link = std::make_shared<CameraLink>(std::chrono::seconds(60));
};

bool open(Opened &opened, const Wanted &wanted)
{
    auto source = openSource(wanted.source, Pacing::RealTime);
    if (!source) {
        std::fprintf(stderr, "%s\n", describe(source.error()).c_str());
        return false;
    }
    opened.source = std::move(*source);
    opened.link->wantReduced(wanted.reduced);
    CameraTuning tuning;
    tuning.rotation = std::to_string(wanted.rotation);
    opened.link->tune(tuning);
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

/// A plane that was turned clockwise, as if it had not been.
class Upright
{
public:
    Upright(const Plane &plane, int rotation) : m_plane(plane), m_rotation(rotation) {}

    int width() const { return m_rotation % 180 == 0 ? m_plane.width : m_plane.height; }
    int height() const { return m_rotation % 180 == 0 ? m_plane.height : m_plane.width; }
    std::uint8_t at(int x, int y) const
    {
        switch (m_rotation) {
        case 90:
            return sample(m_plane.width - 1 - y, x);
        case 180:
            return sample(m_plane.width - 1 - x, m_plane.height - 1 - y);
        case 270:
            return sample(y, m_plane.height - 1 - x);
        default:
            return sample(x, y);
        }
    }

private:
    std::uint8_t sample(int x, int y) const
    {
        return m_plane.data[static_cast<std::ptrdiff_t>(y) * m_plane.stride + x];
    }
    const Plane m_plane;
    const int m_rotation;
};

/// The most that a sample is off; `scale` is how many samples of the picture one of the frame stands for, each way.
int difference(const Frame &frame, int rotation, const KnownPicture &picture, std::uint32_t number, int scale = 1)
{
    int most = 0;
    for (int index = 0; index < 3; ++index) {
        const Upright plane(frame.plane(index), rotation);
        for (int y = 0; y < plane.height(); ++y) {
            for (int x = 0; x < plane.width(); ++x) {
                const int drawn = index == 0 ? picture.luma(scale * x, scale * y, number)
                                             : picture.chroma(index, 2 * scale * x, 2 * scale * y, number);
                most = std::max(most, std::abs(drawn - plane.at(x, y)));
            }
        }
    }
    return most;
}

/// The same of the second stream: it must be of half the width and height, and of the same moment.
int reducedOff(const Frame &whole, int rotation, const KnownPicture &picture, std::uint32_t number)
{
    const FramePtr &reduced = whole.reduced();
    if (!reduced || reduced->size() != Size{whole.width() / 2, whole.height() / 2})
        return 255;
    return difference(*reduced, rotation, picture, number, 2);
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
            const std::uint64_t explained = lostNow - lost + 1;
            const std::uint64_t amiss = (number - *last - explained) % KnownPicture::Pictures;
            if (amiss > 0)
                std::fprintf(stderr, "picture %u after %u, with %llu frames lost between\n", number, *last,
                             static_cast<unsigned long long>(explained - 1));
            unexplained += amiss;
        }
        last = number;
        lost = lostNow;
    }
};

int take(const Wanted &wanted)
{
    Opened opened;
    if (!open(opened, wanted))
        return 1;
    Numbers numbers;
    int off = 0;
    int offReduced = 0;
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
        const Upright luma(frame->luma(), wanted.rotation);
        const KnownPicture picture(luma.width(), luma.height());
        const std::uint32_t number = picture.number([&](int x, int y) { return luma.at(x, y); });
        numbers.see(number, report.missed + report.dropped);
        off = std::max(off, difference(*frame, wanted.rotation, picture, number));
        if (wanted.reduced)
            offReduced = std::max(offReduced, reducedOff(*frame, wanted.rotation, picture, number));
    }
    const CameraReport report = *opened.link->report();
    std::printf("%d frames of %dx%d %s: off by %d at most; lost, as the camera counts: %llu, besides: %llu; "
                "sensor's times: %s\n", frames, size.width, size.height, report.setup.format.c_str(), off,
                static_cast<unsigned long long>(report.missed + report.dropped),
                static_cast<unsigned long long>(numbers.unexplained), report.sensorTime ? "yes" : "no");
    if (wanted.reduced)
        std::printf("and %dx%d beside each: off by %d at most\n", report.setup.reduced.width,
                    report.setup.reduced.height, offReduced);
    return std::max(off, offReduced) <= wanted.off && numbers.unexplained <= wanted.gaps ? 0 : 1;
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
            if (!open(opened, wanted) || !next(opened)) {
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
    }
    const double grown = residentMb() - memory;
    return grown < 8 && openFiles() <= files && threads() <= tasks + 1 ? 0 : 1; // one may be about to end
}

} // namespace

int main(int argc, char **argv)
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // what was seen, also of a run that breaks off
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const auto option = [&](const char *name, const char *usual) {
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value"), QString::fromLatin1(usual)});
    };
    option("frames", "20");
    option("picture", "known");
    option("off", "0");
    option("gaps", "0");
    option("reduced", "0");
    option("rotation", "0");
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
    wanted.reduced = number("reduced") != 0;
    wanted.rotation = number("rotation");
    const int cycles = number("cycles");
    return cycles > 0 ? cycle(wanted, cycles) : take(wanted);
}
