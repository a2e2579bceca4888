#include "console/tune/parameter_row.h"

#include "console/core/setting_names.h"
#include "console/shell/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace facetrack::console {

StateDot::StateDot()
{
    setFixedSize(12, 12);
    show(ValueState::InEffect);
}

void StateDot::show(ValueState state)
{
    m_state = state;
    const QString words = state == ValueState::Asked      ? tr("asked, no answer yet")
                          : state == ValueState::Accepted ? tr("accepted, not in effect yet")
                                                          : tr("in effect");
    setToolTip(words);
    setAccessibleName(words);
    QWidget::update();
}

void StateDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF circle(2, 2, 8, 8);
    painter.setPen(QPen(accentColour(), 1.5));
    painter.drawEllipse(circle);
    painter.setBrush(accentColour());
    if (m_state == ValueState::InEffect)
        painter.drawEllipse(circle);
    else if (m_state == ValueState::Accepted)
        painter.drawPie(circle, 90 * 16, 180 * 16);
}

ParameterRow::ParameterRow(const Parameter &parameter, TuningDesk *desk)
    : m_parameter(parameter), m_desk(desk), m_changed(new QToolButton), m_dot(new StateDot),
      m_widget(makeValueWidget(parameter)), m_refusal(new QLabel)
{
    setObjectName(QString::fromStdString(parameter.key));
    setToolTip(tr("%1 Accepted: %2. Default: %3.")
                   .arg(QString::fromStdString(parameter.doc), QString::fromStdString(limits(parameter)),
                        QString::fromStdString(display(parameter, parameter.defaultValue))));
    m_changed->setObjectName(QStringLiteral("reset"));
    m_changed->setText(QStringLiteral("•"));
    m_changed->setAutoRaise(true);
    m_changed->setFixedSize(18, 18);
    m_changed->setToolTip(tr("Not the default; a click brings back %1")
                              .arg(QString::fromStdString(display(parameter, parameter.defaultValue))));
    m_changed->setAccessibleName(tr("%1: back to the default").arg(settingName(parameter)));
    connect(m_changed, &QToolButton::clicked, this, [this] { edited(toJson(m_parameter.defaultValue)); });
    m_refusal->setObjectName(QStringLiteral("refusal"));
    m_refusal->setWordWrap(true);
    m_refusal->hide();
    QPalette red = m_refusal->palette();
    red.setColor(QPalette::WindowText, errorColour());
    m_refusal->setPalette(red);

    auto *const head = new QHBoxLayout;
    auto *const name = new QLabel(settingName(parameter));
    name->setBuddy(m_widget);
    QSizePolicy kept = m_changed->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // so that names do not jump
    m_changed->setSizePolicy(kept);
    head->addWidget(m_changed);
    head->addWidget(name, 1);
    head->addWidget(m_dot);
    head->setSpacing(4);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->setSpacing(1);
    layout->addLayout(head);
    m_widget->setContentsMargins(22, 0, 0, 0);
    layout->addWidget(m_widget);
    layout->addWidget(m_refusal);
    connect(m_widget, &ValueWidget::edited, this, &ParameterRow::edited);
    connect(desk, &TuningDesk::refused, this, &ParameterRow::refused);
    update();
}

bool ParameterRow::isChanged() const
{
    const AgentSession *const session = m_desk->session();
    return session && valueOf(session->tuning().values, m_parameter.key) != toJson(m_parameter.defaultValue);
}

void ParameterRow::update()
{
    const AgentSession *const session = m_desk->session();
    if (!session)
        return;
    if (!m_widget->isHeld() && m_desk->isShown(m_parameter.key))
        m_widget->show(valueOf(session->tuning().values, m_parameter.key));
    m_dot->show(m_desk->state(m_parameter.key));
    m_changed->setVisible(isChanged());
}

bool ParameterRow::fits(const QString &filter) const
{
    for (const std::string *const text : {&m_parameter.key, &m_parameter.label, &m_parameter.doc})
        if (QString::fromStdString(*text).contains(filter, Qt::CaseInsensitive))
            return true;
    return settingName(m_parameter).contains(filter, Qt::CaseInsensitive);
}

void ParameterRow::edited(const nlohmann::json &value)
{
    m_refusal->hide();
    m_refusal->clear();
    m_desk->set(m_parameter.key, value);
}

void ParameterRow::refused(const QString &key, const QString &why)
{
    if (key != objectName())
        return;
    m_refusal->setText(why);
    m_refusal->show();
    update(); // snaps back
}

} // namespace facetrack::console
