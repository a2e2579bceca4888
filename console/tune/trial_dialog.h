#pragma once
#include "console/tune/clip_trial.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

namespace facetrack::console {

class DifferenceView;

/// A/B: freezes the last seconds, tries sets of settings on them side by side, shows where they
/// differ, and applies the one that is better.
class TrialDialog : public QDialog
{
    Q_OBJECT

public:
    TrialDialog(AgentSession &session, QWidget *parent);

private:
    QWidget *makeButtons();
    void addSet(const QString &name, const QString &changes);
    Result<QList<TrialSet>> readSets() const;
    void freeze();
    void run();
    void showFigures(const nlohmann::json &sets);
    void showDifference();
    void apply();
    void say(const QString &words);

    const QPointer<AgentSession> m_session;
    ClipTrial *const m_trial;
    QLabel *const m_words;
    QTreeWidget *const m_sets;
    DifferenceView *const m_view;
    QPushButton *m_run = nullptr, *m_apply = nullptr, *m_next = nullptr;
    nlohmann::json m_figures;
    std::size_t m_difference = 0;
};

} // namespace facetrack::console
