// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/base64url.h"

#include <QByteArray>

namespace facetrack::http {

namespace {
constexpr auto form = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
}

std::string toBase64Url(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()))
        .toBase64(form)
        .toStdString();
}

std::optional<std::string> fromBase64Url(std::string_view text)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())),
        form | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    std::string bytes = (*decoded).toStdString();
    if (toBase64Url(bytes) != text)
        return std::nullopt;
    return bytes;
}

} // namespace facetrack::http
