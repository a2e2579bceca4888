#include "libfacetrack/capture/images_source.h"

#include "libfacetrack/capture/local_path.h"
#include "libfacetrack/capture/still_decoder.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace facetrack {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 5> Endings{".jpg", ".jpeg", ".png", ".bmp", ".webp"};

bool isPicture(const fs::directory_entry &entry)
{
    std::string ending = entry.path().extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    std::error_code ignored;
    return std::find(Endings.begin(), Endings.end(), ending) != Endings.end()
           && entry.is_regular_file(ignored);
}

std::string allEndings()
{
    std::string list;
    for (const std::string_view ending : Endings)
        list += (list.empty() ? "" : ", ") + std::string(ending);
    return list;
}

Result<std::vector<std::string>> picturesIn(const std::string &directory)
{
    if (const auto usable = requireDirectory(directory); !usable)
        return tl::unexpected(usable.error());
    std::vector<std::string> names;
    std::error_code failure;
    for (fs::directory_iterator at(directory, failure), end; !failure && at != end;
         at.increment(failure)) {
        if (isPicture(*at))
            names.push_back(at->path().filename().string());
    }
    if (failure)
        return fail(ErrorCode::Io, directory, "cannot be listed: " + failure.message());
    if (names.empty())
        return fail(ErrorCode::NotFound, directory, "there are no pictures in this directory",
                    "file names must end in " + allEndings());
    // std::string compares as unsigned bytes: the same order everywhere, whatever the locale.
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

SourceKind ImagesSource::kind()
{
    return {"images", "images:DIR[?loop=1][&rate=native|max][&fps=1]",
            "The pictures in a directory, in the order of their names.", &ImagesSource::open};
}

Result<std::unique_ptr<CaptureSource>> ImagesSource::open(const SourceUrl &url, Pacing pacing,
                                                          const Clock &clock)
{
    if (const auto allowed = url.allowOnly({"loop", "rate", "fps"}); !allowed)
        return tl::unexpected(allowed.error());
    const auto loop = url.flag("loop", false);
    if (!loop)
        return tl::unexpected(loop.error());
    const auto rate = url.choice("rate", {"native", "max"});
    if (!rate)
        return tl::unexpected(rate.error());
    const auto fps = url.number("fps", 1, 0.1, 120);
    if (!fps)
        return tl::unexpected(fps.error());
    auto names = picturesIn(url.path);
    if (!names)
        return tl::unexpected(names.error());
    return std::unique_ptr<CaptureSource>(
        new ImagesSource(url, std::move(*names), *fps, *loop, pacing, *rate, clock));
}

ImagesSource::ImagesSource(const SourceUrl &url, std::vector<std::string> names, double fps,
                           bool loop, Pacing pacing, std::string_view rate, const Clock &clock)
    : m_directory(url.path),
      m_names(std::move(names)),
      m_fps(fps),
      m_loop(loop),
      m_fitter(url.size, url.fit),
      m_delivery(pacing, rate, clock)
{
}

Result<FramePtr> ImagesSource::next(std::stop_token stop)
{
    if (m_nextName == m_names.size() && m_loop)
        m_nextName = 0;
    if (m_nextName == m_names.size() || stop.stop_requested())
        return FramePtr();
    const std::string &name = m_names[m_nextName++];
    const std::string path = (fs::path(m_directory) / name).string();
    const auto picture = decodeStill(path);
    if (!picture)
        return tl::unexpected(picture.error());
    auto frame = m_fitter.fit(**picture, Turn{});
    if (!frame)
        return fail(frame.error().code, path, frame.error().message);
    const auto time = std::chrono::nanoseconds(
        static_cast<std::int64_t>(static_cast<double>(m_sequence) * 1e9 / m_fps));
    if (!m_delivery.wait(stop, time))
        return FramePtr();
    m_delivery.stamp(*frame, time);
    return frame->sequence(m_sequence++).file(name).build();
}

} // namespace facetrack
