#pragma once
#include "libfacetrack/http/server.h"

namespace facetrack {

/// Serves the page at the camera (resources/page) at "/", with its style, script and icon.
void addPageRoutes(http::Server &server);

} // namespace facetrack
