#include "libfacetrack/stream/jpeg_encoder.h"
#include "pictures.h"

#include <QTest>
#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using namespace facetrack;
using namespace facetrack::test;

namespace {

cv::Mat decoded(std::string_view jpeg)
{
    const std::vector<unsigned char> bytes(jpeg.begin(), jpeg.end());
    return cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
}

/// JFIF's own conversion: full range BT.601.
cv::Vec3d bgrOf(YuvColour c)
{
    const double u = c.u - 128.0;
    const double v = c.v - 128.0;
    return {c.y + 1.772 * u, c.y - 0.344136 * u - 0.714136 * v, c.y + 1.402 * v};
}

double worstDifference(const cv::Mat &picture)
{
    double worst = 0;
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.cols; ++x) {
            const auto expected = bgrOf(smooth(double(x) / picture.cols, double(y) / picture.rows));
            const auto found = picture.at<cv::Vec3b>(y, x);
            for (int i = 0; i < 3; ++i)
                worst = std::max(worst, std::abs(found[i] - std::clamp(expected[i], 0.0, 255.0)));
        }
    }
    return worst;
}

FramePtr bgrPicture(Size size)
{
    FrameBuilder builder(PixelFormat::BGR, size);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            for (int i = 0; i < 3; ++i)
                at(builder.plane(0), x, y, 3, i) = static_cast<std::uint8_t>(std::clamp(
                    bgrOf(smooth(double(x) / size.width, double(y) / size.height))[i], 0.0, 255.0));
    return builder.build();
}

} // namespace

class TestJpegEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesToTheSameColours_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const auto format : {PixelFormat::I420, PixelFormat::NV12, PixelFormat::BGR})
            for (const Size size : {Size{320, 240}, Size{321, 241}, Size{97, 33}, Size{64, 1}})
                QTest::addRow("%s %dx%d", pixelFormatName(format), size.width, size.height)
                    << static_cast<int>(format) << size.width << size.height;
    }

    void decodesToTheSameColours()
    {
        QFETCH(const int, format);
        QFETCH(const int, width);
        QFETCH(const int, height);
        const auto pixels = static_cast<PixelFormat>(format);
        const Size size{width, height};
        const FramePtr frame = pixels == PixelFormat::BGR ? bgrPicture(size)
                                                          : smoothPicture(pixels, size);
        JpegEncoder encoder;
        const auto jpeg = encoder.encode(*frame, 95);
        QVERIFY(jpeg.has_value());
        const cv::Mat picture = decoded(*jpeg);
        QCOMPARE(picture.cols, width);
        QCOMPARE(picture.rows, height);
        QCOMPARE(picture.channels(), 3);
        const double worst = worstDifference(picture);
        QVERIFY2(worst <= 8, qPrintable(QString::number(worst)));
    }

    void greyStaysGrey()
    {
        const FramePtr frame = smoothPicture(PixelFormat::Grey, {101, 51});
        JpegEncoder encoder;
        const auto jpeg = encoder.encode(*frame, 90);
        QVERIFY(jpeg.has_value());
        const cv::Mat picture = decoded(*jpeg);
        QCOMPARE(picture.channels(), 1);
        QVERIFY(std::abs(picture.at<std::uint8_t>(25, 50) - at(frame->luma(), 50, 25)) <= 3);
    }

    void keepsWorkingWhenSizesAndFormatsChange()
    {
        JpegEncoder encoder;
        for (const Size size : {Size{640, 480}, Size{16, 16}, Size{800, 600}, Size{33, 17}}) {
            for (const auto format : {PixelFormat::NV12, PixelFormat::Grey, PixelFormat::I420}) {
                const auto jpeg = encoder.encode(*smoothPicture(format, size), 80);
                QVERIFY(jpeg.has_value());
                QCOMPARE(decoded(*jpeg).cols, size.width);
            }
        }
    }

    void lowerQualityIsSmaller()
    {
        const FramePtr frame = smoothPicture(PixelFormat::I420, {640, 480});
        JpegEncoder encoder;
        const std::size_t fine = encoder.encode(*frame, 100)->size();
        QVERIFY(encoder.encode(*frame, 1)->size() < fine);
    }

    void refusesWhatCannotBe()
    {
        JpegEncoder encoder;
        const FramePtr frame = smoothPicture(PixelFormat::I420, {64, 64});
        for (const int quality : {0, -1, 101}) {
            const auto refused = encoder.encode(*frame, quality);
            QVERIFY(!refused.has_value());
            QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        }
        const auto empty = encoder.encode(*FrameBuilder(PixelFormat::I420, {0, 0}).build(), 80);
        QVERIFY(!empty.has_value());
        QCOMPARE(empty.error().code, ErrorCode::InvalidArgument);
        QVERIFY(encoder.encode(*frame, 80).has_value());
    }
};

QTEST_GUILESS_MAIN(TestJpegEncoder)
#include "test_jpeg_encoder.moc"
