#include "jpeg_contest.h"

#include "libfacetrack/stream/jpeg_encoder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>

namespace facetrack::bench {

namespace {

constexpr int Quality = 80;
constexpr std::size_t Turns = 64;
constexpr std::size_t MostPhotographs = 16;
constexpr Size PhotographSize{1088, 720};

double threadCpuMs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2),
                     values.end());
    return values[values.size() / 2];
}

cv::Mat matrix(const std::uint8_t *data, int stride, int width, int height)
{
    return {height, width, CV_8UC1, const_cast<std::uint8_t *>(data),
            static_cast<std::size_t>(stride)};
}

cv::Mat bgrOf(const Frame &frame)
{
    std::array<cv::Mat, 3> planes;
    for (std::size_t i = 0; i < planes.size(); ++i) {
        const Plane &p = frame.plane(static_cast<int>(i));
        cv::resize(matrix(p.data, p.stride, p.width, p.height), planes[i],
                   {frame.width(), frame.height()});
    }
    std::swap(planes[1], planes[2]); // OpenCV has Cr before Cb
    cv::Mat merged;
    cv::Mat bgr;
    cv::merge(planes.data(), planes.size(), merged);
    cv::cvtColor(merged, bgr, cv::COLOR_YCrCb2BGR);
    return bgr;
}

FramePtr i420Of(const cv::Mat &bgr)
{
    cv::Mat merged;
    cv::cvtColor(bgr, merged, cv::COLOR_BGR2YCrCb);
    std::array<cv::Mat, 3> planes;
    cv::split(merged, planes.data());
    std::swap(planes[1], planes[2]);
    FrameBuilder builder(PixelFormat::I420, {bgr.cols, bgr.rows});
    for (std::size_t i = 0; i < planes.size(); ++i) {
        const MutablePlane p = builder.plane(static_cast<int>(i));
        cv::Mat target = matrix(p.data, p.stride, p.width, p.height);
        cv::resize(planes[i], target, target.size(), 0, 0, cv::INTER_AREA);
    }
    return builder.build();
}

struct Pair
{
    FramePtr yuv;
    cv::Mat bgr;
};

std::vector<Pair> photographs(const std::string &folder)
{
    std::vector<std::string> names;
    std::error_code failure;
    using Files = std::filesystem::recursive_directory_iterator;
    for (const auto &entry : Files(folder, failure))
        if (entry.path().extension() == ".jpg")
            names.push_back(entry.path().string());
    std::sort(names.begin(), names.end());
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < std::min(names.size(), MostPhotographs); ++i) {
        cv::Mat bgr = cv::imread(names[i], cv::IMREAD_COLOR);
        if (bgr.empty())
            continue;
        cv::resize(bgr, bgr, {PhotographSize.width, PhotographSize.height}, 0, 0, cv::INTER_AREA);
        pairs.push_back({i420Of(bgr), bgr});
    }
    return pairs;
}

void contest(const char *name, const std::vector<Pair> &pairs)
{
    if (pairs.empty())
        return;
    JpegEncoder encoder;
    std::vector<unsigned char> out;
    std::vector<double> ours;
    std::vector<double> theirs;
    std::size_t ourBytes = 0;
    std::size_t theirBytes = 0;
    for (std::size_t turn = 0; turn < Turns; ++turn) {
        const Pair &pair = pairs[turn % pairs.size()];
        const double start = threadCpuMs();
        ourBytes += encoder.encode(*pair.yuv, Quality)->size();
        const double between = threadCpuMs();
        cv::imencode(".jpg", pair.bgr, out, {cv::IMWRITE_JPEG_QUALITY, Quality});
        theirs.push_back(threadCpuMs() - between);
        ours.push_back(between - start);
        theirBytes += out.size();
    }
    std::printf("| %s | %.2f | %zu | %.2f | %zu | %.2f |\n", name, median(ours),
                ourBytes / Turns / 1000, median(theirs), theirBytes / Turns / 1000,
                median(ours) / median(theirs));
}

} // namespace

void compareEncoders(const std::vector<FramePtr> &pictures)
{
    cv::setNumThreads(1);
    std::vector<Pair> pairs;
    for (const FramePtr &picture : pictures)
        pairs.push_back({picture, bgrOf(*picture)});
    std::printf("| pictures, quality %d | JpegEncoder, CPU ms | kB | imencode, CPU ms | kB "
                "| ratio (target 0.7) |\n|---|---|---|---|---|---|\n", Quality);
    contest("drawn, noisy", pairs);
    const char *folder = std::getenv("FACETRACK_TEST_DATA");
    contest("photographs", folder ? photographs(folder) : std::vector<Pair>());
    std::printf("\n");
}

} // namespace facetrack::bench
