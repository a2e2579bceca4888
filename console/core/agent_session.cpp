#include "console/core/agent_session.h"

#include "console/core/secret_store.h"
#include "console/core/session_link.h"

#include <QLocale>

namespace facetrack::console {

namespace {

Contact contactFor(AgentTrouble trouble)
{
    switch (trouble) {
    case AgentTrouble::Fingerprint: return Contact::OtherCertificate;
    case AgentTrouble::Token: return Contact::NeedsToken;
    default: return Contact::Lost;
    }
}

std::uint32_t revisionOf(const nlohmann::json &data)
{
    const auto found = data.find("revision");
    return found != data.end() && found->is_number_unsigned() ? found->get<std::uint32_t>() : 0;
}

} // namespace

AgentSession::AgentSession(KnownAgent agent, const SessionSurroundings &surroundings, QObject *parent)
    : QObject(parent), m_surroundings(surroundings), m_known(std::move(agent)),
      m_mailbox(std::make_shared<Mailbox>(this)),
      m_link(std::make_shared<std::unique_ptr<SessionLink>>())
{
    m_info.id = m_known.id;
    m_info.name = m_known.name;
    SessionLink::Tell tell;
    tell.met = [this](const AgentInfo &info, const KnownAgent &known) { met(info, known); };
    tell.connected = [this] { connected(); };
    tell.lost = [this](const AgentFailure &why, std::chrono::milliseconds) { lost(why); };
    tell.refused = [this](const AgentFailure &why) { refused(why); };
    tell.event = [this](const AgentEvent &event) { took(event); };
    tell.report = [this](const AgentReport &report) {
        m_report = report;
        m_hasReport = true;
        Q_EMIT reportChanged();
    };
    m_surroundings.network.post([link = m_link, mailbox = m_mailbox, tell,
                                 file = surroundings.knownAgents] {
        *link = std::make_unique<SessionLink>(mailbox, tell, file);
    });
    open();
}

AgentSession::~AgentSession()
{
    m_mailbox->close();
    m_surroundings.network.post([link = m_link] { link->reset(); });
}

void AgentSession::onLink(std::function<void(SessionLink &)> job)
{
    m_surroundings.network.post([link = m_link, job = std::move(job)] {
        if (*link)
            job(**link);
    });
}

AgentFailure AgentSession::notYet()
{
    AgentFailure failure;
    failure.code = ErrorCode::Unavailable;
    failure.message = "is not connected yet";
    failure.advice = "try again in a moment";
    failure.trouble = AgentTrouble::Unreachable;
    return failure;
}

void AgentSession::post(Job job)
{
    onLink([job = std::move(job)](SessionLink &link) {
        job(link.client(), link.anchor());
    });
}

QString AgentSession::id() const
{
    return QString::fromStdString(m_info.id);
}

QString AgentSession::name() const
{
    if (!m_info.name.empty())
        return QString::fromStdString(m_info.name);
    return m_info.id.empty() ? QString::fromStdString(m_known.address) : id();
}

QString AgentSession::address() const
{
    return QString::fromStdString(m_known.address);
}

QString AgentSession::fingerprint() const
{
    return QString::fromStdString(m_known.fingerprint);
}

void AgentSession::open()
{
    if (m_known.id.empty())
        return openWith({});
    m_surroundings.secrets.read(tokenKey(id()), this,
                                [this](const QString &token) { openWith(token); });
}

void AgentSession::openWith(const QString &token)
{
    if (!token.isEmpty())
        m_known.token = token.toStdString();
    onLink([known = m_known](SessionLink &link) { link.open(known); });
}

void AgentSession::setContact(Contact contact, AgentFailure failure)
{
    if (contact != m_contact)
        m_since = QDateTime::currentDateTime();
    m_contact = contact;
    m_failure = std::move(failure);
    Q_EMIT contactChanged();
}

QString AgentSession::stateText() const
{
    const QString time = QLocale().toString(m_since.time(), QStringLiteral("HH:mm"));
    switch (m_contact) {
    case Contact::Connecting: return tr("connecting …");
    case Contact::Online: return tr("online");
    case Contact::Lost: return m_hasReport ? tr("lost %1, retrying").arg(time)
                                           : tr("no answer since %1, retrying").arg(time);
    case Contact::NeedsToken: return tr("needs its token");
    case Contact::OtherCertificate: return tr("shows another certificate");
    }
    return {};
}

void AgentSession::met(const AgentInfo &info, const KnownAgent &known)
{
    m_info = info;
    m_known = known;
    Q_EMIT infoChanged();
    open();
}

void AgentSession::connected()
{
    setContact(Contact::Online);
    call<AgentInfo>(
        this, [](AgentClient &client, QObject *there, auto done) { client.agent(there, done); },
        [this](const AgentResult<AgentInfo> &info) {
            if (!info)
                return;
            m_info = *info;
            Q_EMIT infoChanged();
        });
    call<std::vector<Parameter>>(
        this, [](AgentClient &client, QObject *there, auto done) { client.schema(there, done); },
        [this](const AgentResult<std::vector<Parameter>> &schema) {
            if (!schema)
                return Q_EMIT failed(schema.error());
            m_schema = *schema;
            Q_EMIT schemaChanged();
        });
}

void AgentSession::lost(const AgentFailure &why)
{
    setContact(Contact::Lost, why);
}

void AgentSession::refused(const AgentFailure &why)
{
    setContact(contactFor(why.trouble), why);
}

void AgentSession::took(const AgentEvent &event)
{
    if (event.name == "agent") {
        m_info = agentFrom(event.data);
        Q_EMIT infoChanged();
    } else if (event.name == "tuning") {
        tookTuning(event.data);
    } else if (event.name == "in_effect") {
        m_tuning.inEffect = revisionOf(event.data);
        Q_EMIT tuningChanged();
    } else if (event.name == "persisted") {
        m_tuning.persisted = revisionOf(event.data);
        m_tuning.keepError = event.data.value("error", std::string());
        Q_EMIT tuningChanged();
    }
}

void AgentSession::tookTuning(const nlohmann::json &data)
{
    const std::uint32_t revision = revisionOf(data);
    const bool all = data.value("cause", std::string()) == "now";
    if (all)
        m_tuning = {};
    if (const auto values = data.find("values"); values != data.end())
        m_tuning.values.merge_patch(*values);
    m_tuning.revision = revision;
    Q_EMIT tuningChanged();
}

void AgentSession::tookAnswer(const AgentResult<AgentTuning> &answer)
{
    // What was accepted comes as an event too, in order with the changes of others.
    if (!answer)
        Q_EMIT failed(answer.error());
}

void AgentSession::patchTuning(const nlohmann::json &patch)
{
    call<AgentTuning>(
        this,
        [patch](AgentClient &client, QObject *there, auto done) {
            client.patchTuning(patch, there, done);
        },
        [this](const AgentResult<AgentTuning> &answer) { tookAnswer(answer); });
}

void AgentSession::undo()
{
    call<AgentTuning>(
        this, [](AgentClient &client, QObject *there, auto done) { client.undo(there, done); },
        [this](const AgentResult<AgentTuning> &answer) { tookAnswer(answer); });
}

void AgentSession::resetTuning()
{
    call<AgentTuning>(
        this, [](AgentClient &client, QObject *there, auto done) { client.reset(there, done); },
        [this](const AgentResult<AgentTuning> &answer) { tookAnswer(answer); });
}

void AgentSession::retryNow()
{
    if (m_contact == Contact::NeedsToken || m_contact == Contact::OtherCertificate)
        return open();
    onLink([](SessionLink &link) { link.retryNow(); });
}

void AgentSession::pair(const QString &token)
{
    m_known.token = token.trimmed().toStdString();
    if (!m_known.id.empty()) {
        m_surroundings.secrets.write(tokenKey(id()), token.trimmed(), this,
                                     [this](const QString &trouble) {
                                         if (trouble.isEmpty())
                                             return;
                                         AgentFailure failure;
                                         failure.message = trouble.toStdString();
                                         Q_EMIT failed(failure);
                                     });
    }
    setContact(Contact::Connecting);
    onLink([known = m_known](SessionLink &link) { link.open(known); });
}

void AgentSession::acceptCertificate()
{
    setContact(Contact::Connecting);
    KnownAgent anew = m_known;
    anew.fingerprint.clear();
    anew.token.clear();
    m_known = anew;
    // The token was for who had the other certificate: it is not sent to this one unasked.
    m_surroundings.secrets.write(tokenKey(id()), {}, this, [this, anew](const QString &) {
        onLink([anew](SessionLink &link) { link.acceptCertificate(anew); });
    });
}

void AgentSession::moveTo(const QString &address)
{
    if (address == this->address())
        return;
    m_known.address = address.toStdString();
    Q_EMIT infoChanged();
    open();
}

} // namespace facetrack::console
