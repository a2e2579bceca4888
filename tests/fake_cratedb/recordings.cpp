// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/recordings.h"

#include "tests/http/raw_client.h"

#include <QDir>
#include <QFile>
#include <zlib.h>

namespace {

using nlohmann::json;

constexpr std::size_t CutMessage = 2; ///< "\xe2\x80\xa6[" begins what stands for the rest

QByteArray env(const char *name)
{
    return qgetenv(name);
}

std::string decoded(const std::string &body)
{
    constexpr std::string_view Prefix = "base64:";
    if (!body.starts_with(Prefix))
        return body;
    return QByteArray::fromBase64(QByteArray::fromStdString(body.substr(Prefix.size())))
        .toStdString();
}

/// A body of which the recording kept the beginning: the same letters up to the same length.
std::string restored(const std::string &body)
{
    const std::size_t cut = body.find("\xe2\x80\xa6[");
    if (cut == std::string::npos)
        return body;
    const std::size_t length = std::stoul(body.substr(cut + CutMessage + 2));
    const std::string tail = length > 1'000'000
        ? R"("]]})"
        : R"(", "cam-1", "door", 1920, 1080, 1, [{"x": 0.1, "y": 0.2, "w": 0.05, "h": 0.08, )"
          R"("confidence": 0.93}]], ["L2", "2026-03-01T10:00:00.123Z", "a1", "cam-1", "door", 1920, )"
          R"(1080, 1, [{"x": 0.1, "y": 0.2, "w": 0.05, "h": 0.08, "confidence": 0.93}]]]})";
    std::string out = body.substr(0, cut);
    out.append(length - out.size() - tail.size(), 'x');
    return out + tail;
}

std::string gzip(const std::string &text)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

bool has(const Exchange &exchange, const std::string &name, const std::string &value)
{
    for (const auto &header : exchange.headers) {
        if (header.first == name && header.second == value)
            return true;
    }
    return false;
}

std::string request(const Exchange &exchange, bool chunked)
{
    std::string out = exchange.method + " " + exchange.path
        + (exchange.http10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    for (const auto &[name, value] : exchange.headers) {
        if (name != "Content-Length")
            out += name + ": " + value + "\r\n";
    }
    if (!chunked && !exchange.body.empty())
        out += "Content-Length: " + std::to_string(exchange.body.size()) + "\r\n";
    return out + "\r\n";
}

std::string chunks(const std::string &body)
{
    std::string out;
    constexpr std::size_t Step = 1 << 20;
    for (std::size_t at = 0; at < body.size(); at += Step) {
        const std::string piece = body.substr(at, Step);
        char size[32];
        std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
        out += size + piece + "\r\n";
    }
    return out + "0\r\n\r\n";
}

/// Without what differs from run to run.
json comparable(const std::string &text)
{
    json parsed = json::parse(text, nullptr, false);
    if (!parsed.is_object())
        return text;
    for (const char *key : {"duration", "error_trace", "name", "cluster_name"})
        parsed.erase(key);
    if (parsed.contains("version"))
        parsed["version"].erase("build_hash");
    return parsed;
}

void forgetWords(json &value)
{
    if (value.is_array()) {
        for (json &item : value)
            forgetWords(item);
    } else if (value.is_object()) {
        for (auto &[key, item] : value.items()) {
            if (key == "message")
                item = item.get<std::string>().substr(0, item.get<std::string>().find('['));
            else
                forgetWords(item);
        }
    }
}

QString shortened(const json &value)
{
    return QString::fromStdString(value.dump(-1, ' ', false, json::error_handler_t::replace))
        .left(600);
}

} // namespace

QString recordingsFolder()
{
    QString folder = QString::fromLocal8Bit(env("FACETRACK_CRATEDB_RECORDINGS"));
    if (folder.isEmpty() && !env("FACETRACK_TEST_DATA").isEmpty())
        folder = QString::fromLocal8Bit(env("FACETRACK_TEST_DATA")) + QStringLiteral("/../cratedb");
    return QFile::exists(folder + QStringLiteral("/01-ddl.ndjson")) ? folder : QString();
}

std::vector<Exchange> loadRecording(const QString &folder, const QString &file)
{
    QFile in(folder + QLatin1Char('/') + file);
    std::vector<Exchange> out;
    if (!in.open(QIODevice::ReadOnly))
        return out;
    while (!in.atEnd()) {
        const json line = json::parse(in.readLine().toStdString());
        const json &sent = line["request"];
        Exchange exchange;
        exchange.name = QString::fromStdString(line["name"].get<std::string>());
        exchange.method = sent["method"];
        exchange.path = sent["path"];
        for (const auto &[name, value] : sent["headers"].items())
            exchange.headers.emplace_back(name, value.get<std::string>());
        const std::string body = sent["body"].is_string() ? sent["body"].get<std::string>() : "";
        exchange.body = exchange.name == QLatin1String("gzip_bomb_over_100mb_inflated")
            ? gzip(std::string(110'000'000, 'x'))
            : restored(decoded(body));
        const json &received = line["response"];
        exchange.http10 = received["status_lines"].is_array() && !received["status_lines"].empty()
            && received["status_lines"][0].get<std::string>().starts_with("HTTP/1.0");
        exchange.status = received["status"];
        exchange.answer = received["body"];
        out.push_back(std::move(exchange));
    }
    return out;
}

CrateAnswer replay(const Exchange &exchange, std::uint16_t port)
{
    RawClient client(port);
    const bool chunked = has(exchange, "Transfer-Encoding", "chunked");
    const bool expects = has(exchange, "Expect", "100-continue");
    client.send(request(exchange, chunked));
    // A client that asked first sends a body of 100 MB only after it was told to go on.
    if (expects && exchange.status != 413
        && client.head().find("100 Continue") == std::string::npos)
        return {};
    if (!expects || exchange.status != 413)
        client.send(chunked ? chunks(exchange.body) : exchange.body);
    const auto answer = client.response(exchange.method != "HEAD");
    return answer ? CrateAnswer{answer->status, answer->headers, answer->body} : CrateAnswer{};
}

QString difference(const Exchange &exchange, const CrateAnswer &answer, Agreement agreement)
{
    if (answer.status != exchange.status)
        return QStringLiteral("status %1 instead of %2: %3").arg(answer.status)
            .arg(exchange.status).arg(QString::fromStdString(answer.body).left(300));
    if (exchange.method == "HEAD") // recorded as the lines of the head
        return {};
    if (exchange.answer.ends_with("\xe2\x80\xa6(cut)")) {
        const std::string error = exchange.answer.substr(0, exchange.answer.find("},"));
        return answer.body.starts_with(error) && answer.body.find("error_trace") != std::string::npos
            ? QString() : QString::fromStdString(answer.body);
    }
    json wanted = comparable(exchange.answer);
    json got = comparable(answer.body);
    if (agreement == Agreement::Wording) {
        forgetWords(wanted);
        forgetWords(got);
    } else if (agreement == Agreement::Facts && wanted.is_object() && got.is_object()) {
        for (const char *key : {"rows", "rowcount"}) {
            wanted.erase(key);
            got.erase(key);
        }
    }
    return wanted == got ? QString()
                         : QStringLiteral("\n  wanted %1\n  got    %2").arg(shortened(wanted),
                               shortened(got));
}
