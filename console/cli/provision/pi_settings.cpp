#include "console/cli/provision/pi_settings.h"

#include "console/cli/token_prompt.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/file_text.h"
#include "libfacetrack/http/token.h"

#include <QPasswordDigestor>
#include <QRegularExpression>
#include <QTimeZone>
#include <algorithm>

namespace facetrack::cli {

namespace {

bool matches(const std::string &text, const char *form)
{
    const QRegularExpression expression(
        QRegularExpression::anchoredPattern(QString::fromLatin1(form)));
    return expression.match(QString::fromStdString(text)).hasMatch();
}

tl::unexpected<Error> wrong(const char *option, const std::string &message, const std::string &advice = {})
{
    return fail(ErrorCode::InvalidArgument, option, message, advice);
}

std::string trimmed(const std::string &text)
{
    return QString::fromStdString(text).trimmed().toStdString();
}

Result<void> checkNames(const ProvisionOptions &options)
{
    if (!matches(options.hostname, "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"))
        return wrong("--hostname", "'" + options.hostname + "' is no host name",
                     "1 to 63 of a-z, 0-9 and -, such as pi-ber-1");
    if (!matches(options.user, "[a-z_][a-z0-9_-]{0,30}") || options.user == "root")
        return wrong("--user", "'" + options.user + "' is no user's name", "such as pi");
    if (!options.timezone.empty() && !QTimeZone::isTimeZoneIdAvailable(QByteArray::fromStdString(options.timezone)))
        return wrong("--timezone", "'" + options.timezone + "' is unknown", "such as Europe/Berlin");
    return {};
}

Result<std::vector<std::string>> sshKeys(const std::string &file)
{
    if (file.empty())
        return wrong("--ssh-key", "is missing: there is no login by password", "such as ~/.ssh/id_ed25519.pub");
    const auto text = readText(file, 64 * 1024);
    if (!text)
        return tl::unexpected(text.error());
    if (text->find("PRIVATE KEY") != std::string::npos)
        return wrong("--ssh-key", file + " is a private key, which belongs on no card", "name the file that ends in .pub");
    std::vector<std::string> keys;
    for (const QString &line : QString::fromStdString(*text).split(u'\n')) {
        const std::string key = line.trimmed().toStdString();
        if (key.empty() || key.starts_with('#'))
            continue;
        if (!matches(key, "(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\\.com)"
                          " [A-Za-z0-9+/]{40,}={0,3}( [^\\x00-\\x1f\\x7f]*)?"))
            return wrong("--ssh-key", file + " has a line that is no public key", "name the file that ends in .pub");
        keys.push_back(key);
    }
    if (keys.empty())
        return wrong("--ssh-key", file + " has no key");
    return keys;
}

Result<std::string> wifiPassword(const ProvisionOptions &options)
{
    auto password = options.wifiPasswordFile.empty() || options.wifiPasswordFile == "-"
        ? askSecret("Password of the Wi-Fi " + options.wifiSsid + ": ")
        : readSecretText(options.wifiPasswordFile);
    if (password && password->ends_with('\n'))
        password->pop_back();
    if (password && password->ends_with('\r'))
        password->pop_back();
    return password;
}

Result<WifiSettings> wifiSettings(const ProvisionOptions &options)
{
    WifiSettings wifi{options.wifiSsid, {}, options.wifiCountry, options.wifiHidden};
    const QString name = QString::fromStdString(wifi.ssid);
    const bool plain = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isPrint(); });
    if (wifi.ssid.size() > 32 || !plain || name.toStdString() != wifi.ssid)
        return wrong("--wifi-ssid", "is no name of a Wi-Fi", "1 to 32 bytes of UTF-8 without control characters");
    if (!matches(wifi.country, "[A-Z]{2}"))
        return wrong("--wifi-country", wifi.country.empty() ? "is missing: without it a Pi's Wi-Fi stays off"
                                                            : "'" + wifi.country + "' is no country",
                     "two letters, such as DE");
    if (options.wifiOpen)
        return wifi;
    const auto password = wifiPassword(options);
    if (!password)
        return tl::unexpected(password.error());
    if (matches(*password, "[0-9A-Fa-f]{64}"))
        wifi.key = QByteArray::fromStdString(*password).toLower().toStdString();
    else if (matches(*password, "[\\x20-\\x7e]{8,63}"))
        wifi.key = wifiKey(wifi.ssid, *password);
    else
        return wrong("--wifi-password-file", "has no password of a Wi-Fi",
                     "8 to 63 letters, digits and signs, on one line; --wifi-open for a network without");
    return wifi;
}

Result<std::string> relayToken(const std::string &file)
{
    const auto text = readSecretText(file);
    if (!text)
        return tl::unexpected(text.error());
    const std::string token = trimmed(*text);
    if (!matches(token, "[A-Za-z0-9._~+/=-]{16,8192}"))
        return wrong("--token-file", file + " has no token", "what `facetrack-agentd relay token` prints");
    return token;
}

/// "https://HOST" alone would be a CrateDB: a typing error that shows at the booth only.
Result<void> checkRelays(const std::string &relays)
{
    if (relays.empty())
        return {};
    for (const QString &one : QString::fromStdString(relays).split(u',')) {
        if (!one.trimmed().startsWith(QStringLiteral("relay+http")))
            return wrong("--relay", "'" + one.trimmed().toStdString() + "' is no relay",
                         "relay+https://HOST[:PORT], with commas between several; a CrateDB is --set upload.urls=…");
    }
    return {};
}

Result<std::string> relayCa(const std::string &file)
{
    auto text = readText(file, 1024 * 1024);
    if (!text)
        return text;
    if (text->find("PRIVATE KEY") != std::string::npos)
        return wrong("--relay-ca", file + " has a private key, which belongs on no Pi", "the certificate alone, such as ca.pem");
    if (text->find("BEGIN CERTIFICATE") == std::string::npos)
        return wrong("--relay-ca", file + " has no certificate", "PEM: it begins -----BEGIN CERTIFICATE-----");
    return text;
}

} // namespace

Result<void> checkToken(const std::string &token, const std::string &id)
{
    const auto claims = http::claimsUnchecked(token);
    if (!claims)
        return {};
    if (claims->role == "agent" && claims->issuer != id)
        return wrong("--token-file", "has the token of agent " + claims->issuer + ", and this one is " + id + ": the relay would take nothing",
                     "facetrack-agentd relay token --agent " + id + ", on the relay");
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(SystemClock::instance().utc());
    if (claims->expires <= now.count())
        return wrong("--token-file", "has a token that has run out", "facetrack-agentd relay token --agent " + id + ", on the relay");
    return {};
}

std::string wifiKey(const std::string &ssid, const std::string &password)
{
    return QPasswordDigestor::deriveKeyPbkdf2(QCryptographicHash::Sha1, QByteArray::fromStdString(password),
                                              QByteArray::fromStdString(ssid), 4096, 32)
        .toHex()
        .toStdString();
}

Result<PiSettings> piSettings(const ProvisionOptions &options)
{
    if (auto checked = checkNames(options); !checked)
        return tl::unexpected(checked.error());
    const auto keys = sshKeys(options.sshKey);
    if (!keys)
        return tl::unexpected(keys.error());
    PiSettings settings{options.hostname, options.user, options.timezone, *keys, {}};
    if (options.wifiSsid.empty()) {
        if (options.wifiOpen || options.wifiHidden || !options.wifiPasswordFile.empty() || !options.wifiCountry.empty())
            return wrong("--wifi-ssid", "is missing: which Wi-Fi is it?");
        return settings;
    }
    auto wifi = wifiSettings(options);
    if (!wifi)
        return tl::unexpected(wifi.error());
    settings.wifi = std::move(*wifi);
    return settings;
}

Result<AgentSettings> agentSettings(const ProvisionOptions &options, const std::string &name)
{
    AgentSettings settings;
    const auto add = [&settings](const char *key, const std::string &value) {
        if (!value.empty())
            settings.sets.push_back(std::string(key) + "=" + value);
    };
    add("agent.id", name);
    add("agent.name", options.agentName);
    add("agent.role", options.role);
    if (auto good = checkRelays(options.relay); !good)
        return tl::unexpected(good.error());
    add("upload.urls", options.relay);
    if (!options.tokenFile.empty()) {
        const auto token = relayToken(options.tokenFile);
        if (!token)
            return tl::unexpected(token.error());
        settings.token = *token;
        add("upload.token_file", "/etc/facetrack/relay-token");
    }
    if (!options.relayCa.empty()) {
        const auto ca = relayCa(options.relayCa);
        if (!ca)
            return tl::unexpected(ca.error());
        settings.ca = *ca;
        add("upload.ca_file", "/etc/facetrack/relay-ca.pem");
    }
    settings.sets.insert(settings.sets.end(), options.sets.begin(), options.sets.end());
    auto packages = packageSet(options.packages, options.packagesKey, options.packagesUnsigned, options.morePackages);
    if (!packages)
        return tl::unexpected(packages.error());
    settings.packages = std::move(*packages);
    return settings;
}

} // namespace facetrack::cli
