#include "libfacetrack/model/frame.h"

#include <QTest>
#include <cstring>
#include <thread>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

std::uint8_t at(const Plane &plane, int x, int y)
{
    return plane.data[y * plane.stride + x];
}

void fill(const MutablePlane &plane, int bytesPerRow)
{
    for (int y = 0; y < plane.height; ++y)
        for (int x = 0; x < bytesPerRow; ++x)
            plane.data[y * plane.stride + x] = static_cast<std::uint8_t>(7 * x + 13 * y);
}

} // namespace

class TestFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void planesHaveTheSizesOfTheirFormat_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("planes");
        QTest::addColumn<int>("chromaWidth"); // in samples, of 33x17
        QTest::addRow("I420") << static_cast<int>(PixelFormat::I420) << 3 << 17;
        QTest::addRow("NV12") << static_cast<int>(PixelFormat::NV12) << 2 << 17;
        QTest::addRow("BGR") << static_cast<int>(PixelFormat::BGR) << 1 << 0;
        QTest::addRow("grey") << static_cast<int>(PixelFormat::Grey) << 1 << 0;
    }

    void planesHaveTheSizesOfTheirFormat()
    {
        QFETCH(const int, format);
        QFETCH(const int, planes);
        QFETCH(const int, chromaWidth);
        const auto pixels = static_cast<PixelFormat>(format);
        const FramePtr frame = FrameBuilder(pixels, {33, 17}).build();
        QCOMPARE(frame->format(), pixels);
        QCOMPARE(frame->planeCount(), planes);
        QCOMPARE(frame->luma().data == nullptr, pixels == PixelFormat::BGR);
        QCOMPARE(frame->plane(0).width, 33);
        QCOMPARE(frame->plane(0).height, 17);
        QVERIFY(frame->plane(0).stride >= (pixels == PixelFormat::BGR ? 99 : 33));
        for (int i = 1; i < planes; ++i) {
            QCOMPARE(frame->plane(i).width, chromaWidth);
            QCOMPARE(frame->plane(i).height, 9);
        }
        for (int i = 0; i < planes; ++i) {
            QCOMPARE(reinterpret_cast<std::uintptr_t>(frame->plane(i).data) % 64, std::uintptr_t(0));
            QCOMPARE(frame->plane(i).stride % 64, 0);
        }
    }

    void aCopyHasPixelsTimesSequenceAndFileButItsOwnMemory()
    {
        FrameBuilder builder(PixelFormat::NV12, {34, 18});
        fill(builder.plane(0), 34);
        fill(builder.plane(1), 34);
        const FramePtr frame = builder.sequence(5)
                                   .captured(MonotonicTime(6ns), UtcTime(7))
                                   .file("a.jpg")
                                   .build();
        FrameBuilder drawing = FrameBuilder::copyOf(*frame);
        drawing.plane(0).data[0] = 99;
        const FramePtr copy = drawing.build();
        QCOMPARE(at(copy->plane(0), 0, 0), std::uint8_t(99));
        QCOMPARE(at(frame->plane(0), 0, 0), std::uint8_t(0));
        for (int i = 0; i < 2; ++i)
            for (int y = 0; y < copy->plane(i).height; ++y)
                QVERIFY(std::memcmp(copy->plane(i).data + y * copy->plane(i).stride + 1,
                                    frame->plane(i).data + y * frame->plane(i).stride + 1, 33) == 0);
        QCOMPARE(copy->sequence(), std::uint64_t(5));
        QCOMPARE(copy->captured(), MonotonicTime(6ns));
        QCOMPARE(copy->capturedUtc(), UtcTime(7));
        QCOMPARE(copy->file(), std::string("a.jpg"));
    }

    void aFrameOutlivesItsBuilderOnAnyThread()
    {
        FramePtr frame;
        std::thread([&] {
            FrameBuilder builder(PixelFormat::Grey, {64, 64});
            fill(builder.plane(0), 64);
            frame = builder.build();
        }).join();
        QCOMPARE(at(frame->luma(), 3, 2), std::uint8_t(7 * 3 + 13 * 2));
    }
};

QTEST_GUILESS_MAIN(TestFrame)
#include "test_frame.moc"
