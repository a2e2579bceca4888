#pragma once
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/capture/delivery.h"
#include "libfacetrack/capture/picture_fitter.h"

#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// `images:DIR[?loop=1][&rate=native|max][&fps=1]`: the JPEG, PNG, BMP and WebP files of a
/// directory (not of those below it), in the order of their names' bytes: B before a, 10 before 9.
/// Without `size` each keeps its own. EXIF's orientation is honoured; transparency is not.
/// The list is made once, on opening. Thread-bound.
class ImagesSource final : public CaptureSource
{
public:
    static SourceKind kind();

    /// NotFound for a missing directory, or one without pictures.
    static Result<std::unique_ptr<CaptureSource>> open(const SourceUrl &url, Pacing pacing,
                                                       const Clock &clock);

    /// Corrupt, naming the file, at a damaged picture; a further call goes on with the next one.
    Result<FramePtr> next(std::stop_token stop) override;
    double nominalFps() const override { return m_fps; }
    bool isUnrelatedPictures() const override { return true; }
    std::uint64_t expectedFrames() const override { return m_loop ? 0 : m_names.size(); }

private:
    ImagesSource(const SourceUrl &url, std::vector<std::string> names, double fps, bool loop,
                 Pacing pacing, std::string_view rate, const Clock &clock);

    const std::string m_directory;
    const std::vector<std::string> m_names;
    const double m_fps;
    const bool m_loop;
    PictureFitter m_fitter;
    Delivery m_delivery;
    std::size_t m_nextName = 0;
    std::uint64_t m_sequence = 0;
};

} // namespace facetrack
