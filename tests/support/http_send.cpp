#include "tests/support/http_send.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>
#include <algorithm>

namespace {
constexpr int Patience = 60'000; // ms; only a hang comes near it
}

HttpExchange httpSend(const QByteArray &method, const QUrl &url, const QByteArray &body,
                      const HttpHeaders &headers)
{
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setTransferTimeout(Patience);
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    QNetworkReply *reply = network.sendCustomRequest(request, method, body);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    HttpExchange answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    answer.contentType = reply->rawHeader("Content-Type");
    answer.etag = reply->rawHeader("ETag");
    answer.nextAfter = reply->rawHeader("X-Next-After");
    return answer;
}

class EventListener::Socket : public QTcpSocket
{
};

EventListener::EventListener(const QUrl &url, const QByteArray &lastEventId)
    : m_socket(std::make_unique<Socket>())
{
    m_socket->connectToHost(url.host(), static_cast<quint16>(url.port()));
    m_socket->waitForConnected(Patience);
    QByteArray request = "GET " + url.path().toUtf8() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!lastEventId.isEmpty())
        request += "Last-Event-ID: " + lastEventId + "\r\n";
    m_socket->write(request + "\r\n");
    m_socket->waitForBytesWritten(Patience);
    while (!m_received.contains("\r\n\r\n") && receive(Patience)) { }
    m_received.remove(0, m_received.indexOf("\r\n\r\n") + 4);
}

EventListener::~EventListener() = default;

bool EventListener::closed() const
{
    return m_socket->state() != QAbstractSocket::ConnectedState;
}

bool EventListener::receive(int milliseconds)
{
    if (!m_socket->waitForReadyRead(milliseconds))
        return false;
    m_received += m_socket->readAll();
    if (m_received.startsWith("HTTP/"))
        return true; // still the header
    for (qsizetype end; (end = m_received.indexOf("\n\n")) >= 0;) {
        Event event;
        for (const QByteArray &line : m_received.left(end).split('\n')) {
            if (line.startsWith("id: "))
                event.id = line.mid(4);
            else if (line.startsWith("event: "))
                event.name = line.mid(7);
            else if (line.startsWith("data: "))
                event.data = QJsonDocument::fromJson(line.mid(6)).object();
        }
        m_received.remove(0, end + 2);
        if (!event.name.isEmpty())
            m_events.append(event);
    }
    return true;
}

EventListener::Event EventListener::next(const QByteArray &name)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < Patience) {
        while (!m_events.isEmpty()) {
            const Event event = m_events.takeFirst();
            if (event.name == name)
                return event;
        }
        if (!receive(Patience))
            break;
    }
    return {};
}

QList<EventListener::Event> EventListener::within(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds)
        receive(std::max(1, milliseconds - static_cast<int>(timer.elapsed())));
    return std::exchange(m_events, {});
}
