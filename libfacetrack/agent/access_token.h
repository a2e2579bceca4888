#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/file_stamp.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/agent_config.h"

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace facetrack {

/// The secret that lets a person or program in: 32 random bytes as base64url in a file that only its
/// owner may read. A running agent takes up a new one with the next request. Thread-safe.
class FACETRACK_EXPORT AccessToken
{
public:
    /// NotFound, or Denied when others may read it.
    static Result<std::string> read(const std::filesystem::path &file);
    /// Writes a new one in place of any other, and returns it.
    static Result<std::string> renew(const std::filesystem::path &file);
    /// As read(), of one that is made where there is none.
    static Result<std::string> ensure(const std::filesystem::path &file);

    explicit AccessToken(std::filesystem::path file) : m_file(std::move(file)) {}

    /// Whether this is it, in constant time. Nothing is, while the file cannot be read.
    bool matches(std::string_view token);
    /// Another number after each change of the file.
    std::uint64_t generation();

private:
    void refresh();

    const std::filesystem::path m_file;
    std::mutex m_mutex;
    FileStamp m_stamp;
    std::uint64_t m_generation = 0;
    std::string m_token; ///< empty: none is good
};

/// Where the token of an agent with these settings is: `token` in its state directory.
FACETRACK_EXPORT Result<std::filesystem::path> accessTokenFile(const AgentConfig &config);

} // namespace facetrack
