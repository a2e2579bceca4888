#pragma once
#include "libfacetrack/analytics/event_plan.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/simulation/simulated_event.h"
#include "libfacetrack/store/record_sink.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// The subcommands of facetrack; each returns the exit status.
namespace facetrack::cli {

// Exit status. With several agents the highest counts.
constexpr int ExitRefused = 1;     ///< an agent refused, all of it or a part; or a file cannot be used
constexpr int ExitUsage = 2;       ///< the command line cannot be; nobody was asked
constexpr int ExitUnreachable = 3; ///< an agent cannot be reached
constexpr int ExitDistrusted = 4;  ///< an agent shows another certificate than before
constexpr int ExitInterrupted = 130;

/// What all commands take.
struct CommonOptions
{
    std::string agents;            ///< "a,b", "all" or empty: as fits the command
    bool json = false;
    double timeout = 5;            ///< s, of each request
    std::filesystem::path known;   ///< the file of known agents
};

/// Says on standard error what is wrong; returns `status`.
int refuse(const Error &error, int status = ExitUsage);

int listCommand(const CommonOptions &common, bool knownOnly);
int statusCommand(const CommonOptions &common);

int getCommand(const CommonOptions &common, const std::vector<std::string> &keys, bool changedOnly);
int setCommand(const CommonOptions &common, const std::vector<std::string> &assignments);
/// Back to the settings file: these keys, or all.
int resetCommand(const CommonOptions &common, const std::vector<std::string> &keys);
int undoCommand(const CommonOptions &common);

int presetListCommand(const CommonOptions &common);
int presetSaveCommand(const CommonOptions &common, const std::string &name);
int presetApplyCommand(const CommonOptions &common, const std::string &name);
int presetDeleteCommand(const CommonOptions &common, const std::string &name);

/// `common.agents` is not used.
int cloneCommand(const CommonOptions &common, const std::string &from,
                 const std::vector<std::string> &to);

struct SnapshotOptions
{
    std::string output;         ///< file, folder, "-", or empty: NAME.jpg here
    std::optional<int> width;   ///< px
    bool boxes = true;
};
int snapshotCommand(const CommonOptions &common, const SnapshotOptions &options);

/// Until interrupted. Of these events only, when there are any.
int watchCommand(const CommonOptions &common, const std::vector<std::string> &events);

int identifyCommand(const CommonOptions &common);

struct PairOptions
{
    std::string address;
    std::string tokenFile;   ///< "-": standard input; empty: asked for
    std::string fingerprint; ///< that it must show; empty: whatever it shows
};
int pairCommand(const CommonOptions &common, const PairOptions &options);
int forgetCommand(const CommonOptions &common, const std::string &agent);

struct SimulateOptions
{
    SimulatedEvent event;
    std::string journal; ///< file; empty: the database
    SinkSettings sink;
    std::string truth;   ///< file for what was made; empty: none
};
/// Makes up an event and writes its records, each flagged as simulated.
int simulateCommand(const CommonOptions &common, const SimulateOptions &options);

struct ReportOptions
{
    EventPlan plan;      ///< `common.agents` are those that are asked, or in a database those meant
    std::string journal; ///< file to read
    SinkSettings sink;   ///< database to ask; neither: the agents
    std::string folder;  ///< for the tables; empty: only the key figures are printed
};
/// Key figures of an event, and all its tables as CSV.
int reportCommand(const CommonOptions &common, const ReportOptions &options);

/// Prints the script for a shell ("bash" or "zsh").
int completionCommand(const std::string &shell);
/// What the script asks for: "agents", "keys".
int completeCommand(const CommonOptions &common, const std::string &what);

} // namespace facetrack::cli
