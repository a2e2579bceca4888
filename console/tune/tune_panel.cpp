#include "console/tune/tune_panel.h"

#include "console/core/setting_names.h"
#include "console/shell/icons.h"
#include "console/tune/copy_dialog.h"
#include "console/tune/trial_dialog.h"

#include <QToolBar>
#include <QVBoxLayout>

namespace facetrack::console {

TunePanel::TunePanel(Workspace &workspace)
    : m_workspace(workspace), m_title(new QLabel), m_filter(new QLineEdit), m_area(new QScrollArea),
      m_notice(new QLabel), m_presets(new PresetBar)
{
    m_title->setObjectName(QStringLiteral("tuneTitle"));
    m_title->setWordWrap(true);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter settings"));
    m_filter->setClearButtonEnabled(true);
    m_notice->setObjectName(QStringLiteral("tuneNotice"));
    m_notice->setWordWrap(true);
    m_notice->hide();
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *const bar = new QToolBar;
    bar->setToolButtonStyle(Qt::ToolButtonTextOnly);
    addActions();
    bar->addActions({m_undo, m_redo, m_copy, m_compare});
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    for (QWidget *const widget : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(bar),
                                  static_cast<QWidget *>(m_presets), static_cast<QWidget *>(m_filter)})
        layout->addWidget(widget);
    layout->addWidget(m_area, 1);
    layout->addWidget(m_notice);
    setMinimumWidth(270);
    connect(m_filter, &QLineEdit::textChanged, this, &TunePanel::filter);
    connect(m_presets, &PresetBar::failed, this, &TunePanel::tell);
    connect(&workspace.current, &CurrentAgent::changed, this, &TunePanel::choose);
    choose(workspace.current.session());
}

void TunePanel::addActions()
{
    const auto add = [this](const QString &text, const char *name, auto does) {
        auto *const action = new QAction(text, this);
        action->setObjectName(QString::fromLatin1(name));
        connect(action, &QAction::triggered, this, does);
        return action;
    };
    m_undo = add(tr("Undo"), "undo", [this] { if (m_desk) m_desk->undo(); });
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo = add(tr("Redo"), "redo", [this] { if (m_desk) m_desk->redo(); });
    m_redo->setShortcut(QKeySequence::Redo);
    m_reset = add(tr("Back to the agent's settings file"), "resetTuning", [this] {
        if (m_workspace.current.session())
            m_workspace.current.session()->resetTuning();
    });
    m_copy = add(tr("Copy to…"), "copyTuning", [this] {
        if (m_workspace.current.session())
            (new CopyDialog(m_workspace, *m_workspace.current.session(), this))->open();
    });
    m_compare = add(tr("A/B…"), "compare", [this] {
        if (m_workspace.current.session())
            (new TrialDialog(*m_workspace.current.session(), this))->open();
    });
}

void TunePanel::choose(AgentSession *session)
{
    if (m_desk)
        m_desk->deleteLater();
    m_desk = nullptr;
    m_notice->hide();
    if (session) {
        m_desk = new TuningDesk(session, this);
        connect(m_desk, &TuningDesk::changed, this, &TunePanel::refresh);
        connect(m_desk, &TuningDesk::failed, this, &TunePanel::tell);
        connect(session, &AgentSession::schemaChanged, m_desk, [this] { build(); });
        connect(session, &AgentSession::contactChanged, m_desk, [this] { refresh(); });
        connect(session, &AgentSession::infoChanged, m_desk, [this] { refresh(); });
        connect(session, &AgentSession::failed, m_desk, [this](const AgentFailure &failure) {
            tell(QString::fromStdString(describe(failure)));
        });
    }
    m_presets->choose(session);
    build();
}

void TunePanel::build()
{
    m_rows.clear();
    m_groups.clear();
    auto *const inside = new QWidget;
    auto *const layout = new QVBoxLayout(inside);
    layout->setContentsMargins(0, 0, 6, 0);
    QGroupBox *box = nullptr;
    std::string group;
    for (const Parameter &parameter : m_desk ? m_desk->session()->schema() : std::vector<Parameter>()) {
        if (parameter.applies != Applies::NextFrame)
            continue;
        if (!box || parameter.group != group) {
            group = parameter.group;
            box = new QGroupBox(settingGroup(group));
            new QVBoxLayout(box);
            layout->addWidget(box);
            m_groups << box;
        }
        auto *const row = new ParameterRow(parameter, m_desk);
        box->layout()->addWidget(row);
        m_rows << row;
    }
    layout->addStretch(1);
    m_area->setWidget(inside);
    refresh();
}

void TunePanel::refresh()
{
    const AgentSession *const session = m_workspace.current.session();
    m_title->setText(!session             ? tr("No agent is chosen.")
                     : session->isOnline() ? tr("<b>%1</b>").arg(session->name().toHtmlEscaped())
                                           : tr("<b>%1</b>: %2").arg(session->name().toHtmlEscaped(), session->stateText()));
    const bool online = session && session->isOnline();
    m_area->setEnabled(online);
    m_redo->setEnabled(online && m_desk->canRedo());
    for (QAction *const action : {m_undo, m_reset, m_copy, m_compare})
        action->setEnabled(online);
    for (ParameterRow *const row : m_rows)
        row->update();
    filter();
}

bool TunePanel::isVisible(const Parameter &parameter) const
{
    if (!parameter.visibleWhen || !m_desk->session())
        return true;
    const nlohmann::json value = valueOf(m_desk->session()->tuning().values, parameter.visibleWhen->key);
    return (value.is_string() ? value.get<std::string>() : value.dump()) == parameter.visibleWhen->equals;
}

void TunePanel::filter()
{
    for (ParameterRow *const row : m_rows)
        row->setVisible(row->fits(m_filter->text()) && isVisible(row->parameter()));
    for (QGroupBox *const box : m_groups) {
        bool any = false;
        for (const auto *const row : box->findChildren<ParameterRow *>())
            any = any || !row->isHidden();
        box->setVisible(any);
    }
}

void TunePanel::tell(const QString &words)
{
    m_notice->setText(words);
    m_notice->show();
}

} // namespace facetrack::console
