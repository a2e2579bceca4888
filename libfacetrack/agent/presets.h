#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace facetrack {

/// Tuned values under a name, such as "evening light": a merge patch of what it sets.
struct Preset
{
    nlohmann::json values; ///< {"detect": {"min_neighbors": 5}}
    UtcTime saved{0};
};

/// 1 to 64 bytes of UTF-8 without control characters and without space at the ends.
FACETRACK_EXPORT bool isPresetName(std::string_view name);

/// The presets of an agent, in one file of its state directory. Thread-safe; put() and remove()
/// wait for the disk.
class FACETRACK_EXPORT Presets
{
public:
    static constexpr std::size_t most = 64;

    /// A file that cannot be read is reported in the log and kept under another name.
    explicit Presets(std::filesystem::path file);

    std::map<std::string, Preset> all() const;
    std::optional<Preset> find(const std::string &name) const;
    /// True when it is new. Full with too many; Io and the like when it cannot be written, and
    /// then nothing has changed.
    Result<bool> put(const std::string &name, Preset preset);
    /// NotFound when there is none.
    Result<void> remove(const std::string &name);

private:
    Result<void> write(const std::map<std::string, Preset> &presets) const;

    const std::filesystem::path m_file;
    std::mutex m_writing; ///< one change at a time; readers do not wait for the disk
    mutable std::mutex m_mutex;
    std::map<std::string, Preset> m_presets;
};

} // namespace facetrack
