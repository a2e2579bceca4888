#include "console/present/picture_slide.h"

#include "console/live/picture_view.h"

#include <QGridLayout>
#include <algorithm>

namespace facetrack::console {

PictureSlide::PictureSlide(const AgentListModel &agents, const QList<AgentSession *> &shown)
{
    auto *const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    const int columns = shown.size() > 1 ? 2 : 1;
    for (AgentSession *const session : shown) {
        auto *const view = new PictureView(session, agents.colour(session));
        view->setFacesCoarse(true);
        connect(view, &PictureView::painted, this, [this] {
            m_last = QDateTime::currentDateTime();
            Q_EMIT updated();
        });
        const auto n = static_cast<int>(m_views.size());
        grid->addWidget(view, n / columns, n % columns);
        m_views << view;
        m_sessions << session;
    }
}

QString PictureSlide::title() const
{
    QStringList names;
    for (const AgentSession *session : m_sessions)
        if (session)
            names << session->name();
    return tr("Live: %1").arg(names.join(QStringLiteral(", ")));
}

/// A picture that was seen once is worth showing with what is wrong; one that never came is not.
bool PictureSlide::isWorthIt() const
{
    return std::any_of(m_sessions.begin(), m_sessions.end(), [](const auto &session) { return session && session->hasReport(); });
}

} // namespace facetrack::console
