// Pictures in a camera's own memory become frames: layouts, strides, odd sizes, turns.
#include "libfacetrack/capture/camera_picture.h"

#include <QTest>
#include <functional>
#include <vector>

using namespace facetrack;

Q_DECLARE_METATYPE(facetrack::CameraPixels)
Q_DECLARE_METATYPE(facetrack::Size)

namespace {

/// Different at every place; chroma is the same for two rows, as packed formats need.
std::uint8_t sample(int plane, int x, int y)
{
    return static_cast<std::uint8_t>(20 + plane * 50 + x * 5 + y * 11);
}

/// A picture in memory of its own size: one byte more read is found by the sanitizer.
struct Laid
{
    CameraPicture picture;
    std::array<std::vector<std::uint8_t>, 3> planes;

    void plane(std::size_t index, int stride, int row, int rows,
               const std::function<std::uint8_t(int, int)> &at)
    {
        auto &bytes = planes[index];
        bytes.assign(static_cast<std::size_t>(stride * (rows - 1) + row), 0xEE);
        for (int y = 0; y < rows; ++y)
            for (int x = 0; x < row; ++x)
                bytes[static_cast<std::size_t>(y * stride + x)] = at(x, y);
        picture.data[index] = bytes.data();
        picture.stride[index] = stride;
        picture.bytes[index] = bytes.size();
    }
};

Laid lay(CameraPixels pixels, Size size, int padding)
{
    Laid laid;
    laid.picture.pixels = pixels;
    laid.picture.size = size;
    const int half = (size.width + 1) / 2;
    const int rows = (size.height + 1) / 2;
    const auto luma = [](int x, int y) { return sample(0, x, y); };
    const bool packed = pixels == CameraPixels::YUYV || pixels == CameraPixels::UYVY;
    if (packed) {
        const int first = pixels == CameraPixels::YUYV ? 0 : 1;
        laid.plane(0, 4 * half + padding, 4 * half, size.height, [=](int x, int y) {
            const bool isLuma = x % 2 == first;
            return isLuma ? sample(0, x / 2, y) : sample(1 + (x % 4) / 2, x / 4, y / 2);
        });
        return laid;
    }
    laid.plane(0, size.width + padding, size.width, size.height, luma);
    if (pixels == CameraPixels::NV12 || pixels == CameraPixels::NV21) {
        const int first = pixels == CameraPixels::NV12 ? 1 : 2;
        laid.plane(1, 2 * half + padding, 2 * half, rows, [=](int x, int y) {
            return sample(x % 2 == 0 ? first : 3 - first, x / 2, y);
        });
    } else if (pixels != CameraPixels::Grey) {
        const std::size_t u = pixels == CameraPixels::I420 ? 1 : 2;
        laid.plane(u, half + padding, half, rows, [](int x, int y) { return sample(1, x, y); });
        laid.plane(3 - u, half + padding, half, rows, [](int x, int y) { return sample(2, x, y); });
    }
    return laid;
}

std::uint8_t at(const Frame &frame, int plane, int x, int y)
{
    const Plane &p = frame.plane(plane);
    return p.data[std::ptrdiff_t(y) * p.stride + x];
}

/// Empty when every sample of `frame` is the one `where` says, of the picture as it lies.
QString wrong(const Frame &frame, const std::function<std::array<int, 2>(int, int, int, int)> &where)
{
    for (int i = 0; i < frame.planeCount(); ++i) {
        const Plane &p = frame.plane(i);
        for (int y = 0; y < p.height; ++y)
            for (int x = 0; x < p.width; ++x) {
                const auto [fromX, fromY] = where(x, y, p.width, p.height);
                if (at(frame, i, x, y) != sample(i, fromX, fromY))
                    return QStringLiteral("plane %1 at %2,%3").arg(i).arg(x).arg(y);
            }
    }
    return {};
}

std::array<int, 2> same(int x, int y, int, int)
{
    return {x, y};
}

} // namespace

class TestCameraPicture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLayoutOfEverySizeAndStride_data()
    {
        QTest::addColumn<CameraPixels>("pixels");
        QTest::addColumn<Size>("size");
        QTest::addColumn<int>("padding");
        for (const CameraPixels pixels :
             {CameraPixels::I420, CameraPixels::YV12, CameraPixels::NV12, CameraPixels::NV21,
              CameraPixels::YUYV, CameraPixels::UYVY, CameraPixels::Grey})
            for (const Size size : {Size{16, 8}, Size{17, 9}, Size{1, 1}, Size{15, 2}, Size{2, 7}})
                for (const int padding : {0, 3, 64})
                    QTest::addRow("%s %dx%d +%d", cameraPixelsName(pixels), size.width, size.height,
                                  padding)
                        << pixels << size << padding;
    }
    void everyLayoutOfEverySizeAndStride()
    {
        QFETCH(CameraPixels, pixels);
        QFETCH(Size, size);
        QFETCH(int, padding);
        const Laid laid = lay(pixels, size, padding);
        auto frame = CameraConverter().convert(laid.picture, {});
        QVERIFY2(frame, frame ? "" : frame.error().message.c_str());
        const FramePtr built = frame->build();
        QCOMPARE(built->size(), size);
        QCOMPARE(built->format(),
                 pixels == CameraPixels::Grey ? PixelFormat::Grey : PixelFormat::I420);
        const QString where = wrong(*built, same);
        QVERIFY2(where.isEmpty(), qPrintable(where));
    }

    void aQuarterTurnGoesClockwiseAndIsNotMirrored()
    {
        for (const CameraPixels pixels : {CameraPixels::I420, CameraPixels::NV12, CameraPixels::YUYV}) {
            const Laid laid = lay(pixels, {18, 10}, 5);
            const FramePtr right = CameraConverter().convert(laid.picture, {true, true, false})->build();
            QCOMPARE(right->size(), (Size{10, 18}));
            // What was on the left is on top; what was at the bottom is on the left.
            const QString where = wrong(*right, [](int x, int y, int width, int) {
                return std::array{y, width - 1 - x};
            });
            QVERIFY2(where.isEmpty(), qPrintable(where));
        }
    }

    void upsideDown()
    {
        const Laid laid = lay(CameraPixels::NV12, {14, 6}, 2);
        const FramePtr turned = CameraConverter().convert(laid.picture, {false, true, true})->build();
        const QString where = wrong(*turned, [](int x, int y, int width, int height) {
            return std::array{width - 1 - x, height - 1 - y};
        });
        QVERIFY2(where.isEmpty(), qPrintable(where));
    }

    void limitedRangeIsStretched()
    {
        Laid laid = lay(CameraPixels::YUYV, {32, 16}, 0);
        std::fill(laid.planes[0].begin(), laid.planes[0].end(), std::uint8_t(128));
        for (std::size_t i = 0; i < laid.planes[0].size(); i += 2)
            laid.planes[0][i] = i < laid.planes[0].size() / 2 ? 16 : 235;
        laid.picture.limitedRange = true;
        const FramePtr frame = CameraConverter().convert(laid.picture, {})->build();
        QVERIFY(at(*frame, 0, 4, 1) <= 1);
        QVERIFY(at(*frame, 0, 4, 14) >= 254);
        QVERIFY(std::abs(at(*frame, 1, 4, 4) - 128) <= 1);
    }

    void anotherSizeIsMadeToFit()
    {
        const Laid laid = lay(CameraPixels::I420, {64, 48}, 7);
        QCOMPARE(CameraConverter({32, 24}).convert(laid.picture, {})->build()->size(), (Size{32, 24}));
        QCOMPARE(CameraConverter({24, 32}).convert(laid.picture, {true, true, false})->build()->size(),
                 (Size{24, 32}));
    }

    void memoryThatIsTooSmallIsRefusedNotRead()
    {
        Laid laid = lay(CameraPixels::NV12, {16, 8}, 0);
        laid.picture.bytes[1] -= 1;
        const auto frame = CameraConverter().convert(laid.picture, {});
        QVERIFY(!frame);
        QCOMPARE(frame.error().code, ErrorCode::Corrupt);
        laid.picture.bytes[1] += 1;
        laid.picture.stride[0] = 15;
        QVERIFY(!CameraConverter().convert(laid.picture, {}));
    }

    void aDamagedJpegIsNoFrame()
    {
        const std::vector<std::uint8_t> noise(500, 0x55);
        CameraPicture picture;
        picture.pixels = CameraPixels::Mjpeg;
        picture.size = {16, 16};
        picture.data[0] = noise.data();
        picture.bytes[0] = noise.size();
        const auto frame = CameraConverter().convert(picture, {});
        QVERIFY(!frame);
        QCOMPARE(frame.error().code, ErrorCode::Corrupt);
    }

    void formatsHaveNames()
    {
        QVERIFY(cameraPixels("yuyv") == CameraPixels::YUYV);
        QVERIFY(cameraPixels("YUV420") == CameraPixels::I420);
        QVERIFY(cameraPixels("MJPG") == CameraPixels::Mjpeg);
        QVERIFY(!cameraPixels("H264"));
        const std::uint32_t raw = 'p' | 'R' << 8 | 'A' << 16 | 'A' << 24;
        QVERIFY(!cameraPixels(raw));
        QCOMPARE(fourccWords(raw), std::string("raw Bayer pRAA"));
    }
};

QTEST_GUILESS_MAIN(TestCameraPicture)
#include "test_camera_picture.moc"
