#pragma once
#include <QObject>

namespace facetrack::console {

/// Keeps the screen saver away while it lives, by org.freedesktop.ScreenSaver on the session's D-Bus.
/// Where nobody answers there, the log says so once. Thread-bound (GUI); waits for nothing.
class ScreenSaverHold : public QObject
{
    Q_OBJECT

public:
    explicit ScreenSaverHold(const QString &reason);
    ~ScreenSaverHold() override;

    bool isHeld() const { return m_cookie != 0; }
    bool isAnswered() const { return m_answered; } ///< held, or nobody holds it off

private:
    unsigned m_cookie = 0;
    bool m_answered = false;
};

} // namespace facetrack::console
