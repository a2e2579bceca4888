#pragma once
#include "console/core/console_settings.h"

#include <QComboBox>
#include <QDialog>
#include <QScreen>
#include <QSpinBox>

namespace facetrack::console {

/// Where and how fast it is presented, as kept in the settings.
struct PresentWish
{
    int screen = 1; ///< from 1; one that there is not is the first
    std::chrono::seconds each{12};
};
PresentWish presentWish(const ConsoleSettings &settings);
QScreen *screenOf(int number);

/// View > Present…: which display, and how long each slide stays.
class PresentDialog : public QDialog
{
    Q_OBJECT

public:
    PresentDialog(ConsoleSettings &settings, QWidget *parent);

private:
    ConsoleSettings &m_settings;
    QComboBox *m_screen;
    QSpinBox *m_each;
};

} // namespace facetrack::console
