// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/tls_session.h"

#include "libfacetrack/http/openssl.h"
#include "libfacetrack/http/tls_context.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <utility>

namespace facetrack::http {

/// Both directions of the connection, as OpenSSL sees them.
struct TlsSession::Wire
{
    std::string in;
    std::size_t taken = 0; ///< of `in`
    std::string out;
    Owned<SSL, SSL_free> ssl;
    bool goodbye = false;

    static Wire &of(BIO *bio) { return *static_cast<Wire *>(BIO_get_data(bio)); }

    static int readBio(BIO *bio, char *into, int most)
    {
        Wire &wire = of(bio);
        BIO_clear_retry_flags(bio);
        const std::size_t size = std::min(static_cast<std::size_t>(std::max(most, 0)),
                                          wire.in.size() - wire.taken);
        if (size == 0) {
            BIO_set_retry_read(bio);
            return -1;
        }
        std::memcpy(into, wire.in.data() + wire.taken, size);
        wire.taken += size;
        return static_cast<int>(size);
    }

    static int writeBio(BIO *bio, const char *bytes, int size)
    {
        BIO_clear_retry_flags(bio);
        of(bio).out.append(bytes, static_cast<std::size_t>(std::max(size, 0)));
        return size;
    }

    static long controlBio(BIO *, int what, long, void *) { return what == BIO_CTRL_FLUSH ? 1 : 0; }

    static const BIO_METHOD *method()
    {
        static const Owned<BIO_METHOD, BIO_meth_free> made = [] {
            Owned<BIO_METHOD, BIO_meth_free> kind(
                BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "facetrack bytes"));
            BIO_meth_set_read(kind.get(), readBio);
            BIO_meth_set_write(kind.get(), writeBio);
            BIO_meth_set_ctrl(kind.get(), controlBio);
            return kind;
        }();
        return made.get();
    }
};

TlsSession::TlsSession(const TlsContext &context) : m_wire(std::make_unique<Wire>())
{
    m_wire->ssl.reset(SSL_new(context.get()));
    BIO *bio = BIO_new(Wire::method());
    if (!m_wire->ssl || !bio)
        throw std::bad_alloc();
    BIO_set_data(bio, m_wire.get());
    BIO_set_init(bio, 1);
    SSL_set_bio(m_wire->ssl.get(), bio, bio); // owns it
    SSL_set_accept_state(m_wire->ssl.get());
}

TlsSession::~TlsSession() = default;

void TlsSession::feed(std::string_view bytes)
{
    m_wire->in.erase(0, m_wire->taken);
    m_wire->taken = 0;
    m_wire->in.append(bytes);
}

TlsSession::Step TlsSession::stepFor(int result)
{
    if (result > 0)
        return Step::Done;
    switch (SSL_get_error(m_wire->ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return Step::NeedMore;
    case SSL_ERROR_ZERO_RETURN:
        return Step::Ended;
    default:
        m_failure = opensslWords();
        return Step::Failed;
    }
}

TlsSession::Step TlsSession::handshake()
{
    ERR_clear_error();
    return stepFor(SSL_do_handshake(m_wire->ssl.get()));
}

TlsSession::Step TlsSession::read(char *into, std::size_t most, std::size_t &size)
{
    ERR_clear_error();
    return stepFor(SSL_read_ex(m_wire->ssl.get(), into, most, &size));
}

bool TlsSession::write(std::string_view bytes)
{
    if (bytes.empty())
        return true;
    ERR_clear_error();
    std::size_t written = 0; // all of it: the wire takes everything
    return stepFor(SSL_write_ex(m_wire->ssl.get(), bytes.data(), bytes.size(), &written)) == Step::Done;
}

void TlsSession::sayGoodbye()
{
    if (std::exchange(m_wire->goodbye, true) || !m_failure.empty()
        || !SSL_is_init_finished(m_wire->ssl.get()))
        return;
    ERR_clear_error();
    SSL_shutdown(m_wire->ssl.get());
    ERR_clear_error();
}

std::string &TlsSession::output()
{
    return m_wire->out;
}

} // namespace facetrack::http
