// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/pending_reply.h"

#include "libfacetrack/base/log.h"
#include "libfacetrack/http/connection.h"
#include "libfacetrack/http/door.h"

namespace facetrack::http {

// The weak pointer is locked on the server's thread only: a connection must not end elsewhere.

PendingReply::PendingReply(std::shared_ptr<Door> door, std::weak_ptr<Connection> connection)
    : m_door(std::move(door)), m_connection(std::move(connection))
{
}

PendingReply::~PendingReply()
{
    if (m_answered)
        return;
    send(Response::error(500, "internal", "the request could not be answered",
                         "see the server's log"));
}

bool PendingReply::claim()
{
    const bool first = !m_answered.exchange(true);
    if (!first)
        qCWarning(lcHttp, "a request was answered twice; the second answer is dropped");
    return first;
}

void PendingReply::send(Response response)
{
    if (!claim())
        return;
    m_door->post([connection = m_connection, response = std::move(response)] {
        if (const auto alive = connection.lock())
            alive->answer(response);
    });
}

void PendingReply::stream(StreamResponse response)
{
    if (!claim())
        return;
    m_door->post([connection = m_connection, response = std::move(response)] {
        if (const auto alive = connection.lock())
            alive->stream(response);
    });
}

} // namespace facetrack::http
