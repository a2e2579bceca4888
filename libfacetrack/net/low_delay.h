#pragma once
#include <cstdint>

namespace facetrack::net {

/// Sets TCP_NODELAY on all connections of this process to that port. QNetworkAccessManager leaves
/// Nagle's algorithm on, writes a body in pieces of 16 KB, and gives no access to its sockets: the
/// last piece then waits up to 40 ms for a delayed acknowledgement of the others. Cheap enough for
/// each request; does nothing where /proc is missing.
void sendWithoutDelay(std::uint16_t port);

} // namespace facetrack::net
