// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/secret_bytes.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdexcept>

namespace facetrack::http {

std::string randomBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), static_cast<int>(count)) != 1)
        throw std::runtime_error("the system has no random bytes");
    return bytes;
}

std::string digestOf(std::string_view bytes)
{
    std::string digest(32, '\0');
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char *>(digest.data()), &size,
                   EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("OpenSSL has no SHA-256");
    return digest;
}

bool sameSecret(std::string_view a, std::string_view b)
{
    const std::string first = digestOf(a);
    const std::string second = digestOf(b);
    return CRYPTO_memcmp(first.data(), second.data(), first.size()) == 0;
}

} // namespace facetrack::http
