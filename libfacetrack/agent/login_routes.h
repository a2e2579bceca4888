#pragma once
#include "libfacetrack/agent/access_control.h"
#include "libfacetrack/http/server.h"

#include <functional>
#include <string>

namespace facetrack {

/// /login, /logout and /api/v1/session. `access` outlives the server; `name` is the agent's, to be
/// shown.
void addLoginRoutes(http::Server &server, AccessControl &access, std::function<std::string()> name);

} // namespace facetrack
