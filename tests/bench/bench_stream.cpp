// bench_stream: what streaming costs. Prints Markdown tables.
//
// 1. A JPEG from YUV planes against OpenCV's imencode() from BGR, CPU of one thread.
// 2. CPU for each further viewer through http::Server and Broadcaster, against a bare loop that
//    writes the same bytes to as many sockets. Clients are another process.
// 3. One client process stopped by SIGSTOP: what the others see.
//
// bench_stream [--seconds S] [--rounds R] [--viewers V]
#include "jpeg_contest.h"
#include "stream_clients.h"
#include "stream_senders.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace facetrack;
using namespace facetrack::bench;

namespace {

struct Settings
{
    double seconds = 4;
    int rounds = 5;
    int viewers = 100;
};

struct Usage
{
    double percent = 0; ///< of one core
    double residentMb = 0;
    double encodesPerFrame = 0;
    ClientReport seen;
};

double seconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double processCpu()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double residentMb()
{
    std::ifstream file("/proc/self/statm");
    double total = 0;
    double resident = 0;
    file >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

void rest(double time)
{
    std::this_thread::sleep_for(std::chrono::duration<double>(time));
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double lowest(std::vector<double> values)
{
    return *std::min_element(values.begin(), values.end());
}

struct OneAndMany
{
    Usage one;
    Usage many;
};

/// CPU of all rounds.
struct Series
{
    std::vector<double> one;
    std::vector<double> many;

    void add(const OneAndMany &usage)
    {
        one.push_back(usage.one.percent);
        many.push_back(usage.many.percent);
    }
    double difference(double (*figure)(std::vector<double>)) const
    {
        return figure(many) - figure(one);
    }
};

Usage measure(StreamClients &clients, double time)
{
    rest(1); // buffers and caches warm
    clients.report();
    const double cpu = processCpu();
    const auto start = std::chrono::steady_clock::now();
    rest(time);
    const double used = processCpu() - cpu;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {100 * used / wall.count(), residentMb(), 0, clients.report()};
}

/// One viewer first, then the others beside it: the difference is theirs.
template<typename Sender>
OneAndMany measure(const std::vector<FramePtr> &pictures, const Settings &settings)
{
    StreamClients first(1);
    StreamClients others(settings.viewers - 1);
    Sender sender(pictures);
    OneAndMany result;
    first.watch(sender.port());
    result.one = measure(first, settings.seconds);
    others.watch(sender.port());
    const std::uint64_t frames = sender.frames();
    const std::uint64_t encodes = sender.encodes();
    result.many = measure(others, settings.seconds);
    result.many.encodesPerFrame = static_cast<double>(sender.encodes() - encodes)
                                  / static_cast<double>(sender.frames() - frames);
    return result;
}

void row(const char *name, int viewers, const Usage &usage)
{
    std::printf("| %s | %d | %.2f | %.2f | %.1f | %.0f | %.1f |\n", name, viewers, usage.percent,
                usage.seen.slowest, usage.seen.worstGapMs,
                static_cast<double>(usage.seen.bytes) / usage.seen.seconds / 1e6,
                usage.residentMb);
    std::fflush(stdout);
}

void compareSenders(const std::vector<FramePtr> &pictures, const Settings &settings)
{
    std::printf("| sender | viewers | CPU %% of a core | slowest viewer fps | worst gap ms | MB/s "
                "| resident MB |\n|---|---|---|---|---|---|---|\n");
    Series real;
    Series bare;
    double growth = 0;
    double encodes = 0;
    for (int round = 0; round < settings.rounds; ++round) {
        const OneAndMany ours = measure<RealSender>(pictures, settings);
        row("facetrack", 1, ours.one);
        row("facetrack", settings.viewers, ours.many);
        const OneAndMany least = measure<BareSender>(pictures, settings);
        row("bare loop", 1, least.one);
        row("bare loop", settings.viewers, least.many);
        real.add(ours);
        bare.add(least);
        encodes = std::max(encodes, ours.many.encodesPerFrame);
        growth = std::max(growth, (ours.many.residentMb - ours.one.residentMb)
                                      / (settings.viewers - 1));
    }
    // On a shared machine the least disturbed rounds say what the program costs.
    const double more = settings.viewers - 1;
    const double ours = real.difference(lowest) / more;
    const double least = bare.difference(lowest) / more;
    std::printf("\n| figure | value | target |\n|---|---|---|\n");
    std::printf("| CPU %% for each further viewer, facetrack | %.3f | |\n", ours);
    std::printf("| CPU %% for each further viewer, bare loop | %.3f | |\n", least);
    std::printf("| ratio of the least disturbed rounds | %.2f | 1.3 at most |\n", ours / least);
    std::printf("| ratio of the medians | %.2f | |\n",
                real.difference(median) / bare.difference(median));
    std::printf("| encodes per frame, %d viewers | %.2f | 1 |\n", settings.viewers, encodes);
    std::printf("| resident MB for each further viewer | %.3f | less than 1 |\n\n", growth);
}

void stopOne(const std::vector<FramePtr> &pictures, const Settings &settings)
{
    StreamClients others(settings.viewers - 1);
    StreamClients one(1);
    RealSender sender(pictures);
    one.watch(sender.port());
    others.watch(sender.port());
    rest(1);
    others.report();
    rest(settings.seconds);
    const ClientReport before = others.report();
    const double memory = residentMb();
    ::kill(one.pid(), SIGSTOP);
    rest(settings.seconds);
    const ClientReport after = others.report();
    std::printf("| the other %d viewers | mean fps | slowest fps | worst gap ms |\n"
                "|---|---|---|---|\n", settings.viewers - 1);
    std::printf("| before SIGSTOP of one | %.2f | %.2f | %.1f |\n", before.mean, before.slowest,
                before.worstGapMs);
    std::printf("| after it | %.2f | %.2f | %.1f |\n\n", after.mean, after.slowest,
                after.worstGapMs);
    const StreamStatistics figures = sender.statistics();
    std::printf("Skipped for the stopped one: %llu pictures; resident memory grew by %.2f MB.\n",
                static_cast<unsigned long long>(figures.skipped), residentMb() - memory);
}

Settings settingsFrom(int argc, char **argv)
{
    Settings settings;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string key = argv[i];
        if (key == "--seconds")
            settings.seconds = std::max(1.0, std::atof(argv[i + 1]));
        else if (key == "--rounds")
            settings.rounds = std::clamp(std::atoi(argv[i + 1]), 1, 20);
        else if (key == "--viewers")
            settings.viewers = std::clamp(std::atoi(argv[i + 1]), 2, 120);
    }
    return settings;
}

} // namespace

int main(int argc, char **argv)
{
    const Settings settings = settingsFrom(argc, argv);
    const std::vector<FramePtr> pictures = cameraPictures();
    std::printf("%dx%d at %.0f fps, %d viewers, %.0f s a phase, %d rounds, seed %u\n\n",
                PictureSize.width, PictureSize.height, Fps, settings.viewers, settings.seconds,
                settings.rounds, Seed);
    compareEncoders(pictures);
    compareSenders(pictures, settings);
    stopOne(pictures, settings);
    return 0;
}
