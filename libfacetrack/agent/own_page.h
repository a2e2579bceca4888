#pragma once
#include "libfacetrack/http/message.h"

#include <string>
#include <string_view>

namespace facetrack {

/// Empty where there is none. `name` in lower case.
std::string header(const http::Request &request, const char *name);
/// GET and HEAD.
bool onlyLooks(const http::Request &request);

/// "127.0.0.1", "::1": an address of this machine that no other reaches.
bool isLoopback(std::string_view address);
/// "localhost:7420", "127.0.0.1", "[::1]:80": what no stranger's DNS can point somewhere else.
bool namesThisMachine(std::string_view host);

/// Whether a browser says that the request comes from the agent's own page (or, for looking, from
/// the address bar). A browser adds what makes somebody known (a cookie, the way from this machine)
/// to the requests of strange pages too; this tells them apart. `scheme` is the agent's: "https".
/// A program that says nothing of pages may look; it may change only where `sayNothing` is true.
bool fromOwnPage(const http::Request &request, std::string_view scheme, bool sayNothing);

} // namespace facetrack
