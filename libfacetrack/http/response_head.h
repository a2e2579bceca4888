// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/message.h"

#include <string>

namespace facetrack::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// What the connection does after an answer; said in its header.
enum class AfterAnswer { KeepAlive, Close };

/// The bytes before the body of a whole answer, its empty line included. Handlers cannot break
/// the framing: their Content-Length, Transfer-Encoding and Connection are left out, and so is a
/// header with a line break or another control character in it.
/// `more` are added where the response does not have its own.
std::string responseHead(const Response &response, AfterAnswer after, const Headers &more);

/// The bytes before an answer that ends with the connection: no length, no chunks.
std::string streamHead(const StreamResponse &response, const Headers &more);

/// False for the statuses that never have one (1xx, 204, 304).
bool statusHasBody(int status);

} // namespace facetrack::http
