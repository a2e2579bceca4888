#pragma once
#include <cstdint>
#include <sys/types.h>
#include <vector>

namespace facetrack::bench {

/// What all connections of one client process saw since the last report.
struct ClientReport
{
    double seconds = 0;
    double slowest = 0; ///< frames per second of the connection with the fewest
    double mean = 0;
    double worstGapMs = 0; ///< longest wait for a frame on any connection
    std::uint64_t bytes = 0;
};

/// A process of its own that watches a stream over many connections, so that the CPU of this
/// process is the sender's alone. Made before this process has threads.
class StreamClients
{
public:
    explicit StreamClients(int connections);
    ~StreamClients(); ///< ends the process
    StreamClients(const StreamClients &) = delete;
    StreamClients &operator=(const StreamClients &) = delete;

    /// Connects to 127.0.0.1:`port`; returns when every connection has had a frame.
    void watch(std::uint16_t port);
    ClientReport report();
    pid_t pid() const { return m_pid; }

private:
    pid_t m_pid = -1;
    int m_commands = -1;
    int m_answers = -1;
};

} // namespace facetrack::bench
