// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/file_stamp.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/http/token.h"

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack::http {

/// The file of token secrets: one a line, "KID SECRET", the secret as base64url of at least 32
/// bytes; empty lines and those with # are left out. The first one signs new tokens, all are good.
/// Only its owner may read it.
class FACETRACK_EXPORT TokenSecrets
{
public:
    /// Unused: everything that readSecretText() says, and InvalidArgument naming the line.
    static Result<std::vector<TokenSecret>> read(const std::filesystem::path &file);
    static Result<void> write(const std::filesystem::path &file,
                              const std::vector<TokenSecret> &secrets);
    /// A new random one with an id made from the day: "2026-05-04-3f9a".
    static TokenSecret random(std::chrono::seconds now);

    explicit TokenSecrets(std::filesystem::path file) : m_file(std::move(file)) {}

    /// The secrets in the file now; read again when it was replaced, so that a rotation needs no
    /// restart. Once it cannot be read, nothing is good until it can. Thread-safe.
    Result<std::vector<TokenSecret>> current();

private:
    const std::filesystem::path m_file;
    std::mutex m_mutex;
    FileStamp m_stamp;
    bool m_known = false;
    Result<std::vector<TokenSecret>> m_secrets;
};

} // namespace facetrack::http
