// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/message.h"

#include <atomic>
#include <memory>

namespace facetrack::http {

class Connection;
class Door;

/// The Reply that handlers get: carries the answer to the server's thread, if that and the
/// connection are still there. Thread-safe.
class PendingReply final : public Reply
{
public:
    PendingReply(std::shared_ptr<Door> door, std::weak_ptr<Connection> connection);
    ~PendingReply() override;
    PendingReply(const PendingReply &) = delete;
    PendingReply &operator=(const PendingReply &) = delete;

    void send(Response response) override;
    void stream(StreamResponse response) override;

private:
    bool claim();

    const std::shared_ptr<Door> m_door;
    const std::weak_ptr<Connection> m_connection;
    std::atomic<bool> m_answered{false};
};

} // namespace facetrack::http
