#include "libfacetrack/store/upload_settings.h"

#include "libfacetrack/config/parameter.h"

namespace facetrack {

namespace {

std::chrono::milliseconds milliseconds(double seconds)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::duration<double>(seconds));
}

UploaderOptions uploaderOptions(const AgentConfig::Upload &upload)
{
    UploaderOptions options;
    options.batchRows = static_cast<std::size_t>(upload.batchRows);
    options.interval = milliseconds(upload.intervalSeconds);
    options.requests = static_cast<std::size_t>(upload.requests);
    options.longestPause = milliseconds(upload.longestPauseSeconds);
    for (const std::string &file : {upload.passwordFile, upload.tokenFile, upload.caFile}) {
        if (!file.empty())
            options.files.push_back(file);
    }
    return options;
}

} // namespace

bool uploads(const AgentConfig &config)
{
    return !listItems(config.upload.urls).empty();
}

SinkSettings sinkSettings(const AgentConfig &config)
{
    SinkSettings settings;
    settings.schema = config.database.schema;
    net::EndpointSettings &servers = settings.servers;
    servers.urls = listItems(config.upload.urls);
    servers.user = config.upload.user;
    servers.passwordFile = config.upload.passwordFile;
    servers.tokenFile = config.upload.tokenFile;
    servers.caFile = config.upload.caFile;
    servers.pin = config.upload.certificateSha256;
    return settings;
}

Result<std::unique_ptr<Uploader>> makeUploader(const AgentConfig &config, Journal &journal,
                                               const Clock &clock)
{
    if (!uploads(config))
        return nullptr;
    const SinkSettings settings = sinkSettings(config);
    if (auto checked = checkSinkUrls(settings.servers.urls); !checked)
        return tl::unexpected(checked.error());
    return std::make_unique<Uploader>(
        journal, [settings] { return makeSink(settings); }, uploaderOptions(config.upload), clock);
}

} // namespace facetrack
