#pragma once
#include "libfacetrack/base/export.h"

#include <QByteArray>
#include <cstddef>
#include <functional>
#include <map>
#include <string>

namespace facetrack {

/// Takes multipart/x-mixed-replace apart, in pieces as they come. Each part says its length, as
/// agents do: no picture is searched for a boundary.
class FACETRACK_EXPORT PartParser
{
public:
    using Headers = std::map<std::string, std::string>; ///< names in lower case
    static constexpr std::size_t longestHead = 8U << 10, longestBody = 32U << 20; ///< bytes

    explicit PartParser(std::function<void(const Headers &, QByteArray body)> part);

    /// False when it is no such stream; then do not go on.
    bool feed(const QByteArray &bytes);
    /// A new connection: what was begun is gone.
    void reset();

private:
    bool readHead(QByteArray head);

    const std::function<void(const Headers &, QByteArray)> m_part;
    QByteArray m_bytes;
    Headers m_headers;
    qsizetype m_length = -1; // of the body; -1: the head is not there yet
};

} // namespace facetrack
