#pragma once
#include "agentd/stop_signal.h"
#include "libfacetrack/base/result.h"

#include <optional>
#include <string>
#include <vector>

// The subcommands of facetrack-agentd; each returns the exit status.
namespace facetrack {

/// Exit status for anything the person can mend: wrong arguments, a source that cannot be read.
constexpr int ExitUsage = 2;
/// Asked how it is: not well, or no answer.
constexpr int ExitUnwell = 1;
/// The camera failed too often in a row (source.exit_after_failures); another start may mend it.
constexpr int ExitGaveUp = 3;
/// Ended by Ctrl-C before the whole source was looked at, as shells say it (128 + SIGINT).
constexpr int ExitInterrupted = 130;

/// Says on standard error what is wrong; returns ExitUsage.
int refuse(const Error &error);
/// "ready https://127.0.0.1:7420/ AB:CD:…": what a program that starts this one waits for.
void sayReady(const std::string &url, const std::string &fingerprint);

struct RunOptions
{
    std::optional<std::string> config;
    std::optional<std::string> source;
    std::optional<std::string> listen;
    std::optional<std::string> stateDirectory;
    std::vector<std::string> sets; ///< key=value
    bool insecureLoopback = false; ///< plain HTTP and no token, for this machine only
};
int runCommand(const RunOptions &options, const StopSignal &stop);

/// Whose token or certificate is meant.
struct SecretOptions
{
    std::optional<std::string> config;
    std::optional<std::string> stateDirectory;
    std::vector<std::string> sets; ///< key=value
    bool renew = false;            ///< the token
};
/// Prints the access token, or makes a new one.
int tokenCommand(const SecretOptions &options);
/// Prints the certificate's fingerprint.
int fingerprintCommand(const SecretOptions &options);

/// Asks an agent or relay of this machine how it is, for health checks of containers; prints the answer.
int healthCommand(const std::string &address);

struct AnalyzeOptions
{
    std::string source;
    std::vector<std::string> sets;
    std::string format = "ndjson"; ///< or "csv"
    bool visits = false;           ///< a line for each row of a visit as well
};
int analyzeCommand(const AnalyzeOptions &options, const StopSignal &stop);

struct SweepOptions
{
    std::string source;
    std::vector<std::string> vary; ///< key=a..b[:step] or key=v,w,x
    std::vector<std::string> sets; ///< key=value, for all
    std::string truth;             ///< file; empty is none
    bool json = false;
};
int sweepCommand(const SweepOptions &options, const StopSignal &stop);

struct RelayOptions
{
    std::optional<std::string> config;
    std::optional<std::string> listen;
    std::optional<std::string> stateDirectory;
    std::vector<std::string> sets;
};
int relayCommand(const RelayOptions &options, const StopSignal &stop);

struct RelayTokenOptions
{
    std::string agent;
    std::string role = "agent"; ///< or "relay"
    int days = 365;
};
/// Prints a new token.
int relayTokenCommand(const RelayOptions &options, const RelayTokenOptions &token);

struct RelaySecretOptions
{
    std::optional<std::string> drop; ///< the one to take out
    bool list = false;               ///< only say which there are
};
/// Adds a secret that signs from now on; those before stay good until they are dropped.
int relaySecretCommand(const RelayOptions &options, const RelaySecretOptions &secret);

/// Lists the cameras of this machine, with modes and controls.
int camerasCommand(bool json);

struct DatabaseOptions
{
    std::optional<std::string> config;
    std::optional<std::string> urls; ///< instead of upload.urls
    std::vector<std::string> sets;   ///< key=value
    bool apply = false;
};
/// Prints the tables, or makes and migrates them.
int databaseCommand(const DatabaseOptions &options);

struct RetentionOptions
{
    DatabaseOptions database;
    int days = 90;
    bool dryRun = false;
};
/// Drops partitions that are older.
int retentionCommand(const RetentionOptions &options);

struct RollupOptions
{
    DatabaseOptions database;
    int hours = 7 * 24; ///< to look back for rows that came late; 0: as far as there are any
};
/// Sums up, in the database, the hours that are over.
int rollupCommand(const RollupOptions &options);

struct ParametersOptions
{
    bool json = false;
    bool exampleToml = false;
    bool markdown = false;
};
int parametersCommand(const ParametersOptions &options);

} // namespace facetrack
