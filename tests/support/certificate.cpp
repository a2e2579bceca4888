#include "tests/support/certificate.h"

#include <cstdio>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace {

template<typename T>
using Owned = std::unique_ptr<T, void (*)(T *)>;

void extend(X509 *certificate, int what, const char *value)
{
    const Owned<X509_EXTENSION> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, what, value), X509_EXTENSION_free);
    X509_add_ext(certificate, extension.get(), -1);
}

template<typename Write>
void writePem(const QString &name, Write write)
{
    if (std::FILE *file = std::fopen(name.toUtf8().constData(), "w")) {
        write(file);
        std::fclose(file);
    }
}

} // namespace

TestCertificate::TestCertificate(const QString &folder)
    : certificate(folder + QStringLiteral("/cert.pem")), key(folder + QStringLiteral("/key.pem"))
{
    const Owned<EVP_PKEY> pair(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Owned<X509> made(X509_new(), X509_free);
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 24 * 3600);
    X509_set_pubkey(made.get(), pair.get());
    X509_NAME *name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>("test"), -1, -1, 0);
    X509_set_issuer_name(made.get(), name);
    extend(made.get(), NID_subject_alt_name, "IP:127.0.0.1");
    extend(made.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(made.get(), pair.get(), EVP_sha256());

    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    X509_digest(made.get(), EVP_sha256(), digest, &length);
    sha256 = QByteArray(reinterpret_cast<const char *>(digest), static_cast<qsizetype>(length)).toHex();
    writePem(certificate, [&](std::FILE *file) { PEM_write_X509(file, made.get()); });
    writePem(key, [&](std::FILE *file) {
        PEM_write_PrivateKey(file, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}
