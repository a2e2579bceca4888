#pragma once
#include "console/core/agent_session.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <deque>

namespace facetrack::console {

/// How large the faces are for the detector, and the button that lets them be seen (calibration).
class FacesPanel : public QWidget
{
    Q_OBJECT

public:
    FacesPanel();

    void setSession(AgentSession *session); ///< null: none; closes what was opened here
    /// Closes the calibration that was opened here.
    void endCalibration();

Q_SIGNALS:
    /// Whether the picture may be asked for with faces.
    void visibleFaces(bool visible);

private:
    void refresh();
    void collect();
    void showCalibration();
    void calibrate(bool open);

    struct Seen
    {
        qint64 at; ///< ms
        std::vector<double> sides;
    };
    QPointer<AgentSession> m_session;
    QElapsedTimer m_clock;
    std::deque<Seen> m_seen; ///< of the last seconds, so that words do not flicker
    QLabel *const m_sizes;
    QLabel *const m_hint;
    QPushButton *const m_show;
    QLabel *const m_left;
    QString m_trouble; ///< why calibration was not opened or closed
    bool m_mine = false; ///< opened here, and to be closed here
    bool m_open = false; ///< as the agent says
};

} // namespace facetrack::console
