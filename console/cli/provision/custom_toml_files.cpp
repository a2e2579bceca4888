#include "console/cli/provision/boot_files.h"

#include <QRegularExpression>
#include <sstream>
#include <toml++/toml.h>

namespace facetrack::cli {

namespace {

std::string customToml(const PiSettings &pi)
{
    toml::array keys;
    for (const std::string &key : pi.sshKeys)
        keys.push_back(key);
    toml::table all{{"config_version", 1},
                    {"system", toml::table{{"hostname", pi.hostname}}},
                    // No password: the account is locked for all but its keys.
                    {"user", toml::table{{"name", pi.user}}},
                    {"ssh", toml::table{{"enabled", true}, {"password_authentication", false}, {"authorized_keys", keys}}}};
    if (pi.wifi) {
        toml::table wlan{{"ssid", pi.wifi->ssid}, {"hidden", pi.wifi->hidden}, {"country", pi.wifi->country}};
        if (!pi.wifi->key.empty()) {
            wlan.insert("password", pi.wifi->key);
            wlan.insert("password_encrypted", true);
        }
        all.insert("wlan", std::move(wlan));
    }
    if (!pi.timezone.empty())
        all.insert("locale", toml::table{{"timezone", pi.timezone}});
    std::ostringstream text;
    text.imbue(std::locale::classic());
    // Basic strings only: the parser on the Pi is an old one.
    text << "# Made by facetrack provision.\n"
         << toml::toml_formatter(all, toml::format_flags::none) << '\n';
    return text.str();
}

/// One line. Our script runs in a start of its own, after the one that takes custom.toml.
std::string withScript(const std::string &commandLine)
{
    static const QRegularExpression ours(
        QStringLiteral(" *\\bsystemd\\.(run|run_success_action|run_failure_action|unit)=\\S*"));
    QString line = QString::fromStdString(commandLine).trimmed().remove(ours);
    line += QStringLiteral(" systemd.run=/boot/firmware/facetrack/first-boot systemd.run_success_action=reboot"
                           " systemd.run_failure_action=reboot systemd.unit=kernel-command-line.target");
    return line.toStdString() + "\n";
}

} // namespace

std::vector<BootFile> customTomlFiles(const PiSettings &pi, const std::string &commandLine)
{
    const std::string wifi = pi.wifi ? ", " + aboutNetwork(pi) : "";
    return {{"custom.toml", customToml(pi), aboutPi(pi) + wifi, pi.wifi.has_value()},
            {"cmdline.txt", withScript(commandLine), "runs facetrack/first-boot once", false}};
}

} // namespace facetrack::cli
