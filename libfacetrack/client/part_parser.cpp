#include "libfacetrack/client/part_parser.h"

#include <QList>
#include <utility>

namespace facetrack {

PartParser::PartParser(std::function<void(const Headers &, QByteArray)> part)
    : m_part(std::move(part))
{
}

void PartParser::reset()
{
    m_bytes.clear();
    m_headers.clear();
    m_length = -1;
}

bool PartParser::feed(const QByteArray &bytes)
{
    m_bytes += bytes;
    while (true) {
        if (m_length < 0) {
            const qsizetype end = m_bytes.indexOf("\r\n\r\n");
            if (end < 0)
                return m_bytes.size() <= static_cast<qsizetype>(longestHead);
            if (!readHead(m_bytes.left(end)))
                return false;
            m_bytes.remove(0, end + 4);
        }
        if (m_bytes.size() < m_length)
            return true;
        QByteArray body = m_bytes.left(m_length);
        m_bytes.remove(0, std::exchange(m_length, -1));
        m_part(m_headers, std::move(body));
    }
}

/// "\r\n--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 12345"
bool PartParser::readHead(QByteArray head)
{
    m_headers.clear();
    head = head.trimmed();
    if (!head.startsWith("--") || head.size() > static_cast<qsizetype>(longestHead))
        return false;
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            m_headers[line.left(colon).trimmed().toLower().toStdString()]
                = line.mid(colon + 1).trimmed().toStdString();
    }
    bool number = false;
    const qlonglong length
        = QByteArray::fromStdString(m_headers["content-length"]).toLongLong(&number);
    if (!number || length < 0 || length > static_cast<qlonglong>(longestBody))
        return false;
    m_length = static_cast<qsizetype>(length);
    return true;
}

} // namespace facetrack
