#include "console/cli/commands.h"
#include "console/cli/provision/provision_options.h"
#include "libfacetrack/analytics/event_plan.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/base/version.h"
#include "libfacetrack/client/known_agents.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>

namespace {

using namespace facetrack;
using namespace facetrack::cli;

constexpr const char *epilogue = R"(Examples:
  facetrack pair 192.168.1.7              meet an agent: keeps its certificate, asks for its token
  facetrack list                          who is known or found here, and who answers
  facetrack status                        how all of them are
  facetrack get detect -a pi-1            the values of one group on one agent
  facetrack set detect.min_neighbors=5 -a pi-1,pi-2
  facetrack clone pi-1 pi-2 pi-3          tune others like pi-1; says what each refused
  facetrack watch --event warning         lines as it happens, until Ctrl-C
  facetrack simulate --from 2026-05-04 --journal event.sqlite    two days that never were
  facetrack provision --boot /media/me/bootfs --hostname pi-ber-1 --ssh-key ~/.ssh/id_ed25519.pub …
  facetrack provision --ssh pi@pi-ber-1 pi@pi-ber-2 --packages debs    install or update
  facetrack status --json | jq .          the same for scripts
  source <(facetrack completion bash)     completion of commands, agents and keys

Without --agents, looking goes to all known agents, and changing to the only one there is. With
none known, the agent on this machine is asked. FACETRACK_AGENTS is taken for --agents.

Exit status (with several agents the highest counts):
  0 all did it   1 an agent refused   2 wrong command line   3 an agent cannot be reached
  4 an agent shows another certificate than before   130 interrupted)";

/// The commands, each with what it does.
class CommandLine
{
public:
    CommandLine() : m_app("facetrack: many agents from one command line", "facetrack")
    {
        m_app.set_version_flag("--version", std::string("facetrack ") + version());
        m_app.require_subcommand(1);
        m_app.fallthrough();
        m_app.footer(epilogue);
        addCommon();
        addLooking();
        addTuning();
        addPresets();
        addTrust();
        addReport();
        addSimulate();
        addProvision();
        addCompletion();
    }

    int run(int argc, char **argv)
    {
        try {
            m_app.parse(argc, argv);
        } catch (const CLI::RequiredError &failure) {
            const auto left = m_app.remaining();
            if (m_app.get_subcommands().empty() && !left.empty())
                return refuseUnknown(left.front());
            if (m_preset->parsed())
                return refuse({ErrorCode::InvalidArgument, "preset", "is not said in full",
                               "preset list, or preset save, apply or delete NAME"});
            if (argc == 1) {
                std::fputs(m_app.help().c_str(), stderr);
                return ExitUsage;
            }
            return m_app.exit(failure) == 0 ? 0 : ExitUsage;
        } catch (const CLI::ParseError &failure) {
            return m_app.exit(failure) == 0 ? 0 : ExitUsage;
        }
        return m_chosen ? m_chosen() : ExitUsage;
    }

private:
    CLI::App *add(CLI::App &to, const char *name, const char *about, std::function<int()> command)
    {
        CLI::App *added = to.add_subcommand(name, about)->fallthrough();
        added->final_callback([this, command = std::move(command)] { m_chosen = command; });
        return added;
    }

    /// CLI11 would only say that a subcommand is missing.
    int refuseUnknown(const std::string &name) const
    {
        std::string known;
        for (const CLI::App *command : m_app.get_subcommands({})) {
            if (!command->get_group().empty())
                known += (known.empty() ? "" : ", ") + command->get_name();
        }
        return refuse({ErrorCode::InvalidArgument, name, "is no command", "known: " + known});
    }

    void addCommon()
    {
        m_common.known = KnownAgents::defaultFile();
        m_app.add_option("-a,--agents", m_common.agents,
                         "Names, ids or addresses with commas between, or all")
            ->envname("FACETRACK_AGENTS");
        m_app.add_flag("--json", m_common.json, "For programs: {\"command\", \"agents\": [{\"agent\", "
                                                "\"ok\", \"result\" or \"error\"}]}");
        m_app.add_option("--timeout", m_common.timeout, "Seconds to wait for an answer")
            ->check(CLI::Range(0.1, 600.0))->capture_default_str();
        m_app.add_option("--known-agents", m_known, "The file of known agents instead of "
                                                    "~/.config/facetrack/known-agents.json")
            ->each([this](const std::string &file) { m_common.known = file; });
    }

    void addLooking()
    {
        add(m_app, "list", "Who is known or found on this network, and who answers", [this] {
            return listCommand(m_common, m_flag);
        })->add_flag("--known", m_flag, "Only what is in the file; ask nobody");
        add(m_app, "status", "How they are", [this] { return statusCommand(m_common); });
        auto *snapshot = add(m_app, "snapshot", "Save a picture from each", [this] {
            return snapshotCommand(m_common, m_snapshot);
        });
        snapshot->add_option("-o,--output", m_snapshot.output,
                             "File, folder, or - for standard output (default: NAME.jpg)");
        snapshot->add_option("--width", m_snapshot.width, "Pixels")->check(CLI::Range(16, 4096));
        snapshot->add_flag("!--no-boxes", m_snapshot.boxes, "Without boxes");
        add(m_app, "watch", "Lines as it happens, until Ctrl-C", [this] {
            return watchCommand(m_common, m_list);
        })->add_option("--event", m_list, "Only these: status, tuning, in_effect, persisted, source, "
                                          "upload, warning, calibration, agent; may be repeated")
            ->delimiter(',')
            ->check(CLI::IsMember({"status", "tuning", "in_effect", "persisted", "source", "upload",
                                   "warning", "calibration", "agent"}));
        add(m_app, "identify", "Show on the live picture which agent it is", [this] {
            if (!m_name.empty())
                m_common.agents = m_name;
            return identifyCommand(m_common);
        })->add_option("agent", m_name, "Instead of --agents");
    }

    void addTuning()
    {
        auto *get = add(m_app, "get", "Print values as KEY=VALUE", [this] {
            return getCommand(m_common, m_list, m_flag);
        });
        get->add_option("keys", m_list, "Keys or groups, such as detect; all when left out");
        get->add_flag("--changed", m_flag, "Only those that differ from the defaults");
        add(m_app, "set", "Change values; on each agent all of them or none", [this] {
            return setCommand(m_common, m_list);
        })->add_option("values", m_list, "KEY=VALUE")->required();
        add(m_app, "reset", "Back to the settings file", [this] {
            return resetCommand(m_common, m_list);
        })->add_option("keys", m_list, "Only these keys");
        add(m_app, "undo", "Take the newest change back", [this] { return undoCommand(m_common); });
        auto *clone = add(m_app, "clone", "Tune agents like another; says what each refused", [this] {
            return cloneCommand(m_common, m_name, m_list);
        });
        clone->add_option("from", m_name, "The agent to copy from")->required();
        clone->add_option("to", m_list, "The agents to tune, or all")->required();
    }

    void addPresets()
    {
        CLI::App *preset = m_preset = m_app.add_subcommand("preset", "Values under a name, kept on each agent")
                               ->require_subcommand(1)->fallthrough();
        add(*preset, "list", "Which there are", [this] { return presetListCommand(m_common); });
        add(*preset, "save", "Save the values in force", [this] {
            return presetSaveCommand(m_common, m_name);
        })->add_option("name", m_name)->required();
        add(*preset, "apply", "Bring them into force", [this] {
            return presetApplyCommand(m_common, m_name);
        })->add_option("name", m_name)->required();
        add(*preset, "delete", "Delete one", [this] {
            return presetDeleteCommand(m_common, m_name);
        })->add_option("name", m_name)->required();
    }

    void addTrust()
    {
        auto *pair = add(m_app, "pair", "Meet an agent: keep its certificate and its token", [this] {
            return pairCommand(m_common, m_pair);
        });
        pair->add_option("address", m_pair.address, "HOST, HOST:PORT, https://HOST:PORT, or a known "
                                                    "agent for a new token")->required();
        pair->add_option("--token-file", m_pair.tokenFile,
                         "File that only you may read, or - for standard input; asked for when left out");
        pair->add_option("--fingerprint", m_pair.fingerprint,
                         "Go on only if it shows this (facetrack-agentd fingerprint)");
        add(m_app, "forget", "Forget an agent's certificate and token", [this] {
            return forgetCommand(m_common, m_name);
        })->add_option("agent", m_name)->required();
    }

    static void addDatabase(CLI::App &command, SinkSettings &settings, const char *about)
    {
        net::EndpointSettings &servers = settings.servers;
        command.add_option("--url", servers.urls, about)->delimiter(',');
        command.add_option("--user", servers.user, "Of the database");
        command.add_option("--password-file", servers.passwordFile, "Its password");
        command.add_option("--token-file", servers.tokenFile, "A token instead");
        command.add_option("--ca-file", servers.caFile, "Certificates to trust, PEM");
        command.add_option("--schema", settings.schema, "Of the tables")->capture_default_str();
    }

    void addReport()
    {
        auto *report = add(m_app, "report", "What was counted at an event, and its tables as CSV", [this] {
            return reportNow();
        });
        report->add_option("--days", m_days, "2026-05-04, 2026-05-04..2026-05-06, or several with commas")
            ->required();
        report->add_option("--hours", m_open, "Opening hours")->capture_default_str();
        report->add_option("--tz", m_report.plan.zone, "The place's time zone (default: this machine's)");
        report->add_option("--out", m_report.folder, "Folder for the tables; made if there is none");
        report->add_option("--journal", m_report.journal, "Read this Journal instead of asking agents");
        addDatabase(*report, m_report.sink, "Ask this CrateDB instead of agents");
    }

    int reportNow()
    {
        const auto days = parseDays(m_days);
        const auto hours = parseHours(m_open);
        if (!days || !hours)
            return refuse(days ? hours.error() : days.error());
        m_report.plan.days = *days;
        m_report.plan.hours = *hours;
        const bool agentsAsked = m_report.journal.empty() && m_report.sink.servers.urls.empty();
        if (!agentsAsked && m_common.agents != "all")
            m_report.plan.agents = split(m_common.agents);
        return reportCommand(m_common, m_report);
    }

    static std::vector<std::string> split(const std::string &names)
    {
        std::vector<std::string> parts;
        for (std::size_t begin = 0; begin < names.size();) {
            const std::size_t end = std::min(names.find(',', begin), names.size());
            parts.push_back(names.substr(begin, end - begin));
            begin = end + 1;
        }
        return parts;
    }

    void addSimulate()
    {
        auto *simulate = add(m_app, "simulate", "Make up an event for demonstrations and tests", [this] {
            return simulateNow();
        });
        SimulatedEvent &event = m_simulate.event;
        // The same words as for the agents that are asked; here they name those made up.
        simulate->add_option("--from", m_from, "First day, such as 2026-05-04")->required();
        simulate->add_option("--days", event.days)->capture_default_str();
        simulate->add_option("--total", event.total, "Face detections, exactly")->capture_default_str();
        simulate->add_option("--profile", event.profile, "When people come: conference, flat")
            ->capture_default_str();
        simulate->add_option("--tz", event.zone, "The place's time zone")->capture_default_str();
        simulate->add_option("--hours", m_hours, "When the agents look, such as 08:00-20:00; 00:00-24:00 "
                                                 "is round the clock")->capture_default_str();
        simulate->add_option("--rate", event.rate, "Pictures looked at per second")
            ->capture_default_str();
        simulate->add_option("--seed", event.seed, "The same seed makes the same records")
            ->capture_default_str();
        simulate->add_option("--outages", event.outages, "Holes of each agent and day")
            ->capture_default_str();
        simulate->add_option("--late", event.late, "Share of records that come after all others")
            ->capture_default_str();
        simulate->add_option("--duplicates", event.duplicates, "Share of records that come twice")
            ->capture_default_str();
        simulate->add_option("--journal", m_simulate.journal, "Write into this Journal");
        addDatabase(*simulate, m_simulate.sink, "Write into this CrateDB");
        simulate->add_option("--truth", m_simulate.truth, "Write what was made into this file, as JSON");
    }

    int simulateNow()
    {
        m_simulate.event.agents
            = split(m_common.agents.empty() ? "pi-ber-1,pi-ber-2,pi-ber-3" : m_common.agents);
        m_simulate.event.first = QDate::fromString(QString::fromStdString(m_from), Qt::ISODate);
        const auto hours = parseHours(m_hours);
        if (!hours)
            return refuse(hours.error());
        m_simulate.event.opens = hours->opens;
        m_simulate.event.closes = hours->closes;
        return simulateCommand(m_common, m_simulate);
    }

    void addProvision()
    {
        addProvisionOptions(*add(m_app, "provision", "Set up Pis: a new one's card, or running ones over SSH",
                                 [this] { return provisionCommand(m_common, m_provision); }),
                            m_provision);
    }

    void addCompletion()
    {
        add(m_app, "completion", "Print the completion script of a shell", [this] {
            return completionCommand(m_name);
        })->add_option("shell", m_name)->required()->check(CLI::IsMember({"bash", "zsh"}));
        auto *complete = add(m_app, "__complete", "", [this] { return completeCommand(m_common, m_name); });
        complete->group(""); // hidden
        complete->add_option("what", m_name)->required();
    }

    CLI::App m_app;
    CLI::App *m_preset = nullptr;
    std::function<int()> m_chosen;
    CommonOptions m_common;
    std::string m_known, m_name;
    std::vector<std::string> m_list;
    bool m_flag = false;
    SnapshotOptions m_snapshot;
    PairOptions m_pair;
    SimulateOptions m_simulate;
    ReportOptions m_report;
    ProvisionOptions m_provision;
    std::string m_from, m_hours = "08:00-20:00", m_days, m_open = "09:00-18:00";
};

} // namespace

int main(int argc, char **argv)
{
    installLogHandler();
    std::signal(SIGPIPE, SIG_IGN);
    // Qt takes over the locale of the environment; numbers and messages stay as they are in C.
    ::setenv("LC_ALL", "C.UTF-8", 1);
    const QCoreApplication application(argc, argv);
    int status = CommandLine().run(argc, argv);
    const bool written = std::fflush(stdout) == 0 && !std::ferror(stdout);
    if (!written && status == 0)
        status = ExitRefused;
    // Not by returning: Qt would wait for names that are still being looked up.
    std::_Exit(status);
}
