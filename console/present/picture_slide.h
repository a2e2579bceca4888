#pragma once
#include "console/core/agent_list_model.h"
#include "console/present/slide.h"

#include <QList>
#include <QPointer>

namespace facetrack::console {

class PictureView;

/// Live pictures of some agents, faces coarse whatever calibration is open.
class PictureSlide : public Slide
{
    Q_OBJECT

public:
    static constexpr int Most = 4; ///< on one slide, so that each is large

    PictureSlide(const AgentListModel &agents, const QList<AgentSession *> &shown);

    QString title() const override;
    QDateTime lastUpdate() const override { return m_last; }
    std::chrono::seconds fresh() const override { return std::chrono::seconds(3); }
    bool isWorthIt() const override;

private:
    QList<QPointer<AgentSession>> m_sessions;
    QList<PictureView *> m_views;
    QDateTime m_last;
};

} // namespace facetrack::console
