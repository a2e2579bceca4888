#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/stream/viewer_options.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace facetrack {

/// How many may watch, and how many different pictures may be encoded for them: without the second
/// limit a handful of strangers with a width each would take the whole processor. Thread-safe.
class FACETRACK_EXPORT ViewerPlaces : public std::enable_shared_from_this<ViewerPlaces>
{
public:
    /// A place is free again when the last copy of this is gone.
    using Place = std::shared_ptr<void>;

    ViewerPlaces(std::size_t viewers, std::size_t pictures);

    /// Unavailable when all places are taken, or when `options` would be one picture too many.
    /// The picture that asks for nothing special is never one too many.
    Result<Place> take(ViewerOptions options);
    std::size_t taken() const;

private:
    void release(const ViewerOptions &wish);

    const std::size_t m_viewers;
    const std::size_t m_pictures;
    mutable std::mutex m_mutex;
    std::vector<ViewerOptions> m_wishes; ///< one for each place, without the rate
};

} // namespace facetrack
