#pragma once
#include "console/core/network_thread.h"
#include "libfacetrack/client/agent_client.h"
#include "libfacetrack/client/agent_events.h"
#include "libfacetrack/client/known_agents.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>
#include <memory>
#include <optional>

namespace facetrack::console {

class SecretStore;
class SessionLink;

/// How it stands with an agent.
enum class Contact {
    Connecting, ///< no answer yet
    Online,     ///< its events come in
    Lost,       ///< it does not answer; it is tried again
    NeedsToken, ///< it asks for a token that we do not have, or another one
    OtherCertificate, ///< it shows another certificate than the one remembered: a person decides
};

/// What a session needs beside the agent.
struct SessionSurroundings
{
    NetworkThread &network;
    NetworkThread &pictures; ///< for live pictures, so that they hold up no change
    SecretStore &secrets;
    std::filesystem::path knownAgents; ///< see KnownAgents
};

/// One agent as the console sees it: who it is, how it is, its tuning. It owns what talks with the
/// agent on another thread and comes back by itself for ever. Thread-bound (GUI); signals come on
/// that thread, and nothing here waits.
class AgentSession : public QObject
{
    Q_OBJECT

public:
    /// `agent` as far as it is known; an address is enough.
    AgentSession(KnownAgent agent, const SessionSurroundings &surroundings, QObject *parent = nullptr);
    ~AgentSession() override;

    // Who
    QString id() const;   ///< empty until it has answered once
    QString name() const; ///< for people: name, id or address
    QString address() const;
    const AgentInfo &info() const { return m_info; }
    QString fingerprint() const;  ///< that is trusted; empty: plain HTTP, or not met yet
    AgentAccess access() const { return m_known.access(); }
    const SessionSurroundings &surroundings() const { return m_surroundings; }

    // How
    Contact contact() const { return m_contact; }
    bool isOnline() const { return m_contact == Contact::Online; }
    QDateTime since() const { return m_since; } ///< of this contact
    const AgentFailure &failure() const { return m_failure; } ///< why not online
    QString stateText() const; ///< one line: "lost 14:02, retrying", "needs its token"
    bool hasReport() const { return m_hasReport; }
    const AgentReport &report() const { return m_report; } ///< the newest, also of a lost agent

    // Tuning
    const AgentTuning &tuning() const { return m_tuning; } ///< as accepted by the agent
    const std::vector<Parameter> &schema() const { return m_schema; } ///< empty until it came

    /// Asks the agent something on the network's thread, and hands the answer to `done` here, once,
    /// unless `context` is gone: call<AgentTuning>(this, [](AgentClient &client, QObject *there,
    /// auto answer) { client.undo(there, answer); }, [this](const AgentResult<AgentTuning> &t) {…}).
    template<typename T>
    void call(QObject *context,
              std::function<void(AgentClient &, QObject *, AgentClient::Done<T>)> start,
              std::function<void(const AgentResult<T> &)> done)
    {
        post([start = std::move(start), done = std::move(done), mailbox = m_mailbox,
              guard = QPointer<QObject>(context)](AgentClient *client, QObject *there) {
            const auto answer = [done, mailbox, guard](AgentResult<T> result) {
                mailbox->post([done, guard, result = std::move(result)] {
                    if (guard)
                        done(result);
                });
            };
            if (client)
                start(*client, there, answer);
            else
                answer(tl::unexpected(notYet()));
        });
    }

    // A person's wishes
    void retryNow();
    /// A merge patch; errors come as failed(). Values show at once in desired states only when the
    /// agent has answered: tuningChanged().
    void patchTuning(const nlohmann::json &patch);
    void undo();
    void resetTuning(); ///< to the agent's settings file
    /// Takes this token from now on and keeps it, in the keychain where there is one.
    void pair(const QString &token);
    /// Takes the certificate that the agent shows now.
    void acceptCertificate();
    /// It has moved: found at another address.
    void moveTo(const QString &address);

Q_SIGNALS:
    void contactChanged();
    void infoChanged();   ///< id, name, role, address
    void reportChanged(); ///< about once a second
    void tuningChanged(); ///< values, revision, in effect or persisted
    void schemaChanged();
    /// A wish was refused, or the agent did not answer it.
    void failed(const facetrack::AgentFailure &failure);

private:
    using Job = std::function<void(AgentClient *, QObject *)>; ///< null: nobody to ask yet
    static AgentFailure notYet();
    void post(Job job);
    void onLink(std::function<void(SessionLink &)> job);
    void open();
    void openWith(const QString &token);
    void setContact(Contact contact, AgentFailure failure = {});
    void met(const AgentInfo &info, const KnownAgent &known);
    void connected();
    void lost(const AgentFailure &why);
    void refused(const AgentFailure &why);
    void took(const AgentEvent &event);
    void tookTuning(const nlohmann::json &data);
    void tookAnswer(const AgentResult<AgentTuning> &answer);

    const SessionSurroundings m_surroundings;
    KnownAgent m_known;
    AgentInfo m_info;
    Contact m_contact = Contact::Connecting;
    QDateTime m_since = QDateTime::currentDateTime();
    AgentFailure m_failure;
    AgentReport m_report;
    bool m_hasReport = false;
    AgentTuning m_tuning;
    std::vector<Parameter> m_schema;
    const std::shared_ptr<Mailbox> m_mailbox;
    /// Filled, used and emptied on the network's thread only.
    const std::shared_ptr<std::unique_ptr<SessionLink>> m_link;
};

} // namespace facetrack::console
Q_DECLARE_METATYPE(facetrack::AgentFailure)
