#pragma once
#include "console/core/network_thread.h"
#include "libfacetrack/analytics/agents_history.h"
#include "libfacetrack/net/endpoint_settings.h"

#include <QObject>
#include <QPointer>
#include <memory>

namespace facetrack::console {

/// Asks about the past on a thread of its own, one question at a time: a new one gives up the old,
/// whose connections are closed. Thread-bound (GUI).
class HistoryDesk : public QObject
{
    Q_OBJECT

public:
    using Maker = std::function<Result<std::unique_ptr<History>>()>;

    explicit HistoryDesk(NetworkThread &thread, QObject *parent = nullptr);
    ~HistoryDesk() override;

    /// Who is asked from now on; called on the other thread. Gives up what is under way.
    void setSource(Maker maker);
    bool hasSource() const { return static_cast<bool>(m_maker); }

    /// `start` asks on the other thread; `done` gets the answer here, unless it is given up before.
    template<typename T>
    void ask(std::function<void(History &, QObject *context, History::Done<T>)> start, std::function<void(Result<T>)> done)
    {
        giveUp();
        if (!m_maker)
            return;
        const auto room = m_room = std::make_shared<Room>();
        const auto answer = [this, room, done, mailbox = m_mailbox](Result<T> result) {
            mailbox->post([this, room, done, result = std::move(result)] {
                if (room != m_room)
                    return;
                giveUp();
                done(result);
            });
        };
        m_thread.post([room, answer, start = std::move(start), maker = m_maker] {
            auto history = maker();
            if (!history)
                return answer(tl::unexpected(history.error()));
            room->history = std::move(*history);
            room->context = std::make_unique<QObject>();
            start(*room->history, room->context.get(), answer);
        });
    }
    void giveUp();
    bool isAsking() const { return m_room != nullptr; }

private:
    /// Of one question; filled, used and emptied on the other thread.
    struct Room
    {
        std::unique_ptr<History> history;
        std::unique_ptr<QObject> context; // first to go
    };

    NetworkThread &m_thread;
    const std::shared_ptr<Mailbox> m_mailbox;
    Maker m_maker;
    std::shared_ptr<Room> m_room; ///< null: nothing is asked
};

HistoryDesk::Maker pastOf(const net::EndpointSettings &database, const std::string &schema);
/// Nobody to ask: an empty one.
HistoryDesk::Maker pastOf(const std::vector<AgentsHistory::Agent> &agents, const AgentLimits &limits = {});

} // namespace facetrack::console
