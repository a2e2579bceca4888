#include "bare_client.h"
#include "observations.h"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace facetrack::bench {

namespace {

// The same statement and form of rows as the agent's; bench_upload compares the bytes.
constexpr const char *head
    = R"({"stmt":"INSERT INTO \"facetrack\".\"observations\" (\"agent\", \"run\", \"seq\", \"ts\", )"
      R"(\"clock_trusted\", \"frame_width\", \"frame_height\", \"revision\", \"face_count\", )"
      R"(\"faces\") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT )"
      R"((\"agent\",\"run\",\"seq\",\"day\") DO NOTHING","bulk_args":[)";

template<typename... Values>
void print(std::string &to, const char *form, Values... values)
{
    char text[256];
    const int size = std::snprintf(text, sizeof text, form, values...);
    to.append(text, static_cast<std::size_t>(size));
}

void appendRow(std::string &body, const Observation &row, const char *agent, const std::string &run)
{
    const std::time_t second = row.time.count() / 1000;
    std::tm utc{};
    ::gmtime_r(&second, &utc);
    char date[32];
    std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
    print(body, "[\"%s\",\"%s\",%llu,\"%s.%03dZ\",true,%d,%d,%u,%zu,[", agent, run.c_str(),
          static_cast<unsigned long long>(row.sequence), date,
          static_cast<int>(row.time.count() % 1000), row.frame.width, row.frame.height, row.revision,
          row.faces.size());
    for (const Track &face : row.faces) {
        const auto part = [](float value) { return static_cast<double>(value); };
        print(body, R"(%s{"x":%.4f,"y":%.4f,"w":%.4f,"h":%.4f,"score":%.3f,"track":%u})",
              &face == &row.faces.front() ? "" : ",", part(face.box.x), part(face.box.y),
              part(face.box.w), part(face.box.h), part(face.score), face.id);
    }
    body += "]]";
}

[[noreturn]] void die(const char *why)
{
    std::perror(why);
    std::exit(1);
}

class Connection
{
public:
    explicit Connection(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0)
            die("connect");
        const int now = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
    }
    ~Connection() { ::close(m_socket); }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void send(const std::string &request)
    {
        for (std::size_t sent = 0; sent < request.size();) {
            const auto some = ::send(m_socket, request.data() + sent, request.size() - sent, 0);
            if (some <= 0)
                die("send");
            sent += static_cast<std::size_t>(some);
        }
    }

    bool readAnswer()
    {
        m_answer.clear();
        std::size_t whole = std::string::npos;
        while (m_answer.size() < whole) {
            char bytes[65536];
            const auto some = ::recv(m_socket, bytes, sizeof bytes, 0);
            if (some <= 0)
                die("recv");
            m_answer.append(bytes, static_cast<std::size_t>(some));
            const std::size_t end = m_answer.find("\r\n\r\n");
            if (whole == std::string::npos && end != std::string::npos)
                whole = end + 4 + std::stoul(m_answer.substr(m_answer.find("content-length: ") + 16));
        }
        return m_answer.starts_with("HTTP/1.1 200");
    }

private:
    const int m_socket;
    std::string m_answer;
};

} // namespace

std::vector<std::string> prebuiltRequests(std::size_t rows, std::size_t batch, const char *agent,
                                          const std::string &run)
{
    std::vector<std::string> requests;
    Observations observations(-1);
    for (std::size_t row = 0; row < rows;) {
        std::string body = head;
        for (std::size_t in = 0; in < batch && row < rows; ++in, ++row) {
            if (in > 0)
                body += ',';
            appendRow(body, observations.next(), agent, run);
        }
        body += "]}";
        std::string request = "POST /_sql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
                              "application/json\r\nContent-Length: "
                              + std::to_string(body.size()) + "\r\n\r\n";
        requests.push_back(std::move(request) + body);
    }
    return requests;
}

BareRun sendBare(std::uint16_t port, const std::vector<std::string> &requests,
                 std::size_t connections)
{
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> refused = 0;
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < connections; ++i)
        threads.emplace_back([&] {
            Connection connection(port);
            for (std::size_t at = next++; at < requests.size(); at = next++) {
                connection.send(requests[at]);
                if (!connection.readAnswer())
                    ++refused;
            }
        });
    threads.clear(); // joins
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return {took.count(), refused};
}

} // namespace facetrack::bench
