// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/worker.h"

#include "libfacetrack/base/log.h"

#include <exception>

namespace facetrack::http {

Worker::Worker(std::size_t mostWaiting)
    : m_mostWaiting(mostWaiting), m_thread([this](std::stop_token stop) { run(stop); })
{
}

Worker::~Worker()
{
    stop();
}

bool Worker::post(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopped || m_tasks.size() >= m_mostWaiting)
            return false;
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
    return true;
}

void Worker::stop()
{
    std::deque<Task> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        dropped.swap(m_tasks);
    }
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void Worker::run(std::stop_token stop)
{
    for (;;) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return !m_tasks.empty(); }))
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        try {
            task(stop);
        } catch (const std::exception &exception) {
            // What the task held of a Reply is gone with it: the client gets 500.
            qCCritical(lcHttp, "exception in a long answer: %s", exception.what());
        }
    }
}

Handler answerOn(Worker &worker, std::function<Response(const Request &, std::stop_token)> function)
{
    return [&worker, function = std::move(function)](const Request &request,
                                                     const std::shared_ptr<Reply> &reply) {
        const bool taken = worker.post([function, request, reply](std::stop_token stop) {
            reply->send(function(request, stop));
        });
        if (!taken)
            reply->send(Response::error(503, "unavailable", "too many long answers are under way",
                                        "try again in a few seconds"));
    };
}

} // namespace facetrack::http
