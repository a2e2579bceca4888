// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/certificate.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/http/openssl.h"

#include <array>
#include <climits>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace facetrack::http {

namespace {

namespace fs = std::filesystem;

/// A name that can stand in a certificate as it is; others are left out.
bool isDnsName(std::string_view name)
{
    return !name.empty() && name.size() <= 63
        && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
               == name.npos
        && name.front() != '.' && name.front() != '-';
}

std::string hostName()
{
    std::array<char, HOST_NAME_MAX + 1> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : std::string();
}

/// "IP:127.0.0.1,DNS:localhost,…".
std::string otherNames()
{
    std::string names = "IP:127.0.0.1,IP:::1,DNS:localhost";
    const std::string host = hostName();
    if (isDnsName(host) && host != "localhost") {
        names += ",DNS:" + host;
        if (host.find('.') == host.npos && host.size() <= 57)
            names += ",DNS:" + host + ".local"; // as Avahi calls it
    }
    return names;
}

bool extend(X509 *certificate, int what, const char *value)
{
    const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, what, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool giveSerial(X509 *certificate)
{
    const Owned<BIGNUM, BN_free> number(BN_new());
    return number && BN_rand(number.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

/// X.520's limit for a common name.
std::string commonName(const std::string &name)
{
    std::string text = "facetrack " + name;
    text.resize(std::min<std::size_t>(text.size(), 64));
    return text;
}

bool fill(X509 *certificate, EVP_PKEY *key, const std::string &name)
{
    X509_NAME *subject = X509_get_subject_name(certificate);
    const std::string common = commonName(name);
    return X509_set_version(certificate, 2 /* version 3 */) == 1 && giveSerial(certificate)
        && ASN1_TIME_set_string(X509_getm_notBefore(certificate), "20200101000000Z") == 1
        && ASN1_TIME_set_string(X509_getm_notAfter(certificate), "20491231235959Z") == 1
        && X509_set_pubkey(certificate, key) == 1
        && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                      reinterpret_cast<const unsigned char *>(common.data()),
                                      static_cast<int>(common.size()), -1, 0) == 1
        && X509_set_issuer_name(certificate, subject) == 1
        && extend(certificate, NID_subject_alt_name, otherNames().c_str())
        // Whoever steals the key can pose as this agent, not as a bank to a phone that trusts it.
        && extend(certificate, NID_basic_constraints, "critical,CA:FALSE")
        && extend(certificate, NID_key_usage, "critical,digitalSignature")
        && extend(certificate, NID_ext_key_usage, "serverAuth")
        && X509_sign(certificate, key, EVP_sha256()) > 0;
}

std::string textOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

Result<void> make(const CertificateFiles &files, const std::string &name)
{
    const Owned<EVP_PKEY, EVP_PKEY_free> key(EVP_EC_gen("P-256"));
    const Owned<X509, X509_free> certificate(X509_new());
    const Owned<BIO, BIO_free_all> keyText(BIO_new(BIO_s_mem()));
    const Owned<BIO, BIO_free_all> certificateText(BIO_new(BIO_s_mem()));
    const bool made = key && certificate && keyText && certificateText
        && fill(certificate.get(), key.get(), name)
        && PEM_write_bio_PKCS8PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                         nullptr) == 1
        && PEM_write_bio_X509(certificateText.get(), certificate.get()) == 1;
    if (!made)
        return fail(ErrorCode::Internal, files.certificate.string(),
                    "cannot make a certificate: " + opensslWords());
    // The key first: a certificate without one would be taken for damage at the next start.
    if (auto kept = replaceText(files.key, textOf(keyText.get()), FileAccess::OwnerOnly); !kept)
        return kept;
    return replaceText(files.certificate, textOf(certificateText.get()));
}

} // namespace

CertificateFiles certificateIn(const fs::path &folder)
{
    return {folder / "certificate.pem", folder / "key.pem"};
}

Result<CertificateFiles> keptCertificate(const fs::path &folder, const std::string &name)
{
    CertificateFiles files = certificateIn(folder);
    std::error_code failure;
    fs::create_directories(folder, failure);
    const bool certificate = fs::exists(files.certificate, failure);
    const bool key = fs::exists(files.key, failure);
    if (certificate && !key)
        return fail(ErrorCode::NotFound, files.key.string(), "the certificate's key is missing",
                    "bring it back, or delete " + files.certificate.string()
                        + " too: then a new one is made, whose fingerprint all have to learn");
    if (certificate)
        return files;
    if (auto made = make(files, name); !made)
        return tl::unexpected(made.error());
    return files;
}

Result<std::string> fingerprintOf(const fs::path &certificate)
{
    const auto text = readText(certificate, 1024 * 1024);
    if (!text)
        return tl::unexpected(text.error());
    const Owned<BIO, BIO_free_all> bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
    const Owned<X509, X509_free> read(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!read)
        return fail(ErrorCode::InvalidArgument, certificate.string(),
                    "holds no certificate in PEM form");
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    X509_digest(read.get(), EVP_sha256(), digest.data(), &size);
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string words;
    for (unsigned i = 0; i < size; ++i) {
        words += i == 0 ? "" : ":";
        words += digits[digest[i] / 16];
        words += digits[digest[i] % 16];
    }
    return words;
}

} // namespace facetrack::http
