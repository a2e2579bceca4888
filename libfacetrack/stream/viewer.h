#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/http/message.h"
#include "libfacetrack/stream/picture.h"
#include "libfacetrack/stream/viewer_options.h"
#include "libfacetrack/stream/viewer_places.h"

#include <cstdint>
#include <memory>

namespace facetrack {

/// One who watches, as the stream's thread sees it. Thread-bound.
class Viewer
{
public:
    Viewer(ViewerOptions options, std::shared_ptr<http::LatestChannel> channel,
           ViewerPlaces::Place place);

    const ViewerOptions &options() const { return m_options; }
    /// True until the first offer: such a viewer takes the newest picture however old it is.
    bool isNew() const { return m_isNew; }
    bool closed() const { return m_channel->closed(); }
    void close() { m_channel->close(); }

    /// Whether a picture captured at `captured` is due with at most `limit` pictures a second
    /// (0: all). Says so once: the next one is due a period later.
    bool due(MonotonicTime captured, double limit);
    /// False when the viewer is gone.
    bool offer(const Part &part);
    /// Pictures that it skipped since the last call.
    std::uint64_t newlySkipped();

private:
    ViewerOptions m_options;
    std::shared_ptr<http::LatestChannel> m_channel;
    ViewerPlaces::Place m_place;
    MonotonicTime m_due{0};
    std::uint64_t m_skipped = 0;
    bool m_isNew = true;
};

} // namespace facetrack
