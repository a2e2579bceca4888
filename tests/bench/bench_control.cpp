// Many consoles tune one agent at once: how soon does each change reach all of them, do they end
// with the same values, and what does it cost the frame rate? Starts its own facetrack-agentd.
//
//   bench_control [consoles=20] [changes a second each=10] [seconds=60]
#include <QProcess>
#include <QTemporaryDir>
#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <mutex>
#include <netinet/tcp.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <random>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

int connectTo(std::uint16_t port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        std::perror("connect"), std::exit(2);
    const int yes = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return descriptor;
}

void sendAll(int descriptor, const std::string &text)
{
    if (::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
        std::perror("send"), std::exit(2);
}

/// One request on a connection that stays open.
Json ask(int descriptor, const std::string &method, const std::string &path, const std::string &body = {})
{
    sendAll(descriptor, method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                            "Content-Type: application/json\r\nContent-Length: "
                            + std::to_string(body.size()) + "\r\n\r\n" + body);
    std::string received;
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::recv(descriptor, buffer, sizeof buffer, 0);
        if (got <= 0)
            std::perror("recv"), std::exit(2);
        received.append(buffer, static_cast<std::size_t>(got));
        const auto end = received.find("\r\n\r\n");
        const auto length = received.find("Content-Length: ");
        if (end == received.npos || length == received.npos)
            continue;
        const auto size = static_cast<std::size_t>(std::stoul(received.substr(length + 16)));
        if (received.size() >= end + 4 + size) {
            if (received.compare(9, 3, "200") != 0)
                std::fprintf(stderr, "%s\n", received.c_str()), std::exit(2);
            return Json::parse(received.substr(end + 4));
        }
    }
}

/// One console's listening half.
struct Listener
{
    int descriptor = -1;
    std::string received;
    Json values = Json::object();
    std::uint32_t revision = 0;
    bool ordered = true;
    std::map<std::uint32_t, Clock::time_point> seen;

    bool read()
    {
        char buffer[65536];
        const ssize_t got = ::recv(descriptor, buffer, sizeof buffer, 0);
        if (got <= 0)
            return false;
        const auto now = Clock::now();
        received.append(buffer, static_cast<std::size_t>(got));
        for (std::size_t end; (end = received.find("\n\n")) != received.npos;) {
            take(received.substr(0, end), now);
            received.erase(0, end + 2);
        }
        return true;
    }
    void take(const std::string &event, Clock::time_point now)
    {
        const auto data = event.find("\ndata: ");
        if (event.find("event: tuning\n") == event.npos || data == event.npos)
            return;
        const Json json = Json::parse(event.substr(data + 7));
        const auto next = json["revision"].get<std::uint32_t>();
        ordered = ordered && (revision == 0 || next == revision + 1);
        revision = next;
        values.merge_patch(json["values"]);
        seen[next] = now;
    }
};

struct Rates
{
    double captured = 0;
    double analysed = 0;
};

Rates measure(std::uint16_t port, double seconds)
{
    const auto figures = [&] {
        const int control = connectTo(port); // an idle one would be closed meanwhile
        const Json status = ask(control, "GET", "/api/v1/status");
        ::close(control);
        return std::pair(status["source"]["frames"].get<double>(),
                         status["detection"]["frames"].get<double>());
    };
    const auto begun = Clock::now();
    const auto before = figures();
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    const auto after = figures();
    const double took = std::chrono::duration<double>(Clock::now() - begun).count();
    return {(after.first - before.first) / took, (after.second - before.second) / took};
}

double percentile(const std::vector<double> &sorted, double share)
{
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

} // namespace

int main(int argc, char **argv)
{
    const auto argument = [&](int index, int otherwise) {
        return argc > index ? std::atoi(argv[index]) : otherwise;
    };
    const int consoles = argument(1, 20);
    const int perSecond = argument(2, 10);
    const int seconds = argument(3, 60);

    QTemporaryDir state;
    QProcess agent;
    agent.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // A failure here ends this process at once: the agent must not outlive it.
    agent.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    agent.start(QStringLiteral(FACETRACK_AGENTD),
                {QStringLiteral("run"), QStringLiteral("--source"),
                 QStringLiteral("synthetic:booth?seed=1&people=4&size=640x424"),
                 QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                 QStringLiteral("--state-dir"), state.path(),
                 QStringLiteral("--insecure-loopback")});
    while (!agent.canReadLine() && agent.waitForReadyRead(30'000)) { }
    const std::string ready = agent.readLine().toStdString();
    const auto port = static_cast<std::uint16_t>(std::stoi(ready.substr(ready.rfind(':') + 1)));

    std::vector<Listener> listeners(static_cast<std::size_t>(consoles));
    for (Listener &listener : listeners) {
        listener.descriptor = connectTo(port);
        sendAll(listener.descriptor, "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }
    std::atomic<bool> ended{false};
    std::thread reader([&] {
        std::vector<pollfd> polled;
        for (const Listener &listener : listeners)
            polled.push_back({listener.descriptor, POLLIN, 0});
        while (!ended) {
            ::poll(polled.data(), polled.size(), 100);
            for (std::size_t i = 0; i < polled.size(); ++i) {
                if ((polled[i].revents & (POLLIN | POLLHUP)) != 0 && !listeners[i].read()) {
                    std::fprintf(stderr, "console %zu was cut off\n", i);
                    std::exit(1);
                }
            }
        }
    });

    std::this_thread::sleep_for(std::chrono::seconds(3));
    const Rates before = measure(port, 20);

    // Each console has its own thread and connection; when it was asked, by revision.
    std::mutex mutex;
    std::map<std::uint32_t, Clock::time_point> asked;
    std::vector<std::thread> tuners;
    const auto begin = Clock::now();
    for (int console = 0; console < consoles; ++console) {
        tuners.emplace_back([&, console] {
            const int descriptor = connectTo(port);
            std::mt19937 random(static_cast<unsigned>(console));
            for (int i = 0; i < perSecond * seconds; ++i) {
                // Spread over the tenth of a second, as people are.
                std::this_thread::sleep_until(
                    begin + std::chrono::duration<double>((i + console / double(consoles)) / perSecond));
                const Json values[] = {
                    {{"track", {{"patience", static_cast<int>(random() % 60)}}}},
                    {{"track", {{"min_hits", 1 + static_cast<int>(random() % 20)}}}},
                    {{"stream", {{"quality", 1 + static_cast<int>(random() % 100)}}}},
                };
                const auto now = Clock::now();
                const Json answer
                    = ask(descriptor, "PATCH", "/api/v1/tuning", values[random() % 3].dump());
                const std::lock_guard lock(mutex);
                // A change to the value that is there already has the revision of another one.
                const auto known = asked.try_emplace(answer["revision"].get<std::uint32_t>(), now).first;
                known->second = std::min(known->second, now);
            }
            ::close(descriptor);
        });
    }
    const Rates during = measure(port, seconds - 1);
    for (std::thread &tuner : tuners)
        tuner.join();
    const double took = std::chrono::duration<double>(Clock::now() - begin).count();
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const Rates after = measure(port, 20);
    ended = true;
    reader.join();

    const int control = connectTo(port);
    const Json last = ask(control, "GET", "/api/v1/tuning");
    std::vector<double> delays;
    bool equal = true;
    bool complete = true;
    for (const Listener &listener : listeners) {
        equal = equal && listener.values == last["values"] && listener.ordered;
        for (const auto &[revision, when] : asked) {
            if (revision == 1)
                continue;
            const auto seen = listener.seen.find(revision);
            complete = complete && seen != listener.seen.end();
            if (seen != listener.seen.end())
                delays.push_back(std::chrono::duration<double, std::milli>(seen->second - when).count());
        }
    }
    std::sort(delays.begin(), delays.end());
    const auto down = [](double with, double a, double b) { return 100 * (1 - with / ((a + b) / 2)); };
    std::printf("%d consoles, %d changes a second each, %.0f s: %zu revisions, %zu deliveries\n",
                consoles, perSecond, took, asked.size(), delays.size());
    std::printf("from asking to each console: p50 %.1f ms, p99 %.1f ms, worst %.1f ms\n",
                percentile(delays, 0.5), percentile(delays, 0.99), delays.back());
    std::printf("every revision reached all, in order: %s; final values equal: %s\n",
                complete ? "yes" : "NO", equal ? "yes" : "NO");
    std::printf("captured a second: %.2f before, %.2f during, %.2f after (%+.1f %%)\n", before.captured,
                during.captured, after.captured, -down(during.captured, before.captured, after.captured));
    std::printf("analysed a second: %.2f before, %.2f during, %.2f after (%+.1f %%)\n", before.analysed,
                during.analysed, after.analysed, -down(during.analysed, before.analysed, after.analysed));
    agent.terminate();
    agent.waitForFinished(10'000);
    return complete && equal && percentile(delays, 0.99) < 200 ? 0 : 1;
}
