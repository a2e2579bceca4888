// Looks at parts of a picture against OpenCV's own whole-frame look.
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/detect/cascade_file.h"
#include "libfacetrack/detect/detector.h"
#include "libfacetrack/detect/pyramid.h"

#include <QTest>
#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <set>
#include <tuple>

using namespace facetrack;

namespace {

std::vector<FramePtr> boothFrames(std::initializer_list<std::uint64_t> which)
{
    auto source = openSource("synthetic:booth?seed=2&people=6&fps=2&frames=40",
                             Pacing::AsFastAsPossible);
    std::vector<FramePtr> frames;
    for (std::uint64_t i = 0; i <= *std::rbegin(which); ++i) {
        const FramePtr frame = (*source)->next({}).value();
        if (std::find(which.begin(), which.end(), i) != which.end())
            frames.push_back(frame);
    }
    return frames;
}

using Rect = std::tuple<int, int, int, int>;

std::multiset<Rect> rects(const std::vector<Detection> &faces, Size frame)
{
    std::multiset<Rect> all;
    for (const Detection &face : faces)
        all.insert({qRound(face.box.x * float(frame.width)), qRound(face.box.y * float(frame.height)),
                    qRound(face.box.w * float(frame.width)),
                    qRound(face.box.h * float(frame.height))});
    return all;
}

} // namespace

class TestLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPartIsShrunkAsTheWholeIs()
    {
        cv::Mat picture(241, 363, CV_8UC1);
        cv::randu(picture, 0, 256);
        for (const float scale : {1.F, 1.1F, 1.21F, 1.331F, 2.F, 3.7975F, 9.9F}) {
            const cv::Size size(cvRound(float(picture.cols) / scale),
                                cvRound(float(picture.rows) / scale));
            cv::Mat whole;
            cv::resize(picture, whole, size, 0, 0, cv::INTER_LINEAR_EXACT);
            for (const cv::Rect &area : {cv::Rect({}, size), cv::Rect(3, 5, size.width / 2, 7),
                                         cv::Rect(size.width - 9, size.height - 12, 9, 12)}) {
                cv::Mat part;
                shrinkPart(picture, size, area, part);
                QCOMPARE(cv::norm(part, whole(area), cv::NORM_INF), 0.0);
            }
        }
    }

    void aLookEverywhereIsOpenCvsLook_data()
    {
        QTest::addColumn<QByteArray>("cascade");
        QTest::newRow("stumps") << QByteArray("haarcascade_frontalface_default.xml");
        QTest::newRow("trees") << QByteArray("haarcascade_frontalface_alt2.xml");
        QTest::newRow("lbp") << QByteArray("lbpcascade_frontalface.xml");
        QTest::newRow("tilted, 20x20 window") << QByteArray("haarcascade_eye_tree_eyeglasses.xml");
    }

    void aLookEverywhereIsOpenCvsLook()
    {
        QFETCH(QByteArray, cascade);
        auto detector = makeDetector("haar");
        DetectTuning tuning;
        tuning.cascade = cascade.toStdString();
        tuning.region = {0.1F, 0.05F, 0.8F, 0.9F};
        std::size_t faces = 0;
        for (const FramePtr &frame : boothFrames({12, 20})) {
            const auto whole = (*detector)->detect(*frame, tuning);
            const Look everywhere[] = {Look{}};
            const auto looked = (*detector)->look(*frame, tuning, everywhere);
            QVERIFY(whole && looked);
            QCOMPARE(rects(looked->faces, frame->size()), rects(*whole, frame->size()));
            faces += whole->size();
        }
        QVERIFY(faces > 0);
    }

    void aLookHereFindsJustWhatTheWholeLookFindsHere()
    {
        auto detector = makeDetector("haar");
        const DetectTuning tuning;
        int faces = 0;
        int same = 0;
        for (const FramePtr &frame : boothFrames({10, 18, 26, 34})) {
            const auto whole = (*detector)->detect(*frame, tuning);
            QVERIFY(whole.has_value());
            for (const Detection &face : *whole) {
                const Box &b = face.box;
                // One window that hits is enough to find all that belong to it.
                const float width = b.w * float(frame->width());
                const Look here[] = {{{b.x + b.w * 0.4F, b.y + b.h * 0.4F, b.w * 0.2F, b.h * 0.2F},
                                      width * 0.9F, width * 1.1F}};
                const auto looked = (*detector)->look(*frame, tuning, here);
                QVERIFY(looked.has_value());
                // A pixel more or less: at the edge of what is tried it is unknown which of two
                // neighbours OpenCV passes over.
                QCOMPARE(looked->faces.size(), std::size_t(1));
                QVERIFY(overlap(looked->faces[0].box, b) > 0.94F);
                same += rects(looked->faces, frame->size()) == rects({face}, frame->size());
                QVERIFY(looked->pixels * 8 < std::uint64_t(frame->width() * frame->height()));
                ++faces;
            }
        }
        QVERIFY(faces >= 8);
        QVERIFY2(same * 10 >= faces * 8, "most of them are the same to the pixel");
    }
};

QTEST_GUILESS_MAIN(TestLooks)
#include "test_looks.moc"
