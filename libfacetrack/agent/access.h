#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/http/message.h"

#include <string>

namespace facetrack {

/// Whether the request is that of someone who may change things: with the token or logged in, or
/// from this machine where that is enough. For routes that show or do more to those; the guard
/// stands before whatever changes something anyway.
FACETRACK_EXPORT bool mayChange(const http::Request &request);
/// Whether it is that of someone who may see pictures and figures. The guard stands before these,
/// but not before what is open to all.
FACETRACK_EXPORT bool mayLook(const http::Request &request);

/// 403 for who may not, where looking needs the same right.
http::Response onlyForOwners();

/// Who asks, for people: the address, with the name from an X-Client header before it.
FACETRACK_EXPORT std::string askedBy(const http::Request &request);

} // namespace facetrack
