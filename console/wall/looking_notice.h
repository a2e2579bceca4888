#pragma once
#include <QElapsedTimer>
#include <QLabel>
#include <QTimer>

namespace facetrack::console {

/// Stands in place of the pictures while no agent is known: what is looked for, for how long, and
/// what else one can do.
class LookingNotice : public QLabel
{
    Q_OBJECT

public:
    LookingNotice();

private:
    void show();

    QElapsedTimer m_since;
    QTimer m_tick;
};

} // namespace facetrack::console
