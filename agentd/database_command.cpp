#include "agentd/commands.h"
#include "libfacetrack/analytics/crate_rollup.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/config/load.h"
#include "libfacetrack/store/crate_schema.h"
#include "libfacetrack/store/upload_settings.h"

#include <cstdio>

namespace facetrack {

namespace {

Result<AgentConfig> load(const DatabaseOptions &options)
{
    std::vector<FlagValue> flags;
    if (options.urls)
        flags.push_back({"--url", "upload.urls", *options.urls});
    auto config = loadConfig(options.config, options.sets, flags);
    if (!config)
        return tl::unexpected(asError(config.error()));
    return std::move(*config);
}

Result<std::unique_ptr<cratedb::Client>> connect(const AgentConfig &config)
{
    const SinkSettings settings = sinkSettings(config);
    if (settings.servers.urls.empty())
        return fail(ErrorCode::InvalidArgument, "upload.urls", "no database is set",
                    "give one with --url http://HOST:4200");
    for (const std::string &url : settings.servers.urls) {
        if (url.starts_with("relay+"))
            return fail(ErrorCode::InvalidArgument, "upload.urls", "a relay is no database",
                        "give the database with --url http://HOST:4200");
    }
    return cratedb::Client::make(settings.servers);
}

CrateSchemaOptions schemaOptions(const AgentConfig &config)
{
    return {config.database.schema, config.database.shards, config.database.replicas};
}

} // namespace

int databaseCommand(const DatabaseOptions &options)
{
    const auto config = load(options);
    if (!config)
        return refuse(config.error());
    if (!options.apply) {
        std::fputs(crateSchemaText(schemaOptions(*config)).c_str(), stdout);
        return 0;
    }
    const auto client = connect(*config);
    if (!client)
        return refuse(client.error());
    const auto applied = applyCrateSchema(**client, schemaOptions(*config),
                                          [](const std::string &line) { std::puts(line.c_str()); });
    return applied ? 0 : refuse(applied.error());
}

int rollupCommand(const RollupOptions &options)
{
    const auto config = load(options.database);
    if (!config)
        return refuse(config.error());
    const auto client = connect(*config);
    if (!client)
        return refuse(client.error());
    const auto done = rollUp(**client, config->database.schema, SystemClock::instance().utc(),
                             std::chrono::hours(options.hours), [](const std::string &hour) {
                                 std::printf("summed up %s\n", hour.c_str());
                                 std::fflush(stdout);
                             });
    if (!done)
        return refuse(done.error());
    std::printf("%zu hours, %zu of them once more\n", done->hours, done->late);
    return 0;
}

int retentionCommand(const RetentionOptions &options)
{
    const auto config = load(options.database);
    if (!config)
        return refuse(config.error());
    const auto client = connect(*config);
    if (!client)
        return refuse(client.error());
    const UtcTime today = std::chrono::floor<std::chrono::days>(SystemClock::instance().utc());
    const auto found = partitionsBefore(**client, config->database.schema,
                                        today - std::chrono::days(options.days));
    if (!found)
        return refuse(found.error());
    for (const CratePartition &partition : *found) {
        std::printf("%s %s from %s\n", options.dryRun ? "would drop" : "dropping",
                    partition.table.c_str(), isoTime(partition.begin).c_str());
        std::fflush(stdout);
        if (options.dryRun)
            continue;
        if (auto dropped = dropPartition(**client, config->database.schema, partition); !dropped)
            return refuse(dropped.error());
    }
    std::printf("%zu partitions older than %d days\n", found->size(), options.days);
    return 0;
}

} // namespace facetrack
