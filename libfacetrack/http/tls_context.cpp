// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/tls_context.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/http/openssl.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <string_view>
#if defined(__aarch64__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace facetrack::http {

namespace {

/// Without instructions for AES (Raspberry Pi 4 and older), ChaCha20 is several times cheaper.
bool aesIsCheap()
{
#if defined(__aarch64__)
    return (::getauxval(AT_HWCAP) & HWCAP_AES) != 0;
#else
    return true;
#endif
}

/// The only protocol that is spoken here; whoever wants another one is told in the handshake.
int chooseProtocol(SSL *, const unsigned char **out, unsigned char *outSize, const unsigned char *in,
                   unsigned inSize, void *)
{
    constexpr std::string_view ours = "http/1.1";
    for (unsigned at = 0; at + 1 + in[at] <= inSize; at += 1U + in[at]) {
        if (std::string_view(reinterpret_cast<const char *>(in + at + 1), in[at]) == ours) {
            *out = in + at + 1;
            *outSize = in[at];
            return SSL_TLSEXT_ERR_OK;
        }
        if (at + 1 + in[at] >= inSize)
            break;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool agree(SSL_CTX *context)
{
    constexpr std::uint64_t options = SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION
        | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET; // sessions stay in memory, bounded
    SSL_CTX_set_options(context, options);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_sess_set_cache_size(context, 256);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    const bool aes = aesIsCheap();
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1
        && SSL_CTX_set_cipher_list(context, aes ? "ECDHE+AESGCM:ECDHE+CHACHA20"
                                                : "ECDHE+CHACHA20:ECDHE+AESGCM") == 1
        && SSL_CTX_set_ciphersuites(context,
                                    aes ? "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:"
                                          "TLS_CHACHA20_POLY1305_SHA256"
                                        : "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:"
                                          "TLS_AES_256_GCM_SHA384") == 1;
}

/// Never asks on the terminal.
int noPassword(char *, int, int, void *)
{
    return -1;
}

Result<void> useKey(SSL_CTX *context, const std::filesystem::path &file)
{
    const auto text = readSecretText(file);
    if (!text)
        return tl::unexpected(text.error());
    const Owned<BIO, BIO_free_all> bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
    const Owned<EVP_PKEY, EVP_PKEY_free> key(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr));
    if (!key)
        return fail(ErrorCode::InvalidArgument, file.string(), "holds no key in PEM form without a password");
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        return fail(ErrorCode::InvalidArgument, file.string(),
                    "does not fit the certificate: " + opensslWords());
    return {};
}

} // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::load(const CertificateFiles &files)
{
    auto fingerprint = fingerprintOf(files.certificate);
    if (!fingerprint)
        return tl::unexpected(fingerprint.error());
    const std::shared_ptr<TlsContext> loaded(new TlsContext(SSL_CTX_new(TLS_server_method())));
    SSL_CTX *const context = loaded->m_context;
    if (!context || !agree(context))
        return fail(ErrorCode::Internal, "TLS", opensslWords());
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1)
        return fail(ErrorCode::InvalidArgument, files.certificate.string(),
                    "cannot be used: " + opensslWords());
    if (auto used = useKey(context, files.key); !used)
        return tl::unexpected(used.error());
    loaded->m_fingerprint = std::move(*fingerprint);
    return loaded;
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_context);
}

} // namespace facetrack::http
