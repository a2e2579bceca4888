#include "console/tune/preset_bar.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QMessageBox>

namespace facetrack::console {

PresetBar::PresetBar() : m_box(new QComboBox)
{
    m_box->setObjectName(QStringLiteral("presets"));
    m_box->setAccessibleName(tr("Preset"));
    m_box->setPlaceholderText(tr("Preset"));
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_box, 1);
    const auto button = [&](const QString &text, const char *name, void (PresetBar::*does)()) {
        auto *const made = new QToolButton;
        made->setText(text);
        made->setObjectName(QString::fromLatin1(name));
        connect(made, &QToolButton::clicked, this, does);
        row->addWidget(made);
    };
    button(tr("Save…"), "savePreset", &PresetBar::askForName);
    button(tr("Delete…"), "deletePreset", &PresetBar::remove);
    connect(m_box, &QComboBox::activated, this, &PresetBar::apply);
}

void PresetBar::choose(AgentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_box->clear();
    setEnabled(session);
    if (!session)
        return;
    connect(session, &AgentSession::schemaChanged, this, &PresetBar::load); // it answers (again)
    if (session->isOnline())
        load();
}

template<typename T>
bool PresetBar::good(const AgentResult<T> &result)
{
    if (!result)
        Q_EMIT failed(QString::fromStdString(describe(result.error())));
    return result.has_value();
}

void PresetBar::load()
{
    m_session->call<std::vector<AgentPreset>>(
        this, [](AgentClient &client, QObject *there, auto done) { client.presets(there, done); },
        [this](const AgentResult<std::vector<AgentPreset>> &presets) {
            if (!good(presets))
                return;
            const QString current = m_box->currentText();
            m_box->clear();
            for (const AgentPreset &preset : *presets)
                m_box->addItem(QString::fromStdString(preset.name));
            m_box->setCurrentIndex(m_box->findText(current));
        });
}

void PresetBar::apply()
{
    if (!m_session)
        return;
    m_session->call<AgentTuning>(
        this,
        [name = m_box->currentText().toStdString()](AgentClient &client, QObject *there, auto done) {
            client.applyPreset(name, there, done);
        },
        [this](const AgentResult<AgentTuning> &result) { good(result); });
}

void PresetBar::askForName()
{
    bool typed = false;
    const QString name = QInputDialog::getText(this, tr("Save preset"),
                                               tr("Keep the values in force under the name"),
                                               QLineEdit::Normal, m_box->currentText(), &typed);
    if (typed && !name.trimmed().isEmpty())
        save(name.trimmed());
}

void PresetBar::save(const QString &name)
{
    if (!m_session)
        return;
    m_session->call<AgentPreset>(
        this,
        [name = name.toStdString()](AgentClient &client, QObject *there, auto done) {
            client.savePreset(name, {}, there, done);
        },
        [this, name](const AgentResult<AgentPreset> &result) {
            if (!good(result))
                return;
            if (m_box->findText(name) < 0)
                m_box->addItem(name);
            m_box->setCurrentText(name);
        });
}

void PresetBar::remove()
{
    const QString name = m_box->currentText();
    if (!m_session || name.isEmpty()
        || QMessageBox::question(this, tr("Delete preset"),
                                 tr("Delete the preset %1? Its values are lost.").arg(name))
               != QMessageBox::Yes)
        return;
    m_session->call<AgentClient::Nothing>(
        this,
        [name = name.toStdString()](AgentClient &client, QObject *there, auto done) {
            client.deletePreset(name, there, done);
        },
        [this](const AgentResult<AgentClient::Nothing> &result) {
            if (good(result))
                m_box->removeItem(m_box->currentIndex());
        });
}

} // namespace facetrack::console
