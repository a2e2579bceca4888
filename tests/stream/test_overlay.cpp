#include "libfacetrack/stream/overlay.h"
#include "libfacetrack/stream/shapes_overlay.h"
#include "pictures.h"

#include <QTest>
#include <vector>

using namespace facetrack;
using namespace facetrack::test;

namespace {

const Track face{1, {0.25F, 0.25F, 0.5F, 0.5F}, 1};
constexpr Size size{640, 480};

FramePtr withBoxes(const FramePtr &frame, std::vector<Track> faces, BoxLine line = BoxLine::Solid)
{
    Canvas canvas(*frame, frame->size());
    drawBoxes(canvas, faces, line);
    return canvas.finish();
}

int countLuma(const FramePtr &frame, int value, const PixelRect &in)
{
    int count = 0;
    for (int y = in.top; y < in.bottom; ++y)
        for (int x = in.left; x < in.right; ++x)
            count += at(frame->luma(), x, y) == value ? 1 : 0;
    return count;
}

} // namespace

class TestOverlay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBoxShowsOnAnyPicture_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("brightness");
        for (const auto format : {PixelFormat::I420, PixelFormat::NV12, PixelFormat::Grey})
            for (const int brightness : {0, 128, 255})
                QTest::addRow("%s %d", pixelFormatName(format), brightness)
                    << static_cast<int>(format) << brightness;
    }

    void aBoxShowsOnAnyPicture()
    {
        QFETCH(const int, format);
        QFETCH(const int, brightness);
        const auto pixels = static_cast<PixelFormat>(format);
        const YuvColour ground{static_cast<std::uint8_t>(brightness), 128, 128};
        const FramePtr frame = withBoxes(plainPicture(pixels, size, ground), {face});
        QCOMPARE(frame->format(), pixels);
        const YuvColour colour = trackColour(face.id);
        // The corners and the middle of the top side: bright line with a dark one beside it.
        for (const int x : {160, 320, 479}) {
            QCOMPARE(at(frame->luma(), x, 120), int(colour.y));
            QVERIFY(at(frame->luma(), x, 119) < 20);
        }
        QCOMPARE(at(frame->luma(), 320, 240), brightness); // inside stays as it was
        if (pixels == PixelFormat::I420)
            QCOMPARE(at(frame->plane(1), 160, 60), int(colour.u));
        if (pixels == PixelFormat::NV12)
            QCOMPARE(at(frame->plane(1), 160, 60, 2, 1), int(colour.v));
    }

    void bgrIsDrawnOnAsI420()
    {
        FrameBuilder builder(PixelFormat::BGR, size);
        const MutablePlane plane = builder.plane(0);
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                at(plane, x, y, 3, 2) = 200, at(plane, x, y, 3, 1) = at(plane, x, y, 3, 0) = 0;
        const FramePtr frame = withBoxes(builder.build(), {face});
        QCOMPARE(frame->format(), PixelFormat::I420);
        QVERIFY(std::abs(at(frame->luma(), 320, 240) - 60) <= 1);    // 0.299 * 200
        QVERIFY(std::abs(at(frame->plane(2), 160, 120) - 228) <= 1); // 128 + 0.5 * 200
        QCOMPARE(at(frame->luma(), 320, 120), int(trackColour(1).y));
    }

    void dashesLeaveGaps()
    {
        const FramePtr ground = plainPicture(PixelFormat::I420, size, {50, 128, 128});
        const PixelRect top{170, 120, 470, 121};
        const int bright = trackColour(face.id).y;
        QCOMPARE(countLuma(withBoxes(ground, {face}), bright, top), 300);
        const FramePtr dashed = withBoxes(ground, {face}, BoxLine::Dashed);
        const int drawn = countLuma(dashed, bright, top);
        QVERIFY2(drawn > 100 && drawn < 200, qPrintable(QString::number(drawn)));
        QVERIFY(countLuma(dashed, 50, top) > 80); // the picture itself shows in the gaps
    }

    void coloursBelongToTracks()
    {
        QVERIFY(trackColour(1).u != trackColour(2).u || trackColour(1).v != trackColour(2).v);
        QCOMPARE(trackColour(9).u, trackColour(1).u);
    }

    void boxesOutsideThePictureAreClipped()
    {
        const FramePtr ground = plainPicture(PixelFormat::I420, {33, 17}, {50, 128, 128});
        std::vector<Track> faces;
        for (const Box &box : {Box{-0.5F, -0.5F, 2, 2}, Box{0.9F, 0.9F, 0.5F, 0.5F},
                               Box{1e30F, -1e30F, 1e30F, 1e30F}, Box{0.5F, 0.5F, 0, 0},
                               Box{0.5F, 0.5F, -0.3F, 0.2F}, Box{0, 0, 1, 1}})
            faces.push_back({3, box, 1});
        for (const BoxLine line : {BoxLine::Solid, BoxLine::Dashed})
            QCOMPARE(withBoxes(ground, faces, line)->width(), 33);
    }

    void shapesShowOnAnyPicture_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("brightness");
        for (const PixelFormat format : {PixelFormat::I420, PixelFormat::NV12, PixelFormat::Grey})
            for (const int brightness : {5, 130, 250})
                QTest::addRow("%d %d", int(format), brightness) << int(format) << brightness;
    }

    void shapesShowOnAnyPicture()
    {
        QFETCH(const int, format);
        QFETCH(const int, brightness);
        const FramePtr ground = plainPicture(PixelFormat(format), size,
                                             {std::uint8_t(brightness), 128, 128});
        PictureShapes shapes;
        shapes.zones = {{"desk", {{0.1F, 0.4F}, {0.4F, 0.4F}, {0.4F, 0.9F}, {0.1F, 0.9F}}, {}}};
        shapes.lines = {{"door", {{0.7F, 0.9F}, {0.7F, 0.3F}}, {"in", "out"}}};
        shapes.masks = {{"", {{0.8F, 0}, {1, 0}, {1, 0.2F}, {0.8F, 0.2F}}, {}}};
        Canvas canvas(*ground, size);
        drawShapes(canvas, shapes, {});
        const FramePtr frame = canvas.finish();
        const auto differs = [&](const PixelRect &in) {
            return (in.right - in.left) * (in.bottom - in.top) - countLuma(frame, brightness, in);
        };
        // The zone's left side at y 300, the line at y 200, the mask: bright and dark both.
        QVERIFY(countLuma(frame, 190, {58, 300, 70, 301}) >= 2);
        QVERIFY(countLuma(frame, 16, {58, 300, 70, 301}) >= 2);
        QVERIFY(countLuma(frame, 215, {440, 200, 456, 201}) >= 2);
        QVERIFY(countLuma(frame, brightness / 4, {530, 20, 620, 80}) > 90 * 60 / 4);
        // It points to the right of who looks up the line, and the middle of the zone is free.
        QVERIFY(countLuma(frame, 215, {454, 286, 470, 290}) > countLuma(frame, 215, {425, 240, 440, 284}));
        QCOMPARE(differs({100, 300, 200, 400}), 0);
    }

    void aZoneTellsHowManyAreInIt()
    {
        const FramePtr ground = plainPicture(PixelFormat::I420, size, {100, 128, 128});
        PictureShapes shapes;
        shapes.zones = {{"desk", {{0.1F, 0.1F}, {0.9F, 0.1F}, {0.9F, 0.9F}, {0.1F, 0.9F}}, {}}};
        const auto drawn = [&](std::vector<Track> faces) {
            Canvas canvas(*ground, size);
            drawShapes(canvas, shapes, faces);
            const FramePtr frame = canvas.finish();
            return std::string(reinterpret_cast<const char *>(frame->luma().data),
                               static_cast<std::size_t>(frame->luma().stride) * 480);
        };
        QVERIFY(drawn({}) != drawn({face}));
        QVERIFY(drawn({}) == drawn({{1, {0, 0, 0.05F, 0.05F}, 1}}));
    }

    void aLineTellsHowOftenItWasCrossed()
    {
        const FramePtr ground = plainPicture(PixelFormat::I420, size, {100, 128, 128});
        PictureShapes shapes;
        shapes.lines = {{"door", {{0.5F, 0.9F}, {0.5F, 0.1F}}, {"in", "out"}}};
        const auto drawn = [&](const CrossingCounts &crossings) {
            Canvas canvas(*ground, size);
            drawShapes(canvas, shapes, {}, crossings);
            const FramePtr frame = canvas.finish();
            return std::string(reinterpret_cast<const char *>(frame->luma().data),
                               static_cast<std::size_t>(frame->luma().stride) * 480);
        };
        QVERIFY(drawn({}) != drawn({{{"door", "in"}, 3}}));
        QVERIFY(drawn({{{"door", "in"}, 3}}) != drawn({{{"door", "out"}, 3}}));
        QVERIFY(drawn({}) == drawn({{{"gate", "in"}, 3}}));
    }

    void theCaptionIsReadableAndStaysInItsCorner_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addRow("large") << 1920 << 1080;
        QTest::addRow("usual") << 1088 << 720;
        QTest::addRow("small") << 320 << 212;
        QTest::addRow("tiny") << 16 << 10;
    }

    void theCaptionIsReadableAndStaysInItsCorner()
    {
        QFETCH(const int, width);
        QFETCH(const int, height);
        const FramePtr ground = plainPicture(PixelFormat::I420, {width, height}, {200, 90, 160});
        Canvas canvas(*ground, ground->size());
        drawCaption(canvas, "left lane  29.9 fps  12 faces");
        const FramePtr frame = canvas.finish();
        QCOMPARE(countLuma(frame, 200, {0, 0, width, height / 2}), width * (height / 2));
        if (width < 100) { // too small to read: not drawn
            QCOMPARE(countLuma(frame, 200, {0, 0, width, height}), width * height);
            return;
        }
        QVERIFY(countLuma(frame, 50, {0, height / 2, width, height}) > 0); // the bar
        int bright = 0;
        for (int y = height / 2; y < height; ++y)
            for (int x = 0; x < width; ++x)
                bright += at(frame->luma(), x, y) > 220 ? 1 : 0;
        QVERIFY(bright > width / 8); // the letters
    }

    void accentsAreTakenOffTheCaption()
    {
        const FramePtr ground = plainPicture(PixelFormat::Grey, {640, 480}, {100, 128, 128});
        const auto drawn = [&](const std::string &text) {
            Canvas canvas(*ground, ground->size());
            drawCaption(canvas, text);
            const FramePtr frame = canvas.finish();
            return std::string(reinterpret_cast<const char *>(frame->luma().data),
                               static_cast<std::size_t>(frame->luma().stride) * 480);
        };
        QVERIFY(drawn("M\xc3\xbcller 1") == drawn("Muller 1"));
        QVERIFY(drawn("\xf0\x9f\x98\x80") == drawn("?"));
        QVERIFY(drawn("a\nb") == drawn("a?b"));
    }
};

QTEST_GUILESS_MAIN(TestOverlay)
#include "test_overlay.moc"
