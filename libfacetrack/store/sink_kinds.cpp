#include "libfacetrack/net/endpoint_client.h"
#include "libfacetrack/store/cratedb_sink.h"
#include "libfacetrack/store/record_sink.h"
#include "libfacetrack/store/relay_sink.h"

#include <algorithm>

namespace facetrack {

RecordSink::~RecordSink() = default;

const std::vector<SinkKind> &sinkKinds()
{
    // A new kind is one line here, and its own file.
    static const std::vector<SinkKind> kinds{
        CrateDbSink::kind(),
        RelaySink::kind(),
    };
    return kinds;
}

namespace {

const SinkKind *kindOf(std::string_view url)
{
    const std::string_view scheme = url.substr(0, url.find("://"));
    for (const SinkKind &kind : sinkKinds()) {
        if (std::find(kind.schemes.begin(), kind.schemes.end(), scheme) != kind.schemes.end())
            return &kind;
    }
    return nullptr;
}

std::string knownSchemes()
{
    std::string list;
    for (const SinkKind &kind : sinkKinds()) {
        for (const std::string_view scheme : kind.schemes)
            list += (list.empty() ? "" : ", ") + std::string(scheme) + "://HOST:PORT";
    }
    return "use " + list;
}

Result<const SinkKind *> kindOfAll(const std::vector<std::string> &urls)
{
    const SinkKind *chosen = nullptr;
    for (const std::string &url : urls) {
        const SinkKind *kind = kindOf(url);
        if (!kind)
            return fail(ErrorCode::InvalidArgument, "upload.urls",
                        "\"" + url + "\" is no address to upload to", knownSchemes());
        if (chosen && kind != chosen)
            return fail(ErrorCode::InvalidArgument, "upload.urls",
                        "databases and relays are mixed", "name servers of one kind only");
        chosen = kind;
    }
    if (!chosen)
        return fail(ErrorCode::InvalidArgument, "upload.urls", "no address to upload to",
                    knownSchemes());
    return chosen;
}

} // namespace

Result<void> checkSinkUrls(const std::vector<std::string> &urls)
{
    if (const auto kind = kindOfAll(urls); !kind)
        return tl::unexpected(kind.error());
    for (const std::string &url : urls) {
        // The kind's own prefix aside ("relay+"), they are addresses for HTTP.
        const auto plus = std::min(url.find('+'), url.find("://"));
        const bool prefixed = url[plus] == '+';
        if (auto checked = net::checkAddress(prefixed ? url.substr(plus + 1) : url); !checked)
            return checked;
    }
    return {};
}

Result<std::unique_ptr<RecordSink>> makeSink(const SinkSettings &settings)
{
    const auto kind = kindOfAll(settings.servers.urls);
    if (!kind)
        return tl::unexpected(kind.error());
    return (*kind)->make(settings);
}

} // namespace facetrack
