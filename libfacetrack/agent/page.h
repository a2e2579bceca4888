#pragma once
#include "libfacetrack/http/server.h"

#include <string>
#include <string_view>

namespace facetrack {

/// What a page of the agent may load and do: its own files only, and be in no other page.
inline constexpr std::string_view pagePolicy
    = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A file of resources/page.
std::string pageText(const char *name);

/// Serves the page at the camera (resources/page) at "/", with its style, scripts and icon, and the
/// description of the API at "/api/v1/openapi.yaml".
void addPageRoutes(http::Server &server);

} // namespace facetrack
