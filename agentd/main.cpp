#include "agentd/commands.h"
#include "agentd/stop_signal.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/base/version.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace facetrack;

void addRun(CLI::App &app, RunOptions &options)
{
    CLI::App *run = app.add_subcommand("run", "Capture, count, keep and stream until stopped");
    run->add_option("--config", options.config,
                    "Settings file (default: /etc/facetrack/agentd.toml where it exists)");
    run->add_option("--source", options.source,
                    "Where pictures come from, e.g. libcamera:0?size=1088x720, "
                    "file:visitors.mp4?loop=1, images:DIR, synthetic:booth?people=4");
    run->add_option("--listen", options.listen, "ADDRESS:PORT to serve on, port 0 takes a free one");
    run->add_option("--state-dir", options.stateDirectory, "Folder for the Journal");
    run->add_option("--set", options.sets, "A parameter, key=value; may be repeated")->take_all();
    run->add_flag("--insecure-loopback", options.insecureLoopback,
                  "Plain HTTP and no token, for demos; on loopback only");
}

struct SecretCommands
{
    CLI::App *token = nullptr;
    CLI::App *fingerprint = nullptr;
    SecretOptions options;
};

void addSecrets(CLI::App &app, SecretCommands &commands)
{
    commands.token = app.add_subcommand("token", "Print the access token of the agent on this machine");
    commands.token->add_flag("--new", commands.options.renew,
                             "Make another; a running agent takes it up at once, and ends all log-ins");
    commands.fingerprint = app.add_subcommand(
        "fingerprint", "Print the fingerprint of its certificate, to hold against what a browser shows");
    for (CLI::App *command : {commands.token, commands.fingerprint}) {
        command->add_option("--config", commands.options.config,
                            "Settings file (default: /etc/facetrack/agentd.toml where it exists)");
        command->add_option("--state-dir", commands.options.stateDirectory, "The agent's folder");
        command->add_option("--set", commands.options.sets, "A parameter, key=value; may be repeated")
            ->take_all();
    }
}

void addHealth(CLI::App &app, std::string &address)
{
    app.add_subcommand("health", "Ask an agent or relay on this machine how it is: exit status 0 when well")
        ->add_option("url", address, "On loopback; for a relay http://127.0.0.1:6200/healthz or so")
        ->capture_default_str();
}

void addAnalyze(CLI::App &app, AnalyzeOptions &options)
{
    CLI::App *analyze = app.add_subcommand(
        "analyze", "Count the faces of a whole source as fast as the machine goes, without a server");
    analyze->add_option("source", options.source, "Source URL, e.g. file:visitors.mp4?size=1088x720")
        ->required();
    analyze->add_option("--set", options.sets, "A parameter, key=value; may be repeated")->take_all();
    analyze->add_option("--format", options.format, "ndjson (default) or csv")
        ->check(CLI::IsMember({"ndjson", "csv"}));
    analyze->add_flag("--visits", options.visits,
                      "Also print {\"visit\": …} lines, each when its visit is over (ndjson only)");
}

void addSweep(CLI::App &app, SweepOptions &options)
{
    CLI::App *sweep = app.add_subcommand(
        "sweep", "Compare sets of settings on one source: faces, flicker, CPU, recall, precision");
    sweep->add_option("source", options.source, "Source URL, e.g. file:visitors.mp4?size=1088x720")
        ->required();
    sweep->add_option("--vary", options.vary,
                      "KEY=FIRST..LAST[:STEP] or KEY=V,W,X; several make a grid")->take_all();
    sweep->add_option("--set", options.sets, "A parameter for all sets, key=value; may be repeated")
        ->take_all();
    sweep->add_option("--truth", options.truth, "File with the boxes that there really are");
    sweep->add_flag("--json", options.json, "As JSON");
}

struct RelayCommands
{
    CLI::App *token = nullptr;
    CLI::App *secret = nullptr;
    RelayOptions options;
    RelayTokenOptions tokenOptions;
    RelaySecretOptions secretOptions;
};

void addRelay(CLI::App &app, RelayCommands &commands)
{
    CLI::App *relay = app.add_subcommand("relay", "Take the records of agents and upload them");
    RelayOptions &options = commands.options;
    relay->add_option("--config", options.config,
                      "Settings file (default: /etc/facetrack/agentd.toml where it exists)");
    relay->add_option("--listen", options.listen, "ADDRESS:PORT to serve on, port 0 takes a free one");
    relay->add_option("--state-dir", options.stateDirectory, "Folder for Journal and secrets");
    relay->add_option("--set", options.sets, "A parameter, key=value; may be repeated")->take_all();

    commands.token = relay->add_subcommand("token", "Print a new token for an agent")->fallthrough();
    commands.token->add_option("--agent", commands.tokenOptions.agent, "Its id")
        ->required()
        ->check(CLI::Validator(
            [](const std::string &id) {
                const bool fits = !id.empty() && id.size() <= 64
                    && id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                            "0123456789._-") == id.npos;
                return fits ? std::string() : "1 to 64 of A-Z a-z 0-9 . _ -";
            },
            "ID"));
    commands.token->add_option("--role", commands.tokenOptions.role,
                               "agent: brings its own records; relay: those of anyone")
        ->check(CLI::IsMember({"agent", "relay"}))->capture_default_str();
    commands.token->add_option("--days", commands.tokenOptions.days, "How long it is good")
        ->check(CLI::Range(1, 36500))->capture_default_str();

    commands.secret = relay->add_subcommand(
        "secret", "Add a secret that signs from now on; older ones stay good until dropped")
        ->fallthrough();
    auto *drop = commands.secret->add_option("--drop", commands.secretOptions.drop,
                                             "Take this one out: its tokens are refused at once");
    commands.secret->add_flag("--list", commands.secretOptions.list, "Only say which there are")
        ->excludes(drop);
}

int runRelay(const RelayCommands &commands, const StopSignal &stop)
{
    if (commands.token->parsed())
        return relayTokenCommand(commands.options, commands.tokenOptions);
    if (commands.secret->parsed())
        return relaySecretCommand(commands.options, commands.secretOptions);
    return relayCommand(commands.options, stop);
}

void addServer(CLI::App *command, DatabaseOptions &options)
{
    command->add_option("--config", options.config,
                        "Settings file (default: /etc/facetrack/agentd.toml where it exists)");
    command->add_option("--url", options.urls, "Database nodes, instead of upload.urls");
    command->add_option("--set", options.sets, "A parameter, key=value; may be repeated")->take_all();
}

void addDatabase(CLI::App &app, DatabaseOptions &options)
{
    CLI::App *database = app.add_subcommand(
        "database", "Print the tables for CrateDB, or make and migrate them");
    addServer(database, options);
    database->add_flag("--apply", options.apply, "Make them, or bring them up to date");
}

void addRetention(CLI::App &app, RetentionOptions &options)
{
    CLI::App *retention = app.add_subcommand("retention", "Drop old partitions from CrateDB");
    addServer(retention, options.database);
    retention->add_option("--days", options.days, "Keep so many days")
        ->check(CLI::Range(1, 36500))->capture_default_str();
    retention->add_flag("--dry-run", options.dryRun, "Only say what would be dropped");
}

void addRollup(CLI::App &app, RollupOptions &options)
{
    CLI::App *rollup = app.add_subcommand(
        "rollup", "Sum up, in CrateDB, the hours that are over: charts are quick then");
    addServer(rollup, options.database);
    rollup->add_option("--hours", options.hours, "Look back so far for rows that came late; 0: all")
        ->check(CLI::Range(0, 24 * 3660))->capture_default_str();
}

void addParameters(CLI::App &app, ParametersOptions &options)
{
    CLI::App *parameters = app.add_subcommand("parameters", "Print every parameter with its limits");
    auto *json = parameters->add_flag("--json", options.json, "As JSON");
    auto *toml = parameters->add_flag("--example-toml", options.exampleToml, "As a settings file");
    auto *markdown = parameters->add_flag("--markdown", options.markdown, "As docs/parameters.md");
    json->excludes(toml)->excludes(markdown);
    toml->excludes(markdown);
}

void addCameras(CLI::App &app, bool &json)
{
    app.add_subcommand("cameras", "List the cameras of this machine, with modes and controls")
        ->add_flag("--json", json, "As JSON");
}

/// CLI11 would only say that a subcommand is missing.
bool refuseUnknownCommand(const CLI::App &app, int argc, char **argv)
{
    if (argc < 2 || argv[1][0] == '-')
        return false;
    std::string known;
    for (const CLI::App *command : app.get_subcommands({})) {
        if (command->get_name() == argv[1])
            return false;
        known += (known.empty() ? "" : ", ") + command->get_name();
    }
    std::fprintf(stderr, "facetrack-agentd: there is no command \"%s\" (known: %s)\n", argv[1],
                 known.c_str());
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    installLogHandler();
    const StopSignal stop; // before Qt: its threads must not take the signals
    // Qt takes over the locale of the environment; numbers and messages stay as they are in C.
    ::setenv("LC_ALL", "C.UTF-8", 1);
    const QCoreApplication application(argc, argv);

    CLI::App app("facetrack-agentd counts faces in what a camera sees", "facetrack-agentd");
    app.set_version_flag("--version", std::string("facetrack-agentd ") + version());
    app.require_subcommand(1);
    RunOptions run;
    AnalyzeOptions analyze;
    SweepOptions sweep;
    RelayCommands relay;
    SecretCommands secrets;
    DatabaseOptions database;
    RetentionOptions retention;
    RollupOptions rollup;
    ParametersOptions parameters;
    addRun(app, run);
    addAnalyze(app, analyze);
    addSweep(app, sweep);
    addRelay(app, relay);
    addSecrets(app, secrets);
    addDatabase(app, database);
    addRetention(app, retention);
    addRollup(app, rollup);
    addParameters(app, parameters);
    bool camerasAsJson = false;
    addCameras(app, camerasAsJson);
    std::string healthOf = "https://127.0.0.1:7420/healthz";
    addHealth(app, healthOf);
    if (refuseUnknownCommand(app, argc, argv))
        return ExitUsage;
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &failure) {
        return app.exit(failure) == 0 ? 0 : ExitUsage;
    }
    if (app.got_subcommand("run"))
        return runCommand(run, stop);
    if (secrets.token->parsed())
        return tokenCommand(secrets.options);
    if (secrets.fingerprint->parsed())
        return fingerprintCommand(secrets.options);
    if (app.got_subcommand("health"))
        return healthCommand(healthOf);
    if (app.got_subcommand("sweep"))
        return sweepCommand(sweep, stop);
    if (app.got_subcommand("analyze"))
        return analyzeCommand(analyze, stop);
    if (app.got_subcommand("relay"))
        return runRelay(relay, stop);
    if (app.got_subcommand("cameras"))
        return camerasCommand(camerasAsJson);
    if (app.got_subcommand("database"))
        return databaseCommand(database);
    if (app.got_subcommand("retention"))
        return retentionCommand(retention);
    if (app.got_subcommand("rollup"))
        return rollupCommand(rollup);
    return parametersCommand(parameters);
}
