#include "console/cli/provision/provision_options.h"

#include <CLI/CLI.hpp>

namespace facetrack::cli {

namespace {

void addPlaces(CLI::App &command, ProvisionOptions &options)
{
    command.add_option("--boot", options.boot, "A card's boot partition: its folder, or an image or device of the card");
    command.add_option("--ssh", options.hosts, "Running Pis instead, as ssh takes them: HOST or USER@HOST");
}

void addPi(CLI::App &command, ProvisionOptions &options)
{
    constexpr const char *group = "A new Pi (with --boot)";
    command.add_option("--hostname", options.hostname, "Its name, such as pi-ber-1; the agent's id as well")->group(group);
    command.add_option("--ssh-key", options.sshKey, "File with public SSH keys: there is no login by password")->group(group);
    command.add_option("--user", options.user, "Who logs in")->capture_default_str()->group(group);
    command.add_option("--timezone", options.timezone, "Such as Europe/Berlin")->group(group);
    command.add_option("--wifi-ssid", options.wifiSsid, "The Wi-Fi it joins; a cable needs none")->group(group);
    command.add_option("--wifi-password-file", options.wifiPasswordFile,
                      "File that only you may read, or - for standard input; asked for when left out")->group(group);
    command.add_option("--wifi-country", options.wifiCountry, "Two letters, such as DE: a Pi's Wi-Fi is off without")->group(group);
    command.add_flag("--wifi-hidden", options.wifiHidden, "The network does not tell its name")->group(group);
    command.add_flag("--wifi-open", options.wifiOpen, "The network has no password")->group(group);
    command.add_option("--form", options.form, "What the card's system reads: auto looks")
        ->check(CLI::IsMember({"auto", "cloud-init", "custom-toml"}))->capture_default_str()->group(group);
}

void addAgent(CLI::App &command, ProvisionOptions &options)
{
    constexpr const char *group = "The agent";
    command.add_option("--packages", options.packages,
                      "Folder of .debs that are copied, or \"URL [SUITE COMPONENT]\" of an apt source")->group(group);
    command.add_option("--packages-key", options.packagesKey, "File with the key that signs the apt source")->group(group);
    command.add_flag("--packages-unsigned", options.packagesUnsigned, "The apt source is not signed")->group(group);
    command.add_option("--with-package", options.morePackages,
                      "Another package of these, such as facetrack-qtcamera for USB cameras; may be repeated")->group(group);
    command.add_option("--agent-name", options.agentName, "Name that people see")->group(group);
    command.add_option("--role", options.role, "What the camera is for, such as counter")->group(group);
    command.add_option("--relay", options.relay, "Where counts go: relay+https://HOST[:PORT]")->group(group);
    command.add_option("--relay-ca", options.relayCa,
                      "File with the certificate (PEM) that vouches for the relay's, where no public authority does")->group(group);
    command.add_option("--token-file", options.tokenFile, "File that only you may read, with the relay's token")->group(group);
    command.add_option("--set", options.sets, "Any setting, KEY=VALUE (facetrack-agentd parameters); may be repeated")->group(group);
}

void addHow(CLI::App &command, ProvisionOptions &options)
{
    command.add_flag("-n,--dry-run", options.dryRun, "Only say what would be done");
    command.add_flag("-y,--yes", options.yes, "Do not ask");
    constexpr const char *group = "With --ssh";
    command.add_option("--ssh-config", options.sshConfig, "ssh's file of settings instead of ~/.ssh/config")->group(group);
    command.add_option("--accept-host-key", options.acceptedKeys,
                      "SHA256:… of a Pi that is met for the first time; asked for when left out")->group(group);
    command.add_option("--agent-port", options.agentPort, "Where the agent is asked whether it runs (default: as its settings say)")
        ->check(CLI::Range(1, 65535))->group(group);
    command.add_option("--wait", options.wait, "Seconds for the agent to answer")->check(CLI::Range(1.0, 3600.0))
        ->capture_default_str()->group(group);
}

} // namespace

void addProvisionOptions(CLI::App &command, ProvisionOptions &options)
{
    addPlaces(command, options);
    addPi(command, options);
    addAgent(command, options);
    addHow(command, options);
}

} // namespace facetrack::cli
