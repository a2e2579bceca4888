// libcamera first: its headers and Qt's macros do not go together.
#include <libcamera/libcamera.h>

#include "libfacetrack/capture/libcamera_device.h"

#include "libfacetrack/capture/video_devices.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <filesystem>
#include <limits>
#include <linux/dma-buf.h>
#include <map>
#include <mutex>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace facetrack {

namespace {

namespace lc = libcamera;
namespace ctl = libcamera::controls;

/// libcamera allows one manager at a time in a process.
using CameraManagerPtr = std::shared_ptr<lc::CameraManager>;

Result<CameraManagerPtr> startManager()
{
    static std::mutex mutex;
    static std::weak_ptr<lc::CameraManager> running;
    const std::lock_guard lock(mutex);
    if (auto manager = running.lock())
        return manager;
    CameraManagerPtr manager(new lc::CameraManager, [](lc::CameraManager *one) {
        one->stop();
        delete one;
    });
    if (const int failure = manager->start(); failure < 0)
        return fail(ErrorCode::Unavailable, "libcamera",
                    std::string("libcamera does not start: ") + std::strerror(-failure));
    running = manager;
    return manager;
}

std::optional<double> numberIn(const lc::ControlValue &value)
{
    if (value.isArray() && value.numElements() > 0) {
        if (value.type() == lc::ControlTypeInteger64)
            return static_cast<double>(value.get<lc::Span<const std::int64_t>>()[0]);
        if (value.type() == lc::ControlTypeFloat)
            return static_cast<double>(value.get<lc::Span<const float>>()[0]);
        return {};
    }
    switch (value.type()) {
    case lc::ControlTypeInteger32:
        return value.get<std::int32_t>();
    case lc::ControlTypeInteger64:
        return static_cast<double>(value.get<std::int64_t>());
    case lc::ControlTypeFloat:
        return static_cast<double>(value.get<float>());
    default:
        return {};
    }
}

class Controls
{
public:
    explicit Controls(const lc::Camera &camera) : m_infos(camera.controls()) {}

    /// count() of an unknown number throws in some versions.
    bool has(const lc::ControlId &id) const { return m_infos.find(id.id()) != m_infos.end(); }
    /// Limits times `scale`; both 0 where they are no numbers.
    CameraControl named(const char *parameter, const lc::ControlId &id, double scale = 1) const
    {
        const lc::ControlInfo &info = m_infos.at(id.id());
        return {parameter, numberIn(info.min()).value_or(0) * scale,
                numberIn(info.max()).value_or(0) * scale};
    }
    std::vector<CameraControl> all() const;
    const lc::ControlInfoMap &infos() const { return m_infos; }

private:
    const lc::ControlInfoMap &m_infos;
};

std::vector<CameraControl> Controls::all() const
{
    std::vector<CameraControl> list;
    const auto add = [&](const char *parameter, const lc::ControlId &id, double scale = 1) {
        if (has(id))
            list.push_back(named(parameter, id, scale));
    };
    if (has(ctl::AeEnable) || has(ctl::ExposureTime))
        list.push_back({"exposure", 0, 0});
    add("exposure_ms", ctl::ExposureTime, 1e-3);
    add("gain", ctl::AnalogueGain);
    add("compensation", ctl::ExposureValue);
    if (has(ctl::AeExposureMode))
        list.push_back({"light", 0, 0});
    if (has(ctl::FrameDurationLimits)) {
        const CameraControl times = named("", ctl::FrameDurationLimits);
        list.push_back({"most_fps", times.most > 0 ? 1e6 / times.most : 0,
                        times.least > 0 ? 1e6 / times.least : 0});
    }
    if (has(ctl::AwbEnable))
        list.push_back({"white_balance", 0, 0});
    if (has(ctl::ColourGains)) {
        list.push_back(named("red_gain", ctl::ColourGains));
        list.push_back(named("blue_gain", ctl::ColourGains));
    }
    if (has(ctl::AfMode))
        list.push_back({"focus", 0, 0});
    if (has(ctl::AfWindows))
        list.push_back({"focus_window", 0, 0});
    add("lens_position", ctl::LensPosition);
    if (has(ctl::ScalerCrop))
        list.push_back({"crop", 0, 0});
    return list;
}

const char *placeName(const lc::Camera &camera)
{
    const auto place = camera.properties().get(lc::properties::Location);
    if (!place)
        return "";
    return *place == lc::properties::CameraLocationFront  ? "front"
           : *place == lc::properties::CameraLocationBack ? "back"
                                                          : "external";
}

std::vector<std::string> devicesOf([[maybe_unused]] const lc::Camera &camera)
{
    std::vector<std::string> found;
#if FACETRACK_LIBCAMERA_SYSTEM_DEVICES
    if (const auto numbers = camera.properties().get(lc::properties::SystemDevices)) {
        for (const std::int64_t number : *numbers) {
            const std::string link = "/sys/dev/char/" + std::to_string(major(static_cast<dev_t>(number)))
                                     + ':' + std::to_string(minor(static_cast<dev_t>(number)));
            std::error_code failure;
            const auto target = std::filesystem::read_symlink(link, failure);
            if (!failure)
                found.push_back("/dev/" + target.filename().string());
        }
    }
#endif
    return found.empty() ? videoDevices() : found;
}

std::vector<CameraMode> modesOf(lc::Camera &camera)
{
    std::vector<CameraMode> modes;
    const auto config = camera.generateConfiguration({lc::StreamRole::VideoRecording});
    if (!config || config->empty())
        return modes;
    const lc::StreamFormats &formats = config->at(0).formats();
    for (const lc::PixelFormat &format : formats.pixelformats()) {
        const bool understood = cameraPixels(format.fourcc()).has_value();
        for (const lc::Size &size : formats.sizes(format))
            modes.push_back({format.toString(),
                             {static_cast<int>(size.width), static_cast<int>(size.height)}, 0,
                             understood});
    }
    return modes;
}

CameraAbout aboutOf(lc::Camera &camera)
{
    CameraAbout about;
    about.kind = "libcamera";
    about.id = camera.id();
    const auto model = camera.properties().get(lc::properties::Model);
    about.model = model ? std::string(model->data(), model->size()) : about.id;
    about.place = placeName(camera);
    about.devices = devicesOf(camera);
    about.modes = modesOf(camera);
    about.controls = Controls(camera).all();
    return about;
}

std::shared_ptr<lc::Camera> choose(const lc::CameraManager &manager, const std::string &which)
{
    const auto cameras = manager.cameras();
    const bool isIndex = which.size() <= 3 && which.find_first_not_of("0123456789") == which.npos;
    if (isIndex) {
        const std::size_t index = which.empty() ? 0 : std::stoul(which);
        return index < cameras.size() ? cameras[index] : nullptr;
    }
    for (const auto &camera : cameras) {
        if (camera->id() == which)
            return camera;
    }
    for (const auto &camera : cameras) {
        const auto model = camera->properties().get(lc::properties::Model);
        if (model && std::string(model->data(), model->size()).find(which) != std::string::npos)
            return camera;
    }
    return nullptr;
}

/// A buffer's planes in this program's memory.
class MappedBuffer
{
public:
    MappedBuffer() = default;
    ~MappedBuffer()
    {
        for (const auto &[fd, area] : m_areas)
            ::munmap(area.start, area.length);
    }
    MappedBuffer(const MappedBuffer &) = delete;
    MappedBuffer &operator=(const MappedBuffer &) = delete;

    bool map(const lc::FrameBuffer &buffer)
    {
        std::map<int, std::size_t> ends;
        for (const auto &plane : buffer.planes()) {
            std::size_t &end = ends[plane.fd.get()];
            end = std::max(end, std::size_t(plane.offset) + plane.length);
        }
        for (const auto &[fd, length] : ends) {
            void *start = ::mmap(nullptr, length, PROT_READ, MAP_SHARED, fd, 0);
            if (start == MAP_FAILED)
                return false;
            m_areas[fd] = {start, length};
        }
        for (const auto &plane : buffer.planes())
            m_planes.push_back({static_cast<const std::uint8_t *>(m_areas[plane.fd.get()].start)
                                    + plane.offset,
                                plane.length});
        return true;
    }
    /// What the camera wrote must be seen past this processor's caches.
    void beginRead() const { sync(DMA_BUF_SYNC_START); }
    void endRead() const { sync(DMA_BUF_SYNC_END); }

    struct Part
    {
        const std::uint8_t *data;
        std::size_t length;
    };
    const std::vector<Part> &planes() const { return m_planes; }

private:
    void sync(std::uint64_t edge) const
    {
        const dma_buf_sync order{edge | DMA_BUF_SYNC_READ};
        for (const auto &[fd, area] : m_areas)
            ::ioctl(fd, DMA_BUF_IOCTL_SYNC, &order); // refused where the memory is no DMA buffer
    }

    struct Area
    {
        void *start;
        std::size_t length;
    };
    std::map<int, Area> m_areas;
    std::vector<Part> m_planes;
};

/// The stream's format is one that is understood.
CameraPicture pictureOf(const lc::StreamConfiguration &config, const lc::FrameBuffer &buffer,
                        const MappedBuffer &mapped)
{
    const CameraPixels pixels = *cameraPixels(config.pixelFormat.fourcc());
    CameraPicture picture;
    picture.pixels = pixels;
    picture.size = {static_cast<int>(config.size.width), static_cast<int>(config.size.height)};
    const auto stride = static_cast<int>(config.stride);
    const bool thirds = pixels == CameraPixels::I420 || pixels == CameraPixels::YV12;
    picture.stride = {stride, thirds ? stride / 2 : stride, thirds ? stride / 2 : stride};
    const auto &parts = mapped.planes();
    for (std::size_t i = 0; i < std::min(parts.size(), std::size_t(3)); ++i) {
        picture.data[i] = parts[i].data;
        picture.bytes[i] = parts[i].length;
    }
    if (parts.size() == 1 && pixels != CameraPixels::Mjpeg) { // all planes in one
        const int rows = picture.size.height;
        std::size_t at = 0;
        for (std::size_t i = 0; i < 3 && at < parts[0].length; ++i) {
            picture.data[i] = parts[0].data + at;
            picture.bytes[i] = parts[0].length - at;
            at += static_cast<std::size_t>(picture.stride[i] * (i == 0 ? rows : (rows + 1) / 2));
        }
    }
    if (pixels == CameraPixels::Mjpeg)
        picture.bytes[0] = std::min<std::size_t>(buffer.metadata().planes()[0].bytesused,
                                                 picture.bytes[0]);
    if (config.colorSpace && pixels != CameraPixels::Mjpeg) {
        picture.limitedRange = config.colorSpace->range == lc::ColorSpace::Range::Limited;
        picture.bt709 = config.colorSpace->ycbcrEncoding == lc::ColorSpace::YcbcrEncoding::Rec709;
    }
    return picture;
}

/// An error, cancelled, or in newer versions taken while the sensor settles. What is beyond all of these is memory
/// that was left as it was: libcamera 0.4's own camera, which shows files, never says how a frame is.
bool isSound(const lc::FrameMetadata &taken)
{
    constexpr unsigned known = 8;
    const auto status = static_cast<unsigned>(taken.status);
    return status == lc::FrameMetadata::FrameSuccess || status >= known;
}

Box fractions(const lc::Rectangle &part, const lc::Rectangle &whole)
{
    const auto share = [](auto a, auto b) {
        return b > 0 ? static_cast<float>(a) / static_cast<float>(b) : 0.0F;
    };
    return {share(part.x - whole.x, whole.width), share(part.y - whole.y, whole.height),
            share(part.width, whole.width), share(part.height, whole.height)};
}

lc::Rectangle pixelsOf(const Box &box, const lc::Rectangle &whole)
{
    const auto width = static_cast<float>(whole.width);
    const auto height = static_cast<float>(whole.height);
    return {whole.x + static_cast<int>(box.x * width), whole.y + static_cast<int>(box.y * height),
            lc::Size(static_cast<unsigned>(box.w * width), static_cast<unsigned>(box.h * height))};
}

CameraActual actualOf(const lc::ControlList &told, const lc::Rectangle &sensor)
{
    CameraActual actual;
    if (const auto time = told.get(ctl::ExposureTime))
        actual.exposureMs = *time / 1e3;
    if (const auto gain = told.get(ctl::AnalogueGain))
        actual.gain = *gain;
    if (const auto time = told.get(ctl::FrameDuration))
        actual.frameMs = static_cast<double>(*time) / 1e3;
    if (const auto gains = told.get(ctl::ColourGains))
        actual.colourGains = std::array<double, 2>{(*gains)[0], (*gains)[1]};
    if (const auto temperature = told.get(ctl::ColourTemperature))
        actual.colourTemperature = *temperature;
    if (const auto lux = told.get(ctl::Lux))
        actual.lux = *lux;
    if (const auto lens = told.get(ctl::LensPosition))
        actual.lensPosition = *lens;
    if (const auto figure = told.get(ctl::FocusFoM))
        actual.focusFigure = *figure;
    if (const auto state = told.get(ctl::AfState))
        actual.focusState = *state == ctl::AfStateScanning  ? "scanning"
                            : *state == ctl::AfStateFocused ? "focused"
                            : *state == ctl::AfStateFailed  ? "failed"
                                                            : "";
    if (const auto crop = told.get(ctl::ScalerCrop); crop && sensor.width > 0)
        actual.crop = fractions(*crop, sensor);
    return actual;
}

std::int32_t awbModeOf(const std::string &light)
{
    static const std::map<std::string, std::int32_t> modes{
        {"auto", ctl::AwbAuto},
        {"incandescent", ctl::AwbIncandescent},
        {"tungsten", ctl::AwbTungsten},
        {"fluorescent", ctl::AwbFluorescent},
        {"indoor", ctl::AwbIndoor},
        {"daylight", ctl::AwbDaylight},
        {"cloudy", ctl::AwbCloudy},
    };
    const auto found = modes.find(light);
    return found == modes.end() ? static_cast<std::int32_t>(ctl::AwbAuto) : found->second;
}

/// CameraOrders in libcamera's words; only controls that this camera has.
class OrderWriter
{
public:
    OrderWriter(const Controls &has, const lc::Rectangle &sensor)
        : m_has(has), m_sensor(sensor), m_list(ctl::controls) {}

    lc::ControlList write(const CameraOrders &orders, const std::optional<CameraOrders> &before)
    {
        // AeEnable is there in all versions; zeros stopped giving automatic back in 0.5.
        put(ctl::AeEnable, orders.autoExposure);
        if (orders.exposureMs)
            put(ctl::ExposureTime, std::optional(static_cast<std::int32_t>(*orders.exposureMs * 1e3)));
        put(ctl::AnalogueGain, asFloat(orders.gain));
        put(ctl::ExposureValue, asFloat(orders.compensation));
        if (orders.longExposure)
            put(ctl::AeExposureMode,
                std::optional<std::int32_t>(*orders.longExposure ? ctl::ExposureLong
                                                                 : ctl::ExposureNormal));
        writeRate(orders);
        writeColour(orders);
        writeFocus(orders, before);
        if (orders.crop && m_sensor.width > 0)
            put(ctl::ScalerCrop, std::optional(pixelsOf(*orders.crop, m_sensor)));
        return m_list;
    }

private:
    static std::optional<float> asFloat(const std::optional<double> &value)
    {
        return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
    }
    template<typename T>
    void put(const lc::Control<T> &control, const std::optional<T> &value)
    {
        if (value && m_has.has(control))
            m_list.set(control, *value);
    }
    void writeRate(const CameraOrders &orders)
    {
        if (!orders.frameMs || !m_has.has(ctl::FrameDurationLimits))
            return;
        const std::array<std::int64_t, 2> times{
            static_cast<std::int64_t>((*orders.frameMs)[0] * 1e3),
            static_cast<std::int64_t>((*orders.frameMs)[1] * 1e3)};
        m_list.set(ctl::FrameDurationLimits, lc::Span<const std::int64_t, 2>(times));
    }
    void writeColour(const CameraOrders &orders)
    {
        if (!orders.whiteBalance)
            return;
        const bool fixed = *orders.whiteBalance == "fixed";
        put(ctl::AwbEnable, std::optional(!fixed));
        if (!fixed)
            put(ctl::AwbMode, std::optional(awbModeOf(*orders.whiteBalance)));
        if (fixed && orders.colourGains && m_has.has(ctl::ColourGains)) {
            const std::array<float, 2> gains{static_cast<float>((*orders.colourGains)[0]),
                                             static_cast<float>((*orders.colourGains)[1])};
            m_list.set(ctl::ColourGains, lc::Span<const float, 2>(gains));
        }
    }
    void writeFocus(const CameraOrders &orders, const std::optional<CameraOrders> &before)
    {
        if (!orders.focus)
            return;
        const std::string &focus = *orders.focus;
        put(ctl::AfMode, std::optional<std::int32_t>(focus == "continuous" ? ctl::AfModeContinuous
                                                     : focus == "once"     ? ctl::AfModeAuto
                                                                       : ctl::AfModeManual));
        if (orders.focusWindow && m_sensor.width > 0 && m_has.has(ctl::AfWindows)
            && m_has.has(ctl::AfMetering)) {
            const std::array<lc::Rectangle, 1> windows{pixelsOf(*orders.focusWindow, m_sensor)};
            const bool whole = *orders.focusWindow == Box{0, 0, 1, 1};
            m_list.set(ctl::AfMetering, static_cast<std::int32_t>(whole ? ctl::AfMeteringAuto
                                                                        : ctl::AfMeteringWindows));
            m_list.set(ctl::AfWindows, lc::Span<const lc::Rectangle>(windows));
        }
        const bool again = !before || before->focus != orders.focus
                           || before->focusWindow != orders.focusWindow;
        if (focus == "once" && again)
            put(ctl::AfTrigger, std::optional<std::int32_t>(ctl::AfTriggerStart));
        if (focus == "locked")
            put(ctl::LensPosition, asFloat(orders.lensPosition));
    }

    const Controls &m_has;
    const lc::Rectangle m_sensor;
    lc::ControlList m_list;
};

/// Best first: what needs no conversion, then the cheapest.
constexpr std::array preferred{CameraPixels::I420, CameraPixels::NV12, CameraPixels::YUYV,
                               CameraPixels::UYVY, CameraPixels::Mjpeg, CameraPixels::Grey,
                               CameraPixels::YV12, CameraPixels::NV21};

bool offers(const lc::StreamFormats &formats, const lc::PixelFormat &format, const Size &size)
{
    if (size.empty())
        return true;
    const lc::Size wanted(static_cast<unsigned>(size.width), static_cast<unsigned>(size.height));
    const auto sizes = formats.sizes(format);
    return std::find(sizes.begin(), sizes.end(), wanted) != sizes.end()
           || formats.range(format).contains(wanted);
}

/// A format of the stream that is understood, with the wanted size if one has it.
std::optional<lc::PixelFormat> pick(const lc::StreamFormats &formats, const CameraRequest &request)
{
    std::optional<lc::PixelFormat> any;
    for (const CameraPixels pixels : preferred) {
        if (request.pixels && *request.pixels != pixels)
            continue;
        for (const lc::PixelFormat &format : formats.pixelformats()) {
            if (cameraPixels(format.fourcc()) != pixels)
                continue;
            if (offers(formats, format, request.size))
                return format;
            if (!any)
                any = format;
        }
    }
    return any;
}

} // namespace

/// A camera that libcamera drives. Its thread hands in finished requests; the newest is lent.
class LibcameraDevice final : public CameraDevice
{
public:
    LibcameraDevice(CameraManagerPtr manager, std::shared_ptr<lc::Camera> camera)
        : m_manager(std::move(manager)), m_camera(std::move(camera)), m_about(aboutOf(*m_camera))
    {
        m_camera->requestCompleted.connect(this, &LibcameraDevice::completed);
        m_camera->disconnected.connect(this, &LibcameraDevice::disconnected);
    }
    ~LibcameraDevice() override
    {
        stop();
        m_camera->requestCompleted.disconnect(this);
        m_camera->disconnected.disconnect(this);
        m_camera->release();
        m_camera.reset(); // before its manager
    }

    const CameraAbout &about() const override { return m_about; }
    Result<CameraSetup> start(const CameraRequest &request, const CameraOrders &first) override;
    void set(const CameraOrders &orders) override
    {
        m_pending = OrderWriter(Controls(*m_camera), m_sensor).write(orders, m_orders);
        m_orders = orders;
    }
    Result<std::optional<CameraBuffer>> next(std::stop_token stop,
                                             std::chrono::nanoseconds limit) override;
    void giveBack(const CameraBuffer &buffer) override;
    std::uint64_t dropped() const override { return m_dropped; }

private:
    void completed(lc::Request *request)
    {
        if (request->status() == lc::Request::RequestCancelled)
            return;
        {
            const std::lock_guard lock(m_mutex);
            m_done.push_back(request);
        }
        m_changed.notify_one();
    }
    void disconnected()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_gone = true;
        }
        m_changed.notify_one();
    }
    void stop();
    Result<CameraSetup> configure(const CameraRequest &request);
    bool generate(const CameraRequest &request, bool reduced);
    bool hasReduced() const;
    Result<void> allocate();
    Result<void> allocate(lc::Stream *stream);
    void flip(const CameraRequest &request, CameraSetup &setup);
    tl::unexpected<Error> refused(const char *what, int failure) const;
    void queue(lc::Request *request);
    CameraBuffer lend(lc::Request *request);
    const lc::FrameBuffer &bufferOf(const lc::Request &request, unsigned stream) const
    {
        return *request.findBuffer(m_config->at(stream).stream());
    }
    CameraPicture pictureOf(const lc::Request &request, unsigned stream) const;

    CameraManagerPtr m_manager;
    std::shared_ptr<lc::Camera> m_camera;
    CameraAbout m_about;
    std::unique_ptr<lc::CameraConfiguration> m_config;
    lc::Rectangle m_sensor; ///< what crop and windows are parts of
    std::unique_ptr<lc::FrameBufferAllocator> m_allocator;
    std::vector<std::unique_ptr<lc::Request>> m_requests;
    std::map<const lc::FrameBuffer *, std::unique_ptr<MappedBuffer>> m_mapped;
    std::optional<CameraOrders> m_orders;
    std::optional<lc::ControlList> m_pending; ///< to go with the next request
    bool m_running = false;
    std::uint64_t m_dropped = 0;

    std::mutex m_mutex; // guards the two below, which libcamera's thread fills
    std::condition_variable_any m_changed;
    std::deque<lc::Request *> m_done;
    bool m_gone = false;
};

tl::unexpected<Error> LibcameraDevice::refused(const char *what, int failure) const
{
    if (failure == -EBUSY)
        return fail(ErrorCode::Unavailable, m_about.model, busyWords(m_about.devices),
                    "end it, or choose another camera");
    return fail(ErrorCode::Unavailable, m_about.model,
                std::string(what) + ": " + std::strerror(-failure));
}

void LibcameraDevice::stop()
{
    if (std::exchange(m_running, false))
        m_camera->stop();
    {
        const std::lock_guard lock(m_mutex);
        m_done.clear();
    }
    m_requests.clear();
    m_mapped.clear();
    m_allocator.reset();
}

void LibcameraDevice::flip(const CameraRequest &request, CameraSetup &setup)
{
#if FACETRACK_LIBCAMERA_ORIENTATION
    const lc::Orientation wanted = request.flipX && request.flipY ? lc::Orientation::Rotate180
                                   : request.flipX                ? lc::Orientation::Rotate0Mirror
                                   : request.flipY ? lc::Orientation::Rotate180Mirror
                                                   : lc::Orientation::Rotate0;
    m_config->orientation = wanted;
    m_config->validate();
    if (m_config->orientation != wanted) { // what it cannot do itself is done to its frames
        m_config->orientation = lc::Orientation::Rotate0;
        m_config->validate();
        return;
    }
#else
    const lc::Transform wanted = (request.flipX ? lc::Transform::HFlip : lc::Transform::Identity)
                                 | (request.flipY ? lc::Transform::VFlip : lc::Transform::Identity);
    m_config->transform = wanted;
    m_config->validate();
    if (m_config->transform != wanted) {
        m_config->transform = lc::Transform::Identity;
        m_config->validate();
        return;
    }
#endif
    setup.flipX = request.flipX;
    setup.flipY = request.flipY;
}

/// A configuration for one stream or two; the second is made after the first.
bool LibcameraDevice::generate(const CameraRequest &request, bool reduced)
{
    std::vector<lc::StreamRole> roles{lc::StreamRole::VideoRecording};
    if (reduced)
        roles.push_back(lc::StreamRole::Viewfinder);
    m_config = m_camera->generateConfiguration(roles);
    if ((!m_config || m_config->empty()) && !reduced)
        m_config = m_camera->generateConfiguration({lc::StreamRole::Viewfinder});
    if (!m_config || m_config->size() != roles.size())
        return false;
    lc::StreamConfiguration &stream = m_config->at(0);
    if (const auto format = pick(stream.formats(), request))
        stream.pixelFormat = *format;
    if (!request.size.empty())
        stream.size = {static_cast<unsigned>(request.size.width),
                       static_cast<unsigned>(request.size.height)};
    stream.bufferCount = std::max(stream.bufferCount, 4U);
    stream.colorSpace = lc::ColorSpace::Sycc; // JPEG's own, full range
    if (reduced) {
        lc::StreamConfiguration &second = m_config->at(1);
        second.pixelFormat = stream.pixelFormat;
        second.size = {stream.size.width / 4 * 2, stream.size.height / 4 * 2};
        second.bufferCount = stream.bufferCount;
        second.colorSpace = stream.colorSpace;
    }
    return m_config->validate() != lc::CameraConfiguration::Invalid && (!reduced || hasReduced());
}

/// Whether the second stream, as the camera made it, is of use: understood, smaller, and not squeezed.
bool LibcameraDevice::hasReduced() const
{
    if (m_config->size() < 2)
        return false;
    const lc::StreamConfiguration &whole = m_config->at(0);
    const lc::StreamConfiguration &small = m_config->at(1);
    const auto pixels = cameraPixels(small.pixelFormat.fourcc());
    const double shape = static_cast<double>(small.size.width) * whole.size.height
                         / std::max(1.0, static_cast<double>(small.size.height) * whole.size.width);
    return pixels && *pixels != CameraPixels::Mjpeg && small.size.width < whole.size.width
           && std::abs(shape - 1) < 0.02;
}

Result<CameraSetup> LibcameraDevice::configure(const CameraRequest &request)
{
    if (!(request.reduced && generate(request, true)) && !generate(request, false))
        return fail(ErrorCode::Unsupported, m_about.model,
                    m_config && !m_config->empty() ? "no usable mode for " + m_config->at(0).toString()
                                                   : "the camera offers no video");
    const lc::StreamConfiguration &stream = m_config->at(0);
    CameraSetup setup;
    flip(request, setup);
    const auto pixels = cameraPixels(stream.pixelFormat.fourcc());
    if (!pixels)
        return fail(ErrorCode::Unsupported, m_about.model,
                    "the camera gives " + stream.pixelFormat.toString() + " ("
                        + fourccWords(stream.pixelFormat.fourcc()) + "), which is not understood",
                    "format=YUV420, NV12, YUYV or MJPEG, of those that facetrack-agentd cameras lists");
    if (const int failure = m_camera->configure(m_config.get()); failure < 0)
        return refused("it cannot be set up", failure);
    setup.size = {static_cast<int>(stream.size.width), static_cast<int>(stream.size.height)};
    setup.format = stream.pixelFormat.toString();
    if (hasReduced())
        setup.reduced = {static_cast<int>(m_config->at(1).size.width),
                         static_cast<int>(m_config->at(1).size.height)};
    return setup;
}

Result<void> LibcameraDevice::allocate(lc::Stream *stream)
{
    if (const int failure = m_allocator->allocate(stream); failure < 0)
        return refused("no memory for its frames", failure);
    for (const auto &buffer : m_allocator->buffers(stream)) {
        auto mapped = std::make_unique<MappedBuffer>();
        if (!mapped->map(*buffer))
            return refused("its frames cannot be mapped", -errno);
        m_mapped[buffer.get()] = std::move(mapped);
    }
    return {};
}

/// Each request has a buffer of every stream.
Result<void> LibcameraDevice::allocate()
{
    m_allocator = std::make_unique<lc::FrameBufferAllocator>(m_camera);
    std::size_t requests = std::numeric_limits<std::size_t>::max();
    for (const lc::StreamConfiguration &config : *m_config) {
        if (const auto allocated = allocate(config.stream()); !allocated)
            return allocated;
        requests = std::min(requests, m_allocator->buffers(config.stream()).size());
    }
    for (std::size_t i = 0; i < requests; ++i) {
        auto request = m_camera->createRequest();
        if (!request)
            return refused("it takes no requests", -ENOMEM);
        for (const lc::StreamConfiguration &config : *m_config) {
            lc::Stream *const stream = config.stream();
            if (request->addBuffer(stream, m_allocator->buffers(stream)[i].get()) < 0)
                return refused("it takes no buffers", -EINVAL);
        }
        m_requests.push_back(std::move(request));
    }
    return {};
}

Result<CameraSetup> LibcameraDevice::start(const CameraRequest &request, const CameraOrders &first)
{
    stop();
    auto setup = configure(request);
    if (!setup)
        return setup;
    if (const auto allocated = allocate(); !allocated)
        return tl::unexpected(allocated.error());
    const auto crop = m_camera->controls().find(ctl::ScalerCrop.id());
    const auto most = m_camera->properties().get(lc::properties::ScalerCropMaximum);
    if (most)
        m_sensor = *most;
    else if (crop != m_camera->controls().end()
             && crop->second.max().type() == lc::ControlTypeRectangle)
        m_sensor = crop->second.max().get<lc::Rectangle>();
    m_about.controls = Controls(*m_camera).all(); // limits depend on the mode
    m_orders.reset();
    set(first);
    const lc::ControlList controls = *std::exchange(m_pending, std::nullopt);
    if (const int failure = m_camera->start(&controls); failure < 0)
        return refused("it does not start", failure);
    m_running = true;
    for (const auto &one : m_requests) {
        if (const int failure = m_camera->queueRequest(one.get()); failure < 0)
            return refused("it takes no requests", failure);
    }
    setup->fps = first.frameMs ? 1000 / (*first.frameMs)[0] : request.fps;
    return setup;
}

void LibcameraDevice::queue(lc::Request *request)
{
    request->reuse(lc::Request::ReuseBuffers);
    if (m_pending)
        request->controls() = *std::exchange(m_pending, std::nullopt);
    m_camera->queueRequest(request);
}

CameraPicture LibcameraDevice::pictureOf(const lc::Request &request, unsigned stream) const
{
    const lc::FrameBuffer &buffer = bufferOf(request, stream);
    const MappedBuffer &mapped = *m_mapped.at(&buffer);
    mapped.beginRead();
    return facetrack::pictureOf(m_config->at(stream), buffer, mapped);
}

CameraBuffer LibcameraDevice::lend(lc::Request *request)
{
    const lc::ControlList &told = request->metadata();
    const lc::FrameMetadata &taken = bufferOf(*request, 0).metadata();
    CameraBuffer lent;
    lent.picture = pictureOf(*request, 0);
    if (m_config->size() > 1)
        lent.reduced = pictureOf(*request, 1);
    lent.sequence = taken.sequence;
    if (const auto stamp = told.get(ctl::SensorTimestamp))
        lent.taken = std::chrono::nanoseconds(*stamp);
    else if (taken.timestamp > 0)
        lent.taken = std::chrono::nanoseconds(taken.timestamp);
    lent.actual = actualOf(told, m_sensor);
    lent.token = reinterpret_cast<std::uintptr_t>(request);
    return lent;
}

Result<std::optional<CameraBuffer>> LibcameraDevice::next(std::stop_token stop,
                                                          std::chrono::nanoseconds limit)
{
    std::deque<lc::Request *> done;
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, stop, limit, [this] { return !m_done.empty() || m_gone; });
        if (m_gone)
            return fail(ErrorCode::Unavailable, m_about.model, "the camera was unplugged",
                        "plug it in again; it is taken up by itself");
        done.swap(m_done);
    }
    lc::Request *newest = nullptr;
    for (lc::Request *request : done) {
        const auto &buffers = request->buffers();
        const bool sound = std::all_of(buffers.begin(), buffers.end(),
                                       [](const auto &one) { return isSound(one.second->metadata()); });
        lc::Request *const old = sound ? std::exchange(newest, request) : request;
        if (!old)
            continue;
        ++m_dropped;
        queue(old);
    }
    if (!newest)
        return std::nullopt;
    return lend(newest);
}

void LibcameraDevice::giveBack(const CameraBuffer &buffer)
{
    auto *request = reinterpret_cast<lc::Request *>(static_cast<std::uintptr_t>(buffer.token));
    for (const auto &[stream, taken] : request->buffers())
        m_mapped.at(taken)->endRead();
    queue(request);
}

Result<std::vector<CameraAbout>> listLibcamera()
{
    const auto manager = startManager();
    if (!manager)
        return tl::unexpected(manager.error());
    std::vector<CameraAbout> list;
    for (const auto &camera : (*manager)->cameras()) {
        CameraAbout about = aboutOf(*camera);
        if (const int failure = camera->acquire(); failure < 0)
            about.trouble = failure == -EBUSY ? busyWords(about.devices) : std::strerror(-failure);
        else
            camera->release();
        list.push_back(std::move(about));
    }
    return list;
}

Result<std::unique_ptr<CameraDevice>> openLibcamera(const std::string &which)
{
    const auto manager = startManager();
    if (!manager)
        return tl::unexpected(manager.error());
    auto camera = choose(**manager, which);
    if (!camera)
        return fail(ErrorCode::Unavailable, "libcamera:" + which,
                    which.empty() ? "there is no camera" : "there is no camera \"" + which + "\"",
                    "plug it in; facetrack-agentd cameras lists what there is");
    if (const int failure = camera->acquire(); failure < 0) {
        const std::string words = failure == -EBUSY ? busyWords(devicesOf(*camera))
                                                    : std::string(std::strerror(-failure));
        return fail(ErrorCode::Unavailable, "libcamera:" + which, words,
                    "end it, or choose another camera");
    }
    return std::make_unique<LibcameraDevice>(*manager, std::move(camera));
}

std::string libcameraVersion()
{
    return "libcamera " + lc::CameraManager::version();
}

} // namespace facetrack
