#include "console/preflight/agent_findings.h"

#include "console/calibrate/face_sizes.h"
#include "console/core/agent_session.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLocale>
#include <QUrl>
#include <algorithm>
#include <vector>

namespace facetrack::console {

namespace {

using Json = nlohmann::json;

constexpr double SettlesIn = 8;       ///< s after its start: rates are means
constexpr double RateEnough = 0.9;    ///< of the nominal rate
constexpr double FocusEnough = 0.5;   ///< of the sharpest that was seen
constexpr double SizeEnough = 1.25;   ///< of the smallest face that is looked for
constexpr double WaitsTooLong = 60;   ///< s that a row may wait for its upload
constexpr std::size_t FacesKept = 50;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(agentFindings)

public:
    Words(const AgentSession &session, const AgentMemory &memory, bool databaseExpected)
        : m_session(session), m_report(session.report()), m_memory(memory), m_databaseExpected(databaseExpected)
    {}

    QList<Finding> all()
    {
        if (!contact())
            return m_findings;
        camera();
        focus();
        faceSize();
        detection();
        clock();
        temperature();
        power();
        disk();
        wifi();
        backlog();
        certificate();
        watchdog();
        return m_findings;
    }

private:
    void tell(const QString &item, FindingState state, const QString &words, const QString &advice = {})
    {
        m_findings << Finding{m_session.name(), item, state, words, advice};
    }

    const Json &part(const char *name) const
    {
        static const Json nothing = Json::object();
        const auto found = m_report.all.find(name);
        return found != m_report.all.end() && found->is_object() ? *found : nothing;
    }

    static std::optional<double> number(const Json &from, const char *key)
    {
        const auto found = from.find(key);
        return found != from.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
    }

    static bool isTrue(const Json &from, const char *key)
    {
        const auto found = from.find(key);
        return found != from.end() && found->is_boolean() && found->get<bool>();
    }

    static QString word(const Json &from, const char *key)
    {
        const auto found = from.find(key);
        return found != from.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
    }

    /// The agent's own warning of this code, told as it is. True when there is one.
    bool warned(const QString &item, std::initializer_list<const char *> codes)
    {
        const auto warnings = part("health").find("warnings");
        if (warnings == part("health").end() || !warnings->is_array())
            return false;
        bool any = false;
        for (const Json &warning : *warnings) {
            const QString code = word(warning, "code");
            if (std::none_of(codes.begin(), codes.end(), [&](const char *own) { return code == QLatin1String(own); }))
                continue;
            tell(item, FindingState::Attention, word(warning, "message"), word(warning, "advice"));
            any = true;
        }
        return any;
    }

    static QString figure(double value, int digits = 1) { return QLocale().toString(value, 'f', digits); }

    bool contact();
    void camera();
    void focus();
    void faceSize();
    void detection();
    void clock();
    void temperature();
    void power();
    void disk();
    void wifi();
    void backlog();
    void certificate();
    void watchdog();

    const AgentSession &m_session;
    const AgentReport &m_report;
    const AgentMemory &m_memory;
    const bool m_databaseExpected;
    QList<Finding> m_findings;
};

bool Words::contact()
{
    const QString item = tr("Contact");
    const AgentFailure &failure = m_session.failure();
    QString why = QString::fromStdString(failure.message);
    why = why.isEmpty() ? m_session.stateText() : m_session.stateText() + QStringLiteral(": ") + why;
    switch (m_session.contact()) {
    case Contact::Online:
        if (m_session.hasReport())
            return true;
        tell(item, FindingState::Unknown, tr("connected, it has told nothing yet"));
        return false;
    case Contact::Connecting: tell(item, FindingState::Unknown, m_session.stateText()); return false;
    case Contact::NeedsToken:
        tell(item, FindingState::Bad, why, tr("Agent > Pair… with what facetrack-agentd token prints there"));
        return false;
    case Contact::OtherCertificate:
        tell(item, FindingState::Bad, why, tr("Agent > Pair… shows it: compare with facetrack-agentd fingerprint there"));
        return false;
    case Contact::Lost: break;
    }
    const QString advice = QString::fromStdString(failure.advice);
    tell(item, FindingState::Bad, why,
         advice.isEmpty() ? tr("look at its power and its network; Agent > Forget… if it is not to be here") : advice);
    return false;
}

void Words::camera()
{
    const QString item = tr("Camera");
    const QString size = tr("%1 × %2").arg(m_report.width).arg(m_report.height);
    if (m_report.sourceState != "running") {
        const bool starts = m_report.sourceState == "starting";
        return tell(item, starts ? FindingState::Unknown : FindingState::Bad,
                    tr("%1: %2").arg(QString::fromStdString(m_report.sourceState), QString::fromStdString(m_report.sourceReason)),
                    starts ? tr("wait a moment") : tr("look at the camera and its cable, then Agent > Open the camera anew"));
    }
    const std::optional<double> nominal = number(part("source"), "nominal_fps");
    if (!nominal || *nominal <= 0)
        return tell(item, FindingState::Good, tr("%1, %2 fps").arg(size, figure(m_report.fps)));
    const QString words = tr("%1, %2 of %3 fps").arg(size, figure(m_report.fps), figure(*nominal));
    if (m_report.fps >= RateEnough * *nominal)
        return tell(item, FindingState::Good, words);
    if (m_report.uptime < SettlesIn)
        return tell(item, FindingState::Unknown, words, tr("it has just started: wait a moment"));
    tell(item, FindingState::Attention, words,
         tr("more light, or a shorter exposure; another USB port or cable; or less work for this machine"));
}

void Words::focus()
{
    const QString item = tr("Focus");
    if (!m_memory.focus)
        return tell(item, FindingState::Unknown, tr("no figure yet"), tr("wait a moment"));
    const QString words = tr("%1, sharpest seen %2").arg(figure(*m_memory.focus), figure(m_memory.sharpest));
    if (*m_memory.focus >= FocusEnough * m_memory.sharpest)
        return tell(item, FindingState::Good, words);
    tell(item, FindingState::Attention, words,
         tr("something stands before the camera, or its lens was turned: look at the picture, and focus anew"));
}

void Words::faceSize()
{
    const QString item = tr("Face size");
    std::vector<double> sides(m_memory.faces.begin(), m_memory.faces.end());
    if (sides.empty())
        return tell(item, FindingState::Unknown, tr("nobody was seen yet"),
                    tr("let somebody stand where visitors will stand, and look at the camera"));
    const LeastFace least = leastFace(m_session.tuning().values);
    const QString words = faceSizeWords(sides, least);
    // The usual one: somebody small is always in the background.
    const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
    std::nth_element(sides.begin(), middle, sides.end());
    if (*middle >= SizeEnough * least.px)
        return tell(item, FindingState::Good, words);
    tell(item, FindingState::Attention, words, faceSizeHint(sides, least, m_report.width));
}

void Words::detection()
{
    const QString item = tr("Detection");
    if (m_report.warning.starts_with("detection"))
        return tell(item, FindingState::Bad, QString::fromStdString(m_report.warning), tr("see detect.detector and its model under Tune"));
    tell(item, FindingState::Good, tr("%1 looks a second, %2 ms each").arg(figure(m_report.looksPerSecond), figure(number(part("detection"), "ms").value_or(0))));
}

void Words::clock()
{
    const QString item = tr("Clock");
    const Json &state = part("clock");
    if (isTrue(state, "trusted"))
        return tell(item, FindingState::Good, isTrue(state, "given_up") ? tr("taken as it is: %1").arg(word(state, "reason")) : tr("right: %1").arg(word(state, "reason")));
    if (!state.contains("trusted"))
        return tell(item, FindingState::Unknown, tr("this agent does not tell"));
    tell(item, FindingState::Attention, tr("not trusted: %1").arg(word(state, "reason")),
         tr("give it a time server (NTP) or a network; until then rows wait, or are marked"));
}

void Words::temperature()
{
    const QString item = tr("Temperature");
    if (warned(item, {"too_hot", "throttled"}))
        return;
    if (!m_report.temperature)
        return tell(item, FindingState::Good, tr("this machine has no sensor for it"));
    const bool once = isTrue(part("health"), "throttled_since_boot");
    const QString words = tr("%1 °C").arg(figure(*m_report.temperature));
    if (!once)
        return tell(item, FindingState::Good, words);
    tell(item, FindingState::Attention, tr("%1, but it was slowed down since it started").arg(words), tr("give it air, or a heat sink"));
}

void Words::power()
{
    const QString item = tr("Power");
    if (warned(item, {"under_voltage"}))
        return;
    if (isTrue(part("health"), "under_voltage_since_boot"))
        tell(item, FindingState::Attention, tr("was too weak since it started"), tr("use the supply that is made for it, and a short cable"));
}

void Words::disk()
{
    const QString item = tr("Disk");
    const Json &journal = part("journal");
    if (journal.contains("writable") && !isTrue(journal, "writable"))
        return tell(item, FindingState::Bad, tr("counts cannot be kept: %1").arg(word(journal, "error")),
                    tr("make room, or look at the medium; what is counted now is lost at its end"));
    if (warned(item, {"disk_low"}))
        return;
    const std::optional<double> free = number(part("health"), "disk_free_bytes");
    if (!free)
        return tell(item, FindingState::Unknown, tr("this agent does not tell"));
    tell(item, FindingState::Good, tr("%1 free").arg(QLocale().formattedDataSize(static_cast<qint64>(*free))));
}

void Words::wifi()
{
    const QString item = tr("Wi-Fi");
    if (warned(item, {"weak_wifi"}))
        return;
    const auto radio = part("health").find("wifi");
    if (radio != part("health").end() && radio->is_object())
        tell(item, FindingState::Good, tr("%1 dBm").arg(figure(number(*radio, "signal_dbm").value_or(0), 0)));
}

void Words::backlog()
{
    const QString item = tr("Backlog");
    if (m_report.uploadState.empty()) {
        if (m_databaseExpected)
            return tell(item, FindingState::Attention, tr("its counts stay on the agent: it uploads nowhere"),
                        tr("set upload.urls in its settings file, see docs/database.md"));
        return tell(item, FindingState::Good, tr("counts are kept on the agent"));
    }
    const QString rows = tr("%n row(s) wait", nullptr, static_cast<int>(std::min<std::int64_t>(m_report.undelivered, 2'000'000'000)));
    const QString error = QString::fromStdString(m_report.uploadError);
    if (m_report.uploadState == "refused")
        return tell(item, FindingState::Bad, tr("refused, %1: %2").arg(rows, error), tr("see docs/database.md; nothing is lost meanwhile"));
    const double oldest = number(part("journal"), "oldest_undelivered_s").value_or(0);
    const double quarantined = number(part("journal"), "quarantined").value_or(0);
    if (m_report.uploadState == "waiting")
        return tell(item, FindingState::Attention, tr("%1: %2").arg(rows, error), tr("it tries again by itself; look at the database and the network between"));
    if (oldest > WaitsTooLong)
        return tell(item, FindingState::Attention, tr("%1, the oldest for %2 s").arg(rows, figure(oldest, 0)), tr("wait until it has caught up"));
    if (quarantined > 0)
        return tell(item, FindingState::Attention, tr("%1 rows were refused by the database").arg(figure(quarantined, 0)),
                    tr("they are in the agent's quarantine, with the database's words in /api/v1/status"));
    tell(item, FindingState::Good, rows);
}

void Words::certificate()
{
    const QString item = tr("Certificate");
    if (const QString print = m_session.fingerprint(); !print.isEmpty())
        return tell(item, FindingState::Good, tr("pinned: %1…").arg(print.left(23)));
    const QUrl url(m_session.address());
    if (url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback())
        return tell(item, FindingState::Good, tr("plain HTTP, which does not leave this machine"));
    tell(item, FindingState::Attention, tr("plain HTTP: others on the network can read the token"),
         tr("start it with TLS, as it does by itself: docs/security.md"));
}

void Words::watchdog()
{
    const QString item = tr("Watchdog");
    const Json &service = part("service");
    if (!service.contains("managed"))
        return tell(item, FindingState::Unknown, tr("this agent does not tell"), tr("update it"));
    if (const std::optional<double> limit = number(service, "watchdog_s"))
        return tell(item, FindingState::Good, tr("systemd starts it anew when it hangs for %1 s").arg(figure(*limit, 0)));
    if (isTrue(service, "managed"))
        return tell(item, FindingState::Attention, tr("systemd starts it anew when it ends, but not when it hangs"),
                    tr("add WatchdogSec=30 to its unit"));
    tell(item, FindingState::Attention, tr("nobody starts it anew when it hangs or ends"),
         tr("run it as a service: packaging/systemd, docs/health.md"));
}

} // namespace

void AgentMemory::sawFocus(double value)
{
    focus = value;
    sharpest = std::max(sharpest, value);
}

void AgentMemory::sawFaces(const AgentReport &report)
{
    for (const double side : faceSides(report)) {
        faces.push_back(side);
        if (faces.size() > FacesKept)
            faces.pop_front();
    }
}

QList<Finding> findingsOf(const AgentSession &session, const AgentMemory &memory, bool databaseExpected)
{
    return Words(session, memory, databaseExpected).all();
}

} // namespace facetrack::console
