// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <mutex>

namespace boost::asio {
class io_context;
}

namespace facetrack::http {

/// The way from any thread to the server's thread. Whoever holds it may outlive the server: then
/// it is shut, and what is handed in is dropped. Thread-safe.
class Door
{
public:
    explicit Door(boost::asio::io_context &context) : m_context(&context) {}

    /// Runs `task` on the server's thread, soon. False when shut.
    bool post(std::function<void()> task);
    /// After this no post() touches the server any more.
    void shut();

private:
    std::mutex m_mutex;
    boost::asio::io_context *m_context;
};

} // namespace facetrack::http
