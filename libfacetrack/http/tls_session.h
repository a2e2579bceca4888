// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace facetrack::http {

class TlsContext;

/// The server's side of one TLS connection as bytes in and bytes out, without a socket: what came
/// goes into feed(), what is to be sent is taken from output(). Thread-bound.
class TlsSession
{
public:
    enum class Step {
        Done,
        NeedMore, ///< feed() it
        Ended,    ///< the peer has said that it sends nothing more
        Failed,   ///< output() may hold a last word
    };

    explicit TlsSession(const TlsContext &context);
    ~TlsSession();
    TlsSession(const TlsSession &) = delete;
    TlsSession &operator=(const TlsSession &) = delete;

    void feed(std::string_view bytes);
    Step handshake();
    /// Done: `size` bytes, at least one, are in `into`.
    Step read(char *into, std::size_t most, std::size_t &size);
    /// Adds all of it to output(). False when the session is broken.
    bool write(std::string_view bytes);
    /// Adds the word that nothing more comes, once.
    void sayGoodbye();
    /// To be sent; whoever takes it empties it. Grows with write(), and with what TLS answers.
    std::string &output();
    std::string lastFailure() const { return m_failure; }

private:
    struct Wire;
    Step stepFor(int result);

    const std::unique_ptr<Wire> m_wire;
    std::string m_failure;
};

} // namespace facetrack::http
