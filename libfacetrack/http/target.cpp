// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/target.h"

#include "libfacetrack/base/text.h"

#include <QStringDecoder>
#include <algorithm>

namespace facetrack::http {

namespace {

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

/// In queries a plus stands for a space (application/x-www-form-urlencoded).
std::optional<std::string> formDecoded(std::string_view text)
{
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percentDecoded(spaced);
}

Result<void> readPath(std::string_view raw, Target &target)
{
    const auto path = percentDecoded(raw);
    if (!path || !isCleanText(*path))
        return malformed("path is not percent-encoded UTF-8");
    for (const std::string_view segment : split(*path, '/')) {
        if (segment == "." || segment == "..")
            return malformed("path has a dot segment");
    }
    target.path = *path;
    for (const std::string_view segment : split(raw.substr(1), '/'))
        target.segments.push_back(percentDecoded(segment).value_or(std::string()));
    return {};
}

Result<void> readQuery(std::string_view raw, Target &target)
{
    for (const std::string_view pair : split(raw, '&')) {
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        const auto key = formDecoded(pair.substr(0, equals));
        const auto value = formDecoded(
            equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
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
