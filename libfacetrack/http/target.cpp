// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/target.h"

#include <QStringDecoder>
#include <algorithm>

namespace facetrack::http {

namespace {

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

bool isCleanText(std::string_view text)
{
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(text.begin(), text.end(), isControl))
        return false;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    [[maybe_unused]] const QString decoded = decoder(
        QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    return !decoder.hasError();
}

/// A proxy sends the absolute form; of it only what follows the host is of interest.
std::string_view originForm(std::string_view text)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!text.starts_with(scheme))
            continue;
        const std::size_t path = text.find_first_of("/?", scheme.size());
        return path == std::string_view::npos ? "/" : text.substr(path);
    }
    return text;
}

tl::unexpected<Error> malformed(const char *what)
{
    return fail(ErrorCode::InvalidArgument, {}, std::string("malformed request target: ") + what);
}

Result<void> readPath(std::string_view raw, Target &target)
{
    const auto path = percentDecode(raw, false);
    if (!path || !isCleanText(*path))
        return malformed("path is not percent-encoded UTF-8");
    for (const std::string_view segment : split(*path, '/')) {
        if (segment == "." || segment == "..")
            return malformed("path has a dot segment");
    }
    target.path = *path;
    for (const std::string_view segment : split(raw.substr(1), '/'))
        target.segments.push_back(percentDecode(segment, false).value_or(std::string()));
    return {};
}

Result<void> readQuery(std::string_view raw, Target &target)
{
    for (const std::string_view pair : split(raw, '&')) {
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        const auto key = percentDecode(pair.substr(0, equals), true);
        const auto value = percentDecode(
            equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
        if (!key || !value || !isCleanText(*key))
            return malformed("query is not percent-encoded UTF-8");
        // Line breaks and tabs are fine in a value (a note, a CSV), broken UTF-8 or NUL is not.
        std::string printable = *value;
        std::replace_if(printable.begin(), printable.end(),
                        [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
        if (!isCleanText(printable))
            return malformed("query is not percent-encoded UTF-8");
        target.query.insert_or_assign(*key, *value);
    }
    return {};
}

} // namespace

std::optional<std::string> percentDecode(std::string_view text, bool plusIsSpace)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += plusIsSpace && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        if (i + 2 >= text.size() || hexValue(text[i + 1]) < 0 || hexValue(text[i + 2]) < 0)
            return std::nullopt;
        decoded += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
        i += 2;
    }
    return decoded;
}

Result<Target> parseTarget(std::string_view text)
{
    text = originForm(text);
    const std::size_t question = text.find('?');
    std::string_view path = text.substr(0, question);
    if (path.empty() && question == 0)
        path = "/"; // "http://host?query"
    if (!path.starts_with('/') || text.find('#') != std::string_view::npos)
        return malformed("it must start with a slash");
    Target target;
    if (auto read = readPath(path, target); !read)
        return tl::unexpected(std::move(read).error());
    if (question != std::string_view::npos) {
        if (auto read = readQuery(text.substr(question + 1), target); !read)
            return tl::unexpected(std::move(read).error());
    }
    return target;
}

} // namespace facetrack::http
