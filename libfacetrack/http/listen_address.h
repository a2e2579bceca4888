// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <cstdint>
#include <string>

namespace facetrack::http {

/// Where to listen.
struct ListenAddress
{
    std::string host; ///< numeric, without brackets
    std::uint16_t port = 0;
};

/// "127.0.0.1:7420", "[::1]:7420", "localhost:7420" (127.0.0.1), "[::]:80" (IPv4 as well).
/// InvalidArgument for anything else. Port 0 lets the system choose.
FACETRACK_EXPORT Result<ListenAddress> parseListenAddress(const std::string &text);

/// "host:port", IPv6 in brackets, as a browser of this machine can open it: an address that
/// means every interface becomes 127.0.0.1.
FACETRACK_EXPORT std::string browsableAddress(const ListenAddress &address);
/// The same as it is, "0.0.0.0:7420" too.
FACETRACK_EXPORT std::string exactAddress(const ListenAddress &address);
/// Whether no other machine reaches it.
FACETRACK_EXPORT bool isLoopback(const ListenAddress &address);

} // namespace facetrack::http
