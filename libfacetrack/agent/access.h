#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/http/message.h"

#include <string>

namespace facetrack {

/// Who may do what, for every route of an agent: given to Server::guard(). Looking (GET, HEAD) is
/// free; whatever changes something is answered 403 unless it comes from this machine itself, and
/// from no web page of somebody else's: a page that a browser on this machine has open could send
/// requests too, so a request with an Origin must come from the agent's own page, under a name that
/// nobody else can own.
FACETRACK_EXPORT http::Guard accessGuard();

/// Whether the request is that of someone who may change things: for routes that show or do more to
/// those (the guard stands before whatever changes something anyway).
FACETRACK_EXPORT bool mayChange(const http::Request &request);

/// 403 for who may not, where looking needs the same right.
http::Response onlyForOwners();

/// Who asks, for people: the address, with the name from an X-Client header before it.
FACETRACK_EXPORT std::string askedBy(const http::Request &request);

} // namespace facetrack
