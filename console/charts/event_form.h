#pragma once
#include "console/charts/event_choice.h"

#include <QWidget>

class QComboBox;
class QDateEdit;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace facetrack::console {

/// Days, opening hours and time zone of an event. What cannot be is said in a line beneath, and not
/// told by changed().
class EventForm : public QWidget
{
    Q_OBJECT

public:
    static constexpr int mostDays = 31;

    explicit EventForm(QWidget *parent = nullptr);

    void set(const EventChoice &choice);
    const EventChoice &choice() const { return m_choice; }

Q_SIGNALS:
    void changed(const facetrack::console::EventChoice &choice);

private:
    void read();
    void quick(int index);
    void showDays();
    QString wrong(const EventChoice &choice) const;

    EventChoice m_choice;
    QComboBox *m_quick, *m_zone;
    QDateEdit *m_from, *m_to;
    QLineEdit *m_hours;
    QWidget *m_days;
    QList<QToolButton *> m_dayButtons;
    QLabel *m_wrong;
};

} // namespace facetrack::console
