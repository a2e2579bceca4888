#include "libfacetrack/pipeline/truth.h"

#include <fstream>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::json;

/// Throws Json::exception for anything else than four numbers a box.
std::vector<Box> boxesOf(const Json &list)
{
    std::vector<Box> boxes;
    for (const Json &box : list)
        boxes.push_back({box.at(0).get<float>(), box.at(1).get<float>(), box.at(2).get<float>(),
                         box.at(3).get<float>()});
    return boxes;
}

std::vector<Box> fractions(std::vector<Box> boxes, const Size &size)
{
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    for (Box &box : boxes)
        box = {box.x / width, box.y / height, box.w / width, box.h / height};
    return boxes;
}

} // namespace

Result<Truth> Truth::load(const std::filesystem::path &file)
{
    std::ifstream stream(file);
    if (!stream)
        return fail(ErrorCode::NotFound, file.string(), "cannot be read");
    Truth truth;
    try {
        const Json json = Json::parse(stream);
        if (json.contains("images")) {
            for (const Json &image : json.at("images"))
                truth.m_images[image.at("file").get<std::string>()]
                    = boxesOf(image.at("boxes_xywh"));
        } else {
            for (const Json &frame : json.at("boxes_xywh_per_frame"))
                truth.m_frames.push_back(boxesOf(frame));
            truth.m_size = {json.value("width", 0), json.value("height", 0)};
        }
    } catch (const Json::exception &) {
        return fail(ErrorCode::Corrupt, file.string(), "has not the form of a truth file",
                    "docs/detection.md says which forms there are");
    }
    return truth;
}

std::optional<std::vector<Box>> Truth::of(const Frame &frame) const
{
    if (!m_images.empty()) {
        const auto image = m_images.find(frame.file());
        return image == m_images.end() ? std::nullopt
                                       : std::optional(fractions(image->second, frame.size()));
    }
    if (frame.sequence() >= m_frames.size() || m_size.empty())
        return std::nullopt;
    return fractions(m_frames[frame.sequence()], m_size);
}

} // namespace facetrack
