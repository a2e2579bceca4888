#pragma once
#include "libfacetrack/model/box.h"
#include "libfacetrack/model/detection.h"

#include <cstdint>
#include <vector>

namespace facetrack {

/// One place to look at for faces of some sizes. A face belongs to a look when its *middle* is in
/// `middles` and its width in the range; it may reach out of `middles` on all sides. Looks that
/// share no middles and no sizes thus share no work, and together miss nothing.
struct Look
{
    Box middles{0, 0, 1, 1}; ///< fractions of the frame
    float least = 0;         ///< width of the narrowest face, pixels of the frame
    float most = 0;          ///< of the widest, not included; 0 is no limit
    bool doubted = false;    ///< because of a hint: only what is beyond doubt is a face here

    bool operator==(const Look &) const = default;
};

/// Whether `look` asks for a face with this box, in a frame of so many pixels.
inline bool asksFor(const Look &look, const Box &face, const Size &frame)
{
    const float x = face.x + face.w / 2 - look.middles.x;
    const float y = face.y + face.h / 2 - look.middles.y;
    const float width = face.w * static_cast<float>(frame.width);
    return x >= 0 && y >= 0 && x <= look.middles.w && y <= look.middles.h && width >= look.least
           && (look.most <= 0 || width < look.most);
}

/// What looks at a frame brought.
struct Findings
{
    std::vector<Detection> faces; ///< each once, however many looks saw it
    std::vector<Box> hints;       ///< what was nearly one: a closer look may tell
    std::uint64_t pixels = 0;     ///< pixels read in all scales, a measure of work that any machine counts alike
};

/// How a detector likes a whole frame cut into looks, so that each is a small part of the work.
struct SweepShape
{
    float sizeRatio = 1.21F; ///< widest to narrowest face of one look
    float tileInFaces = 4;   ///< edge of `middles`, in widths of the widest face
    double newsRate = 2.4;   ///< whole looks in a max_delay, at most, for what is new: a face that
                             ///< is missed now and then needs several, cheap looks may be many
};

} // namespace facetrack
