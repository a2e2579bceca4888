// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/message.h"

#include "libfacetrack/base/json_text.h"

#include <nlohmann/json.hpp>

namespace facetrack::http {

LatestChannel::~LatestChannel() = default;
Reply::~Reply() = default;

Response Response::text(int status, std::string body)
{
    Response response;
    response.status = status;
    response.body = makeBytes(std::move(body));
    return response;
}

Response Response::json(int status, std::string body)
{
    Response response = text(status, std::move(body));
    response.contentType = "application/json";
    return response;
}

Response Response::error(int status, std::string_view code, std::string message, std::string advice)
{
    const nlohmann::ordered_json body{{"error",
                                       {{"code", code},
                                        {"message", std::move(message)},
                                        {"advice", std::move(advice)}}}};
    return json(status, jsonText(body) + "\n");
}

Handler answer(std::function<Response(const Request &)> function)
{
    return [function = std::move(function)](const Request &request,
                                            const std::shared_ptr<Reply> &reply) {
        reply->send(function(request));
    };
}

} // namespace facetrack::http
