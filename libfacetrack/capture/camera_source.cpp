#include "libfacetrack/capture/camera_source.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/capture/camera_orders.h"
#include "libfacetrack/capture/sensor_time.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace facetrack {

namespace {

/// A cable that is loose damages many frames; one alone is nothing.
constexpr int MostDamaged = 30;

/// Gives a buffer back whatever happens.
class Loan
{
public:
    Loan(CameraDevice &device, const CameraBuffer &buffer) : m_device(device), m_buffer(buffer) {}
    ~Loan() { m_device.giveBack(m_buffer); }
    Loan(const Loan &) = delete;
    Loan &operator=(const Loan &) = delete;

private:
    CameraDevice &m_device;
    const CameraBuffer &m_buffer;
};

} // namespace

Result<CameraSource::Wanted> CameraSource::wanted(const SourceUrl &url, std::set<std::string> own)
{
    own.insert({"fps", "format", "range"});
    if (const auto allowed = url.allowOnly(own); !allowed)
        return tl::unexpected(allowed.error());
    Wanted wanted{url.text, url.size, 0, {}, {}};
    const auto fps = url.number("fps", 0, 0.1, 1000);
    if (!fps)
        return tl::unexpected(fps.error());
    wanted.fps = *fps;
    if (const auto format = url.options.find("format"); format != url.options.end()) {
        wanted.pixels = cameraPixels(format->second);
        if (!wanted.pixels)
            return fail(ErrorCode::InvalidArgument, url.text,
                        "format=" + format->second + " is not understood",
                        "YUV420, NV12, YUYV, UYVY, GREY or MJPEG");
    }
    const auto range = url.choice("range", {"auto", "full", "limited"});
    if (!range)
        return tl::unexpected(range.error());
    if (*range != "auto")
        wanted.limitedRange = *range == "limited";
    return wanted;
}

CameraSource::CameraSource(std::unique_ptr<CameraDevice> device, Wanted wanted, const Clock &clock)
    : m_wanted(std::move(wanted)), m_clock(clock), m_device(std::move(device)),
      m_link(std::make_shared<CameraLink>())
{
    m_report.about = m_device->about();
    m_report.setup.fps = m_wanted.fps;
}

CameraSource::~CameraSource() = default;

Result<void> CameraSource::start(const Turn &turn, const CameraOrders &orders, bool reduced)
{
    CameraRequest request;
    request.size = turn.upright(m_wanted.size); // transposing is its own inverse
    request.fps = m_wanted.fps;
    request.pixels = m_wanted.pixels;
    request.flipX = !turn.transpose && turn.flipX;
    request.flipY = !turn.transpose && turn.flipY;
    request.reduced = reduced;
    const auto setup = m_device->start(request, orders);
    if (!setup)
        return tl::unexpected(setup.error());
    m_report.about = m_device->about(); // starting may have told more
    m_report.setup = *setup;
    m_turn = turn;
    m_rest = {turn.transpose, turn.flipX != setup->flipX, turn.flipY != setup->flipY};
    m_asksReduced = reduced;
    m_converter.emplace(m_wanted.size);
    // A picture that is made to fit shows another part of what the camera sees.
    m_reducer.reset();
    if (!setup->reduced.empty() && (m_wanted.size.empty() || setup->size == request.size))
        m_reducer.emplace();
    m_lastCount.reset();
    qCInfo(lcCapture, "%s: %s gives %dx%d %s", m_wanted.url.c_str(), m_report.about.model.c_str(),
           setup->size.width, setup->size.height, setup->format.c_str());
    if (m_reducer)
        qCInfo(lcCapture, "%s: and %dx%d beside it", m_wanted.url.c_str(), setup->reduced.width,
               setup->reduced.height);
    return {};
}

/// Brings the camera to what is wished now.
Result<void> CameraSource::follow()
{
    const CameraLink::Wish wish = m_link->wish();
    if (m_followed == wish.number)
        return {};
    const Turn turn = cameraTurn(wish.tuning);
    const CameraOrders orders
        = cameraOrders(wish.tuning, m_report.about, m_wanted.fps, wish.rateLimit);
    if (!m_followed || !(turn == m_turn) || wish.reduced != m_asksReduced) {
        if (const auto started = start(turn, orders, wish.reduced); !started)
            return started;
    } else if (!(orders == m_report.asked)) {
        m_device->set(orders);
    }
    // Also where the camera slows itself down: not every camera keeps to what it is told.
    const double most = wish.tuning.mostFps;
    m_limit.set(most > 0 && wish.rateLimit > 0 ? std::min(most, wish.rateLimit)
                                               : std::max(most, wish.rateLimit));
    m_report.asked = orders;
    m_followed = wish.number;
    m_link->report(m_report);
    return {};
}

void CameraSource::tell(const CameraBuffer &buffer)
{
    const std::uint64_t dropped = m_device->dropped();
    if (m_lastCount && buffer.sequence > *m_lastCount + 1) {
        // What was thrown away unseen leaves a gap too.
        const std::uint64_t gap = buffer.sequence - *m_lastCount - 1;
        m_report.missed += gap - std::min(gap, dropped - m_report.dropped);
    }
    m_lastCount = buffer.sequence;
    m_report.actual = buffer.actual;
    m_report.dropped = dropped;
    m_link->report(m_report);
}

/// The frame, or nothing for one that is not due; the buffer goes back in any case.
Result<std::optional<FrameBuilder>> CameraSource::copy(const CameraBuffer &buffer, MonotonicTime when)
{
    const Loan loan(*m_device, buffer);
    if (!m_limit.due(when)) {
        ++m_report.thinned;
        return std::nullopt;
    }
    const auto convert = [&](CameraConverter &converter, CameraPicture picture) {
        if (m_wanted.limitedRange)
            picture.limitedRange = *m_wanted.limitedRange;
        return converter.convert(picture, m_rest);
    };
    auto frame = convert(*m_converter, buffer.picture);
    if (frame && m_reducer && buffer.reduced) {
        if (auto reduced = convert(*m_reducer, *buffer.reduced)) // without it the frame is as good
            frame->reduced(reduced->build());
    }
    return frame;
}

/// Nothing for a frame that is left out.
Result<FramePtr> CameraSource::take(const CameraBuffer &buffer)
{
    const FrameTimes times = sensorTimes(buffer, m_clock);
    auto frame = copy(buffer, times.monotonic);
    m_report.sensorTime = times.fromSensor;
    m_damagedInARow = frame ? 0 : m_damagedInARow + 1;
    if (!frame)
        ++m_report.damaged;
    else if (*frame)
        ++m_report.delivered;
    tell(buffer);
    if (!frame && m_damagedInARow >= MostDamaged)
        return tl::unexpected(frame.error());
    if (!frame || !*frame)
        return FramePtr();
    return (*frame)->captured(times.monotonic, times.utc).sequence(m_sequence++).build();
}

Result<FramePtr> CameraSource::next(std::stop_token stop)
{
    constexpr std::chrono::milliseconds glance{250}; // how late a change of settings may be
    MonotonicTime heard = m_clock.monotonic();
    while (!stop.stop_requested()) {
        if (const auto followed = follow(); !followed)
            return tl::unexpected(followed.error());
        const auto buffer = m_device->next(stop, std::min<std::chrono::nanoseconds>(glance, m_link->patience()));
        if (!buffer)
            return tl::unexpected(buffer.error());
        if (*buffer) {
            auto frame = take(**buffer);
            if (!frame || *frame)
                return frame;
            heard = m_clock.monotonic();
        } else if (m_clock.monotonic() - heard >= m_link->patience()) {
            char words[80];
            std::snprintf(words, sizeof words, "the camera has given no frame for %.0f s",
                          std::chrono::duration<double>(m_link->patience()).count());
            return fail(ErrorCode::Unavailable, m_wanted.url, words,
                        "look at its cable and power; it is opened again");
        }
    }
    return FramePtr();
}

} // namespace facetrack
