#pragma once
#include <QElapsedTimer>
#include <QLabel>
#include <QTimer>
#include <QWidget>

namespace facetrack::console {

/// Stands in place of the pictures while no agent is known: what is looked for, for how long, and
/// what else one can do.
class LookingNotice : public QWidget
{
    Q_OBJECT

public:
    LookingNotice();

Q_SIGNALS:
    void addWanted();  ///< an agent by its address
    void demoWanted();

private:
    void refresh();

    QLabel *const m_words;
    QElapsedTimer m_since;
    QTimer m_tick;
};

} // namespace facetrack::console
