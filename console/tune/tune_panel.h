#pragma once
#include "console/shell/panel.h"
#include "console/tune/parameter_row.h"
#include "console/tune/preset_bar.h"

#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>

namespace facetrack::console {

/// The tuning of the current agent, made from its own schema.
class TunePanel : public Panel
{
    Q_OBJECT

public:
    explicit TunePanel(Workspace &workspace);
    QList<QAction *> panelActions() override { return {m_undo, m_redo, m_reset, m_copy, m_compare}; }
    TuningDesk *desk() const { return m_desk; } ///< null: no agent

private:
    void addActions();
    void choose(AgentSession *session);
    void build();
    void refresh();
    void filter();
    bool isVisible(const Parameter &parameter) const;
    void tell(const QString &words);

    Workspace &m_workspace;
    QAction *m_undo, *m_redo, *m_reset, *m_copy, *m_compare;
    QLabel *const m_title;
    QLineEdit *const m_filter;
    QScrollArea *const m_area;
    QLabel *const m_notice;
    PresetBar *m_presets;
    TuningDesk *m_desk = nullptr;
    QList<ParameterRow *> m_rows;
    QList<QGroupBox *> m_groups;
};

} // namespace facetrack::console
