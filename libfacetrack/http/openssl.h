// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <openssl/err.h>
#include <string>

namespace facetrack::http {

template<auto Free>
struct Freer
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

/// What OpenSSL allocated, with the function that frees it.
template<typename T, auto Free>
using Owned = std::unique_ptr<T, Freer<Free>>;

/// What OpenSSL complains about on this thread, and forgets it.
inline std::string opensslWords()
{
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char *words = ERR_reason_error_string(code);
    return words ? words : "unknown failure of OpenSSL";
}

} // namespace facetrack::http
