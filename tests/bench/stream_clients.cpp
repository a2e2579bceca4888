#include "stream_clients.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace facetrack::bench {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::string_view Boundary = "--frame\r\n";

[[noreturn]] void giveUp(const char *what)
{
    std::perror(what);
    std::_Exit(1);
}

struct Connection
{
    int socket = -1;
    std::string tail; ///< of the last read: a boundary may lie across two
    std::uint64_t frames = 0;
    bool started = false;
    Clock::time_point last;
    Clock::duration worst{0};
};

int connected(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        giveUp("connect");
    constexpr std::string_view request = "GET /stream.mjpg HTTP/1.1\r\nHost: localhost\r\n\r\n";
    if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0)
        giveUp("send");
    return socket;
}

/// The client process.
class Watcher
{
public:
    Watcher(int commands, int answers) : m_commands(commands), m_answers(answers) {}

    void run(int connections)
    {
        std::uint16_t port = 0;
        if (::read(m_commands, &port, sizeof port) != sizeof port)
            return;
        m_epoll = ::epoll_create1(0);
        m_connections.resize(static_cast<std::size_t>(connections));
        for (std::uint32_t i = 0; i < m_connections.size(); ++i) {
            m_connections[i].socket = connected(port);
            listenTo(m_connections[i].socket, i);
        }
        listenTo(m_commands, Command);
        while (step()) {
        }
    }

private:
    static constexpr std::uint32_t Command = 0xffffffff;

    void listenTo(int file, std::uint32_t name)
    {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = name;
        if (::epoll_ctl(m_epoll, EPOLL_CTL_ADD, file, &event) != 0)
            giveUp("epoll_ctl");
    }

    bool step()
    {
        std::array<epoll_event, 128> events;
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const std::uint32_t name = events[static_cast<std::size_t>(i)].data.u32;
            if (name == Command ? !answer() : !receive(m_connections[name]))
                return false;
        }
        return true;
    }

    bool receive(Connection &connection)
    {
        const ssize_t got = ::recv(connection.socket, m_buffer.data(), m_buffer.size(), 0);
        if (got <= 0)
            return false; // the sender ends before its clients
        m_bytes += static_cast<std::uint64_t>(got);
        const std::string_view bytes(m_buffer.data(), static_cast<std::size_t>(got));
        const std::string seam = connection.tail
                                 + std::string(bytes.substr(0, Boundary.size() - 1));
        if (seam.find(Boundary) != std::string::npos)
            count(connection);
        for (std::size_t at = bytes.find(Boundary); at != std::string_view::npos;
             at = bytes.find(Boundary, at + Boundary.size()))
            count(connection);
        // Shorter than a boundary, so that the seam can hold one only across the two reads.
        const std::string_view rest = bytes.size() >= Boundary.size() - 1 ? bytes : seam;
        connection.tail = rest.substr(rest.size() - std::min(rest.size(), Boundary.size() - 1));
        return true;
    }

    void count(Connection &connection)
    {
        const Clock::time_point now = Clock::now();
        if (connection.started)
            connection.worst = std::max(connection.worst, now - connection.last);
        connection.last = now;
        ++connection.frames;
        if (std::exchange(connection.started, true) || ++m_started < m_connections.size())
            return;
        reset();
        const char ready = 'r';
        if (::write(m_answers, &ready, 1) != 1)
            giveUp("write");
    }

    bool answer()
    {
        char command = 0;
        if (::read(m_commands, &command, 1) != 1)
            return false;
        ClientReport report;
        const Clock::time_point now = Clock::now();
        report.seconds = std::chrono::duration<double>(now - m_since).count();
        std::uint64_t fewest = ~std::uint64_t(0);
        std::uint64_t all = 0;
        for (const Connection &connection : m_connections) {
            const auto gap = std::max(connection.worst, now - connection.last);
            report.worstGapMs = std::max(
                report.worstGapMs, std::chrono::duration<double, std::milli>(gap).count());
            fewest = std::min(fewest, connection.frames);
            all += connection.frames;
        }
        report.slowest = static_cast<double>(fewest) / report.seconds;
        report.mean = static_cast<double>(all) / report.seconds
                      / static_cast<double>(m_connections.size());
        report.bytes = m_bytes;
        reset();
        return ::write(m_answers, &report, sizeof report) == sizeof report;
    }

    void reset()
    {
        m_since = Clock::now();
        m_bytes = 0;
        for (Connection &connection : m_connections) {
            connection.frames = 0;
            connection.worst = Clock::duration(0);
        }
    }

    const int m_commands;
    const int m_answers;
    int m_epoll = -1;
    std::vector<Connection> m_connections;
    std::array<char, 128 * 1024> m_buffer;
    Clock::time_point m_since;
    std::uint64_t m_bytes = 0;
    std::size_t m_started = 0;
};

} // namespace

StreamClients::StreamClients(int connections)
{
    std::array<int, 2> commands;
    std::array<int, 2> answers;
    if (::pipe2(commands.data(), O_CLOEXEC) != 0 || ::pipe2(answers.data(), O_CLOEXEC) != 0)
        giveUp("pipe");
    m_pid = ::fork();
    if (m_pid < 0)
        giveUp("fork");
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::close(commands[1]);
        ::close(answers[0]);
        auto watcher = std::make_unique<Watcher>(commands[0], answers[1]);
        watcher->run(connections);
        std::_Exit(0);
    }
    ::close(commands[0]);
    ::close(answers[1]);
    m_commands = commands[1];
    m_answers = answers[0];
}

StreamClients::~StreamClients()
{
    ::close(m_commands);
    ::close(m_answers);
    ::kill(m_pid, SIGKILL); // also one that is stopped
    ::waitpid(m_pid, nullptr, 0);
}

void StreamClients::watch(std::uint16_t port)
{
    char ready = 0;
    if (::write(m_commands, &port, sizeof port) != sizeof port || ::read(m_answers, &ready, 1) != 1)
        giveUp("clients");
}

ClientReport StreamClients::report()
{
    const char command = 'm';
    ClientReport report;
    if (::write(m_commands, &command, 1) != 1
        || ::read(m_answers, &report, sizeof report) != sizeof report)
        giveUp("clients");
    return report;
}

} // namespace facetrack::bench
