#pragma once
#include "libfacetrack/http/server.h"

namespace facetrack {

/// Serves the page at the camera (resources/page) at "/", with its style, scripts and icon, and the
/// description of the API at "/api/v1/openapi.yaml".
void addPageRoutes(http::Server &server);

} // namespace facetrack
