#include "console/charts/history_desk.h"

namespace facetrack::console {

HistoryDesk::HistoryDesk(NetworkThread &thread, QObject *parent)
    : QObject(parent), m_thread(thread), m_mailbox(std::make_shared<Mailbox>(this))
{}

HistoryDesk::~HistoryDesk()
{
    giveUp();
    m_mailbox->close();
}

void HistoryDesk::setSource(Maker maker)
{
    giveUp();
    m_maker = std::move(maker);
}

void HistoryDesk::giveUp()
{
    if (!m_room)
        return;
    m_thread.post([room = std::move(m_room)] {
        room->context.reset();
        room->history.reset();
    });
    m_room.reset();
}

} // namespace facetrack::console
