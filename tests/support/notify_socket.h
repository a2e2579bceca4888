#pragma once
#include <QByteArray>
#include <QElapsedTimer>
#include <QProcessEnvironment>
#include <QTemporaryDir>

/// The receiving end of sd_notify(3), in systemd's place.
class NotifySocket
{
public:
    NotifySocket();
    ~NotifySocket();

    /// For the process that is to tell; `limit` is its watchdog's, 0 for none.
    QProcessEnvironment environment(int limitMilliseconds) const;
    /// Takes what has come so far.
    void receive();

    int ready = 0;     ///< READY=1 so far
    int alive = 0;     ///< WATCHDOG=1 so far
    int stopping = 0;  ///< STOPPING=1 so far
    QByteArray status; ///< the newest STATUS
    QElapsedTimer sinceAlive; ///< since the newest WATCHDOG=1, or READY=1

private:
    QTemporaryDir m_folder;
    QByteArray m_path;
    int m_socket = -1;
};
