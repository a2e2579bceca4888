#include "console/wall/looking_notice.h"

namespace facetrack::console {

LookingNotice::LookingNotice()
{
    setObjectName(QStringLiteral("lookingNotice"));
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setMargin(40);
    m_since.start();
    connect(&m_tick, &QTimer::timeout, this, &LookingNotice::show);
    m_tick.start(1'000);
    show();
}

void LookingNotice::show()
{
    setText(tr("<h2>Looking for agents on this network, %n second(s) so far</h2>"
               "<p>Agents are found by themselves when they are on the same network and it lets "
               "multicast DNS through; many guest networks do not.</p>"
               "<p>You know its address? <b>Add by address…</b> at the left.<br>"
               "No camera at hand? Start with <b>facetrack-console --demo</b> for synthetic agents.</p>",
               nullptr, static_cast<int>(m_since.elapsed() / 1000)));
}

} // namespace facetrack::console
