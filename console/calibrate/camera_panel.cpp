#include "console/calibrate/camera_panel.h"

#include "console/tune/parameter_row.h"

namespace facetrack::console {

namespace {

std::vector<Parameter> cameraParameters(const std::vector<Parameter> &schema)
{
    std::vector<Parameter> found;
    for (const Parameter &parameter : schema)
        if ((parameter.group == "camera" || parameter.group == "capture")
            && parameter.applies == Applies::NextFrame)
            found.push_back(parameter);
    return found;
}

bool isShown(const Parameter &parameter, const nlohmann::json &values)
{
    if (!parameter.visibleWhen)
        return true;
    const nlohmann::json value = valueOf(values, parameter.visibleWhen->key);
    return (value.is_string() ? value.get<std::string>() : value.dump()) == parameter.visibleWhen->equals;
}

} // namespace

CameraPanel::CameraPanel()
    : m_layout(new QVBoxLayout(this)),
      m_none(new QLabel(tr("This agent's source has no settings of exposure or of the camera.")))
{
    m_none->setObjectName(QStringLiteral("noCamera"));
    m_none->setWordWrap(true);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->addWidget(m_none);
}

void CameraPanel::setSession(AgentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    delete m_form; // with the draft of the agent before
    m_keys.clear();
    m_session = session;
    if (session) {
        connect(session, &AgentSession::schemaChanged, this, &CameraPanel::build);
        connect(session, &AgentSession::contactChanged, this, &CameraPanel::refresh);
    }
    build();
}

void CameraPanel::build()
{
    const auto parameters = m_session ? cameraParameters(m_session->schema()) : std::vector<Parameter>();
    std::vector<std::string> keys;
    for (const Parameter &parameter : parameters)
        keys.push_back(parameter.key);
    m_none->setVisible(m_session && !m_session->schema().empty() && keys.empty());
    if (keys == m_keys)
        return; // the agent has come back: what somebody has in hand stays
    m_keys = keys;
    delete m_form;
    if (keys.empty())
        return;
    m_form = new QWidget;
    auto *const layout = new QVBoxLayout(m_form);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *const desk = new TuningDesk(m_session, m_form);
    auto *const trouble = new QLabel;
    trouble->setWordWrap(true);
    trouble->hide();
    for (const Parameter &parameter : parameters)
        layout->addWidget(new ParameterRow(parameter, desk));
    layout->addWidget(trouble);
    connect(desk, &TuningDesk::changed, this, &CameraPanel::refresh);
    connect(desk, &TuningDesk::failed, trouble, [trouble](const QString &why) {
        trouble->setText(why);
        trouble->show();
    });
    m_layout->addWidget(m_form);
    refresh();
}

void CameraPanel::refresh()
{
    if (!m_session || !m_form)
        return;
    for (auto *const row : m_form->findChildren<ParameterRow *>()) {
        row->update();
        row->setVisible(isShown(row->parameter(), m_session->tuning().values));
    }
    m_form->setEnabled(m_session->isOnline());
}

} // namespace facetrack::console
