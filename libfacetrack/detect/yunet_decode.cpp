#include "libfacetrack/detect/yunet_decode.h"

#include <algorithm>
#include <cmath>

namespace facetrack {

namespace {

/// Whether most of `part` lies in `face`.
bool isPartOf(const Box &part, const Box &face)
{
    const float width = std::min(part.x + part.w, face.x + face.w) - std::max(part.x, face.x);
    const float height = std::min(part.y + part.h, face.y + face.h) - std::max(part.y, face.y);
    return width > 0 && height > 0 && width * height > 0.5F * part.area();
}

} // namespace

void decodeYuNet(const YuNetGrid &grid, float least, std::vector<Detection> &found)
{
    const std::size_t cells = std::min({grid.cls.size(), grid.obj.size(), grid.box.size() / 4});
    const auto stride = static_cast<float>(grid.stride);
    const auto columns = static_cast<std::size_t>(grid.columns);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const float product = grid.cls[cell] * grid.obj[cell];
        if (!(product >= least * least && product > 0))
            continue;
        const std::span<const float> box = grid.box.subspan(4 * cell, 4);
        const float width = std::exp(box[2]) * stride;
        const float height = std::exp(box[3]) * stride;
        const float x = (static_cast<float>(cell % columns) + box[0]) * stride;
        const float y = (static_cast<float>(cell / columns) + box[1]) * stride;
        if (std::isfinite(width) && std::isfinite(height) && std::isfinite(x) && std::isfinite(y))
            found.push_back({{x - width / 2, y - height / 2, width, height},
                             std::min(1.0F, std::sqrt(product))});
    }
}

std::vector<Detection> suppressOverlaps(std::vector<Detection> found, float most)
{
    std::stable_sort(found.begin(), found.end(), [](const Detection &a, const Detection &b) {
        return a.score > b.score;
    });
    std::vector<Detection> kept;
    for (const Detection &face : found) {
        const bool free = std::none_of(kept.begin(), kept.end(), [&](const Detection &better) {
            return overlap(better.box, face.box) > most;
        });
        if (free)
            kept.push_back(face);
    }
    return kept;
}

std::vector<Detection> joinViews(std::vector<Detection> whole, std::vector<Detection> cut, float most)
{
    std::vector<Detection> faces = suppressOverlaps(std::move(whole), most);
    for (const Detection &part : suppressOverlaps(std::move(cut), most)) {
        const bool isSeenWhole = std::any_of(faces.begin(), faces.end(), [&](const Detection &face) {
            return isPartOf(part.box, face.box);
        });
        if (!isSeenWhole)
            faces.push_back(part);
    }
    return suppressOverlaps(std::move(faces), most);
}

} // namespace facetrack
