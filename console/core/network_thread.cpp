#include "console/core/network_thread.h"

namespace facetrack::console {

NetworkThread::NetworkThread(const QString &name) : m_anchor(new QObject)
{
    m_thread.setObjectName(name);
    m_anchor->moveToThread(&m_thread);
    m_thread.start();
}

NetworkThread::~NetworkThread()
{
    post([this] {
        delete m_anchor;
        m_thread.quit();
    });
    m_thread.wait();
}

void NetworkThread::post(std::function<void()> job)
{
    QMetaObject::invokeMethod(m_anchor, std::move(job), Qt::QueuedConnection);
}

void Mailbox::post(std::function<void()> job)
{
    const std::lock_guard lock(m_mutex);
    if (m_owner)
        QMetaObject::invokeMethod(m_owner, std::move(job), Qt::QueuedConnection);
}

void Mailbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_owner = nullptr;
}

} // namespace facetrack::console
