// What a relay takes: rows a second over HTTP into its Journal, and what a row costs it.
// Usage: bench_relay [ROWS] [CONNECTIONS] [ROWS_A_REQUEST] [DIR]; docs/benchmarks.md has results.
#include "libfacetrack/base/gzip.h"
#include "libfacetrack/http/token_secrets.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/record_wire.h"
#include "tests/http/raw_client.h"

#include <QProcess>
#include <QTemporaryDir>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <thread>
#include <unistd.h>

using namespace facetrack;
using Steady = std::chrono::steady_clock;

namespace {

struct Setup
{
    std::uint64_t rows = 500'000;
    std::uint64_t connections = 2;
    std::uint64_t perRequest = 1'000;
};

[[noreturn]] void die(const std::string &why)
{
    std::fprintf(stderr, "bench_relay: %s\n", why.c_str());
    std::exit(1);
}

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

double ownCpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// User and system time of a process so far; and its peak of memory in MB.
double cpuSecondsOf(qint64 pid)
{
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(stat)), {});
    text.erase(0, text.rfind(')') + 2);
    long long user = 0;
    long long system = 0;
    std::sscanf(text.c_str(), "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lld %lld", &user, &system);
    return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double peakMegabytesOf(qint64 pid)
{
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::atof(line.c_str() + 6) / 1024;
    }
    return 0;
}

/// Lines of observations with 0 to 3 faces, as a booth gives them.
std::string linesOf(const std::string &agent, std::uint64_t first, std::uint64_t count)
{
    std::mt19937 random(static_cast<unsigned>(first));
    std::uniform_real_distribution<float> fraction(0, 0.7F);
    Observation observation;
    observation.frame = {1088, 720};
    std::string text;
    for (std::uint64_t i = first; i < first + count; ++i) {
        observation.sequence = i;
        observation.time = UtcTime(1'790'000'000'000 + static_cast<std::int64_t>(i) * 33);
        observation.faces.resize(random() % 4);
        for (Track &face : observation.faces)
            face = {static_cast<std::uint32_t>(i / 200), {fraction(random), fraction(random), 0.1F, 0.15F}, 0.9F};
        appendWireLine(encodeObservation(observation, agent, "0123456789abcdef"), text);
    }
    return text;
}

/// What reading and judging alone costs, without a relay around it.
void benchDecoding(std::uint64_t rows)
{
    const std::string text = linesOf("pi-0", 0, 10'000);
    const std::string packed = gzipped(text);
    std::printf("bytes a row: %.0f plain, %.0f packed\n", static_cast<double>(text.size()) / 10'000,
                static_cast<double>(packed.size()) / 10'000);
    const auto time = [rows](const char *name, auto work) {
        const double before = ownCpuSeconds();
        for (std::uint64_t done = 0; done < rows; done += 10'000)
            work();
        std::printf("%-28s %6.2f us of CPU a row\n", name,
                    (ownCpuSeconds() - before) / static_cast<double>(rows) * 1e6);
    };
    time("agent: pack", [&] { if (gzipped(text).empty()) die("empty"); });
    time("relay: unpack", [&] { if (!gunzipped(packed, text.size())) die("gunzip"); });
    time("relay: read and judge", [&] {
        if (readWireBatch(text)->records.size() != 10'000)
            die("rows were refused");
    });
}

/// Posts prebuilt requests over one connection; the rows that were kept.
std::uint64_t post(std::uint16_t port, const std::vector<std::string> &requests)
{
    RawClient client(port);
    std::uint64_t good = 0;
    for (const std::string &request : requests) {
        const bool sent = client.send(request);
        const auto answer = sent ? client.response() : std::nullopt;
        if (!answer || answer->status != 200)
            die("answered " + std::to_string(answer ? answer->status : 0) + ": "
                + (answer ? answer->body : std::string("nothing")));
        ++good;
    }
    return good;
}

void benchRelay(const Setup &setup, bool packed, const QString &where)
{
    QTemporaryDir folder(where);
    const auto secret = http::TokenSecrets::random(std::chrono::seconds(std::time(nullptr)));
    const std::string token
        = http::signToken({"bench", "relay", std::time(nullptr) + 3600}, secret);
    if (!http::TokenSecrets::write(folder.filePath(QStringLiteral("relay-secrets")).toStdString(), {secret}))
        die("no secrets");
    QProcess relay;
    relay.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    relay.start(QStringLiteral(FACETRACK_AGENTD),
                {QStringLiteral("relay"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                 QStringLiteral("--state-dir"), folder.path()});
    if (!relay.waitForReadyRead(20'000))
        die("the relay is not ready");
    const QByteArray line = relay.readLine().trimmed();
    const auto port = static_cast<std::uint16_t>(line.mid(line.lastIndexOf(':') + 1).chopped(1).toUInt());

    std::vector<std::vector<std::string>> requests(setup.connections);
    for (std::uint64_t c = 0; c < setup.connections; ++c) {
        for (std::uint64_t i = 0; i < setup.rows / setup.connections; i += setup.perRequest) {
            const std::string lines = linesOf("pi-" + std::to_string(c), i, setup.perRequest);
            const std::string body = packed ? gzipped(lines) : lines;
            requests[c].push_back("POST /api/v1/records HTTP/1.1\r\nHost: relay\r\nAuthorization: Bearer "
                                  + token + "\r\n" + (packed ? "Content-Encoding: gzip\r\n" : "")
                                  + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        }
    }
    const double cpu = cpuSecondsOf(relay.processId());
    const auto start = Steady::now();
    std::atomic<std::uint64_t> batches{0};
    {
        std::vector<std::jthread> clients;
        for (const auto &list : requests)
            clients.emplace_back([&] { batches += post(port, list); });
    }
    const double seconds = secondsSince(start);
    const double rows = static_cast<double>(batches * setup.perRequest);
    std::printf("%s, %llu connections, %llu rows a request: %.0f rows a second, %.2f us of CPU a row, "
                "peak %.0f MB\n",
                packed ? "gzip" : "plain", static_cast<unsigned long long>(setup.connections),
                static_cast<unsigned long long>(setup.perRequest), rows / seconds,
                (cpuSecondsOf(relay.processId()) - cpu) / rows * 1e6,
                peakMegabytesOf(relay.processId()));
    relay.terminate();
    relay.waitForFinished(20'000);
}

} // namespace

int main(int argc, char **argv)
{
    const auto number = [&](int at, std::uint64_t otherwise) {
        return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
    };
    Setup setup;
    setup.rows = number(1, setup.rows);
    setup.connections = number(2, setup.connections);
    setup.perRequest = number(3, setup.perRequest);
    const QString where = (argc > 4 ? QString::fromLocal8Bit(argv[4]) : QStringLiteral("/var/tmp"))
                          + QStringLiteral("/bench_relay-XXXXXX");
    benchDecoding(200'000);
    benchRelay(setup, false, where);
    benchRelay(setup, true, where);
    return 0;
}
