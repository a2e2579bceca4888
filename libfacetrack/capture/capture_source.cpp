#include "libfacetrack/capture/capture_source.h"

#include <filesystem>

namespace facetrack {

namespace {

std::string knownKinds()
{
    std::string list;
    for (const SourceKind &kind : sourceKinds())
        list += (list.empty() ? "" : ", ") + std::string(kind.scheme) + ":";
    return list;
}

/// People type a plain path; tell them the one word that is missing.
Error withPathAdvice(Error error, std::string_view text)
{
    std::error_code ignored;
    const std::filesystem::path path(text);
    if (std::filesystem::is_directory(path, ignored))
        error.advice = "use images:" + std::string(text);
    else if (!text.empty() && std::filesystem::exists(path, ignored))
        error.advice = "use file:" + std::string(text);
    return error;
}

} // namespace

CaptureSource::~CaptureSource() = default;

void CaptureSource::attach(std::shared_ptr<CameraLink>) {}

Result<std::unique_ptr<CaptureSource>> openSource(std::string_view text, Pacing pacing,
                                                  const Clock &clock)
{
    const auto url = SourceUrl::parse(text);
    if (!url)
        return tl::unexpected(withPathAdvice(url.error(), text));
    for (const SourceKind &kind : sourceKinds()) {
        if (kind.scheme == url->scheme)
            return kind.open(*url, pacing, clock);
    }
    Error unknown{ErrorCode::InvalidArgument, url->text,
                  "there is no source of kind \"" + url->scheme + ":\"", "known: " + knownKinds()};
    return tl::unexpected(withPathAdvice(std::move(unknown), text));
}

} // namespace facetrack
