#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace facetrack::bench {

/// Whole HTTP requests, ready to be sent: bulk inserts of the rows of Observations.
std::vector<std::string> prebuiltRequests(std::size_t rows, std::size_t batch, const char *agent,
                                          const std::string &run);

/// What sending them took.
struct BareRun
{
    double seconds = 0;
    std::size_t refused = 0; ///< answers other than 200
};

/// Sends them over so many connections and reads each answer's bytes, nothing more: one blocking
/// thread a connection, the next request when the answer is there.
BareRun sendBare(std::uint16_t port, const std::vector<std::string> &requests,
                 std::size_t connections);

} // namespace facetrack::bench
