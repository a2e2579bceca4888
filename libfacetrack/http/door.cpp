// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/door.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace facetrack::http {

bool Door::post(std::function<void()> task)
{
    // Held while posting: shut() must not return before.
    const std::lock_guard lock(m_mutex);
    if (!m_context)
        return false;
    boost::asio::post(*m_context, std::move(task));
    return true;
}

void Door::shut()
{
    const std::lock_guard lock(m_mutex);
    m_context = nullptr;
}

} // namespace facetrack::http
