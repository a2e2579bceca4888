#include "libfacetrack/capture/synthetic_source.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <utility>

namespace facetrack {

namespace {

struct Scene
{
    std::string_view name;
    bool still; ///< nobody, and always its first frame
};
constexpr std::array<Scene, 2> Scenes{Scene{"booth", false}, Scene{"still", true}};

constexpr Size DefaultSize{1088, 720};

std::string sceneNames()
{
    std::string list;
    for (const Scene &scene : Scenes)
        list += (list.empty() ? "" : ", ") + std::string(scene.name);
    return list;
}

Result<Scene> sceneOf(const SourceUrl &url)
{
    for (const Scene &scene : Scenes) {
        if (scene.name == url.path)
            return scene;
    }
    return fail(ErrorCode::InvalidArgument, url.text,
                "there is no synthetic scene \"" + url.path + "\"", "known: " + sceneNames());
}

Result<BoothOptions> optionsOf(const SourceUrl &url, const Scene &scene)
{
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    BoothOptions options;
    const auto seed = url.integer("seed", 1, 0, most);
    if (!seed)
        return tl::unexpected(seed.error());
    const auto people = url.integer("people", 4, 0, 32);
    if (!people)
        return tl::unexpected(people.error());
    const auto fps = url.number("fps", 30, 1, 120);
    if (!fps)
        return tl::unexpected(fps.error());
    const Size size = url.size.empty() ? DefaultSize : url.size;
    options.seed = static_cast<std::uint64_t>(*seed);
    options.people = scene.still ? 0 : static_cast<int>(*people);
    options.width = size.width;
    options.height = size.height;
    options.fps = *fps;
    return options;
}

} // namespace

SourceKind SyntheticSource::kind()
{
    return {"synthetic",
            "synthetic:booth|still[?seed=1][&people=4][&fps=30][&frames=N][&freeze_after=N][&rate=native|max]",
            "A drawn scene, for trials and tests without a camera.", &SyntheticSource::open};
}

Result<std::unique_ptr<CaptureSource>> SyntheticSource::open(const SourceUrl &url, Pacing pacing,
                                                             const Clock &clock)
{
    const auto scene = sceneOf(url);
    if (!scene)
        return tl::unexpected(scene.error());
    if (const auto allowed = url.allowOnly({"seed", "people", "fps", "frames", "freeze_after", "rate"});
        !allowed)
        return tl::unexpected(allowed.error());
    const auto options = optionsOf(url, *scene);
    if (!options)
        return tl::unexpected(options.error());
    const auto frames = url.integer("frames", 0, 1, 1'000'000'000);
    if (!frames)
        return tl::unexpected(frames.error());
    const auto freeze = url.integer("freeze_after", 0, 1, 1'000'000'000);
    if (!freeze)
        return tl::unexpected(freeze.error());
    const auto rate = url.choice("rate", {"native", "max"});
    if (!rate)
        return tl::unexpected(rate.error());
    const Ends ends{static_cast<std::uint64_t>(*frames), static_cast<std::uint64_t>(*freeze)};
    return std::unique_ptr<CaptureSource>(
        new SyntheticSource(*options, scene->still, ends, pacing, *rate, clock));
}

SyntheticSource::SyntheticSource(const BoothOptions &options, bool still, Ends ends,
                                 Pacing pacing, std::string_view rate, const Clock &clock)
    : m_scene(options),
      m_size{options.width, options.height},
      m_fps(options.fps),
      m_still(still),
      m_ends(ends),
      m_delivery(pacing, rate, clock)
{
}

std::chrono::nanoseconds SyntheticSource::timeOf(std::uint64_t index) const
{
    return std::chrono::nanoseconds(
        static_cast<std::int64_t>(static_cast<double>(index) * 1e9 / m_fps));
}

void SyntheticSource::skipOverdue()
{
    const std::chrono::nanoseconds late = m_delivery.lateness(timeOf(m_nextIndex));
    const std::chrono::nanoseconds period = timeOf(1);
    if (late > period)
        m_nextIndex += static_cast<std::uint64_t>(late / period);
}

FrameBuilder SyntheticSource::draw(std::uint64_t index)
{
    if (m_stillFrame)
        return FrameBuilder::copyOf(*m_stillFrame);
    FrameBuilder frame(PixelFormat::I420, m_size);
    const MutablePlane y = frame.plane(0);
    const MutablePlane u = frame.plane(1);
    const MutablePlane v = frame.plane(2);
    m_scene.render(index, y.data, y.stride, u.data, u.stride, v.data, v.stride);
    if (!m_still)
        return frame;
    m_stillFrame = frame.build();
    return FrameBuilder::copyOf(*m_stillFrame);
}

void SyntheticSource::freeze(std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
}

Result<FramePtr> SyntheticSource::next(std::stop_token stop)
{
    // Time begins with the first frame: to draw it takes as long as ten others, since all that stays the same
    // is drawn for it.
    if (std::exchange(m_begun, true))
        skipOverdue();
    if (m_ends.freezeAfter > 0 && m_nextIndex >= m_ends.freezeAfter)
        freeze(stop);
    if (stop.stop_requested() || (m_ends.frames > 0 && m_nextIndex >= m_ends.frames))
        return FramePtr();
    const std::uint64_t index = m_nextIndex;
    FrameBuilder frame = draw(index);
    if (!m_delivery.wait(stop, timeOf(index)))
        return FramePtr();
    m_nextIndex = index + 1;
    m_delivery.stamp(frame, timeOf(index));
    return frame.sequence(index).build();
}

} // namespace facetrack
