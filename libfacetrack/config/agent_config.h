#pragma once
#include "libfacetrack/config/tuning.h"

#include <cstdint>
#include <string>

namespace facetrack {

/// Everything an agent is set up with. Members outside `tuning` take effect at the next start.
struct AgentConfig
{
    struct Identity
    {
        std::string id;   ///< empty: the host name
        std::string name; ///< empty: the id
        std::string role = "counter";
        std::string sensor;
        std::string location;

        bool operator==(const Identity &) const = default;
    } agent;

    struct Source
    {
        std::string url;          ///< which camera; empty is refused at start
        double stallSeconds = 5;  ///< no frame for so long is "stalled"
        double reopenSeconds = 15; ///< a camera without a frame for so long is opened again
        int exitAfterFailures = 0; ///< in a row; 0 is never
        std::string tuningFile;    ///< of libcamera, for this sensor; empty: libcamera's own choice
        bool coolDown = true;      ///< fewer frames while the machine slows itself down
        std::string openingHours;  ///< when the camera works, local time; empty: always

        bool operator==(const Source &) const = default;
    } source;

    struct Http
    {
        std::string listen = "127.0.0.1:7420"; ///< ADDRESS:PORT, port 0 takes a free one
        int maxViewers = 64;
        int maxConnections = 256;
        double viewerTimeoutSeconds = 10; ///< a viewer that takes no byte for so long is closed
        bool tls = true;
        bool publicView = false; ///< looking needs no token
        std::string corsOrigins; ///< pages elsewhere that may ask with the token; with commas
        /// Plain HTTP and no token, on loopback only. No parameter: a settings file must not say it.
        bool insecureLoopback = false;

        bool operator==(const Http &) const = default;
    } http;

    /// What HTTPS is spoken with. Empty: self-signed, in the state directory.
    struct Certificate
    {
        std::string certificateFile;
        std::string keyFile;

        bool operator==(const Certificate &) const = default;
    } tls;

    struct Discovery
    {
        bool advertise = true; ///< by DNS-SD, where other machines reach the agent

        bool operator==(const Discovery &) const = default;
    } discovery;

    struct State
    {
        std::string directory; ///< empty: STATE_DIRECTORY of systemd, or ~/.local/state/facetrack

        bool operator==(const State &) const = default;
    } state;

    struct Journal
    {
        std::int64_t maxMegabytes = 2048;
        int maxDays = 30;
        int commitMilliseconds = 1000;

        bool operator==(const Journal &) const = default;
    } journal;

    /// The last seconds that may be frozen to try settings on.
    struct Clip
    {
        int maxMegabytes = 16; ///< of memory; 0 keeps nothing

        bool operator==(const Clip &) const = default;
    } clip;

    struct Time
    {
        std::string trust = "auto"; ///< when the machine's clock is believed: auto, always, never
        double waitSeconds = 3600;  ///< records wait so long for a clock that can be believed

        bool operator==(const Time &) const = default;
    } time;

    /// Where figures of the machine become a warning.
    struct Health
    {
        double intervalSeconds = 5;    ///< between looks
        double maxTemperature = 80;    ///< °C
        double minDiskMegabytes = 500; ///< free where counts are kept
        double minWifiDbm = -75;

        bool operator==(const Health &) const = default;
    } health;

    /// Of `facetrack-agentd relay`, which has no camera.
    struct Relay
    {
        std::string listen = "127.0.0.1:6200"; ///< ADDRESS:PORT, port 0 takes a free one
        std::string secretsFile; ///< empty: relay-secrets in the state directory
        bool tls = false;
        bool legacyOpen = false; ///< POST /data needs no token within private networks

        bool operator==(const Relay &) const = default;
    } relay;

    struct Upload
    {
        std::string urls; ///< separated by commas; empty: nothing is uploaded
        std::string user;
        std::string passwordFile;
        std::string tokenFile;
        std::string caFile;
        std::string certificateSha256; ///< the one certificate that is accepted; empty: any trusted
        int batchRows = 10'000;
        double intervalSeconds = 5;
        int requests = 3;
        double longestPauseSeconds = 30;
        double heartbeatSeconds = 15;

        bool operator==(const Upload &) const = default;
    } upload;

    struct Database
    {
        std::string schema = "facetrack";
        int shards = 2;
        std::string replicas = "0-1";

        bool operator==(const Database &) const = default;
    } database;

    Tuning tuning;

    bool operator==(const AgentConfig &) const = default;
};

} // namespace facetrack
