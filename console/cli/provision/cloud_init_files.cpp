#include "console/cli/provision/boot_files.h"

#include <QCryptographicHash>
#include <nlohmann/json.hpp>
#include <utility>

namespace facetrack::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *made = "# Made by facetrack provision. YAML, of which JSON is a part.\n";

/// Those of Raspberry Pi OS's first user. cloud-init makes the ones that an image lacks.
constexpr const char *groups
    = "users,adm,dialout,audio,netdev,video,plugdev,cdrom,games,input,gpio,spi,i2c,render,sudo";

std::string yaml(const char *first, const Json &json)
{
    return std::string(first) + made + json.dump(2) + "\n";
}

std::string userData(const PiSettings &pi)
{
    Json json{{"hostname", pi.hostname}, {"manage_etc_hosts", true}};
    if (!pi.timezone.empty())
        json["timezone"] = pi.timezone;
    json["ssh_pwauth"] = false;
    json["users"] = Json::array({{{"name", pi.user},
                                  {"groups", groups},
                                  {"shell", "/bin/bash"},
                                  {"lock_passwd", true},
                                  {"sudo", "ALL=(ALL) NOPASSWD:ALL"},
                                  {"ssh_authorized_keys", pi.sshKeys}}});
    // The partition is in another place in older systems.
    json["runcmd"] = Json::array(
        {Json::array({"sh", "-c",
                      "for boot in /boot/firmware /boot; do [ ! -e $boot/facetrack/first-boot ] || "
                      "exec sh $boot/facetrack/first-boot begin; done"})});
    return yaml("#cloud-config\n", json);
}

/// Nothing waits for a network at start: an agent counts without one.
std::string networkConfig(const PiSettings &pi)
{
    Json network{{"version", 2},
                 {"ethernets", {{"eth0", {{"dhcp4", true}, {"dhcp6", true}, {"optional", true}}}}}};
    if (pi.wifi) {
        Json point = Json::object();
        if (pi.wifi->hidden)
            point["hidden"] = true;
        if (!pi.wifi->key.empty())
            point["password"] = pi.wifi->key;
        network["wifis"]["wlan0"] = {{"dhcp4", true},
                                     {"dhcp6", true},
                                     {"optional", true},
                                     {"regulatory-domain", pi.wifi->country},
                                     {"access-points", {{pi.wifi->ssid, point}}}};
    }
    return yaml("", Json{{"network", network}});
}

} // namespace

std::vector<BootFile> cloudInitFiles(const PiSettings &pi, const std::vector<BootFile> &own)
{
    std::vector<BootFile> files{{"user-data", userData(pi), aboutPi(pi), false},
                                {"network-config", networkConfig(pi), aboutNetwork(pi), pi.wifi.has_value()}};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const std::vector<BootFile> *list : {&std::as_const(files), &own}) {
        for (const BootFile &file : *list)
            hash.addData(QByteArray::fromStdString(file.path + '\0' + file.bytes + '\0'));
    }
    const std::string instance = "facetrack-" + hash.result().toHex().left(16).toStdString();
    files.push_back({"meta-data", yaml("", {{"dsmode", "local"}, {"instance-id", instance}}),
                     "tells cloud-init that these are new", false});
    return files;
}

} // namespace facetrack::cli
