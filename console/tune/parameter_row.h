#pragma once
#include "console/tune/tuning_desk.h"
#include "console/tune/value_widget.h"

#include <QLabel>
#include <QToolButton>

namespace facetrack::console {

/// Where a value stands: hollow is asked, half accepted, full in effect.
class StateDot : public QWidget
{
    Q_OBJECT

public:
    StateDot();
    void show(ValueState state);
    ValueState state() const { return m_state; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ValueState m_state = ValueState::InEffect;
};

/// One parameter: a mark where it is not the default (a click brings that back), its name, where it
/// stands, its widget, and why it was refused.
class ParameterRow : public QWidget
{
    Q_OBJECT

public:
    ParameterRow(const Parameter &parameter, TuningDesk *desk);

    const Parameter &parameter() const { return m_parameter; }
    ValueState state() const { return m_dot->state(); }
    bool isChanged() const; ///< from the default
    /// Brings what is shown up to date with the agent, except under a person's hand.
    void update();
    bool fits(const QString &filter) const;
    QString refusal() const { return m_refusal->text(); }

private:
    void edited(const nlohmann::json &value);
    void refused(const QString &key, const QString &why);

    const Parameter m_parameter;
    TuningDesk *const m_desk;
    QToolButton *const m_changed;
    StateDot *const m_dot;
    ValueWidget *const m_widget;
    QLabel *const m_refusal;
};

} // namespace facetrack::console
