// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/http/certificate.h"

#include <memory>
#include <string>

struct ssl_ctx_st;

namespace facetrack::http {

/// What a server needs to speak TLS: certificate, key, and what it agrees to (TLS 1.2 and newer,
/// ephemeral keys with authenticated ciphers only, HTTP/1.1). Read at load(): a replaced certificate
/// needs a new one. Given to Server::secure(). Thread-bound once a server runs with it.
class FACETRACK_EXPORT TlsContext
{
public:
    /// NotFound, Denied (a key that others may read, too), InvalidArgument (no PEM, the key is
    /// another certificate's).
    static Result<std::shared_ptr<const TlsContext>> load(const CertificateFiles &files);
    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    const std::string &fingerprint() const { return m_fingerprint; } ///< as fingerprintOf()
    ssl_ctx_st *get() const { return m_context; }

private:
    explicit TlsContext(ssl_ctx_st *context) : m_context(context) {}

    ssl_ctx_st *m_context;
    std::string m_fingerprint;
};

} // namespace facetrack::http
