#include "libfacetrack/agent/access.h"

#include "libfacetrack/agent/own_page.h"

namespace facetrack {

using http::Request;
using http::Response;
using http::Standing;

bool mayChange(const Request &request)
{
    return request.standing == Standing::Trusted;
}

bool mayLook(const Request &request)
{
    return request.standing != Standing::Stranger;
}

Response onlyForOwners()
{
    return Response::error(403, "denied", "this is shown to those who may change things only",
                           "ask on the agent itself, for instance over SSH");
}

std::string askedBy(const Request &request)
{
    constexpr std::size_t longest = 60;
    std::string name = header(request, "x-client").substr(0, longest);
    std::erase_if(name, [](char c) { return c < ' ' || c > '~'; });
    return name.empty() ? request.remoteAddress : name + " (" + request.remoteAddress + ")";
}

} // namespace facetrack
