#include "libfacetrack/agent/own_certificate.h"

#include "libfacetrack/agent/identity.h"
#include "libfacetrack/base/log.h"

namespace facetrack {

Result<http::CertificateFiles> certificateFiles(const AgentConfig &config)
{
    if (!config.tls.certificateFile.empty())
        return http::CertificateFiles{config.tls.certificateFile, config.tls.keyFile};
    const auto folder = stateDirectory(config.state.directory);
    if (!folder)
        return tl::unexpected(folder.error());
    return http::certificateIn(*folder / "tls");
}

Result<std::shared_ptr<const http::TlsContext>> ownCertificate(const AgentConfig &config,
                                                               const std::string &name)
{
    auto files = certificateFiles(config);
    if (files && config.tls.certificateFile.empty())
        files = http::keptCertificate(files->certificate.parent_path(), name);
    if (!files)
        return tl::unexpected(files.error());
    auto tls = http::TlsContext::load(*files);
    if (tls)
        qCInfo(lcAgent, "TLS with %s, fingerprint %s", files->certificate.c_str(),
               (*tls)->fingerprint().c_str());
    return tls;
}

} // namespace facetrack
