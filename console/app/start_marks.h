#pragma once
#include <QObject>

class QWidget;

namespace facetrack::console {

/// Tells the log (facetrack.console.debug) how long after the start of the process the window and
/// the first live picture were painted. Goes when both have been.
class StartMarks : public QObject
{
    Q_OBJECT

public:
    explicit StartMarks(QWidget *window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool m_window = false;
};

} // namespace facetrack::console
