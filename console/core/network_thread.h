#pragma once
#include <QObject>
#include <QThread>
#include <functional>
#include <memory>
#include <mutex>

namespace facetrack::console {

/// A thread with a Qt event loop, for what talks with agents: the GUI's thread never waits for a
/// network. What lives on it is made and destroyed by jobs.
class NetworkThread
{
public:
    explicit NetworkThread(const QString &name);
    ~NetworkThread(); ///< does the jobs that are waiting, then ends

    /// Thread-safe. Jobs run on the thread in the order of posting.
    void post(std::function<void()> job);

private:
    QThread m_thread;
    QObject *const m_anchor; // lives on the thread
};

/// The way back to the GUI's thread for an object that may be gone by then. Thread-safe; shared by
/// both sides.
class Mailbox
{
public:
    explicit Mailbox(QObject *owner) : m_owner(owner) {}

    /// Runs on the owner's thread, if the owner is still there.
    void post(std::function<void()> job);
    /// From the owner's destructor: nothing comes any more.
    void close();

private:
    std::mutex m_mutex;
    QObject *m_owner;
};

} // namespace facetrack::console
