#include "libfacetrack/base/json_text.h"

#include <nlohmann/json.hpp>

namespace facetrack {

std::string jsonText(const nlohmann::json &json)
{
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string jsonText(const nlohmann::ordered_json &json)
{
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace facetrack
