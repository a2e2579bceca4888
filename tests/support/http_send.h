#pragma once
#include "tests/support/agent_process.h"

#include <QList>
#include <QPair>

/// Request headers, name and value.
using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

/// An answer with its headers.
struct HttpExchange : HttpAnswer
{
    QByteArray etag;
    QByteArray nextAfter; ///< X-Next-After
    /// `error.code` of a refusal.
    QString errorCode() const { return json()[u"error"][u"code"].toString(); }
};

/// Any request over Qt's own HTTP client. A body is sent as application/json unless `headers` say
/// otherwise.
HttpExchange httpSend(const QByteArray &method, const QUrl &url, const QByteArray &body = {},
                      const HttpHeaders &headers = {});

/// Listens to server-sent events on a socket of its own.
class EventListener
{
public:
    struct Event
    {
        QByteArray id; ///< empty: none was sent
        QByteArray name;
        QJsonObject data;
    };

    EventListener(const QUrl &url, const QByteArray &lastEventId = {});
    ~EventListener();

    /// The next event of that name, others are passed over; an empty name after a long time.
    Event next(const QByteArray &name);
    /// All that have come within `milliseconds`.
    QList<Event> within(int milliseconds);
    bool closed() const;

private:
    class Socket;
    bool receive(int milliseconds);
    std::unique_ptr<Socket> m_socket;
    QByteArray m_received;
    QList<Event> m_events;
};
