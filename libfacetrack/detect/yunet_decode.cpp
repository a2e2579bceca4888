#include "libfacetrack/detect/yunet_decode.h"

#include <algorithm>
#include <cmath>

namespace facetrack {

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

} // namespace facetrack
