#include "libfacetrack/capture/camera_plugin.h"
#include "libfacetrack/capture/video_devices.h"

#include <QCamera>
#include <QCameraDevice>
#include <QCoreApplication>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QThread>
#include <QVideoFrame>
#include <QVideoFrameFormat>
#include <QVideoSink>
#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>

namespace facetrack {

namespace {

using Format = QVideoFrameFormat;

std::optional<CameraPixels> pixelsOf(Format::PixelFormat format)
{
    switch (format) {
    case Format::Format_YUV420P:
    case Format::Format_YUV422P: // see picture()
        return CameraPixels::I420;
    case Format::Format_YV12:
        return CameraPixels::YV12;
    case Format::Format_NV12:
        return CameraPixels::NV12;
    case Format::Format_NV21:
        return CameraPixels::NV21;
    case Format::Format_YUYV:
        return CameraPixels::YUYV;
    case Format::Format_UYVY:
        return CameraPixels::UYVY;
    case Format::Format_Y8:
        return CameraPixels::Grey;
    case Format::Format_Jpeg:
        return CameraPixels::Mjpeg;
    default:
        return {};
    }
}

std::string nameOf(Format::PixelFormat format)
{
    return Format::pixelFormatToString(format).toStdString();
}

Size sizeOf(QSize size)
{
    return {size.width(), size.height()};
}

/// On Debian's GStreamer back end some cameras give nothing; the other is on all versions.
void chooseBackEnd()
{
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "ffmpeg");
}

/// The one thread that all of Qt Multimedia is on. It has an event loop, without which Qt never notices that
/// a camera was plugged in. Ends with the application.
class QtHome
{
public:
    static QtHome &instance()
    {
        static QtHome *const home = new QtHome; // what still waits for it may outlive static objects
        return *home;
    }
    /// Runs `work` there and waits for it.
    template<typename Work>
    void run(Work work)
    {
        if (m_thread.isRunning())
            QMetaObject::invokeMethod(&m_object, work, Qt::BlockingQueuedConnection);
    }
    QList<QCameraDevice> cameras()
    {
        QList<QCameraDevice> found;
        run([&] { found = QMediaDevices::videoInputs(); });
        return found;
    }

private:
    QtHome()
    {
        chooseBackEnd();
        m_thread.start();
        m_object.moveToThread(&m_thread);
        qAddPostRoutine([] {
            instance().m_thread.quit();
            instance().m_thread.wait();
        });
    }
    QThread m_thread;
    QObject m_object;
};

CameraAbout aboutOf(const QCameraDevice &device)
{
    CameraAbout about;
    about.kind = "qtcamera";
    about.id = device.id().toStdString();
    about.model = device.description().toStdString();
    if (about.id.starts_with("/dev/"))
        about.devices = {about.id};
    for (const QCameraFormat &format : device.videoFormats())
        about.modes.push_back({nameOf(format.pixelFormat()), sizeOf(format.resolution()),
                               static_cast<double>(format.maxFrameRate()),
                               pixelsOf(format.pixelFormat()).has_value()});
    return about;
}

/// Smaller is better: the wanted pixels, then the size, then the rate, then no JPEG.
double distance(const QCameraFormat &format, const CameraRequest &request)
{
    const auto pixels = pixelsOf(format.pixelFormat());
    if (!pixels || (request.pixels && *pixels != *request.pixels))
        return 1e12;
    const Size size = sizeOf(format.resolution());
    const Size wanted = request.size.empty() ? Size{1280, 720} : request.size;
    const double pixelsApart = std::abs(double(size.width) * size.height
                                        - double(wanted.width) * wanted.height);
    const double fps = request.fps > 0 ? request.fps : 25;
    const double slow = std::max(0.0, fps - static_cast<double>(format.maxFrameRate()));
    return pixelsApart * 10 + (size == wanted ? 0 : 1000) + slow * 1e5
           + (*pixels == CameraPixels::Mjpeg ? 1 : 0);
}

} // namespace

/// A camera that Qt Multimedia drives.
class QtCameraDevice final : public CameraDevice
{
public:
    explicit QtCameraDevice(const QCameraDevice &device) : m_device(device), m_about(aboutOf(device)) {}
    ~QtCameraDevice() override
    {
        QtHome::instance().run([this] { close(); });
    }

    const CameraAbout &about() const override { return m_about; }

    Result<CameraSetup> start(const CameraRequest &request, const CameraOrders &first) override
    {
        const auto formats = m_device.videoFormats();
        const auto best = std::min_element(
            formats.begin(), formats.end(), [&](const QCameraFormat &a, const QCameraFormat &b) {
                return distance(a, request) < distance(b, request);
            });
        if (best == formats.end() || distance(*best, request) >= 1e12)
            return fail(ErrorCode::Unsupported, m_about.model,
                        "the camera offers no format that is understood",
                        "facetrack-agentd cameras lists its formats");
        m_isJpeg = best->pixelFormat() == Format::Format_Jpeg;
        QtHome::instance().run([&] {
            close();
            open(*best);
        });
        set(first);
        CameraSetup setup;
        setup.size = sizeOf(best->resolution());
        setup.format = nameOf(best->pixelFormat());
        setup.fps = static_cast<double>(best->maxFrameRate());
        return setup;
    }

    void set(const CameraOrders &orders) override
    {
        QtHome::instance().run([&] { order(orders); });
    }

    Result<std::optional<CameraBuffer>> next(std::stop_token stop,
                                             std::chrono::nanoseconds limit) override
    {
        std::unique_lock lock(m_mutex);
        m_isWanted = true;
        m_changed.notify_all();
        m_changed.wait_for(lock, stop, limit, [this] { return m_isLent || !m_trouble.empty(); });
        m_isWanted = false;
        if (!m_isLent)
            return m_trouble.empty() ? silence() : lost(std::exchange(m_trouble, {}));
        lock.unlock();
        if (m_lent.map(QVideoFrame::ReadOnly))
            return lend();
        ++m_dropped;
        takeBack();
        return std::nullopt;
    }

    void giveBack(const CameraBuffer &) override
    {
        m_lent.unmap();
        takeBack();
    }
    std::uint64_t dropped() const override { return m_dropped; }

private:
    void open(const QCameraFormat &format)
    {
        m_camera = std::make_unique<QCamera>(m_device);
        m_sink = std::make_unique<QVideoSink>();
        m_session = std::make_unique<QMediaCaptureSession>();
        m_camera->setCameraFormat(format);
        // From whatever thread brings the frame.
        QObject::connect(m_sink.get(), &QVideoSink::videoFrameChanged, m_sink.get(),
                         [this](const QVideoFrame &frame) { arrived(frame); }, Qt::DirectConnection);
        QObject::connect(m_camera.get(), &QCamera::errorOccurred, m_camera.get(),
                         [this](QCamera::Error error, const QString &words) {
                             if (error != QCamera::NoError)
                                 failed(words.toStdString());
                         });
        m_session->setCamera(m_camera.get());
        m_session->setVideoSink(m_sink.get());
        findControls();
        m_camera->start();
    }

    void close()
    {
        if (m_camera)
            m_camera->stop();
        m_session.reset();
        m_sink.reset();
        m_camera.reset();
        const std::lock_guard lock(m_mutex);
        m_trouble.clear();
    }

    void findControls()
    {
        const QCamera::Features features = m_camera->supportedFeatures();
        m_about.controls.clear();
        if (features.testFlag(QCamera::Feature::ManualExposureTime)) {
            m_about.controls.push_back({"exposure", 0, 0});
            m_about.controls.push_back(
                {"exposure_ms", static_cast<double>(m_camera->minimumExposureTime()) * 1e3,
                 static_cast<double>(m_camera->maximumExposureTime()) * 1e3});
        }
        if (features.testFlag(QCamera::Feature::ExposureCompensation))
            m_about.controls.push_back({"compensation", -4, 4});
        if (m_camera->isWhiteBalanceModeSupported(QCamera::WhiteBalanceSunlight))
            m_about.controls.push_back({"white_balance", 0, 0});
    }

    void order(const CameraOrders &orders)
    {
        if (!m_camera)
            return;
        if (orders.autoExposure && *orders.autoExposure)
            m_camera->setAutoExposureTime();
        if (orders.exposureMs)
            m_camera->setManualExposureTime(static_cast<float>(*orders.exposureMs / 1e3));
        if (orders.compensation)
            m_camera->setExposureCompensation(static_cast<float>(*orders.compensation));
        if (!orders.whiteBalance)
            return;
        const std::string &light = *orders.whiteBalance;
        m_camera->setWhiteBalanceMode(light == "daylight"       ? QCamera::WhiteBalanceSunlight
                                      : light == "cloudy"       ? QCamera::WhiteBalanceCloudy
                                      : light == "tungsten"     ? QCamera::WhiteBalanceTungsten
                                      : light == "incandescent" ? QCamera::WhiteBalanceTungsten
                                      : light == "fluorescent"  ? QCamera::WhiteBalanceFluorescent
                                                                : QCamera::WhiteBalanceAuto);
    }

    /// On Qt's thread. The memory is the driver's, and gone as soon as Qt notices that the camera is, without
    /// a word: so it is lent only while Qt waits in here.
    void arrived(const QVideoFrame &frame)
    {
        constexpr std::chrono::milliseconds late{15}; // that the one who reads may be
        std::unique_lock lock(m_mutex);
        ++m_count;
        if (!m_changed.wait_for(lock, late, [this] { return m_isWanted; })) {
            ++m_dropped;
            return;
        }
        m_isWanted = false;
        m_lent = frame;
        m_lentCount = m_count;
        m_isLent = true;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return !m_isLent; });
    }
    void takeBack()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_lent = QVideoFrame();
            m_isLent = false;
        }
        m_changed.notify_all();
    }
    void failed(const std::string &words)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_trouble = words.empty() ? "the camera reports an error" : words;
        }
        m_changed.notify_all();
    }

    bool isGone() const
    {
        return !m_about.devices.empty() && !std::filesystem::exists(m_about.devices.front());
    }
    tl::unexpected<Error> lost(const std::string &words) const
    {
        if (isGone())
            return fail(ErrorCode::Unavailable, m_about.model, "the camera was unplugged",
                        "plug it in again; it is taken up by itself");
        if (!holdersOf(m_about.devices).empty())
            return fail(ErrorCode::Unavailable, m_about.model, busyWords(m_about.devices),
                        "end it, or choose another camera");
        return fail(ErrorCode::Unavailable, m_about.model, words);
    }
    Result<std::optional<CameraBuffer>> silence() const
    {
        if (isGone())
            return lost({});
        return std::nullopt;
    }

    Result<std::optional<CameraBuffer>> lend()
    {
        const auto pixels = pixelsOf(m_lent.pixelFormat());
        if (!pixels) {
            const std::string name = nameOf(m_lent.pixelFormat());
            giveBack({});
            return fail(ErrorCode::Unsupported, m_about.model,
                        "the camera gives " + name + ", which is not understood",
                        "another format=, of those that facetrack-agentd cameras lists");
        }
        CameraBuffer buffer;
        CameraPicture &picture = buffer.picture;
        picture.pixels = *pixels;
        picture.size = {m_lent.width(), m_lent.height()};
        for (int plane = 0; plane < std::min(m_lent.planeCount(), 3); ++plane) {
            const auto i = static_cast<std::size_t>(plane);
            picture.data[i] = m_lent.bits(plane);
            picture.stride[i] = m_lent.bytesPerLine(plane);
            picture.bytes[i] = static_cast<std::size_t>(m_lent.mappedBytes(plane));
            // 4:2:2, as JPEG is decoded to, is 4:2:0 with every other row of colour left out.
            if (m_lent.pixelFormat() == Format::Format_YUV422P && plane > 0)
                picture.stride[i] *= 2;
        }
        // V4L2's rule for what nobody tells: limited, but for JPEG.
        const auto range = m_lent.surfaceFormat().colorRange();
        picture.limitedRange = range == Format::ColorRange_Video
                               || (range == Format::ColorRange_Unknown && !m_isJpeg);
        buffer.sequence = m_lentCount;
        return buffer;
    }

    const QCameraDevice m_device;
    CameraAbout m_about;
    std::unique_ptr<QCamera> m_camera; ///< with the two below on Qt's thread
    std::unique_ptr<QVideoSink> m_sink;
    std::unique_ptr<QMediaCaptureSession> m_session;
    bool m_isJpeg = false; ///< what the camera sends, whatever Qt makes of it

    std::mutex m_mutex; // guards what follows; what is lent is read without it
    std::condition_variable_any m_changed;
    bool m_isWanted = false; ///< somebody waits for a frame
    bool m_isLent = false;
    QVideoFrame m_lent;
    std::uint64_t m_lentCount = 0;
    std::string m_trouble;
    std::uint64_t m_count = 0;
    std::atomic<std::uint64_t> m_dropped = 0;
};

namespace {

Result<std::vector<CameraAbout>> listCameras()
{
    std::vector<CameraAbout> list;
    for (const QCameraDevice &device : QtHome::instance().cameras()) {
        list.push_back(aboutOf(device));
        if (!holdersOf(list.back().devices).empty())
            list.back().trouble = busyWords(list.back().devices);
    }
    return list;
}

Result<std::unique_ptr<CameraDevice>> openCameraNamed(const std::string &which)
{
    const auto cameras = QtHome::instance().cameras();
    const bool isIndex = which.size() <= 3 && which.find_first_not_of("0123456789") == which.npos;
    for (qsizetype i = 0; i < cameras.size(); ++i) {
        const std::string id = cameras[i].id().toStdString();
        const std::string model = cameras[i].description().toStdString();
        if (isIndex ? i == (which.empty() ? 0 : std::stoi(which))
                    : id == which || model.find(which) != std::string::npos)
            return std::make_unique<QtCameraDevice>(cameras[i]);
    }
    return fail(ErrorCode::Unavailable, "qtcamera:" + which,
                which.empty() ? "there is no camera" : "there is no camera \"" + which + "\"",
                "plug it in; facetrack-agentd cameras lists what there is");
}

} // namespace

} // namespace facetrack

extern "C" Q_DECL_EXPORT const facetrack::CameraPlugin *facetrackCameraPlugin()
{
    static const facetrack::CameraPlugin plugin{facetrack::CameraPlugin::Interface,
                                                facetrack::listCameras, facetrack::openCameraNamed};
    return &plugin;
}
