// Cameras for a real facetrack-agentd in tests: built under the name of the library with Qt Multimedia's cameras,
// beside a copy of libfacetrack that the agent is told to load. One camera, which does what a folder says
// (FACETRACK_STAND_IN): while there is a file `camera` it is plugged in. That is a JSON object:
//   "controls": {"gain": [1, 16], "focus": []}, what it has, with limits
//   "refuses": why it does not start, "silent": true gives no frames
// What the agent asks of it is added to the file `told`, a line each.
#include "libfacetrack/capture/camera_plugin.h"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <vector>

namespace facetrack {

namespace {

using Json = nlohmann::json;

constexpr Size PictureSize{320, 240};
constexpr std::chrono::milliseconds Period{40};
constexpr int FramesToFocus = 20;
constexpr double SharpAt = 3.25; // dioptres

std::filesystem::path folder()
{
    const char *path = std::getenv("FACETRACK_STAND_IN");
    return path ? path : "";
}

/// What the camera is now; nothing while it is not plugged in.
std::optional<Json> script()
{
    std::ifstream file(folder() / "camera");
    if (!file)
        return {};
    const Json json = Json::parse(file, nullptr, false);
    return json.is_object() ? json : Json::object();
}

void tell(const std::string &line)
{
    std::ofstream(folder() / "told", std::ios::app) << line << '\n';
}

CameraAbout aboutOf(const Json &script)
{
    CameraAbout about{"qtcamera", "stand-in-0", "Stand-in", "", {}, {}, {}, {}};
    about.modes = {{"YUV420", PictureSize, 25, true}};
    const Json controls = script.value("controls", Json::object());
    for (const auto &[name, limits] : controls.items()) {
        about.controls.push_back({name, 0, 0});
        if (limits.size() == 2) {
            about.controls.back().least = limits[0];
            about.controls.back().most = limits[1];
        }
    }
    about.trouble = script.value("refuses", "");
    return about;
}

tl::unexpected<Error> away()
{
    return fail(ErrorCode::Unavailable, "Stand-in", "the camera was unplugged");
}

class StandInCamera final : public CameraDevice
{
public:
    explicit StandInCamera(const Json &script) : m_about(aboutOf(script)), m_memory(bytes(), 128) {}

    const CameraAbout &about() const override { return m_about; }

    Result<CameraSetup> start(const CameraRequest &, const CameraOrders &first) override
    {
        const auto now = script();
        if (!now)
            return away();
        if (const std::string words = now->value("refuses", ""); !words.empty())
            return fail(ErrorCode::Unavailable, "Stand-in", words);
        tell("start");
        m_orders.reset();
        set(first);
        return CameraSetup{PictureSize, "YUV420", 25, false, false, {}};
    }

    void set(const CameraOrders &orders) override
    {
        if (orders.focus && (!m_orders || m_orders->focus != orders.focus)) {
            tell("focus " + *orders.focus);
            m_toFocus = *orders.focus == "once" ? FramesToFocus : 0;
        }
        if (orders.lensPosition && (!m_orders || m_orders->lensPosition != orders.lensPosition))
            tell("lens_position " + std::to_string(*orders.lensPosition));
        if (orders.gain && (!m_orders || m_orders->gain != orders.gain))
            tell("gain " + std::to_string(*orders.gain));
        m_orders = orders;
    }

    Result<std::optional<CameraBuffer>> next(std::stop_token stop, std::chrono::nanoseconds limit) override
    {
        const auto now = script();
        if (!now)
            return away();
        const bool silent = now->value("silent", false);
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, stop, silent ? limit : std::chrono::nanoseconds(Period), [] { return false; });
        if (silent || stop.stop_requested())
            return std::nullopt;
        return picture();
    }
    void giveBack(const CameraBuffer &) override {}
    std::uint64_t dropped() const override { return 0; }

private:
    static std::size_t bytes()
    {
        return static_cast<std::size_t>(PictureSize.width) * static_cast<std::size_t>(PictureSize.height) * 3 / 2;
    }
    CameraBuffer picture()
    {
        CameraBuffer buffer;
        buffer.sequence = m_count++;
        buffer.picture.size = PictureSize;
        const auto luma = bytes() * 2 / 3;
        const std::array<std::size_t, 3> starts{0, luma, luma + luma / 4};
        for (std::size_t i = 0; i < 3; ++i) {
            buffer.picture.data[i] = m_memory.data() + starts[i];
            buffer.picture.stride[i] = i == 0 ? PictureSize.width : PictureSize.width / 2;
            buffer.picture.bytes[i] = bytes() - starts[i];
        }
        if (m_orders && m_orders->focus)
            focus(buffer.actual, *m_orders->focus);
        buffer.actual.gain = m_orders ? m_orders->gain : std::nullopt;
        return buffer;
    }
    /// As a lens that is driven: it takes a while.
    void focus(CameraActual &actual, const std::string &how)
    {
        if (how == "locked") {
            actual.lensPosition = m_orders->lensPosition;
            return;
        }
        const bool moves = m_toFocus > 0 && m_toFocus-- > 0;
        actual.focusState = moves ? "scanning" : "focused";
        actual.lensPosition = moves ? 1 : SharpAt;
    }

    CameraAbout m_about;
    const std::vector<std::uint8_t> m_memory;
    std::optional<CameraOrders> m_orders;
    int m_toFocus = 0;
    std::uint64_t m_count = 0;
};

Result<std::vector<CameraAbout>> listStandIns()
{
    std::vector<CameraAbout> list;
    if (const auto now = script())
        list.push_back(aboutOf(*now));
    return list;
}

Result<std::unique_ptr<CameraDevice>> openStandIn(const std::string &)
{
    const auto now = script();
    if (!now)
        return fail(ErrorCode::Unavailable, "qtcamera:", "there is no camera", "plug it in");
    return std::make_unique<StandInCamera>(*now);
}

} // namespace

} // namespace facetrack

extern "C" __attribute__((visibility("default"))) const facetrack::CameraPlugin *facetrackCameraPlugin()
{
    static const facetrack::CameraPlugin plugin{facetrack::CameraPlugin::Interface, facetrack::listStandIns,
                                                facetrack::openStandIn};
    return &plugin;
}
