// bench_upload: what delivery costs, against the stand-in CrateDB.
//
//   bench_upload drain [ROWS] [BATCH] [ROUNDS]   against a bare client with prebuilt bodies
//   bench_upload flat [ROWS]                     memory while a backlog builds and drains
//   bench_upload capture [SECONDS] [ROUNDS]      a whole agent with and without a backlog
//
// docs/benchmarks.md says what the figures must reach.
#include "bare_client.h"
#include "observations.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/uploader.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/agent_process.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace facetrack;
using namespace facetrack::bench;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

constexpr const char *agent = "booth-1";
constexpr const char *bareAgent = "booth-2"; // as long as the other
constexpr std::size_t connections = 3;

[[noreturn]] void die(const std::string &why)
{
    std::fprintf(stderr, "bench_upload: %s\n", why.c_str());
    std::exit(1);
}

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
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

/// A stand-in that keeps keys only, with the tables made as an operator makes them.
class Crate
{
public:
    Crate() : m_fake({QStringLiteral("--discard")})
    {
        AgentProcess database({QStringLiteral("database"), QStringLiteral("--apply"),
                               QStringLiteral("--set"), setting()});
        if (!m_fake.isReady() || database.waitForEnd() != 0)
            die("there is no database: " + database.errors().toStdString());
    }
    FakeCrate &fake() { return m_fake; }
    QString setting() const { return QStringLiteral("upload.urls=") + m_fake.url(); }
    double bodyBytes() const { return m_fake.stats()["body_bytes"].get<double>(); }
    std::size_t rowsOf(const std::string &who) const
    {
        const std::string sql
            = "SELECT count(*) FROM \"facetrack.observations\" WHERE agent = '" + who + "'";
        const std::string rows = m_fake.control("POST", "/sql", sql);
        return std::stoul(rows.substr(rows.find_first_of("0123456789")));
    }

private:
    FakeCrate m_fake;
};

std::unique_ptr<Journal> openJournal(const std::filesystem::path &file)
{
    JournalOptions options;
    options.file = file;
    options.maxBytes = 8LL << 30;
    options.maxAge = std::chrono::hours(24 * 365 * 50); // the rows' times are made up
    auto journal = Journal::open(options);
    if (!journal)
        die(describe(journal.error()));
    return std::move(*journal);
}

/// In steps that leave little in memory.
void fill(Journal &journal, Observations &observations, std::size_t rows, const std::string &run)
{
    for (std::size_t row = 0; row < rows; ++row) {
        journal.append(encodeObservation(observations.next(), agent, run));
        if (row % 5'000 == 4'999 && !journal.flush(60s))
            die("the journal cannot be written");
    }
    if (!journal.flush(60s))
        die("the journal cannot be written");
}

std::unique_ptr<Uploader> startUploader(Journal &journal, Crate &crate, std::size_t batch)
{
    SinkSettings settings;
    settings.servers.urls = {crate.fake().url().toStdString()};
    UploaderOptions options;
    options.batchRows = batch;
    options.requests = connections;
    auto uploader = std::make_unique<Uploader>(
        journal, [settings] { return makeSink(settings); }, options);
    uploader->start();
    return uploader;
}

void waitUntilDrained(const Journal &journal, const Uploader &uploader)
{
    const auto start = Steady::now();
    while (journal.state().undelivered > 0) {
        if (secondsSince(start) > 900)
            die("it does not drain: " + uploader.state().error);
        std::this_thread::sleep_for(2ms);
    }
}

struct Drain
{
    double bareRate = 0;
    double rate = 0;
    double cpuMicroseconds = 0; ///< a row
    double bareCpuMicroseconds = 0;
    double serverMicroseconds = 0; ///< of CPU, a row
    double bareServerMicroseconds = 0;
    double bytesRatio = 0;
};

/// CPU that another process has used, in microseconds.
double cpuOf(qint64 pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string word;
    for (int field = 1; field < 14; ++field)
        file >> word; // "(name)" is one word here
    double user = 0;
    double kernel = 0;
    file >> user >> kernel;
    return (user + kernel) * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double bareRate(Crate &crate, const std::vector<std::string> &requests, std::size_t rows)
{
    const BareRun run = sendBare(crate.fake().port(), requests, connections - 1);
    if (run.refused > 0)
        die("the bare client was refused");
    return static_cast<double>(rows) / run.seconds;
}

Drain drainOnce(Crate &crate, std::size_t rows, std::size_t batch, int round)
{
    const QTemporaryDir directory(QStringLiteral("/var/tmp/bench_upload.XXXXXX"));
    const std::string run = "0123456789abcde" + std::to_string(round % 10);
    const auto journal = openJournal(directory.filePath(QStringLiteral("journal")).toStdString());
    Observations observations(-1);
    fill(*journal, observations, rows, run);
    const auto requests = prebuiltRequests(rows, batch, bareAgent, run);
    Drain result;
    const auto bare = [&] {
        const double cpu = cpuSeconds();
        const double bytes = crate.bodyBytes();
        const double server = cpuOf(crate.fake().pid());
        result.bareRate = bareRate(crate, requests, rows);
        result.bareCpuMicroseconds = (cpuSeconds() - cpu) * 1e6 / static_cast<double>(rows);
        result.bareServerMicroseconds
            = (cpuOf(crate.fake().pid()) - server) / static_cast<double>(rows);
        result.bytesRatio = crate.bodyBytes() - bytes;
    };
    if (round % 2 == 0)
        bare();
    const double bytes = crate.bodyBytes();
    const double cpu = cpuSeconds();
    const double server = cpuOf(crate.fake().pid());
    const auto start = Steady::now();
    {
        const auto uploader = startUploader(*journal, crate, batch);
        waitUntilDrained(*journal, *uploader);
        result.rate = static_cast<double>(rows) / secondsSince(start);
    }
    result.cpuMicroseconds = (cpuSeconds() - cpu) * 1e6 / static_cast<double>(rows);
    const double ours = crate.bodyBytes() - bytes;
    result.serverMicroseconds = (cpuOf(crate.fake().pid()) - server) / static_cast<double>(rows);
    if (round % 2 == 1)
        bare();
    result.bytesRatio = ours / result.bytesRatio;
    return result;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int drain(std::size_t rows, std::size_t batch, int rounds)
{
    Crate crate;
    std::vector<double> ratios;
    std::vector<double> cpu;
    for (int round = 0; round < rounds; ++round) {
        const Drain one = drainOnce(crate, rows, batch, round);
        std::printf("round %d: agent %.0f rows/s, bare %.0f rows/s, ratio %.3f, CPU %.2f us a row "
                    "(bare %.2f), server %.2f us a row (bare %.2f), bytes sent %.3f of the bare "
                    "client's\n",
                    round + 1, one.rate, one.bareRate, one.rate / one.bareRate, one.cpuMicroseconds,
                    one.bareCpuMicroseconds, one.serverMicroseconds,
                    one.bareServerMicroseconds, one.bytesRatio);
        std::fflush(stdout);
        ratios.push_back(one.rate / one.bareRate);
        cpu.push_back(one.cpuMicroseconds);
    }
    const std::size_t expected = rows * static_cast<std::size_t>(rounds);
    if (crate.rowsOf(agent) != expected || crate.rowsOf(bareAgent) != expected)
        die("rows are missing: " + std::to_string(crate.rowsOf(agent)));
    std::printf("rate_to_bare_client %.3f\ncpu_us_per_row %.2f\n", median(ratios), median(cpu));
    return 0;
}

/// Resident memory while something goes on, seen ten times a second.
class MemoryWatch
{
public:
    MemoryWatch()
        : m_thread([this](const std::stop_token &stop) {
              while (!stop.stop_requested()) {
                  m_least = std::min(m_least, residentMb());
                  m_most = std::max(m_most, residentMb());
                  std::this_thread::sleep_for(100ms);
              }
          })
    {
    }
    void print(const char *what, double baseline)
    {
        m_thread = {};
        std::printf("%s: resident %.1f to %.1f MB, %+.1f to %+.1f of the baseline\n", what, m_least,
                    m_most, m_least - baseline, m_most - baseline);
        std::fflush(stdout);
    }

private:
    double m_least = 1e9;
    double m_most = 0;
    std::jthread m_thread;
};

int flat(std::size_t rows)
{
    Crate crate;
    const QTemporaryDir directory(QStringLiteral("/var/tmp/bench_upload.XXXXXX"));
    const std::filesystem::path file = directory.filePath(QStringLiteral("journal")).toStdString();
    const auto journal = openJournal(file);
    Observations observations(-1);
    const std::string run = "0123456789abcdef";
    fill(*journal, observations, 200'000, run); // so that all caches are as full as they get
    const auto uploader = startUploader(*journal, crate, 10'000);
    waitUntilDrained(*journal, *uploader);
    const double baseline = residentMb();
    std::printf("baseline: resident %.1f MB, after 200,000 rows were kept and delivered\n", baseline);
    crate.fake().down();
    MemoryWatch building;
    fill(*journal, observations, rows, run);
    building.print("building", baseline);
    std::printf("disk_bytes_per_row %.1f (0 to 3 faces, mean 1.5)\n",
                static_cast<double>(journal->state().bytes)
                    / static_cast<double>(journal->state().rows));
    MemoryWatch draining;
    crate.fake().up();
    uploader->wake();
    const auto start = Steady::now();
    waitUntilDrained(*journal, *uploader);
    draining.print("draining", baseline);
    std::printf("drained %zu rows at %.0f a second\n", rows,
                static_cast<double>(rows) / secondsSince(start));
    return crate.rowsOf(agent) == rows + 200'000 ? 0 : 1;
}

struct Rates
{
    double captured = 0;
    double analysed = 0;
    double delivered = 0;
};

Rates watchAgent(Crate &crate, std::size_t backlog, double seconds)
{
    const QTemporaryDir state(QStringLiteral("/var/tmp/bench_upload.XXXXXX"));
    if (backlog > 0) {
        const auto journal
            = openJournal(state.filePath(QStringLiteral("journal.sqlite")).toStdString());
        Observations observations(-1);
        fill(*journal, observations, backlog, "0123456789ab" + std::to_string(::rand() % 9000 + 1000));
        crate.fake().down();
    }
    auto process = runAgent(QStringLiteral("synthetic:booth?seed=1&people=4&size=1088x720&fps=30"),
                            state.path(),
                            {QStringLiteral("--set"), crate.setting(), QStringLiteral("--set"),
                             QStringLiteral("journal.max_days=3650"), QStringLiteral("--set"),
                             QStringLiteral("upload.longest_pause_seconds=1")});
    if (!process->waitReady())
        die("the agent does not start");
    std::this_thread::sleep_for(3s);
    crate.fake().up();
    std::this_thread::sleep_for(2s);
    const auto figure = [](const QJsonObject &status, const char *group, const char *name) {
        return status[QLatin1String(group)][QLatin1String(name)].toDouble();
    };
    const QJsonObject before = process->status();
    const auto start = Steady::now();
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    const QJsonObject after = process->status();
    const double took = secondsSince(start);
    if (backlog > 0 && figure(after, "journal", "undelivered") < 1000)
        die("the backlog ended too soon");
    const auto rate = [&](const char *group, const char *name) {
        return (figure(after, group, name) - figure(before, group, name)) / took;
    };
    return {rate("source", "frames"), rate("detection", "frames"), rate("upload", "delivered")};
}

int capture(double seconds, int rounds)
{
    Crate crate;
    std::vector<double> without;
    std::vector<double> with;
    for (int round = 0; round < rounds; ++round) {
        for (const std::size_t backlog : {std::size_t{0}, std::size_t{1'500'000}}) {
            const Rates rates = watchAgent(crate, backlog, seconds);
            std::printf("%s backlog: captured %.2f fps, looked at %.2f fps, delivered %.0f rows/s\n",
                        backlog ? "with a" : "without", rates.captured, rates.analysed,
                        rates.delivered);
            std::fflush(stdout);
            (backlog ? with : without).push_back(rates.captured);
        }
    }
    std::printf("captured_fps_without_backlog %.2f\ncaptured_fps_while_draining %.2f\n",
                median(without), median(with));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::string stage = argc > 1 ? argv[1] : "";
    const auto number = [&](int at, std::size_t otherwise) {
        return argc > at ? std::stoul(argv[at]) : otherwise;
    };
    if (stage == "drain")
        return drain(number(2, 1'000'000), number(3, 1'000), static_cast<int>(number(4, 3)));
    if (stage == "flat")
        return flat(number(2, 5'000'000));
    if (stage == "capture")
        return capture(static_cast<double>(number(2, 10)), static_cast<int>(number(3, 3)));
    std::fprintf(stderr, "bench_upload drain [ROWS] [BATCH] [ROUNDS] | flat [ROWS] | "
                         "capture [SECONDS] [ROUNDS]\n");
    return 2;
}
