// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"

#include <filesystem>
#include <string>

namespace facetrack::http {

/// A certificate and its key, PEM files.
struct CertificateFiles
{
    std::filesystem::path certificate;
    std::filesystem::path key; ///< only its owner may read it
};

/// certificate.pem and key.pem in `folder`.
FACETRACK_EXPORT CertificateFiles certificateIn(const std::filesystem::path &folder);

/// certificateIn(folder), made where both are missing: self-signed, EC P-256, for `name`, this
/// machine's host name and loopback, and no authority over other names. It never runs out, nor does
/// it begin after a clock that is wrong: whoever connects knows it by its fingerprint.
FACETRACK_EXPORT Result<CertificateFiles> keptCertificate(const std::filesystem::path &folder,
                                                          const std::string &name);

/// SHA-256 of the DER certificate, upper-case hex pairs with colons, as openssl prints it.
FACETRACK_EXPORT Result<std::string> fingerprintOf(const std::filesystem::path &certificate);

} // namespace facetrack::http
