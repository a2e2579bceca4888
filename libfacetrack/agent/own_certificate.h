#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/http/certificate.h"
#include "libfacetrack/http/tls_context.h"

#include <memory>

namespace facetrack {

/// The certificate that these settings use: the one they name, or tls/ in the state directory.
FACETRACK_EXPORT Result<http::CertificateFiles> certificateFiles(const AgentConfig &config);

/// Loads it; a self-signed one is made for `name` where there is none.
Result<std::shared_ptr<const http::TlsContext>> ownCertificate(const AgentConfig &config,
                                                               const std::string &name);

} // namespace facetrack
