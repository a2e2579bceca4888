#include "agentd/commands.h"
#include "agentd/stop_signal.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/base/version.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace {

using namespace facetrack;

void addRun(CLI::App &app, RunOptions &options)
{
    CLI::App *run = app.add_subcommand("run", "Capture, count, keep and stream until stopped");
    run->add_option("--config", options.config,
                    "Settings file (default: /etc/facetrack/agentd.toml where it exists)");
    run->add_option("--source", options.source,
                    "Where pictures come from, e.g. file:visitors.mp4?loop=1, images:DIR, "
                    "synthetic:booth?people=4");
    run->add_option("--listen", options.listen, "ADDRESS:PORT to serve on, port 0 takes a free one");
    run->add_option("--state-dir", options.stateDirectory, "Folder for the Journal");
    run->add_option("--set", options.sets, "A parameter, key=value; may be repeated")->take_all();
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
    const StopSignal stop;

    CLI::App app("facetrack-agentd counts faces in what a camera sees", "facetrack-agentd");
    app.set_version_flag("--version", std::string("facetrack-agentd ") + version());
    app.require_subcommand(1);
    RunOptions run;
    AnalyzeOptions analyze;
    ParametersOptions parameters;
    addRun(app, run);
    addAnalyze(app, analyze);
    addParameters(app, parameters);
    if (refuseUnknownCommand(app, argc, argv))
        return ExitUsage;
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &failure) {
        return app.exit(failure) == 0 ? 0 : ExitUsage;
    }
    if (app.got_subcommand("run"))
        return runCommand(run, stop);
    if (app.got_subcommand("analyze"))
        return analyzeCommand(analyze, stop);
    return parametersCommand(parameters);
}
