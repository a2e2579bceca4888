#include "libfacetrack/stream/broadcaster.h"

#include "libfacetrack/stream/picture.h"
#include "libfacetrack/stream/stream_loop.h"
#include "libfacetrack/stream/viewer_places.h"

#include <algorithm>
#include <pthread.h>
#include <utility>

namespace facetrack {

class Broadcaster::Impl
{
public:
    Impl(BroadcasterSettings s, const Clock &c)
        : settings(std::move(s)),
          clock(c),
          places(std::make_shared<ViewerPlaces>(settings.maxViewers, settings.maxPictures)),
          inbox(std::make_shared<StreamInbox>(c))
    {
        inbox->rename(settings.name);
    }

    const BroadcasterSettings settings;
    const Clock &clock;
    const std::shared_ptr<ViewerPlaces> places;
    // Shared with answers that the server has not opened yet: they may outlive the broadcaster.
    const std::shared_ptr<StreamInbox> inbox;
    StreamMeter meter;
    std::jthread thread;
};

Broadcaster::Broadcaster(BroadcasterSettings settings, const Clock &clock)
    : m_impl(std::make_unique<Impl>(std::move(settings), clock))
{}

Broadcaster::~Broadcaster()
{
    stop();
}

void Broadcaster::start()
{
    m_impl->thread = std::jthread([impl = m_impl.get()](std::stop_token stop) {
        pthread_setname_np(pthread_self(), "stream");
        StreamLoop(impl->settings, impl->clock, *impl->inbox, impl->meter).run(stop);
    });
}

void Broadcaster::stop()
{
    m_impl->thread.request_stop();
    if (m_impl->thread.joinable())
        m_impl->thread.join();
    m_impl->inbox->close();
}

void Broadcaster::frame(FramePtr frame)
{
    m_impl->inbox->putFrame(std::move(frame));
}

void Broadcaster::analysis(AnalysedFramePtr analysis)
{
    m_impl->inbox->putAnalysis(std::move(analysis));
}

void Broadcaster::tune(const StreamTuning &tuning)
{
    m_impl->inbox->tune(tuning);
}

void Broadcaster::draw(PictureShapes shapes)
{
    m_impl->inbox->draw(std::move(shapes));
}

void Broadcaster::crossed(const std::string &line, const std::string &way)
{
    m_impl->inbox->crossed(line, way);
}

void Broadcaster::rename(std::string name)
{
    m_impl->inbox->rename(std::move(name));
}

void Broadcaster::identify(std::chrono::nanoseconds time)
{
    m_impl->inbox->identify(m_impl->clock.monotonic() + time);
}

void Broadcaster::calibrate(std::chrono::nanoseconds time)
{
    m_impl->inbox->calibrate(m_impl->clock.monotonic() + time);
}

std::chrono::nanoseconds Broadcaster::calibrationLeft() const
{
    return std::max(std::chrono::nanoseconds(0),
                    m_impl->inbox->calibrationUntil() - m_impl->clock.monotonic());
}

Result<http::StreamResponse> Broadcaster::watch(const ViewerOptions &options)
{
    auto place = m_impl->places->take(options);
    if (!place)
        return tl::unexpected(place.error());
    http::StreamResponse response;
    response.contentType = "multipart/x-mixed-replace; boundary=" + std::string(PartBoundary);
    response.headers = {{"Cache-Control", "no-store"}};
    response.opened = [inbox = m_impl->inbox, options, place = std::move(*place)](
                          std::shared_ptr<http::LatestChannel> channel) mutable {
        inbox->add({options, std::move(channel), std::move(place)});
    };
    return response;
}

void Broadcaster::snapshot(const ViewerOptions &options, SnapshotCallback callback)
{
    m_impl->inbox->request({options, std::move(callback)});
}

FramePtr Broadcaster::newestFrame() const
{
    return m_impl->inbox->newestFrame();
}

double Broadcaster::captureRate() const
{
    return m_impl->inbox->captureRate();
}

double Broadcaster::analysisRate() const
{
    return m_impl->inbox->analysisRate();
}

StreamStatistics Broadcaster::statistics() const
{
    StreamStatistics result = m_impl->meter.read(m_impl->clock.monotonic());
    result.viewers = m_impl->places->taken();
    result.calibrationLeft = calibrationLeft();
    result.missed = m_impl->inbox->missed();
    return result;
}

} // namespace facetrack
