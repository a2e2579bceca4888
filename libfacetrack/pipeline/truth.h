#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/model/frame.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace facetrack {

/// Where the faces of a video or of pictures really are; docs/detection.md has the format.
class FACETRACK_EXPORT Truth
{
public:
    /// NotFound, Io, or Corrupt for a file that has not the form of a truth.
    static Result<Truth> load(const std::filesystem::path &file);

    /// Whether boxes are of a video in pixels of a size that the file does not say.
    bool needsVideoSize() const { return m_images.empty() && m_size.empty(); }
    void setVideoSize(Size size) { m_size = size; }

    /// The boxes of a frame (by its sequence, or its file name), as fractions of it; nothing where
    /// the file does not speak of it.
    std::optional<std::vector<Box>> of(const Frame &frame) const;

private:
    std::vector<std::vector<Box>> m_frames; ///< in pixels
    std::map<std::string, std::vector<Box>> m_images; ///< in pixels
    Size m_size{}; ///< of the video
};

} // namespace facetrack
