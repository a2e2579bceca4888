#pragma once
#include "fake_channel.h"
#include "libfacetrack/stream/broadcaster.h"
#include "pictures.h"

#include <chrono>
#include <future>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace facetrack::test {

using namespace std::chrono_literals;

using Channel = std::shared_ptr<FakeChannel>;

/// A broadcaster with a camera of 320x240 that takes a picture whenever the test says so.
class Stage
{
public:
    explicit Stage(BroadcasterSettings settings = {}) : broadcaster(std::move(settings), clock)
    {
        broadcaster.start();
    }

    FramePtr picture()
    {
        return painted(PixelFormat::I420, {320, 240}, smooth)
            .sequence(m_sequence++)
            .captured(clock.monotonic(), clock.utc())
            .build();
    }

    /// Gives one frame and waits until the stream has taken it.
    FramePtr shoot(std::chrono::milliseconds after = 40ms)
    {
        clock.advance(after);
        const FramePtr frame = picture();
        broadcaster.frame(frame);
        settle();
        return frame;
    }

    void analyse(FramePtr frame, std::vector<Track> faces)
    {
        broadcaster.analysis(std::make_shared<AnalysedFrame>(
            AnalysedFrame{std::move(frame), std::move(faces), {}, clock.monotonic(), 0, 0}));
        settle();
    }

    /// Snapshots are answered last, so everything that was there before is done after one.
    /// Two, because the first may be taken together with work that came between.
    void settle()
    {
        for (int i = 0; i < 2; ++i)
            static_cast<void>(snapshot({.width = 16, .quality = 1, .boxes = Boxes::Exact}));
    }

    Result<Snapshot> snapshot(ViewerOptions options)
    {
        auto promise = std::make_shared<std::promise<Result<Snapshot>>>();
        auto future = promise->get_future();
        broadcaster.snapshot(options, [promise](Result<Snapshot> result) {
            promise->set_value(std::move(result));
        });
        if (future.wait_for(10s) != std::future_status::ready)
            return fail(ErrorCode::Internal, "test", "no answer");
        return future.get();
    }

    Result<void> join(const Channel &channel, const ViewerOptions &options = {})
    {
        const auto response = broadcaster.watch(options);
        if (!response)
            return tl::unexpected(response.error());
        response->opened(channel);
        return {};
    }

    Channel viewer(const ViewerOptions &options = {}, bool stuck = false)
    {
        auto channel = std::make_shared<FakeChannel>(stuck);
        if (!join(channel, options))
            return nullptr;
        settle();
        return channel;
    }

    std::uint64_t encodes() const { return broadcaster.statistics().encodes; }

    ManualClock clock;
    Broadcaster broadcaster;

private:
    std::uint64_t m_sequence = 0;
};

inline const Track face{1, {0.25F, 0.25F, 0.5F, 0.5F}, 1};

inline bool isJpeg(std::string_view bytes)
{
    return bytes.starts_with("\xff\xd8") && bytes.ends_with("\xff\xd9");
}

} // namespace facetrack::test
