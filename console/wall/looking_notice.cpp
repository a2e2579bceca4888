#include "console/wall/looking_notice.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace facetrack::console {

LookingNotice::LookingNotice() : m_words(new QLabel)
{
    setObjectName(QStringLiteral("lookingNotice"));
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::RichText);
    auto *const buttons = new QHBoxLayout;
    buttons->addStretch();
    const auto add = [&](const QString &text, const char *name, auto signal) {
        auto *const button = new QPushButton(text);
        button->setObjectName(QString::fromLatin1(name));
        connect(button, &QPushButton::clicked, this, signal);
        buttons->addWidget(button);
    };
    add(tr("Add by address…"), "noticeAdd", &LookingNotice::addWanted);
    add(tr("Show a demo"), "noticeDemo", &LookingNotice::demoWanted);
    buttons->addStretch();
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(40, 40, 40, 40);
    layout->addStretch();
    layout->addWidget(m_words);
    layout->addLayout(buttons);
    layout->addStretch();
    m_since.start();
    connect(&m_tick, &QTimer::timeout, this, &LookingNotice::refresh);
    m_tick.start(1'000);
    refresh();
}

void LookingNotice::refresh()
{
    m_words->setText(tr("<h2>Looking for agents on this network, %n second(s) so far</h2>"
                        "<p>Agents are found by themselves when they are on the same network and it lets "
                        "multicast DNS through; many guest networks do not.</p>"
                        "<p>You know its address? Add it. No camera at hand? A demo has agents that watch drawn "
                        "booths, in a window of its own.</p>",
                        nullptr, static_cast<int>(m_since.elapsed() / 1000)));
}

} // namespace facetrack::console
