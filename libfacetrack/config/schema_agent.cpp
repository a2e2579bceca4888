#include "libfacetrack/config/declare.h"
#include "libfacetrack/config/text_forms.h"

namespace facetrack {

namespace {

void declareIdentity(std::vector<Parameter> &list)
{
    using Identity = AgentConfig::Identity;
    auto agent = declare(list, "agent", Applies::Restart, &AgentConfig::agent);
    agent.text("id", &Identity::id, "Id",
               "Unchanging name in every record; empty takes the host name")
        .longest(64)
        .form("empty, or 1 to 64 of A-Z a-z 0-9 . _ -", isAgentId);
    agent.text("name", &Identity::name, "Name", "Name that people see; empty shows the id")
        .longest(80);
    agent.text("role", &Identity::role, "Role", "What this camera is for, such as counter")
        .longest(80);
    agent.text("sensor", &Identity::sensor, "Sensor", "Which camera module it has: imx219-noir")
        .longest(80);
    agent.text("location", &Identity::location, "Location",
               "Where it looks, such as desk or left lane")
        .longest(80);
}

void declareSource(std::vector<Parameter> &list)
{
    using Source = AgentConfig::Source;
    auto source = declare(list, "source", Applies::Restart, &AgentConfig::source);
    source.text("url", &Source::url, "Camera",
                "Where pictures come from, such as synthetic:booth or file:/srv/talk.mp4?loop=1")
        .longest(4096);
    source.number("stall_seconds", &Source::stallSeconds, "Stalled after",
                  "The camera counts as stalled when no frame has come for so long")
        .range(0.5, 3600).step(0.5).unit("s");
    source.number("reopen_seconds", &Source::reopenSeconds, "Opened again after",
                  "A camera that has given no frame for so long is closed and opened again")
        .range(1, 3600).step(1).unit("s");
    source.integer("exit_after_failures", &Source::exitAfterFailures, "Give up after",
                   "Failures of the camera in a row after which the agent ends, to be started again")
        .range(1, 10000).step(1).zero("never");
    source.text("tuning_file", &Source::tuningFile, "Sensor tuning",
                "libcamera's tuning file, such as imx219_noir.json without an infrared filter")
        .longest(4096);
    source.boolean("cool_down", &Source::coolDown, "Slow down when hot",
                   "Take fewer frames while the processor is slowed down by heat or weak power");
    source.text("opening_hours", &Source::openingHours, "Opening hours",
                "When the camera works, such as mon-fri 9:00-18:00, sat 10:00-14:00; empty is always")
        .longest(400)
        .form("DAYS HH:MM-HH:MM each, with commas", isCameraHours);
}

void declareHttp(std::vector<Parameter> &list)
{
    using Http = AgentConfig::Http;
    auto http = declare(list, "http", Applies::Restart, &AgentConfig::http);
    http.text("listen", &Http::listen, "Listen on",
              "Address and port; 0.0.0.0 or [::] is every network, port 0 takes a free one")
        .form("ADDRESS:PORT or [IPv6]:PORT, port 0 to 65535", isAddressAndPort);
    http.integer("max_viewers", &Http::maxViewers, "Most viewers",
                 "How many may watch the live picture at once; more are told to come back")
        .range(1, 10000).step(1);
    http.integer("max_connections", &Http::maxConnections, "Most connections",
                 "How many network connections are open at once, viewers among them")
        .range(1, 20000).step(1);
    http.number("viewer_timeout_seconds", &Http::viewerTimeoutSeconds, "Viewer time limit",
                "A viewer that takes no data for so long is disconnected")
        .range(1, 3600).step(1).unit("s");
    http.boolean("tls", &Http::tls, "HTTPS",
                 "Encrypt; without it the token and the pictures can be read on the way");
    http.boolean("public_view", &Http::publicView, "Everybody may look",
                 "Pictures and figures need no token; changes always do");
    http.text("cors_origins", &Http::corsOrigins, "Pages elsewhere",
              "Web pages of other servers that may ask this agent, with the token; empty is none")
        .longest(4000)
        .list()
        .form("http:// or https:// with HOST or HOST:PORT each", isOriginList);
}

void declareCertificate(std::vector<Parameter> &list)
{
    using Certificate = AgentConfig::Certificate;
    auto tls = declare(list, "tls", Applies::Restart, &AgentConfig::tls);
    tls.text("certificate_file", &Certificate::certificateFile, "Certificate",
             "PEM file for HTTPS, with the chain; empty makes a self-signed one in the state directory")
        .longest(4000);
    tls.text("key_file", &Certificate::keyFile, "Key of the certificate",
             "PEM file that only its owner may read")
        .longest(4000);
}

void declareDiscovery(std::vector<Parameter> &list)
{
    using Discovery = AgentConfig::Discovery;
    auto discovery = declare(list, "discovery", Applies::Restart, &AgentConfig::discovery);
    discovery.boolean("advertise", &Discovery::advertise, "Be found",
                      "Say on the local network that this agent is there, with its name and role");
}

void declareState(std::vector<Parameter> &list)
{
    auto state = declare(list, "state", Applies::Restart, &AgentConfig::state);
    state.text("directory", &AgentConfig::State::directory, "State directory",
               "Where counts and tuned values are kept; empty takes systemd's or ~/.local/state")
        .longest(4000);
}

void declareJournal(std::vector<Parameter> &list)
{
    using Journal = AgentConfig::Journal;
    auto journal = declare(list, "journal", Applies::Restart, &AgentConfig::journal);
    journal.integer("max_megabytes", &Journal::maxMegabytes, "Largest size",
                    "Disk space for counts; beyond it the oldest go, delivered ones first")
        .range(1, 1048576).step(64).unit("MB");
    journal.integer("max_days", &Journal::maxDays, "Longest time",
                    "Counts older than this are removed")
        .range(1, 3650).step(1).unit("days");
    journal.integer("commit_milliseconds", &Journal::commitMilliseconds, "Write every",
                    "The most that a power cut may lose; smaller writes to the disk more often")
        .range(10, 1000).step(10).unit("ms");
}

void declareClip(std::vector<Parameter> &list)
{
    auto clip = declare(list, "clip", Applies::Restart, &AgentConfig::clip);
    clip.integer("max_megabytes", &AgentConfig::Clip::maxMegabytes, "Memory for clips",
                 "The last seconds kept to try settings on; about 1.2 MB a second, 0 keeps none")
        .range(0, 1024).step(8).unit("MB");
}

void declareTime(std::vector<Parameter> &list)
{
    using Time = AgentConfig::Time;
    auto time = declare(list, "time", Applies::Restart, &AgentConfig::time);
    time.choice("trust", &Time::trust, "Trust the clock", "When this machine's clock is believed",
                {{"auto", "once a time server, or the host of a virtual machine, has set it"},
                 {"always", "whenever it shows a day on which it can be"},
                 {"never", "not at all: counts are marked"}});
    time.number("wait", &Time::waitSeconds, "Wait for the time",
                "Counts wait so long for a clock that is right; then they go, marked")
        .range(0, 2592000).step(60).unit("s");
}

void declareRelay(std::vector<Parameter> &list)
{
    using Relay = AgentConfig::Relay;
    auto relay = declare(list, "relay", Applies::Restart, &AgentConfig::relay);
    relay.text("listen", &Relay::listen, "Relay listens on",
               "Address and port of facetrack-agentd relay; 0.0.0.0 or [::] is every network")
        .form("ADDRESS:PORT or [IPv6]:PORT, port 0 to 65535", isAddressAndPort);
    relay.text("secrets_file", &Relay::secretsFile, "Secrets of tokens",
               "File only its owner may read; empty takes relay-secrets in the state directory")
        .longest(4000);
    relay.boolean("tls", &Relay::tls, "Relay speaks HTTPS",
                  "Encrypt what agents bring; their tokens can be read on the way without it");
    relay.boolean("legacy_open", &Relay::legacyOpen, "Old agents without token",
                  "Take POST /data without a token from loopback and private networks");
}

} // namespace

void declareAgent(std::vector<Parameter> &list)
{
    declareIdentity(list);
    declareSource(list);
    declareHttp(list);
    declareCertificate(list);
    declareDiscovery(list);
    declareState(list);
    declareJournal(list);
    declareClip(list);
    declareTime(list);
    declareRelay(list);
}

} // namespace facetrack
